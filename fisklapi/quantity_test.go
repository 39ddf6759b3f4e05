package fisklapi_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestSameQuantityOtherwise makes one invoice of the same number of hours written
// in two ways.
func TestSameQuantityOtherwise(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	numbers := make(map[string]bool)
	for _, quantity := range []schemas.Quantity{"1", "1.0", "1.000"} {
		got, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: schemas.NewInvoice{
			Client: "1024", Items: []schemas.Line{{Name: "Workshop", Quantity: quantity, Price: "500.00"}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		numbers[got.Number] = true
	}
	if len(numbers) != 1 {
		t.Errorf("got the invoices %v", numbers)
	}
}

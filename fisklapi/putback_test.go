package fisklapi_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestPricePutBack tells of a price that somebody changed in the app and an
// update of something else put back.
func TestPricePutBack(t *testing.T) {
	t.Parallel()
	price, described := schemas.Money("2500.00"), "mine"
	ref := schemas.ProductRef{Product: "3018"}
	app, server := sandboxed(t)
	world := connect(t, &between{RoundTripper: inprocess.Transport{Handler: server}, do: func() {
		if _, err := app.Products.Update(t.Context(), schemas.ProductPatch{ProductRef: ref, Price: &price}); err != nil {
			t.Error(err)
		}
	}})
	got, err := world.Products.Update(t.Context(), schemas.ProductPatch{ProductRef: ref, Description: &described})
	if err != nil || !strings.Contains(strings.Join(got.Warnings, " "), `price was changed to "2500.00"`) {
		t.Errorf("got %q and %v", got.Warnings, err)
	}
}

// TestTotalIsNotPutBack says nothing of figures that come back to what they were
// because the lines did.
func TestTotalIsNotPutBack(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, price := range []schemas.Money{"200.00", "100.00", "200.00"} {
		lines := []schemas.Line{{Name: "Hours", Quantity: "1", Price: price}}
		got, err := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0150"}, Items: &lines})
		if err != nil || strings.Contains(strings.Join(got.Warnings, " "), "put back") {
			t.Errorf("got %q and %v", got.Warnings, err)
		}
	}
}

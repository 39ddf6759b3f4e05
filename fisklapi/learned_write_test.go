package fisklapi_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestLearnedNoLongerHolds writes nothing by what was learned of another form of
// the API, and by what a person wrote it does.
func TestLearnedNoLongerHolds(t *testing.T) {
	t.Parallel()
	for learned, stale := range map[bool]string{true: "summe", false: "total"} {
		text := "version = 1\n[operations.listInvoices.members]\ntotal = \"" + stale + "\"\n"
		d, err := fisklapi.ReadDialect(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		d.Learned = learned
		world, _ := sandboxed(t, func(o *fisklapi.Options) { o.Dialect = d })
		_, err = world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: schemas.NewInvoice{
			Client: "1024", Items: []schemas.Line{{Name: "Hours", Quantity: "1", Price: "100.00"}},
		}})
		sent := slices.ContainsFunc(world.tape.all(), func(e exchange) bool {
			return e.req.Method == http.MethodPost && strings.HasSuffix(e.req.URL.Path, "/invoices")
		})
		if learned && (!errors.Is(err, fisklapi.Misread) || sent) || !learned && (err != nil || !sent) {
			t.Errorf("learned %t: sent %t, error %v", learned, sent, err)
		}
	}
}

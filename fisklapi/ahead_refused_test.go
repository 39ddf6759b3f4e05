package fisklapi_test

import (
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestARefusedPageIsAskedForOnce is about a word that the API does not know, by which it was asked for invoices ahead.
func TestARefusedPageIsAskedForOnce(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("status") == "Open" {
			http.Error(w, `{"message":"status is none of ours"}`, http.StatusBadRequest)
			return
		}
		inside.ServeHTTP(w, r)
	})
	list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Status: schemas.InvoiceDrafts})
	if err != nil || list.Count == 0 || !list.Complete {
		t.Errorf("got %d rows, complete %t, and error %v, want all of them", list.Count, list.Complete, err)
	}
	refused := 0
	for _, one := range world.tape.all() {
		if q := one.req.URL.Query(); q.Get("status") == "Open" && q.Get("page") == "0" { // whether pages count from one is tried too
			refused++
		}
	}
	if refused != 1 {
		t.Errorf("asked %d times for what is refused, want once", refused)
	}
}

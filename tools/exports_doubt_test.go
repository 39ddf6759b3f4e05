package tools_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// doubtful is an upstream with an invoice of a status that nobody knows.
func doubtful(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	body := `[]`
	switch r.URL.Path {
	case "/v1/company":
		body = `{"id":1,"name":"Acme","currency":"GBP","timeZone":"Europe/London"}`
	case "/v1/invoices":
		body = `[{"id":7,"number":"INV-7","status":"Pondering","clientId":9,"clientName":"Acme","invoiceDate":"2026-10-01",
			"dueDate":"2026-12-01","currency":"GBP","total":100,"paid":0,"outstanding":100}]`
	}
	_, _ = io.WriteString(w, body)
}

// TestExportsDoubt finds that a file is not called complete where its list is not known to be.
func TestExportsDoubt(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: http.HandlerFunc(doubtful)}, present)
	out, _ := exported(t, c, files, "export_list", `{"list":"invoices","status":"paid","format":"csv"}`)
	if out.Complete || !strings.Contains(out.Missing, "status that this server does not know") {
		t.Errorf("got complete %t, missing %q, want an incomplete file that says why", out.Complete, out.Missing)
	}
}

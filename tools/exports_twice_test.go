package tools_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// growing is an upstream to which an invoice is added between the first five
// hundred and the rest, so that one row comes again.
type growing struct{ records int }

func (u growing) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/v1/company":
		_, _ = io.WriteString(w, `{"id":1,"name":"Acme","currency":"GBP","timeZone":"Europe/London"}`)
	case "/v1/invoices":
		_, _ = io.WriteString(w, u.page(r.URL.Query().Get("page"), r.URL.Query().Get("size")))
	default:
		_, _ = io.WriteString(w, `[]`)
	}
}

// page is one page, the newest first. From the eleventh on there is one more.
func (u growing) page(page, size string) string {
	number, _ := strconv.Atoi(page)
	rows, _ := strconv.Atoi(size)
	first := u.records - number*rows
	if number*rows >= 500 {
		first++
	}
	invoices := []map[string]any{}
	for id := first; id > max(0, first-rows); id-- {
		invoices = append(invoices, map[string]any{
			"id": id, "number": "INV-" + strconv.Itoa(id), "status": "Sent", "clientId": 9, "clientName": "Acme",
			"invoiceDate": "2026-10-01", "dueDate": "2026-12-01", "currency": "GBP", "total": 100, "paid": 0, "outstanding": 100,
		})
	}
	b, err := json.Marshal(invoices)
	if err != nil {
		return "[]"
	}
	return string(b)
}

// TestExportsTwice finds a row that came twice in the file once, and in what
// the rows come to once.
func TestExportsTwice(t *testing.T) {
	t.Parallel()
	files := export.New(export.Options{Dir: t.TempDir(), Save: t.TempDir(), Owner: "a", Now: time.Now})
	c := wired(t, inprocess.Transport{Handler: growing{700}}, sandbox.KeyOwner, "", tools.Options{Exports: files, Now: present})
	out, rows := exported(t, c, files, "export_list", `{"list":"invoices","format":"csv"}`)
	if out.Count != 700 || len(rows) != 701 || out.Complete || len(out.Sums) != 1 || out.Sums[0] != (schemas.Sum{Currency: "GBP", Total: "700.00", Owed: "700.00"}) {
		t.Errorf("got %d rows in a file of %d lines, which come to %+v", out.Count, len(rows), out.Sums)
	}
	if !strings.HasSuffix(out.Saved, "-incomplete.csv") || out.Path != "" {
		t.Errorf("it is saved to %q, and the path is %q, want a name that says it is not complete", out.Saved, out.Path)
	}
}

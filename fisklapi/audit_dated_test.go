package fisklapi_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestChangesDated finds what was changed of October's records since, and of no
// other's: every one of them is in October's ledger or among its invoices.
func TestChangesDated(t *testing.T) {
	t.Parallel()
	w, _ := watched(t, demo())
	since := schemas.Period{Start: "2026-11-01", End: "2026-11-22"}
	all, err := w.Audit.List(t.Context(), schemas.ChangeFilter{Period: since, PageArgs: schemas.PageArgs{All: true}})
	if err != nil {
		t.Fatal(err)
	}
	some, err := w.Audit.List(t.Context(), schemas.ChangeFilter{Dated: "October 2026", PageArgs: schemas.PageArgs{All: true}})
	if err != nil || !some.Complete || some.Start != since.Start || some.End != since.End {
		t.Fatalf("got %+v, %v", some, err)
	}
	invoices, err := w.Invoices.List(t.Context(), schemas.InvoiceFilter{Period: schemas.Period{Start: "2026-10-01", End: "2026-10-31"}, PageArgs: schemas.PageArgs{All: true}})
	if err != nil {
		t.Fatal(err)
	}
	october := make(map[schemas.ID]bool)
	for _, i := range invoices.Rows {
		october[i.ID] = true
	}
	want := 0
	for _, c := range all.Rows {
		if c.Type == "Invoice" && october[c.RecordID] {
			want++
		}
	}
	got := 0
	for _, c := range some.Rows {
		if c.Type != "Invoice" || !october[c.RecordID] {
			t.Errorf("%s %s %s is not dated in October", c.Type, c.RecordID, c.Record)
		}
		got++
	}
	if want == 0 || got != want {
		t.Errorf("%d changes, want %d of %d", got, want, len(all.Rows))
	}
	if _, err := w.Audit.List(t.Context(), schemas.ChangeFilter{Dated: "01/02/2026"}); err == nil || !strings.HasPrefix(err.Error(), "dated ") {
		t.Errorf("got %v", err)
	}
}

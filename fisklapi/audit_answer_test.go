package fisklapi_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestChangeLists finds what the change feed is asked for and what it calls itself.
func TestChangeLists(t *testing.T) {
	t.Parallel()
	for kind, of := range map[schemas.RecordType]string{
		"": "every record", "client": "every client", "company": "every company", "transaction": "every transaction",
	} {
		t.Run(of, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			got, err := world.Audit.List(t.Context(), schemas.ChangeFilter{Period: schemas.Period{Period: "last month"}, Type: kind})
			if err != nil || got.Of != of || got.Period != "Last Month" || got.Start != "2026-10-01" {
				t.Errorf("got changes of %q in %+v, error %v", got.Of, got.Range, err)
			}
			want := "GET /v1/audit?end=2026-10-31&page=0&size=50&start=2026-10-01"
			if kind != "" {
				want += "&type=" + strings.ToUpper(string(kind[:1])) + string(kind[1:])
			}
			if asked := world.tape.asked(t).line(); asked != want {
				t.Errorf("asked %s, want %s", asked, want)
			}
			for _, row := range got.Rows {
				if kind != "" && !strings.EqualFold(row.Type, string(kind)) {
					t.Errorf("%+v is no %s", row, kind)
				}
			}
		})
	}
}

// TestChangePages reads the change feed page by page: newest first, each change once.
func TestChangePages(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	args := schemas.ChangeFilter{Period: schemas.Period{Period: "last quarter"}, PageArgs: schemas.PageArgs{All: true}}
	whole, err := world.Audit.List(t.Context(), args)
	if err != nil || !whole.Complete || whole.Count < 100 {
		t.Fatalf("read %d changes, complete %t, error %v", whole.Count, whole.Complete, err)
	}
	args.PageArgs = schemas.PageArgs{Limit: 60}
	seen, before := map[schemas.ID]bool{}, "9"
	for first := true; first || args.Cursor != ""; first = false {
		page, err := world.Audit.List(t.Context(), args)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			if seen[row.ID] || row.At > before {
				t.Errorf("%s of %s is there twice, or not newest first", row.ID, row.At)
			}
			seen[row.ID], before = true, row.At
		}
		args.Cursor = page.NextCursor
	}
	if len(seen) != whole.Count {
		t.Errorf("read %d changes page by page, want %d", len(seen), whole.Count)
	}
}

func TestHistories(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		kind       schemas.RecordType
		record     string
		want, says string
	}{
		{"client", "old mill press", "/v1/audit/Client/1101", ""},
		{"client", " 1101 ", "/v1/audit/Client/1101", ""},
		{"vendor", "tideway", "/v1/audit/Vendor/2058", ""},
		{"invoice", "INV-0001", "/v1/audit/Invoice/4821", ""},
		{"product", "Brand retainer", "/v1/audit/Product/3013", ""},
		{"transaction", "1000873", "/v1/audit/Transaction/1000873", ""},
		{"client", "acme", "", `2 clients match "acme"`},
		{"client", "Nobody", "", `no client is called "Nobody"`},
		{"company", "harbour & finch", "/v1/audit/Company/811", ""},
		{"company", "", "/v1/audit/Company/811", ""},
		{"company", "Acme Ltd", "", `"Acme Ltd" is not the company of these books, which is Harbour & Finch Studio Ltd (id 811)`},
		{"transaction", "the rent", "", "a transaction is known by its id only, which trace_figure and get_transaction_detail show as record_id"},
		{"payment", "the last one", "", "a payment is known by its id only, which list_payments shows"},
		{"payment", "", "", "record"},
	} {
		t.Run(string(test.kind)+" "+test.record, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			got, err := world.Audit.History(t.Context(), schemas.HistoryArgs{Type: test.kind, Record: test.record})
			if test.says != "" {
				if err == nil || !strings.Contains(err.Error(), test.says) || world.tape.count("GET", "/v1/audit") > 0 {
					t.Errorf("got error %v, want it to hold %q", err, test.says)
				}
				return
			}
			if err != nil || len(got.Rows) == 0 || !got.Complete || !strings.HasPrefix(got.Of, string(test.kind)+" ") {
				t.Errorf("got %+v and error %v", got, err)
			}
			if world.tape.count("GET", test.want) != 1 {
				t.Errorf("asked %q, want %s once", world.tape.lines(), test.want)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/audit/Invoice/9": `[{"id":"3","at":"2026-05-01T10:00:00Z","actor":"A\u202eB","action":"Edited","type":"Invoice","recordId":9,"recordName":"INV-9",
			"changes":[{"field":"notes","after":"x\ny"},{"field":"status","before":"Draft","after":"Sent"}],"new":{}}]`,
		"/v1/audit/Invoice/8": `[]`,
	})
	got, err := world.Audit.Of(t.Context(), "invoice", "9")
	if err != nil || len(got) != 1 {
		t.Fatalf("got %+v and error %v", got, err)
	}
	one := got[0]
	if want := []schemas.FieldChange{{Field: "notes", After: "x\ny"}, {Field: "status", Before: "Draft", After: "Sent"}}; !slices.Equal(one.Changes, want) {
		t.Errorf("got fields %+v", one.Changes)
	}
	if one.ID != "3" || one.At != "2026-05-01T10:00:00Z" || one.Actor != "AB" || one.Action != "Edited" || one.Type != "Invoice" || one.RecordID != "9" || one.Record != "INV-9" {
		t.Errorf("got %+v", one)
	}
	if none, err := world.Audit.Of(t.Context(), "invoice", "8"); err != nil || none == nil || len(none) > 0 {
		t.Errorf("got %+v and error %v, want no changes", none, err)
	}
	if _, err := world.Audit.Of(t.Context(), "invoice", "7"); !errors.Is(err, fisklapi.NotFound) {
		t.Errorf("got %v, want it not found", err)
	}
}

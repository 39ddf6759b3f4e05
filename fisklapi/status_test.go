package fisklapi_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ledger are invoices in every state that a filter must tell apart; today is 2026-11-22.
func ledger() []any {
	invoice := func(id int, status, due string, paid, outstanding int) any {
		row := map[string]any{
			"id": id, "number": "INV", "clientId": 1, "invoiceDate": "2026-10-01", "dueDate": due, "currency": "GBP",
			"total": paid + outstanding, "paid": paid, "outstanding": outstanding,
		}
		if status != "" {
			row["status"] = status
		}
		return row
	}
	return []any{
		invoice(1, "Draft", "2026-11-01", 0, 100),
		invoice(2, "Open", "2026-11-01", 0, 100),
		invoice(3, "", "2026-11-01", 0, 100),
		invoice(4, "Sent", "2026-12-01", 0, 100),
		invoice(5, "Sent", "2026-11-21", 0, 100), // past due and not swept yet
		invoice(6, "SENT", "2026-11-22", 0, 100), // due today
		invoice(7, "Overdue", "2026-11-01", 0, 100),
		invoice(8, "overdue", "2026-11-01", 40, 60),
		invoice(9, "Partial", "2026-12-01", 40, 60),
		invoice(10, "Partial", "2026-11-01", 40, 60), // past due and not swept yet
		invoice(11, "Paid", "2026-11-01", 100, 0),
		invoice(12, "Rejected", "2026-11-01", 0, 100),
		invoice(13, "Sent", "", 0, 100), // never due
	}
}

// honest filters as Fiskl does, one word at a time.
func honest(r *http.Request, row any) bool {
	word := r.URL.Query().Get("status")
	status, _ := row.(map[string]any)["status"].(string)
	return word == "" || strings.EqualFold(word, status) || word == "Draft" && status == ""
}

// alike filters as the sandbox does, to which Open and Draft are the same.
func alike(r *http.Request, row any) bool {
	word := r.URL.Query().Get("status")
	status, _ := row.(map[string]any)["status"].(string)
	draft := func(s string) bool { return s == "" || s == "Open" || s == "Draft" }
	return word == "" || strings.EqualFold(word, status) || draft(word) && draft(status)
}

// TestInvoiceStatuses holds for servers that filter in their own way, or not at all, and for lists read in pieces.
func TestInvoiceStatuses(t *testing.T) {
	t.Parallel()
	servers := map[string]func(*http.Request, any) bool{"honest": honest, "alike": alike, "ignorant": nil}
	for status, want := range map[schemas.InvoiceStatus][]schemas.ID{
		"":                      {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13"},
		schemas.InvoiceDrafts:   {"1", "2", "3"},
		schemas.InvoiceSent:     {"4", "5", "6", "13"},
		schemas.InvoiceOverdue:  {"5", "7", "8", "10"},
		schemas.InvoicePartial:  {"8", "9", "10"},
		schemas.InvoicePaid:     {"11"},
		schemas.InvoiceRejected: {"12"},
		schemas.InvoiceUnpaid:   {"4", "5", "6", "7", "8", "9", "10", "13"},
	} {
		for name, filter := range servers {
			t.Run(string(status)+" "+name, func(t *testing.T) {
				t.Parallel()
				for limit := 1; limit < 15; limit++ {
					world := answered(t, shelf{rows: ledger(), keepsOnly: filter}.ServeHTTP)
					if got := inPieces(t, world, status, limit); !slices.Equal(got, want) {
						t.Errorf("got %v in pieces of %d, want %v", got, limit, want)
					}
				}
			})
		}
	}
}

// inPieces reads a list of invoices piece by piece and returns their ids in order of size.
func inPieces(tb testing.TB, w world, status schemas.InvoiceStatus, limit int) []schemas.ID {
	tb.Helper()
	var got []schemas.ID
	args := schemas.PageArgs{Limit: limit}
	for {
		list, err := w.Invoices.List(tb.Context(), schemas.InvoiceFilter{Status: status, PageArgs: args})
		if err != nil {
			tb.Fatal(err)
		}
		for _, row := range list.Rows {
			got = append(got, row.ID)
		}
		if list.Complete || len(got) > 500 {
			slices.SortFunc(got, func(a, b schemas.ID) int { return cmp.Or(len(a)-len(b), strings.Compare(string(a), string(b))) })
			return got
		}
		args.Cursor = list.NextCursor
	}
}

// TestSandboxStatuses compares what is read in pieces with what is read at once.
func TestSandboxStatuses(t *testing.T) {
	t.Parallel()
	for status, want := range map[schemas.InvoiceStatus]int{
		"": 150, schemas.InvoiceDrafts: 4, schemas.InvoiceSent: 8, schemas.InvoiceOverdue: 4, schemas.InvoicePartial: 3, schemas.InvoiceRejected: 2, schemas.InvoiceUnpaid: 14,
	} {
		t.Run(string(status), func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			whole := inPieces(t, world, status, 200)
			if len(slices.Compact(slices.Clone(whole))) != want || len(whole) != want {
				t.Errorf("got %d invoices, want %d: %v", len(whole), want, whole)
			}
			if pieces := inPieces(t, world, status, 3); !slices.Equal(pieces, whole) {
				t.Errorf("got %v in pieces, want %v", pieces, whole)
			}
		})
	}
}

// TestUnknownStatusWord is about a server that refuses its older word for a draft.
func TestUnknownStatusWord(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("status") == "Open" {
			http.Error(w, `{"message":"No such status"}`, http.StatusBadRequest)
			return
		}
		shelf{rows: ledger(), keepsOnly: honest}.ServeHTTP(w, r)
	})
	if got, want := inPieces(t, world, schemas.InvoiceDrafts, 50), []schemas.ID{"1", "3"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestOutstandingIsMissed is about a Fiskl that calls what is left to pay by another name: its unpaid invoices must not
// pass for paid ones.
func TestOutstandingIsMissed(t *testing.T) {
	t.Parallel()
	for status, known := range map[string]bool{"Sent": false, "Overdue": false, "Partial": false, "Paid": true, "Draft": true, "": true} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			record := map[string]any{"id": 7, "number": "INV-7", "status": status, "currency": "GBP", "total": 100, "balance": 100}
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/v1/invoices/7" {
					_ = json.NewEncoder(w).Encode(record)
					return
				}
				shelf{rows: []any{record}}.ServeHTTP(w, r)
			})
			list, listErr := world.Invoices.List(t.Context(), schemas.InvoiceFilter{})
			_, getErr := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			_, payErr := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Amount: "1"})
			for name, err := range map[string]error{"list": listErr, "get": getErr, "pay": payErr} {
				missed := errors.Is(err, fisklapi.Unexpected) && strings.Contains(err.Error(), "has no field outstanding")
				if missed == known {
					t.Errorf("%s: got %v", name, err)
				}
			}
			if known && list.Count != 1 {
				t.Errorf("got %d rows", list.Count)
			}
		})
	}
}

func TestDaysLate(t *testing.T) {
	t.Parallel()
	world := answered(t, shelf{rows: ledger()}.ServeHTTP)
	list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[schemas.ID]int{"5": 1, "7": 21, "8": 21, "10": 21}
	for _, row := range list.Rows {
		if row.DaysLate != want[row.ID] {
			t.Errorf("invoice %s: got %d days late, want %d", row.ID, row.DaysLate, want[row.ID])
		}
		if word := row.Status; word != strings.ToUpper(word[:1])+strings.ToLower(word[1:]) || word == "Open" {
			t.Errorf("invoice %s: got status %q", row.ID, word)
		}
	}
}

// TestClientAndDatesAreHeld is about a server that ignores every filter of the invoice, payment and quote lists.
func TestClientAndDatesAreHeld(t *testing.T) {
	t.Parallel()
	row := func(id, client int, date string) any {
		return map[string]any{
			"id": id, "name": "Acme", "clientId": client, "invoiceId": client, "invoiceDate": date, "date": date, "currency": "GBP", "status": "Sent", "outstanding": 100,
		}
	}
	rows := []any{row(1, 7, "2026-01-01"), row(2, 7, "2026-01-31"), row(3, 7, "2025-12-31"), row(4, 7, "2026-02-01"), row(5, 8, "2026-01-15")}
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/7") {
			_, _ = w.Write([]byte(`{"id":7,"name":"Acme","number":"INV-7"}`))
			return
		}
		shelf{rows: rows}.ServeHTTP(w, r)
	})
	january := schemas.Period{Start: "2026-01-01", End: "2026-01-31"}
	invoices, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Client: "7", Period: january})
	if err != nil || invoices.Count != 2 {
		t.Errorf("got %d invoices and error %v, want 2", invoices.Count, err)
	}
	payments, err := world.Payments.List(t.Context(), schemas.PaymentFilter{Client: "7", Invoice: "7", Period: january})
	if err != nil || payments.Count != 2 {
		t.Errorf("got %d payments and error %v, want 2", payments.Count, err)
	}
	quotes, err := world.Quotes.List(t.Context(), schemas.QuoteFilter{Client: "7", Status: "sent"})
	if err != nil || quotes.Count != 4 {
		t.Errorf("got %d quotes and error %v, want 4", quotes.Count, err)
	}
	drafts, err := world.Quotes.List(t.Context(), schemas.QuoteFilter{Status: "draft"})
	if err != nil || drafts.Count != 0 {
		t.Errorf("got %d quotes and error %v, want none", drafts.Count, err)
	}
}

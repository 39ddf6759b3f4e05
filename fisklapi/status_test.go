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
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// ledger are invoices in every state that a filter must tell apart; today is 2026-11-22.
func ledger() []any {
	invoice := func(id int, status, due string, paid, outstanding int) any {
		return wholeInvoice(fields{"id": id, "status": status, "dueDate": due, "total": paid + outstanding, "paid": paid, "outstanding": outstanding})
	}
	return []any{
		invoice(1, "Draft", "2026-11-01", 0, 100),
		invoice(2, "Open", "2026-11-01", 0, 100),
		invoice(3, "DRAFT", "2026-11-01", 0, 100),
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
	return word == "" || strings.EqualFold(word, status)
}

// alike filters as the sandbox does, to which Open and Draft are the same.
func alike(r *http.Request, row any) bool {
	word := r.URL.Query().Get("status")
	status, _ := row.(map[string]any)["status"].(string)
	draft := func(s string) bool { return s == "Open" || strings.EqualFold(s, "Draft") }
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
				for limit := 1; limit < 15; limit += slowtest.Times(4, 1) {
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

// TestOutstandingIsMissed is about a Fiskl that calls what is left to pay by another name, or does not say it: its unpaid
// invoices must not pass for paid ones.
func TestOutstandingIsMissed(t *testing.T) {
	t.Parallel()
	for _, status := range []string{"Sent", "Overdue", "Partial", "Paid", "Draft"} {
		for member, known := range map[string]bool{`"balance":6000`: true, `"owing":6000`: true, `"zzz":1234`: false, `"outstanding":null`: false} {
			t.Run(status+" "+member, func(t *testing.T) {
				t.Parallel()
				name, value, _ := strings.Cut(strings.ReplaceAll(member, `"`, ""), ":")
				record := wholeInvoice(fields{"status": status, "total": 10000, "paid": 4000, "outstanding": nil})
				record[name] = json.RawMessage(value)
				world := answered(t, func(w http.ResponseWriter, r *http.Request) {
					if r.URL.Path == "/v1/invoices/7" {
						_ = json.NewEncoder(w).Encode(record)
						return
					}
					shelf{rows: []any{record}}.ServeHTTP(w, r)
				})
				list, listErr := world.Invoices.List(t.Context(), schemas.InvoiceFilter{})
				got, getErr := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "7"})
				if known {
					if listErr != nil || getErr != nil || list.Count != 1 || list.Rows[0].Outstanding != "60.00" || got.Outstanding != "60.00" {
						t.Errorf("got %+v, %+v and errors %v, %v", list.Rows, got, listErr, getErr)
					}
					return
				}
				_, payErr := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Amount: "1"})
				for name, err := range map[string]error{"list": listErr, "get": getErr, "pay": payErr} {
					if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), "outstanding") {
						t.Errorf("%s: got %v, want it said that outstanding is missed", name, err)
					}
				}
				if list.Count != 0 || got.ID != "" || world.tape.writes() > 0 {
					t.Errorf("got %+v, %+v and %d writes, want nothing", list.Rows, got, world.tape.writes())
				}
			})
		}
	}
}

// TestStatusIsMissed is about an invoice that does not say its status: it is not taken for a draft.
func TestStatusIsMissed(t *testing.T) {
	t.Parallel()
	for name, status := range map[string]any{"none": nil, "empty": "", "null": json.RawMessage("null")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, shelf{rows: []any{wholeInvoice(fields{"id": 1}), wholeInvoice(fields{"id": 2, "status": status})}}.ServeHTTP)
			list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{})
			if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), "status") || len(list.Rows) > 0 {
				t.Errorf("got %+v and error %v", list.Rows, err)
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
	row := func(id, client int, date string) (invoice, payment, quote any) {
		return wholeInvoice(fields{"id": id, "clientId": client, "invoiceDate": date}),
			wholePayment(fields{"id": id, "clientId": client, "invoiceId": client, "date": date}),
			wholeQuote(fields{"id": id, "clientId": client, "quoteDate": date})
	}
	lists := make(map[string][]any)
	for i, one := range []struct {
		client int
		date   string
	}{{7, "2026-01-01"}, {7, "2026-01-31"}, {7, "2025-12-31"}, {7, "2026-02-01"}, {8, "2026-01-15"}} {
		invoice, payment, quote := row(i+1, one.client, one.date)
		lists["/v1/invoices"], lists["/v1/payments"], lists["/v1/quotes"] = append(lists["/v1/invoices"], invoice), append(lists["/v1/payments"], payment), append(lists["/v1/quotes"], quote)
	}
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/invoices/7":
			_ = json.NewEncoder(w).Encode(wholeInvoice(nil))
		case "/v1/clients/7":
			_, _ = w.Write([]byte(`{"id":7,"name":"Acme"}`))
		default:
			shelf{rows: lists[r.URL.Path]}.ServeHTTP(w, r)
		}
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

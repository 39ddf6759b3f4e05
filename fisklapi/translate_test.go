package fisklapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// renamed is an invoice whose members have other names.
func renamed(over fields, names map[string]string) fields {
	out := wholeInvoice(over)
	for ours, theirs := range names {
		out[theirs] = out[ours]
		delete(out, ours)
	}
	return out
}

// TestTranslation reads an invoice of 120.00 GBP, of which 20.00 are paid, in forms that leave no doubt.
func TestTranslation(t *testing.T) {
	t.Parallel()
	whole := fields{"total": 12000, "paid": 2000, "status": "Partial"}
	for name, body := range map[string]any{
		"canonical":         wholeInvoice(whole),
		"renamed members":   renamed(whole, map[string]string{"dueDate": "paymentDueDate", "outstanding": "amountDue", "clientName": "customerName"}),
		"snake case":        renamed(whole, map[string]string{"invoiceDate": "invoice_date", "taxTotal": "tax_total", "clientId": "client_id"}),
		"a wrapper":         fields{"data": wholeInvoice(whole)},
		"a named wrapper":   fields{"invoice": wholeInvoice(whole), "success": true},
		"other letters":     wholeInvoice(laid(whole, fields{"status": "PARTIALLY_PAID"})),
		"days before month": wholeInvoice(laid(whole, fields{"invoiceDate": "01/10/2026", "dueDate": "31/12/2026"})),
		"times of days":     wholeInvoice(laid(whole, fields{"invoiceDate": "2026-10-01T00:00:00Z"})),
		"decimals": wholeInvoice(laid(whole, fields{
			"total": "120.00", "subtotal": "120.00", "taxTotal": "0.00", "paid": "20.00", "outstanding": "100.00",
			"items": []any{fields{"name": "Hours", "quantity": 1, "price": "120.00", "net": "120.00", "tax": "0.00", "total": "120.00"}},
		})),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := served(t, map[string]string{"/v1/invoices/7": written(body), "/v1/company": `{"id":1,"name":"N","currency":"GBP","timeZone":"UTC","fiscalYearEnd":"03-31"}`})
			got, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			if err != nil || got.ID != "7" || got.Status != "Partial" || got.Total != "120.00" || got.Paid != "20.00" || got.Outstanding != "100.00" {
				t.Fatalf("got %+v and error %v", got, err)
			}
			if got.Client != "Acme" || got.ClientID != "9" || got.InvoiceDate != "2026-10-01" || !strings.HasPrefix(string(got.DueDate), "2026-12-") || got.Lines.Items[0].Total != "120.00" {
				t.Errorf("got %+v", got)
			}
			if slow := world.Translated() > 0; slow == (name == "canonical") {
				t.Errorf("translated %t", slow)
			}
		})
	}
}

// TestTranslationRefused holds that nothing is shown of an answer that is not understood, and nothing is written after it.
func TestTranslationRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		kind fisklapi.Kind
		says string
	}{
		"null":                  {`null`, fisklapi.Misread, ""},
		"nothing in it":         {`{}`, fisklapi.Misread, "looked for "},
		"no total":              {written(wholeInvoice(fields{"total": nil, "subtotal": nil, "items": []any{}})), fisklapi.Misread, "total"},
		"no client":             {written(wholeInvoice(fields{"clientId": nil})), fisklapi.Misread, "clientId"},
		"a day that may be two": {written(wholeInvoice(fields{"invoiceDate": "03/04/2026", "dueDate": "05/06/2026"})), fisklapi.Misread, ""},
		"amounts of words":      {written(wholeInvoice(fields{"total": "plenty"})), fisklapi.Misread, "total"},
		"cut off":               {`{"id":7,"number":`, fisklapi.Unavailable, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := served(t, map[string]string{"/v1/invoices/7": test.body, "/v1/company": `{"id":1,"name":"N","currency":"GBP","timeZone":"UTC","fiscalYearEnd":"03-31"}`})
			got, get := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			_, send := world.Invoices.Send(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			_, mark := world.Invoices.MarkPaid(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			for _, err := range []error{get, send, mark} {
				if !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.says) {
					t.Errorf("got error %v, want %s and %q", err, test.kind, test.says)
				}
			}
			if got.ID != "" || got.Total != "" || world.tape.writes() > 0 {
				t.Errorf("got %+v and %d writes", got, world.tape.writes())
			}
		})
	}
}

// TestErrorsInASuccess is about an API that says 200 and means no.
func TestErrorsInASuccess(t *testing.T) {
	t.Parallel()
	for body, says := range map[string]string{
		`{"error":"No such company"}`:                                    "No such company",
		`{"errors":[{"message":"Not today"}]}`:                           "Not today",
		`{"success":false,"message":"Not yours"}`:                        "Not yours",
		`{"error":"stale","id":1,"name":"N","currency":"GBP"}`:           "stale",
		`{"data":null,"error":{"message":"Nothing here","code":"GONE"}}`: "Nothing here",
	} {
		world := served(t, map[string]string{"/v1/company": body})
		got, err := world.Companies.Fresh(t.Context())
		if !errors.Is(err, fisklapi.Invalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %+v and error %v, want %q", body, got, err, says)
		}
	}
}

// TestAmountsChangeTheirForm reads amounts as integers and then as decimals, and the other way around: one of them would be
// read a hundred times wrong, so the second is refused.
func TestAmountsChangeTheirForm(t *testing.T) {
	t.Parallel()
	minor := written(wholeInvoice(fields{"total": 12000}))
	major := written(wholeInvoice(fields{
		"total": "120.00", "subtotal": "120.00", "taxTotal": "0.00", "paid": "0.00", "outstanding": "120.00",
		"items": []any{fields{"name": "Hours", "quantity": 1, "price": "120.00", "net": "120.00", "tax": "0.00", "total": "120.00"}},
	}))
	for name, bodies := range map[string][2]string{"integers first": {minor, major}, "decimals first": {major, minor}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := bodies[0]
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/v1/company" {
					body := json.RawMessage(`{"id":1,"name":"N","currency":"GBP","timeZone":"UTC","fiscalYearEnd":"03-31"}`)
					_ = json.NewEncoder(w).Encode(body)
					return
				}
				_, _ = w.Write([]byte(body))
			})
			ref := schemas.InvoiceRef{Invoice: "7"}
			if got, err := world.Invoices.Get(t.Context(), ref); err != nil || got.Total != "120.00" {
				t.Fatalf("got %+v and error %v", got, err)
			}
			body = bodies[1]
			if got, err := world.Invoices.Get(t.Context(), ref); !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), "otherwise than in the answers before") || got.Total != "" {
				t.Errorf("got %+v and error %v, want the second refused", got, err)
			}
		})
	}
}

// TestSandboxNeedsNoTranslation holds that no answer in the canonical form takes the slow road.
func TestSandboxNeedsNoTranslation(t *testing.T) {
	t.Parallel()
	for _, m := range everyMethod() {
		if m.name == "Taxes.Get" { // what one tax leaves out is looked for under other names; a list is told by all its rows
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			if _, err := m.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			bare := int64(0) // pages behind the last one of a ledger, which leave their lines out
			for _, one := range world.tape.all() {
				if probes(one.req) && !strings.Contains(string(one.received), `"lines"`) && strings.Contains(one.req.URL.Path, "/reports/") {
					bare++
				}
			}
			if n := world.Translated() - bare; n > 0 {
				t.Errorf("%d answers were translated of\n%s", n, strings.Join(world.tape.lines(), "\n"))
			}
		})
	}
}

// TestScale is about documents of which one amount is in another unit than the others: they are shown with a warning, and
// nothing is sent on them.
func TestScale(t *testing.T) {
	t.Parallel()
	line := func(over fields) []any {
		return []any{laid(fields{"name": "Hours", "quantity": 2, "price": 5000, "net": 10000, "tax": 0, "total": 10000}, over)}
	}
	for name, test := range map[string]struct {
		over fields
		says string // of the warning; empty where there is none
		sent string // of the refusal
	}{
		"right":                      {fields{"items": line(nil)}, "", ""},
		"a discount":                 {fields{"items": line(fields{"net": 9000, "total": 9000}), "subtotal": 9000, "total": 9000}, "", ""},
		"a quantity in thousandths":  {fields{"items": line(fields{"quantity": 2000})}, "on line 1 quantity times price is 1000 times", "on line 1"},
		"a price in whole units":     {fields{"items": line(fields{"price": 50})}, "on line 1 quantity times price is 100 times", "on line 1"},
		"lines of a hundredth":       {fields{"items": line(fields{"price": 50, "net": 100, "total": 100})}, "its lines come to 100 times", "its lines come to 100 times"},
		"outstanding of a hundredth": {fields{"items": line(nil), "outstanding": 100}, "", "what is outstanding is not its total less what is paid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			record := wholeInvoice(laid(fields{"total": 10000, "status": "Sent", "clientEmail": "a@acme.example"}, test.over))
			world, watch := watched(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.Method != http.MethodGet:
					w.WriteHeader(http.StatusBadRequest)
				case r.URL.Path == "/v1/invoices/7":
					_ = json.NewEncoder(w).Encode(record)
				case r.URL.Path == "/v1/payments":
					_, _ = w.Write([]byte(`[]`))
				default:
					_, _ = w.Write([]byte(`{"id":1,"name":"N","currency":"GBP","timeZone":"UTC","fiscalYearEnd":"03-31"}`))
				}
			}))
			ref := schemas.InvoiceRef{Invoice: "7"}
			got, err := world.Invoices.Get(t.Context(), ref)
			if err != nil || (test.says == "") != (len(got.Warnings) == 0) || !strings.Contains(strings.Join(got.Warnings, "\n"), test.says) {
				t.Errorf("got warnings %q and error %v, want %q", got.Warnings, err, test.says)
			}
			for write, call := range map[string]func(context.Context, *fisklapi.Client) (any, error){
				"send":   on(invoices, fisklapi.Invoices.Send, ref),
				"mark":   on(invoices, fisklapi.Invoices.MarkPaid, ref),
				"record": on(payments, fisklapi.Payments.Record, schemas.NewPayment{InvoiceRef: ref, Amount: "0.50"}),
			} {
				watch.forget()
				before := world.tape.writes()
				_, err := call(t.Context(), world.Client)
				if test.sent == "" {
					if errors.Is(err, fisklapi.Misread) || world.tape.writes() != before+1 {
						t.Errorf("%s: got %v, want it sent", write, err)
					}
					continue
				}
				if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), test.sent) || world.tape.writes() != before || len(watch.order()) > 0 {
					t.Errorf("%s: got %v after %q, want it refused and nothing sent", write, err, watch.order())
				}
			}
		})
	}
}

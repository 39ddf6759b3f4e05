package fisklapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// desk is a server with one invoice, number 7, and the payments on it.
type desk struct {
	invoice, payments string
	secret            bool // its payments are not for this credential to list
}

// ServeHTTP answers a read.
func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/v1/company":
		_, _ = fmt.Fprint(w, `{"id":1,"name":"N","currency":"GBP","timeZone":"Europe/London"}`)
	case r.URL.Path == "/v1/invoices/7":
		_, _ = fmt.Fprint(w, d.invoice)
	case r.URL.Path == "/v1/payments" && !d.secret:
		_, _ = fmt.Fprint(w, d.payments)
	default:
		http.Error(w, `{"message":"no"}`, http.StatusForbidden)
	}
}

// seven is invoice 7 as it stands, of 100.00 GBP.
func seven(status string, outstanding int, more string) string {
	return fmt.Sprintf(`{"id":7,"number":"INV-7","status":%q,"currency":"GBP","clientId":9,"clientName":"Acme","clientEmail":"a@acme.example","invoiceDate":"2026-10-01",
		"items":[{"name":"Hours","quantity":1,"price":10000,"net":10000,"tax":0,"total":10000}],"subtotal":10000,"taxTotal":0,"total":10000,"paid":%d,"outstanding":%d%s}`,
		status, 10000-outstanding, outstanding, more)
}

// pay is a payment on invoice 7.
func pay(id, amount int, date string) string {
	return fmt.Sprintf(`{"id":%d,"invoiceId":7,"invoiceNumber":"INV-7","clientId":9,"clientName":"Acme","amount":%d,"currency":"GBP","date":%q}`, id, amount, date)
}

// made is a payment that says when it was made.
func made(payment, clock string) string {
	return strings.TrimSuffix(payment, "}") + `,"created":"2026-11-22T` + clock + `Z"}`
}

// TestLookBackAtWhatHappenedBetween puts somebody else's doings between a write and its look-up.
func TestLookBackAtWhatHappenedBetween(t *testing.T) {
	t.Parallel()
	const today = "2026-11-22"
	sent, hidden := seven("Sent", 10000, ""), seven("Sent", 10000, `,"sentAt":"2026-11-01T00:00:00Z"`)
	send := on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "7"})
	markPaid := on(invoices, fisklapi.Invoices.MarkPaid, schemas.InvoiceRef{Invoice: "7"})
	record := on(payments, fisklapi.Payments.Record, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Amount: "40", AllowDuplicate: true})
	notes, due := "R&D <née>", schemas.Date("2026-12-24")
	update := on(invoices, fisklapi.Invoices.Update, schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Notes: &notes, DueDate: &due})
	lines := on(invoices, fisklapi.Invoices.Update, schemas.InvoicePatch{
		InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Items: &[]schemas.Line{{Name: "x", Quantity: "1", Price: "1"}},
	})
	mostly := on(invoices, fisklapi.Invoices.Update, schemas.InvoicePatch{
		InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Notes: &notes, Items: &[]schemas.Line{{Name: "x", Quantity: "1", Price: "1"}},
	})
	const done, notDone, unknown = fisklapi.Done, fisklapi.NotDone, fisklapi.Unknown
	const unclear = "That does not tell whether it was carried out: do not repeat it before you have looked at it."
	for _, test := range []struct {
		name          string
		call          call
		before, after desk
		want          fisklapi.Outcome
		says          string
	}{
		{"send: nothing", send, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, " ")}, notDone, "unchanged: Draft"},
		{"send: done", send, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: sent}, done, "as Sent, outstanding 100.00 GBP; before it was Draft"},
		{"send: done and paid in part", send, desk{invoice: seven("Open", 10000, "")}, desk{invoice: seven("Partial", 5000, "")}, done, "as Partial"},
		{"send: noted", send, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"notes":"n"`)}, unknown, "still as Draft, outstanding 100.00 GBP, but written to since. " + unclear},
		{"send: rejected", send, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Rejected", 10000, "")}, unknown, "before it was Draft, outstanding 100.00 GBP. " + unclear},
		{"send: sent again", send, desk{invoice: sent}, desk{invoice: hidden}, done, "carried out"},
		{"send: by others, later", send, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Sent", 10000, `,"sentAt":"2026-11-22T12:03:01Z"`)}, unknown, "which is Sent, outstanding 100.00 GBP, shows that it was sent so long after this write"},
		{"send: paid", send, desk{invoice: sent}, desk{invoice: seven("Paid", 0, "")}, unknown, "as Paid, outstanding 0.00 GBP; before it was Sent, outstanding 100.00 GBP. " + unclear},
		{"pay: nothing", record, desk{invoice: sent, payments: `[]`}, desk{invoice: sent, payments: `[]`}, notDone, "unchanged"},
		{"pay: done", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 6000, ""), payments: `[` + pay(1, 4000, today) + `]`}, done, "as Partial"},
		{"pay: one before", record, desk{invoice: sent, payments: `[` + pay(1, 4000, today) + `]`}, desk{invoice: sent, payments: `[` + pay(1, 4000, today) + `]`}, notDone, "unchanged"},
		{
			"pay: one before and one since", record,
			desk{invoice: sent, payments: `[` + pay(1, 4000, today) + `]`},
			desk{invoice: seven("Partial", 2000, ""), payments: `[` + pay(1, 4000, today) + `,` + pay(2, 4000, today) + `]`},
			done, "carried out",
		},
		{"pay: by others, later", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 6000, ""), payments: `[` + made(pay(1, 4000, today), "12:03:01") + `]`}, unknown, "finds such a payment, made so long after this write that it may be another's doing. " + unclear},
		{"pay: arrived late", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 6000, ""), payments: `[` + made(pay(1, 4000, today), "12:02:59") + `]`}, done, "carried out"},
		{"pay: done, and by others", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 2000, ""), payments: `[` + made(pay(2, 4000, today), "15:00:00") + `,` + made(pay(1, 4000, today), "12:00:01") + `]`}, done, "carried out"},
		{"pay: another amount", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 5000, ""), payments: `[` + pay(1, 5000, today) + `]`}, notDone, "finds no such payment"},
		{"pay: another day", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 6000, ""), payments: `[` + pay(1, 4000, "2026-11-21") + `]`}, notDone, "finds no such payment"},
		{"pay: paid by others", record, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Paid", 0, ""), payments: `[` + pay(1, 10000, today) + `]`}, notDone, "which is Paid"},
		{"pay: unseen, nothing", record, desk{invoice: sent, secret: true}, desk{invoice: sent, secret: true}, notDone, "unchanged"},
		{"pay: unseen, less left", record, desk{invoice: sent, secret: true}, desk{invoice: seven("Partial", 6000, ""), secret: true}, unknown, "probably carried out"},
		{"pay: unseen, more left", record, desk{invoice: seven("Partial", 6000, ""), secret: true}, desk{invoice: sent, secret: true}, unknown, "before it was Partial, outstanding 60.00 GBP. " + unclear},
		{"pay: unseen, noted", record, desk{invoice: sent, secret: true}, desk{invoice: seven("Sent", 10000, `,"notes":"n"`), secret: true}, unknown, "written to since. " + unclear},
		{"pay: unseen, overdue", record, desk{invoice: sent, secret: true}, desk{invoice: seven("Overdue", 10000, ""), secret: true}, unknown, "as Overdue, outstanding 100.00 GBP; before it was Sent, outstanding 100.00 GBP. " + unclear},
		{"mark: nothing", markPaid, desk{invoice: sent, payments: `[]`}, desk{invoice: sent, payments: `[]`}, notDone, "unchanged"},
		{"mark: done", markPaid, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Paid", 0, ""), payments: `[` + pay(1, 10000, today) + `]`}, done, "as Paid"},
		{"mark: done, another day", markPaid, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Paid", 0, ""), payments: `[]`}, unknown, "probably carried out"},
		{"mark: unseen", markPaid, desk{invoice: sent, secret: true}, desk{invoice: seven("Paid", 0, ""), secret: true}, unknown, "probably carried out"},
		{"mark: paid in part by others", markPaid, desk{invoice: sent, payments: `[]`}, desk{invoice: seven("Partial", 6000, ""), payments: `[` + pay(1, 4000, today) + `]`}, notDone, "finds no such payment"},
		{"update: nothing", update, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, "")}, notDone, "unchanged"},
		{"update: done", update, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"dueDate":"2026-12-24","notes":"R&D <n\u00e9e>"`)}, done, "with the change"},
		{"update: done and sent", update, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Sent", 10000, `,"dueDate":"2026-12-24","notes":"R\u0026D <née>"`)}, done, "with the change"},
		{"update: half of it", update, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"notes":"R&D <née>"`)}, unknown, "written to since. " + unclear},
		{"update: by others", update, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"notes":"theirs"`)}, unknown, "written to since. " + unclear},
		{"lines: nothing", lines, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, "")}, notDone, "unchanged"},
		{"lines: noted so before", mostly, desk{invoice: seven("Draft", 10000, `,"notes":"R&D <née>"`)}, desk{invoice: seven("Draft", 10000, `,"notes":"R&D <née>","dueDate":"2027-01-01"`)}, unknown, "written to since. " + unclear},
		{"lines: noted with them", mostly, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"notes":"R&D <née>"`)}, done, "with the change"},
		{"lines: noted by others", lines, desk{invoice: seven("Draft", 10000, "")}, desk{invoice: seven("Draft", 10000, `,"notes":"theirs"`)}, unknown, "written to since. " + unclear},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := test.before
			world, watch := watched(t, &server)
			watch.refusal = errors.New("not now")
			if _, err := test.call(t.Context(), world.Client); !errors.Is(err, watch.refusal) {
				t.Fatal(err)
			}
			server = test.after
			got := looked(t, world, watch.planned(t), noon())
			if got.Outcome != test.want || !strings.Contains(got.Found, test.says) || got.ID != "7" || got.Name != "INV-7" {
				t.Errorf("got %+v, want %s and %q", got, test.want, test.says)
			}
			if advice := strings.Contains(got.Found, "do not repeat it"); advice != (got.Outcome != notDone) {
				t.Errorf("got %q for what is %s", got.Found, got.Outcome)
			}
		})
	}
}

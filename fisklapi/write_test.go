package fisklapi_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestWritesCanBeKept holds what the guard is told against what must not lie in a journal, and that it comes out of one
// as it went in.
func TestWritesCanBeKept(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			if _, err := w.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			write, result := watch.planned(t), watch.result(t)
			kept, err := json.Marshal([]any{write, result})
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{canary, "fsk_", "Bearer", sandbox.KeyOwner} {
				if strings.Contains(string(kept), secret) {
					t.Errorf("got %s, which holds %q", kept, secret)
				}
			}
			if write.Operation != w.op || write.Noun == "" || write.Name == "" && w.op != fisklapi.OpCreateInvoice || len(write.Content) != 32 {
				t.Errorf("got %+v, want it to say what it does", write)
			}
			var again fisklapi.Write
			if b, err := json.Marshal(write); err != nil || json.Unmarshal(b, &again) != nil || !reflect.DeepEqual(again, write) {
				t.Errorf("got %+v and error %v out of a journal, want %+v", again, err, write)
			}
		})
	}
}

// TestWritesSayWhatTheyDo looks at what a person is shown and limits are held against.
func TestWritesSayWhatTheyDo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		writing string
		want    fisklapi.Write
	}{
		{"Invoices.Send", fisklapi.Write{
			Noun: "invoice", ID: "5262", Name: "INV-0148", Client: "Acme Ltd", ClientID: "1024", Email: "billing@acme.example",
			CC: []string{"pat.doyle@acme.example"}, Amount: "1680.00", Currency: "GBP",
			Before: fisklapi.Standing{Status: "Draft", Outstanding: "1680.00", Currency: "GBP"},
		}},
		{"Invoices.MarkPaid", fisklapi.Write{
			Noun: "invoice", ID: "5253", Name: "INV-0145", Client: "Blue Heron Hotels", ClientID: "1057", Account: "1090 Undeposited Funds",
			Amount: "4980.00", Currency: "GBP", Date: "2026-11-22",
			Before: fisklapi.Standing{Status: "Sent", Outstanding: "4980.00", Currency: "GBP"}, SentAt: "2026-11-14T16:00:00Z",
		}},
		{"Payments.Record", fisklapi.Write{
			Noun: "invoice", ID: "5241", Name: "INV-0141", Client: "Blue Heron Hotels", ClientID: "1057", Account: "1090 Undeposited Funds",
			Amount: "600.00", Currency: "GBP", Date: "2026-11-22",
			Before: fisklapi.Standing{Status: "Partial", Outstanding: "2600.00", Currency: "GBP"}, SentAt: "2026-11-04T16:00:00Z",
		}},
		{"Clients.Create", fisklapi.Write{Noun: "client", Name: "Zed Ltd"}},
		{"Vendors.Update", fisklapi.Write{Noun: "vendor", ID: "2051", Name: "Kingsland Yard Properties Ltd"}},
		{"Features.Request", fisklapi.Write{Noun: "feature request", Name: "Quotes"}},
	} {
		t.Run(test.writing, func(t *testing.T) {
			t.Parallel()
			all := everyWriting()
			w := all[slices.IndexFunc(all, func(w writing) bool { return w.name == test.writing })]
			got := told(t, w.call)
			if got.Content == "" || (got.State == "") != (got.ID == "") || got.Seen.Equal(noon()) != (got.ID != "" || got.Noun == "client") || (len(got.Sets) > 0) != strings.HasSuffix(test.writing, ".Update") {
				t.Errorf("got %+v, want its content, the record's state, when it was read and what changes", got)
			}
			got.Operation, got.Content, got.State, got.Seen, got.Sets = "", "", "", time.Time{}, nil
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

// told is what the guard is told of a write on the demo company. It refuses it.
func told(tb testing.TB, call call) fisklapi.Write {
	tb.Helper()
	world, watch := watched(tb, demo())
	watch.refusal = errors.New("only asking")
	if _, err := call(tb.Context(), world.Client); !errors.Is(err, watch.refusal) {
		tb.Fatal(err)
	}
	return watch.planned(tb)
}

// TestContentTellsWritesApart holds that the same write has the same digest wherever it is made, and that every other
// has another.
func TestContentTellsWritesApart(t *testing.T) {
	t.Parallel()
	seen := make(map[string]string)
	distinct := func(name string, call call) {
		t.Helper()
		one, two := told(t, call), told(t, call)
		if !reflect.DeepEqual(one, two) {
			t.Errorf("%s: got %+v and %+v, want one write", name, one, two)
		}
		if other, ok := seen[one.Content]; ok {
			t.Errorf("%s has the content of %s", name, other)
		}
		seen[one.Content] = name
	}
	for _, w := range everyWriting() {
		distinct(w.name, w.call)
	}
	payment := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5241"}, Amount: "1", Date: "2026-11-20", Method: "Cash", Note: "n"}
	for name, change := range map[string]func(*schemas.NewPayment){
		"payment":               func(*schemas.NewPayment) {},
		"payment, another day":  func(p *schemas.NewPayment) { p.Date = "2026-11-21" },
		"payment, amount":       func(p *schemas.NewPayment) { p.Amount = "10" },
		"payment, invoice":      func(p *schemas.NewPayment) { p.Invoice = "5253" },
		"payment, method":       func(p *schemas.NewPayment) { p.Method = "Card" },
		"payment, note":         func(p *schemas.NewPayment) { p.Note = "m" },
		"payment, account":      func(p *schemas.NewPayment) { p.Account = "1000" },
		"payment, a second one": func(p *schemas.NewPayment) { p.AllowDuplicate = true },
	} {
		p := payment
		change(&p)
		distinct(name, on(payments, fisklapi.Payments.Record, p))
	}
	distinct("another client", on(clients, fisklapi.Clients.Create, schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed"}}))
	distinct("a vendor of that name", on(vendors, fisklapi.Vendors.Create, schemas.NewVendor{NewContact: schemas.NewContact{Name: "Zed"}}))
	distinct("another invoice sent", on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "5253"}))
	distinct("another quantity", on(invoices, fisklapi.Invoices.Create, schemas.InvoiceDraft{NewInvoice: hours("3", "20")}))
}

// TestReferenceIsNoContent holds that an invoice is the same content under another reference, and that a number and a
// reference to a record name the same one.
func TestReferenceIsNoContent(t *testing.T) {
	t.Parallel()
	draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10")}
	derived := told(t, on(invoices, fisklapi.Invoices.Create, draft))
	draft.ExternalID = "mine"
	given := told(t, on(invoices, fisklapi.Invoices.Create, draft))
	if given.Content != derived.Content || given.Reference != "mine" || !strings.HasPrefix(derived.Reference, "mcp-") {
		t.Errorf("got %+v and %+v, want one content", given, derived)
	}
	byID := told(t, on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "5262"}))
	if byNumber := told(t, on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "inv-0148"})); !reflect.DeepEqual(byNumber, byID) {
		t.Errorf("got %+v and %+v, want one write", byNumber, byID)
	}
}

// TestRecordedNamesAreClean is about a name that hides text and never ends.
func TestRecordedNamesAreClean(t *testing.T) {
	t.Parallel()
	name := "Zed\u202e\x1b[31m\n" + strings.Repeat("x", 5000)
	got := told(t, on(clients, fisklapi.Clients.Create, schemas.NewClient{NewContact: schemas.NewContact{Name: name}}))
	if len([]rune(got.Name)) > 60 || schemas.Clean(got.Name, 60) != got.Name {
		t.Errorf("got %q", got.Name)
	}
}

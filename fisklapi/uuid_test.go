package fisklapi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/uuids"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// withUUIDs returns a client of a sandbox that has UUIDs for ids, and refuses every other id with 400.
func withUUIDs(tb testing.TB) world {
	tb.Helper()
	return connect(tb, inprocess.Transport{Handler: uuids.Handler{Next: sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})}})
}

func uuid(n string) schemas.ID { return schemas.ID(uuids.Of(n)) }

// want fails the test at once on an error.
func want[T any](tb testing.TB, out T, err error) T {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// TestUUIDs goes through lists, reading, changing, invoicing, paying and the audit trail of a Fiskl with UUIDs.
func TestUUIDs(t *testing.T) {
	t.Parallel()
	w, ctx := withUUIDs(t), t.Context()
	list, err := w.Clients.List(ctx, schemas.ContactFilter{Search: "Northwind"})
	row := want(t, list, err).Rows[0]
	if row.ID != uuid("1035") {
		t.Fatalf("got id %s", row.ID)
	}
	for _, ref := range []string{string(row.ID), strings.ToUpper(string(row.ID)), "Northwind Bakery"} {
		client, err := w.Clients.Get(ctx, schemas.ClientRef{Client: ref})
		if want(t, client, err).ID != row.ID {
			t.Errorf("%s: got %+v", ref, client)
		}
	}
	notes := "Deliver early."
	client, err := w.Clients.Update(ctx, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: string(row.ID)}, ContactPatch: schemas.ContactPatch{Notes: &notes}})
	if want(t, client, err).Notes != notes || client.ID != row.ID {
		t.Errorf("got %+v", client)
	}
	changes, err := w.Audit.History(ctx, schemas.HistoryArgs{Type: "client", Record: string(row.ID)})
	if want(t, changes, err).Rows[0].RecordID != row.ID {
		t.Errorf("got %+v", changes.Rows[0])
	}
	paid(t, w, row.ID)
}

// paid makes an invoice with a catalogue item and a tax, and has it paid.
func paid(t *testing.T, w world, client schemas.ID) {
	t.Helper()
	ctx := t.Context()
	products, err := w.Products.List(ctx, schemas.ProductFilter{})
	taxes, err2 := w.Taxes.List(ctx, schemas.None{})
	item, tax := want(t, products, err).Rows[0], want(t, taxes, err2).Rows[0]
	line := schemas.Line{Product: string(item.ID), Quantity: "2", Taxes: []string{string(tax.ID)}}
	draft := schemas.InvoiceDraft{NewInvoice: schemas.NewInvoice{Client: string(client), Items: []schemas.Line{line}}}
	made, err := w.Invoices.Create(ctx, draft)
	if want(t, made, err).ClientID != client || made.Items[0].ProductID != item.ID || !strings.HasPrefix(string(made.ID), "00000000-") {
		t.Errorf("got %+v", made)
	}
	again, err := w.Invoices.Create(ctx, draft)
	if want(t, again, err).ID != made.ID || !again.AlreadyExisted {
		t.Errorf("got %+v, want the same invoice", again)
	}
	ref := schemas.InvoiceRef{Invoice: string(made.ID)}
	sent, err := w.Invoices.Send(ctx, ref)
	if want(t, sent, err).Status != "Sent" {
		t.Errorf("got %+v", sent)
	}
	accounts, err := w.Accounts.List(ctx, schemas.AccountFilter{Search: "1010"})
	account := want(t, accounts, err).Rows[0]
	in := schemas.NewPayment{InvoiceRef: ref, Amount: "1.00", Account: string(account.ID)}
	payment, err := w.Payments.Record(ctx, in)
	if want(t, payment, err).InvoiceID != made.ID || payment.AccountID != account.ID {
		t.Errorf("got %+v", payment)
	}
	if _, err := w.Payments.Record(ctx, in); !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), string(payment.ID)) {
		t.Errorf("got %v, want the payment that is there named", err)
	}
	found, err := w.Payments.List(ctx, schemas.PaymentFilter{Invoice: made.Number})
	if want(t, found, err).Count != 1 || found.Rows[0].ID != payment.ID {
		t.Errorf("got %+v", found)
	}
	read, err := w.Payments.Get(ctx, schemas.PaymentRef{Payment: string(payment.ID)})
	if want(t, read, err).ID != payment.ID {
		t.Errorf("got %+v", read)
	}
	changes, err := w.Audit.History(ctx, schemas.HistoryArgs{Type: "payment", Record: string(payment.ID)})
	if want(t, changes, err).Rows[0].RecordID != payment.ID {
		t.Errorf("got %+v", changes)
	}
}

// TestUUIDNames finds records by names that look like ids: Fiskl says 404 or 400 of them.
func TestUUIDNames(t *testing.T) {
	t.Parallel()
	for name, w := range map[string]world{"numbers": faultless(t), "UUIDs": withUUIDs(t)} {
		for _, called := range []string{"9b2d8f5e-0c1a-4e7b-9d3f-2a6c4b8e1f70", "00000000-0000-4000-8000-000000999999", "2024"} {
			made, err := w.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: called}})
			got, err2 := w.Clients.Get(t.Context(), schemas.ClientRef{Client: called})
			if want(t, got, errors.Join(err, err2)).ID != made.ID {
				t.Errorf("%s: got %+v, want %+v", name, got, made)
			}
		}
	}
}

func faultless(tb testing.TB) world {
	tb.Helper()
	w, _ := sandboxed(tb)
	return w
}

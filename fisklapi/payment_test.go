package fisklapi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestPaymentRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		payment schemas.NewPayment
		kind    fisklapi.Kind // empty for an argument that is refused
		says    string
	}{
		{"too much", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "2600.01"}, "", "2600.01 GBP is more than the 2600.00 GBP outstanding on invoice INV-0141"},
		{"nothing", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "0.00"}, "", "amount is zero"},
		{"no amount", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}}, "", "amount"},
		{"too exact", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "1.001"}, "", "more decimals"},
		{"other currency", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "1", Currency: "EUR"}, "", "currency is EUR, but invoice INV-0141 is in GBP"},
		{"draft", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0150"}, Amount: "1"}, fisklapi.Conflict, "INV-0150 is Draft"},
		{"paid", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0001"}, Amount: "1"}, fisklapi.Conflict, "INV-0001 is Paid with 0.00 GBP outstanding"},
		{"rejected", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0118"}, Amount: "1"}, fisklapi.Conflict, "INV-0118 is Rejected"},
		{"unknown", schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-9"}, Amount: "1"}, fisklapi.NotFound, "INV-9"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, err := world.Payments.Record(t.Context(), test.payment)
			var refused *schemas.ArgumentError
			if test.kind == "" && !errors.As(err, &refused) || test.kind != "" && !errors.Is(err, test.kind) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q with %q", err, test.kind, test.says)
			}
			if world.tape.writes() > 0 {
				t.Error("something was written")
			}
		})
	}
}

// TestPayingInParts follows an overdue invoice, whose status stays until it is paid.
func TestPayingInParts(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	ref := schemas.InvoiceRef{Invoice: "INV-0119"}
	for _, step := range []struct {
		amount      schemas.Money
		status      string
		outstanding schemas.Money
	}{
		{"0.01", "Overdue", "1199.99"},
		{"1199", "Overdue", "0.99"},
		{"0.99", "Paid", "0.00"},
	} {
		got, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: ref, Amount: step.amount})
		if err != nil || got.InvoiceStatus != step.status || got.Outstanding != step.outstanding || got.Date != "2026-11-22" || got.InvoiceTotal != "2400.00" {
			t.Errorf("got %+v and error %v, want %+v", got, err, step)
		}
	}
	invoice, err := world.Invoices.Get(t.Context(), ref)
	if err != nil || invoice.Paid != "2400.00" || invoice.Status != "Paid" || invoice.DaysLate != 0 {
		t.Errorf("got %+v and error %v, want it paid", invoice, err)
	}
}

// TestPaymentsOfOneInvoice asks what was paid on an invoice, which may have
// been in another year than the one that Fiskl takes when no period is given.
func TestPaymentsOfOneInvoice(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	got, err := world.Payments.List(t.Context(), schemas.PaymentFilter{Invoice: "INV-0042"})
	if err != nil || len(got.Rows) != 1 || got.Rows[0].Amount != "2166.00" || got.Rows[0].Date != "2025-12-20" || !got.Complete {
		t.Fatalf("got %+v and error %v, want the payment of last December", got, err)
	}
	if got.Start > "2025-01-01" || got.End != "2026-11-22" || got.Period != "" {
		t.Errorf("it covers %+v", got.Range)
	}
	named := schemas.Period{Start: "2026-01-01", End: "2026-01-31"}
	if got, err = world.Payments.List(t.Context(), schemas.PaymentFilter{Invoice: "INV-0042", Period: named}); err != nil || len(got.Rows) != 0 {
		t.Errorf("got %+v and error %v, want none in the period that was named", got, err)
	}
}

// TestPaymentWithoutAccounts finds that who may record payments and not read
// accounts is told how to record one.
func TestPaymentWithoutAccounts(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t, withKey(sandbox.KeyInvoiceOnly))
	payment := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0119"}, Amount: "1", Account: "Bank Account"}
	_, err := world.Payments.Record(t.Context(), payment)
	if err == nil || !strings.Contains(err.Error(), "accounting.read") || !strings.Contains(err.Error(), "leave it out") || world.tape.writes() > 0 {
		t.Errorf("got %v", err)
	}
	payment.Account = ""
	if _, err := world.Payments.Record(t.Context(), payment); err != nil {
		t.Errorf("without an account: %v", err)
	}
}

// TestPaymentAhead finds that money cannot have been received tomorrow.
func TestPaymentAhead(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	_, err := world.Payments.Record(t.Context(), schemas.NewPayment{
		InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0119"}, Amount: "1", Date: "2030-01-01",
	})
	var argument *schemas.ArgumentError
	if !errors.As(err, &argument) || argument.Argument != "date" {
		t.Errorf("got %v", err)
	}
}

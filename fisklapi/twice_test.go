package fisklapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// retainer is a payment that equals one of the demo company's, number 8601.
func retainer() schemas.NewPayment {
	return schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "1000", Date: "2026-11-14"}
}

// TestEqualPayments records payments beside one of 1000.00 on INV-0141 of 14 November.
func TestEqualPayments(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*schemas.NewPayment)
		equal  bool
		twins  []schemas.ID // that the guard is told of
	}{
		"equal":                   {func(*schemas.NewPayment) {}, true, nil},
		"in other words":          {func(p *schemas.NewPayment) { p.Amount, p.Currency, p.Invoice = "1000.00", "gbp", "5241" }, true, nil},
		"by another method":       {func(p *schemas.NewPayment) { p.Method, p.Note, p.Account = "Cash", "second half", "1000" }, true, nil},
		"equal and allowed":       {func(p *schemas.NewPayment) { p.AllowDuplicate = true }, false, []schemas.ID{"8601"}},
		"allowed without need":    {func(p *schemas.NewPayment) { p.Amount, p.AllowDuplicate = "1", true }, false, nil},
		"another amount":          {func(p *schemas.NewPayment) { p.Amount = "999.99" }, false, nil},
		"another day":             {func(p *schemas.NewPayment) { p.Date = "2026-11-13" }, false, nil},
		"another invoice":         {func(p *schemas.NewPayment) { p.Invoice = "INV-0145" }, false, nil},
		"today, which is not it":  {func(p *schemas.NewPayment) { p.Date = "" }, false, nil},
		"of a client's other one": {func(p *schemas.NewPayment) { p.Invoice, p.Amount = "INV-0145", "1000.00" }, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			payment := retainer()
			test.change(&payment)
			made, err := world.Payments.Record(t.Context(), payment)
			if !test.equal {
				if err != nil || made.ID == "" || !slices.Equal(watch.planned(t).Twins, test.twins) || watch.planned(t).Repeat != payment.AllowDuplicate {
					t.Errorf("got %+v and error %v after %+v, want it recorded", made, err, watch.asked)
				}
				return
			}
			if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), "payment id 8601") || !strings.Contains(err.Error(), "allow_duplicate") || len(watch.order()) > 0 {
				t.Errorf("got %v after %q, want it refused with the id of the other", err, watch.order())
			}
		})
	}
}

// TestEqualPaymentsUnseen is about a list of payments that cannot be read.
func TestEqualPaymentsUnseen(t *testing.T) {
	t.Parallel()
	for status, kind := range map[int]fisklapi.Kind{http.StatusForbidden: "", http.StatusUnauthorized: fisklapi.Unauthorized, http.StatusInternalServerError: fisklapi.Unavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			server := demo()
			server.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/payments", Status: status, Times: -1})
			world, watch := watched(t, server)
			_, record := world.Payments.Record(t.Context(), retainer())
			_, mark := world.Invoices.MarkPaid(t.Context(), schemas.InvoiceRef{Invoice: "INV-0145"})
			for _, err := range []error{record, mark} {
				if (kind == "") != (err == nil) || kind != "" && !errors.Is(err, kind) {
					t.Errorf("got %v, want %q", err, kind)
				}
			}
			if n := world.tape.writes(); (n == 2) != (kind == "") || n != len(watch.ended) {
				t.Errorf("sent %d writes", n)
			}
		})
	}
}

// TestEqualPaymentsOfOthers is about a server that gives every payment it has, whatever it is asked for.
func TestEqualPaymentsOfOthers(t *testing.T) {
	t.Parallel()
	const day = "2026-11-20"
	others := []string{
		pay(1, 3999, day), pay(2, 4000, "2026-11-19"), pay(3, 4000, "2026-11-21"), strings.Replace(pay(4, 4000, day), `"invoiceId":7`, `"invoiceId":8`, 1),
	}
	for name, test := range map[string]struct {
		there []string
		equal bool
	}{"others": {others, false}, "and an equal one": {append(slices.Clone(others), pay(5, 4000, day)), true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := desk{invoice: seven("Sent", 10000, ""), payments: "[" + strings.Join(test.there, ",") + "]"}
			world, watch := watched(t, &server)
			watch.refusal = errors.New("asked")
			_, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "7"}, Amount: "40", Date: day})
			if errors.Is(err, watch.refusal) == test.equal || test.equal && !strings.Contains(fmt.Sprint(err), "payment id 5") {
				t.Errorf("got %v, refused: %t", err, test.equal)
			}
		})
	}
}

// TestPaymentIsNotRepeatedAfterALostAnswer lets a caller try again whatever it was told.
func TestPaymentIsNotRepeatedAfterALostAnswer(t *testing.T) {
	t.Parallel()
	for kind, carriedOut := range map[sandbox.FaultKind]bool{sandbox.CutAfter: true, sandbox.CutBefore: false} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			server := demo()
			server.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/payments", Kind: kind})
			world, _ := watched(t, server)
			payment := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "600"}
			_, err := world.Payments.Record(t.Context(), payment)
			var e *fisklapi.Error
			if !errors.As(err, &e) || !e.OutcomeUnknown || e.Done != carriedOut {
				t.Errorf("got %+v, want it said whether it was carried out: %t", e, carriedOut)
			}
			if _, err = world.Payments.Record(t.Context(), payment); errors.Is(err, fisklapi.Conflict) != carriedOut || (err == nil) == carriedOut {
				t.Errorf("got %v the second time, carried out the first: %t", err, carriedOut)
			}
			invoice, err := world.Invoices.Get(t.Context(), payment.InvoiceRef)
			if err != nil || invoice.Outstanding != "2000.00" {
				t.Errorf("got %s outstanding and error %v, want one payment", invoice.Outstanding, err)
			}
		})
	}
}

// TestMarkPaidBesideAnEqualPayment pays the second half of an invoice on the day of the first.
func TestMarkPaidBesideAnEqualPayment(t *testing.T) {
	t.Parallel()
	world, watch := watched(t, demo())
	first, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0145"}, Amount: "2490"})
	if err != nil {
		t.Fatal(err)
	}
	watch.forget()
	paid, err := world.Invoices.MarkPaid(t.Context(), schemas.InvoiceRef{Invoice: "INV-0145"})
	if err != nil || paid.Status != "Paid" || !slices.Equal(watch.planned(t).Twins, []schemas.ID{first.ID}) {
		t.Errorf("got %+v and error %v, want it paid beside %s", paid, err, first.ID)
	}
	if got := looked(t, world, watch.planned(t), noon()); got.Outcome != fisklapi.Done {
		t.Errorf("got %+v, want the second payment found", got)
	}
}

package tools_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestInvoiceSearch holds what a search finds against the whole list, and words
// against the invoices themselves.
func TestInvoiceSearch(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	list := func(args string) []schemas.InvoiceRow {
		l := read[schemas.InvoiceList](t, b.Catalog, "list_invoices", args)
		if !l.Complete {
			t.Errorf("%s is not complete: %s", args, l.ListNote)
		}
		return l.Rows
	}
	all := list(`{"all":true}`)
	for args, is := range map[string]func(schemas.InvoiceRow) bool{
		`{"amount":"2400","all":true}`:          func(r schemas.InvoiceRow) bool { return r.Total == "2400.00" },
		`{"amount":"500..1000","all":true}`:     func(r schemas.InvoiceRow) bool { return between(r, "500", "1000") },
		`{"amount":"1000.01.. USD","all":true}`: func(r schemas.InvoiceRow) bool { return r.Currency == "USD" && between(r, "1000.01", "999999") },
		`{"amount":"gbp ..99.50","all":true}`:   func(r schemas.InvoiceRow) bool { return r.Currency == "GBP" && between(r, "0", "99.50") },
		`{"due_by":"2026-11-30","status":"unpaid"}`: func(r schemas.InvoiceRow) bool {
			return r.Outstanding != "0.00" && r.DueDate <= "2026-11-30" && r.Status != "Draft" && r.Status != "Rejected"
		},
		`{"search":"inv-011","all":true}`:                func(r schemas.InvoiceRow) bool { return strings.Contains(r.Number, "INV-011") },
		`{"search":"Lumiere","amount":"420","all":true}`: func(r schemas.InvoiceRow) bool { return r.Number == "INV-0131" },
		`{"amount":"0.01..0.02","all":true}`:             func(schemas.InvoiceRow) bool { return false },
	} {
		var want, got []string
		for _, r := range all {
			if is(r) {
				want = append(want, r.Number)
			}
		}
		for _, r := range list(args) {
			got = append(got, r.Number)
		}
		slices.Sort(got)
		slices.Sort(want)
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: got %v, want %v", args, got, want)
		}
	}
	for _, r := range list(`{"search":"packaging","all":true}`) {
		i := read[schemas.Invoice](t, b.Catalog, "get_invoice", `{"invoice":"`+r.Number+`"}`)
		var lines strings.Builder
		for _, l := range i.Items {
			lines.WriteString(strings.ToLower(l.Name))
		}
		if !strings.Contains(lines.String(), "packaging") {
			t.Errorf("%s was found, and has %s", r.Number, lines.String())
		}
	}
}

func between(r schemas.InvoiceRow, low, high schemas.Money) bool {
	d := r.Total.Decimal()
	return !d.LessThan(low.Decimal()) && !d.GreaterThan(high.Decimal())
}

// TestOddInvoiceSearch finds ranges that mean nothing refused, and a search that
// could not look everywhere saying so.
func TestOddInvoiceSearch(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for args, says := range map[string]string{
		`{"amount":"-5"}`:                   `amount "-5" is negative`,
		`{"amount":"10..5"}`:                "amount ends with 5, below 10",
		`{"amount":"$500"}`:                 `amount "$500" is not an amount`,
		`{"amount":"1,000..2,000"}`:         `amount "1,000" is not an amount`,
		`{"amount":"1e9"}`:                  "is not an amount",
		`{"amount":"99999999999999999999"}`: "is too large an amount",
		`{"amount":".."}`:                   "has no amount",
		`{"amount":"500...600"}`:            "is not an amount",
		`{"amount":"500 POUNDS"}`:           "is not an amount",
		`{"amount":{"min":1}}`:              "amount must be text",
		`{"due_by":"30/02/2026"}`:           `due_by: "30/02/2026" is not a date`,
	} {
		if a := call(t, b.Catalog, "list_invoices", args); a.Err == nil || !strings.Contains(a.Text, says) {
			t.Errorf("%s: got %s, want %s", args, a.Text, says)
		}
	}
	paid := read[schemas.PaymentList](t, b.Catalog, "list_payments", `{"amount":"1200..1500 GBP","period":"this financial year-to-date","all":true}`)
	for _, p := range paid.Rows {
		if d := p.Amount.Decimal(); p.Currency != "GBP" || d.LessThan(schemas.Money("1200").Decimal()) || d.GreaterThan(schemas.Money("1500").Decimal()) {
			t.Errorf("a payment outside the range: %+v", p)
		}
	}
	if a := call(t, b.Catalog, "list_payments", `{"amount":"9..1"}`); len(paid.Rows) == 0 || a.Err == nil {
		t.Errorf("got %d payments, and %s", len(paid.Rows), a.Text)
	}
	first := read[schemas.InvoiceList](t, b.Catalog, "list_invoices", `{"amount":"500..1000","limit":2}`)
	other := call(t, b.Catalog, "list_invoices", `{"amount":"500..2000","limit":2,"cursor":"`+first.NextCursor+`"}`)
	if first.NextCursor == "" || other.Err == nil || !strings.Contains(other.Text, "belongs to other filters") {
		t.Errorf("a cursor of another range: got %s", other.Text)
	}
	few := newBox(t, sandbox.KeyInvoiceOnly)
	half := read[schemas.InvoiceList](t, few.Catalog, "list_invoices", `{"search":"packaging"}`)
	if half.Complete || !strings.Contains(half.ListNote, "the ledger with the lines could not be read") {
		t.Errorf("without the ledger: complete %t, %s", half.Complete, half.ListNote)
	}
}

package reports_test

import (
	"reflect"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// due sends an invoice of an amount in pounds that is due on a day.
func (c *company) due(t *testing.T, day ledger.Date, amount books.Minor) books.Invoice {
	t.Helper()
	inv, _, err := c.CreateInvoice(me, books.InvoiceInput{
		ClientID: c.clients["GBP"], DueDate: day, Items: []books.ItemInput{c.item(amount, "1")},
	})
	c.must(t, err)
	inv, err = c.SendInvoice(me, inv.ID)
	c.must(t, err)
	return inv
}

func TestAgingBuckets(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	end := ledger.Date("2026-06-30")
	// One hundredth more for every next invoice, so that each bucket tells which ones it holds.
	for i, days := range []int{-5, 0, 1, 30, 31, 60, 61, 90, 91, 200} {
		c.due(t, end.AddDays(-days), books.Minor(1)<<i)
	}
	got := answer[reports.Aging](t)(c.ReceivablesAging(reports.Query{End: end, Detail: true}))
	if want := []string{"Current", "1-30", "31-60", "61-90", "90+"}; !reflect.DeepEqual(got.Buckets, want) {
		t.Errorf("got %v, want %v", got.Buckets, want)
	}
	if want := []books.Minor{1 + 2, 4 + 8, 16 + 32, 64 + 128, 256 + 512}; !reflect.DeepEqual(got.Amounts, want) {
		t.Errorf("got %v, want %v", got.Amounts, want)
	}
	documents := got.Rows[0].Documents
	if first := documents[0]; first.DaysOverdue != 200 || first.Bucket != "90+" || first.Type != "Invoice" {
		t.Errorf("got %+v, want the oldest invoice first", first)
	}
	if last := documents[len(documents)-1]; last.DaysOverdue != 0 || last.Bucket != "Current" {
		t.Errorf("got %+v, want what is not due yet last", last)
	}
	if summary := answer[reports.Aging](t)(c.ReceivablesAging(reports.Query{End: end})); summary.Rows[0].Documents != nil {
		t.Errorf("got %d documents in a summary", len(summary.Rows[0].Documents))
	}
}

func TestAgingShowsWhatIsLeftInBothCurrencies(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	bill := c.bill(t, "EUR", books.BillLine{Account: "6020", Net: 100_000})
	booked := -c.Ledger().Balance(ledger.Payable, "")
	c.must(t, c.PayBill(me, bill.ID, 25_000, euroAccount))
	got := answer[reports.Aging](t)(c.PayablesAging(reports.Query{Vendor: c.vendors["EUR"], Detail: true}))
	want := reports.AgingDocument{
		Type: "Bill", ID: got.Rows[0].Documents[0].ID, Number: "B-1", Date: "2025-11-05", DueDate: "2025-11-19", Bucket: "Current",
		Currency: "EUR", Original: 100_000, Remaining: 75_000, RemainingBase: booked - booked.Share(1, 4),
	}
	if document := got.Rows[0].Documents[0]; document != want {
		t.Errorf("got %+v, want %+v", document, want)
	}
	if own := got.Rows[0].Currencies; len(own) != 1 || own[0].Currency != "EUR" || own[0].Total != 75_000 {
		t.Errorf("got %+v, want 750.00 EUR", own)
	}
	if other := answer[reports.Aging](t)(c.PayablesAging(reports.Query{Vendor: c.vendors["GBP"]})); other.Total != 0 || other.Rows != nil {
		t.Errorf("got %+v of a vendor nothing is owed to", other)
	}
}

// A payment dated before its invoice is owed to the client until the invoice is due from them.
func TestAgingOfAPaymentAhead(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	inv := c.due(t, "2025-12-31", 10_000)
	_, err := c.RecordPayment(me, books.PaymentInput{InvoiceID: inv.ID, Amount: 4_000, Date: "2025-06-01"})
	c.must(t, err)
	got := answer[reports.Aging](t)(c.ReceivablesAging(reports.Query{End: "2025-10-31", Detail: true}))
	if got.Total != -4_000 || got.Amounts[0] != -4_000 || got.Rows[0].Documents[0].ID != inv.ID {
		t.Errorf("got %+v, want -40.00 of %s, not overdue", got, inv.Number)
	}
}

func TestStatementOfAccount(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	before := c.due(t, "2025-11-20", 10_000)
	c.on("2025-12-10")
	c.pay(t, before.ID, 4_000)
	after := c.due(t, "2025-12-31", 5_000)
	q := reports.Query{Client: c.clients["GBP"], Start: "2025-12-01", End: "2025-12-31"}
	got := answer[reports.StatementOfAccount](t)(c.StatementOfAccount(q))
	if len(got.Sections) != 1 || got.ClientName != "Client GBP" {
		t.Fatalf("got %+v, want one section", got)
	}
	section := got.Sections[0]
	want := []reports.ClientLine{
		{"2025-12-10", "Payment", section.Lines[0].ID, before.Number, "Payment of " + before.Number, -4_000, 6_000},
		{"2025-12-10", "Invoice", after.ID, after.Number, "Invoice " + after.Number, 5_000, 11_000},
	}
	if section.Opening != 10_000 || section.Closing != 11_000 || !reflect.DeepEqual(section.Lines, want) {
		t.Errorf("got %+v, want 100.00, %+v and 110.00", section, want)
	}
	q.Client = c.clients["JPY"]
	if quiet := answer[reports.StatementOfAccount](t)(c.StatementOfAccount(q)); quiet.Sections == nil || len(quiet.Sections) != 0 {
		t.Errorf("got %+v of a client without movement, want an empty list of sections", quiet)
	}
}

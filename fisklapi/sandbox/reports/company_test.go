package reports_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

const (
	me          = "Tester"
	euroAccount = ledger.Code("1020")
	card        = ledger.Code("2100")
	hmrc        = ledger.Code("2200")
	levies      = ledger.Code("2210")
)

// fatal is what a test and a property check share.
type fatal interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// company is a company with clients and vendors in three currencies, six taxes and a clock that can be moved. The last
// tax, a reverse charge, is for bills alone.
type company struct {
	*books.Books
	*reports.Reports

	now      time.Time
	clients  map[string]int64
	vendors  map[string]int64
	taxes    []int64
	invoices []int64
	bills    []int64
}

func currencies() []string { return []string{"GBP", "EUR", "JPY"} }

func openCompany(t fatal) *company {
	t.Helper()
	c := &company{
		now: time.Date(2025, 11, 5, 12, 0, 0, 0, time.UTC), clients: map[string]int64{}, vendors: map[string]int64{},
	}
	b, err := books.New(books.Company{
		Name: "Shop", Country: "GB", Currency: "GBP", TimeZone: "Europe/London", FiscalYearEnd: "03-31",
	}, func() time.Time { return c.now })
	c.must(t, err)
	c.Books, c.Reports = b, reports.New(b)
	b.AddAccount(ledger.Account{Code: euroAccount, Name: "Euro Account", Type: ledger.Assets, Group: ledger.Cash, Currency: "EUR"})
	b.AddAgency("HMRC", hmrc)
	b.AddAgency("Levies", levies)
	vat, zero := b.AddTax("VAT", "20", hmrc, true), b.AddTax("VAT zero", "0", hmrc, false)
	five, ten := b.AddTax("Levy 5%", "5", levies, false), b.AddTax("Levy 9.975%", "9.975", levies, false)
	compound := b.AddTaxGroup("Compound", true, five, ten)
	c.taxes = []int64{vat.ID, zero.ID, five.ID, ten.ID, compound.ID, b.AddReverseCharge("Reverse charge", "20", hmrc).ID}
	for _, currency := range currencies() {
		client, err := b.Clients.Create(me, books.ContactInput{Name: "Client " + currency, Email: "a@b.example", Currency: currency})
		c.must(t, err)
		vendor, err := b.Vendors.Create(me, books.ContactInput{Name: "Vendor " + currency, Currency: currency})
		c.must(t, err)
		c.clients[currency], c.vendors[currency] = client.ID, vendor.ID
	}
	return c
}

func (c *company) must(t fatal, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// on moves the clock to a day.
func (c *company) on(day ledger.Date) { c.now = day.Time().Add(12 * time.Hour) }

// item is a line of an invoice: a price for one, and taxes by their place in c.taxes.
func (c *company) item(price books.Minor, quantity string, taxes ...int) books.ItemInput {
	n := books.Number{Decimal: decimal.RequireFromString(quantity)}
	in := books.ItemInput{Name: "Work", Quantity: &n, Price: &price, TaxIDs: []int64{}}
	for _, i := range taxes {
		in.TaxIDs = append(in.TaxIDs, c.taxes[i])
	}
	return in
}

// invoice sends an invoice dated today.
func (c *company) invoice(t fatal, currency string, items ...books.ItemInput) books.Invoice {
	t.Helper()
	inv, _, err := c.CreateInvoice(me, books.InvoiceInput{ClientID: c.clients[currency], Items: items})
	c.must(t, err)
	inv, err = c.SendInvoice(me, inv.ID)
	c.must(t, err)
	c.invoices = append(c.invoices, inv.ID)
	return inv
}

func (c *company) pay(t fatal, id int64, amount books.Minor) {
	t.Helper()
	bank, _ := c.Ledger().Chart().ByCode(ledger.Bank)
	_, err := c.RecordPayment(me, books.PaymentInput{InvoiceID: id, Amount: amount, AccountID: bank.ID})
	c.must(t, err)
}

func (c *company) bill(t fatal, currency string, lines ...books.BillLine) books.Bill {
	t.Helper()
	bill, err := c.EnterBill(me, books.BillInput{
		VendorID: c.vendors[currency], Number: fmt.Sprintf("B-%d", len(c.bills)+1), Due: c.Today().AddDays(14), Lines: lines,
	})
	c.must(t, err)
	c.bills = append(c.bills, bill.ID)
	return bill
}

func (c *company) journal(t fatal, kind ledger.Kind, lines ...books.JournalLine) {
	t.Helper()
	c.must(t, c.Journal(me, kind, "Journal", lines))
}

// answer unpacks a report that must not be refused.
func answer[T any](t fatal) func(T, error) T {
	t.Helper()
	return func(report T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
}

func TestACompanyWithoutAnyMovementHasReports(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	c.checkAll(t, c.Today())
}

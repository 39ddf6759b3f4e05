// Package books is one company's books: its clients, invoices, payments and everything else Fiskl keeps, with the rules
// of its API. What those rules post goes to a double-entry ledger. Package sandbox puts HTTP in front of it, package demo
// fills it with a history. Nothing here is safe for use by several goroutines at once.
package books

import (
	"fmt"
	"maps"
	"slices"
	"time"
	_ "time/tzdata" // A company's today depends on its time zone, also on machines that carry no zone database.

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// These are the ledger's own words, used here as often as there.
type (
	// Date is a calendar day, YYYY-MM-DD.
	Date = ledger.Date
	// Minor is money in hundredths of its currency.
	Minor = ledger.Minor
)

// Books is one company with all its records.
type Books struct {
	Clients  *Contacts
	Vendors  *Contacts
	clock    func() time.Time
	zone     *time.Location
	company  Company
	ids      *ids
	ledger   *ledger.Ledger
	taxes    table[Tax]
	products table[Product]
	invoices table[Invoice]
	quotes   table[Quote]
	payments table[Payment]
	bills    table[Bill]
	external map[string]int64
	numbers  map[string]int
	audit    []Change
	features []FeatureRequest
}

// New opens the books of a company that has a chart of accounts and nothing else. The company's time zone must exist
// and its base currency must have a rate.
func New(company Company, clock func() time.Time) (*Books, error) {
	zone, err := time.LoadLocation(company.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of %s: %w", company.Name, err)
	}
	if !knownCurrency(company.Currency) {
		return nil, fmt.Errorf("no exchange rate for %s", company.Currency)
	}
	b := &Books{
		clock: clock, zone: zone, company: company, ids: newIDs(),
		ledger:   ledger.New(company.Currency, ledger.DefaultChart(company.Currency)),
		external: map[string]int64{}, numbers: map[string]int{},
	}
	b.Clients = &Contacts{kind: KindClient, books: b}
	b.Vendors = &Contacts{kind: KindVendor, books: b}
	b.company.ID = b.ids.next(KindCompany)
	return b, nil
}

// Copy is books of their own that hold what these hold now. What is the same in both is shared, since a record is
// replaced and never altered, and what is posted stays.
func (b *Books) Copy(clock func() time.Time) *Books {
	c := &Books{
		clock: clock, zone: b.zone, company: b.company, ids: b.ids.copied(), ledger: b.ledger.Copy(),
		taxes: b.taxes.copied(), products: b.products.copied(), invoices: b.invoices.copied(), quotes: b.quotes.copied(),
		payments: b.payments.copied(), bills: b.bills.copied(), external: maps.Clone(b.external), numbers: maps.Clone(b.numbers),
		audit: slices.Clip(b.audit), features: slices.Clip(b.features),
	}
	c.Clients = &Contacts{kind: KindClient, books: c, rows: b.Clients.rows.copied()}
	c.Vendors = &Contacts{kind: KindVendor, books: c, rows: b.Vendors.rows.copied()}
	return c
}

// SetClock changes what the books take for the present moment.
func (b *Books) SetClock(clock func() time.Time) { b.clock = clock }

// Ledger is the double-entry ledger behind the books.
func (b *Books) Ledger() *ledger.Ledger { return b.ledger }

// Today is the present day in the company's time zone.
func (b *Books) Today() Date { return ledger.DateOf(b.clock().In(b.zone)) }

// Zone is the company's time zone.
func (b *Books) Zone() *time.Location { return b.zone }

// now is the present moment as timestamps show it.
func (b *Books) now() time.Time { return b.clock().UTC().Truncate(time.Second) }

// number hands out the next number of a series, such as INV-0001.
func (b *Books) number(prefix string) string {
	b.numbers[prefix]++
	return fmt.Sprintf("%s-%04d", prefix, b.numbers[prefix])
}

// SkipNumber leaves out the next number of the invoices, as if the invoice that had it had been deleted.
func (b *Books) SkipNumber() { b.number("INV") }

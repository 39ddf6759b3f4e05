package demo

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// generatedAge is how many days of history a generated company has: 24 months.
const generatedAge = 730

// Generated opens the books of a company that the seed makes up: 24 months of a small firm whose books are kept without a
// fault, but for those that are asked for. All faults fall into the month before today's.
func Generated(now func() time.Time, seed uint64, faults ...Fault) (*books.Books, error) {
	b, err := open(now)
	if err != nil {
		return nil, err
	}
	h := &history{
		books: b, today: b.Today(), present: now(), seed: seed, age: generatedAge,
		clients: map[string]int64{}, vendors: map[string]int64{}, products: map[string]int64{},
	}
	f := newFirm(h)
	for _, fault := range faults {
		plant, known := planted()[fault]
		if !known {
			return nil, fmt.Errorf("demo: there is no fault %q", fault)
		}
		plant(f)
	}
	plans := []func(*history){f.planOpening, f.planPeople, f.planSales, f.planBills, f.planSpending, f.planRare, f.planPayroll, f.planBank, planSettlements}
	return h.carriedOut(append(plans, f.extra...), now)
}

// firm is a made-up company. What differs from one to the next is drawn once, at the beginning.
type firm struct {
	h       *history
	random  *rand.Rand
	month   books.Date // The first day of the month before today's.
	scale   int        // In percent, of all prices.
	clients []customer
	vendors []supplier
	staff   books.Minor // Gross pay of a month.
	hired   int         // Days ago that somebody joined, for half as much again.
	growth  int         // In percent of a year's sales.
	season  int         // In percent: by how much summer and winter differ from the mean.
	insured int         // The month of the year in which the insurance is paid.

	skipRent bool             // Last month's rent is forgotten.
	extra    []func(*history) // What faults add.
}

// customer is a client that is billed again and again.
type customer struct {
	key, name, country, currency string
	article                      string
	every, terms, pays           int // Days: between invoices, to pay, and until it does.
	quantity                     int
	offset                       int // Days before today of the newest invoice.
}

// supplier is a vendor whose bill comes on the same day of every month, or every so many days.
type supplier struct {
	key, name string
	charge
	plus       books.Minor // The most a bill may be above the charge.
	day, every int         // One of them.
	pays       int
}

// names of made-up firms, two parts each.
func firstNames() []string {
	return []string{"Alder", "Birch", "Cedar", "Dunmore", "Elm", "Falcon", "Garnet", "Hazel", "Ivy", "Juniper", "Kestrel", "Linden", "Maple", "Otter", "Poplar", "Rowan"}
}

func lastNames() []string {
	return []string{"Dental", "Logistics", "Interiors", "Foods", "Engineering", "Law", "Surveyors", "Hotels", "Clinics", "Gardens", "Marine", "Toys"}
}

// newFirm draws a company from the seed.
func newFirm(h *history) *firm {
	f := &firm{h: h, random: rand.New(rand.NewPCG(h.seed, 24)), month: h.today.MonthStart(-1)} //nolint:gosec // The same seed has to make the same company.
	f.scale = 60 + f.random.IntN(240)
	f.staff = f.price(180000)
	f.hired, f.growth, f.season, f.insured = f.random.IntN(700), f.random.IntN(40)-8, f.random.IntN(30), 1+f.random.IntN(12)
	for i := range 5 + f.random.IntN(8) {
		c := customer{
			key: fmt.Sprintf("client %d", i), name: firstNames()[i] + " " + lastNames()[f.random.IntN(len(lastNames()))] + " Ltd", country: "GB", currency: "GBP",
			article: []string{"hour", "day", "plan", "item"}[f.random.IntN(4)], every: []int{14, 30, 30, 30, 45, 60}[f.random.IntN(6)],
			terms: []int{14, 30, 30}[f.random.IntN(3)], quantity: 1 + f.random.IntN(10), offset: 1 + f.random.IntN(13),
		}
		if i > 2 && f.random.IntN(4) == 0 {
			c.country, c.currency, c.article = "DE", "EUR", "abroad"
		}
		c.pays = c.terms - 4 + f.random.IntN(8)
		f.clients = append(f.clients, c)
	}
	f.vendors = f.suppliers()
	return f
}

// price is an amount at the firm's scale, in whole pounds.
func (f *firm) price(at int) books.Minor { return books.Minor(at * f.scale / 100 / 100 * 100) }

// suppliers are those that every firm has, some of weekly bills of one amount among them.
func (f *firm) suppliers() []supplier {
	return []supplier{
		{"landlord", "Quayside Estates", charge{"6080", "Rent", f.price(90000), standard}, 0, 1, 0, 5},
		{"software", "Nimbus Software", charge{"6200", "Subscriptions", f.price(21000), standard}, 0, 3 + f.random.IntN(5), 0, 14},
		{"phone", "Beacon Telecom", charge{"6070", "Telephone and internet", f.price(6500), standard}, 400, 9, 0, 20},
		{"power", "Northern Energy", charge{"6260", "Electricity", f.price(12000), reduced}, f.price(3000), 12, 0, 15},
		{"accountant", "Marsh & Low", charge{"6090", "Bookkeeping", f.price(15000), standard}, 0, 20, 0, 25},
		{"cleaner", "Bright Windows", charge{"6190", "Cleaning", 4500, standard}, 0, 0, 7, 6},
		{"materials", "Ferris Supplies", charge{"5020", "Materials", f.price(30000), standard}, f.price(8000), 6 + f.random.IntN(18), 0, 28},
	}
}

func (f *firm) planOpening(h *history) {
	h.on(h.start(), 7*60, func() error {
		return h.books.Journal(olivia, ledger.OpeningBalance, "Opening balances", []books.JournalLine{
			{Account: ledger.Bank, Amount: f.price(15000000)},
			{Account: savingsAccount, Amount: f.price(1000000)},
			{Account: ledger.ShareCapital, Amount: -10000},
			{Account: ledger.RetainedEarnings, Amount: 10000 - f.price(15000000) - f.price(1000000)},
		})
	})
}

func (f *firm) planPeople(h *history) {
	for _, c := range f.clients {
		h.ago(h.age, 9*60, func() error {
			made, err := h.books.Clients.Create(olivia, books.ContactInput{
				Name: c.name, Email: "accounts@client.example", Country: c.country, Currency: c.currency,
			})
			h.clients[c.key] = made.ID
			return err
		})
	}
	for _, v := range f.vendors {
		h.ago(h.age, 9*60, func() error {
			made, err := h.books.Vendors.Create(olivia, books.ContactInput{Name: v.name})
			h.vendors[v.key] = made.ID
			return err
		})
	}
	articles := f.articles()
	for _, key := range slices.Sorted(maps.Keys(articles)) {
		in := articles[key]
		h.ago(h.age, 9*60, func() error {
			made, err := h.books.CreateProduct(theo, in)
			h.products[key] = made.ID
			return err
		})
	}
}

func (f *firm) articles() map[string]books.ProductInput {
	all := map[string]books.ProductInput{
		"hour": service("Advice", "hour", f.price(8000), ""), "day": service("Work on site", "day", f.price(45000), ""),
		"plan": service("Maintenance plan", "month", f.price(30000), ""), "item": product("Spare parts", f.price(6000), ""),
		"abroad": priced(service("Advice abroad", "hour", f.price(9500), ""), "EUR"),
	}
	for key, in := range all {
		in.TaxIDs = []int64{f.h.tax(standard)}
		if in.Currency != "" {
			in.TaxIDs = []int64{f.h.tax(zero)}
		}
		all[key] = in
	}
	return all
}

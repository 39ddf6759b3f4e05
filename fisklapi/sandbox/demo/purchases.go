package demo

import (
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// expense is what a vendor charges for: an account, a net amount in the vendor's currency and a rate of VAT.
type expense struct {
	vendor  string
	account ledger.Code
	memo    string
	net     books.Minor
	vat     int
}

// standing is a bill that comes on the same day of every month and is paid so many days later.
type standing struct {
	expense
	day, paidAfter int
}

func standingBills() []standing {
	return []standing{
		{expense{"landlord", "6080", "Studio rent, Unit 4", 145000, standard}, 1, 0},
		{expense{"software", "6200", "Design software, five seats", 31200, standard}, 3, 0},
		{expense{"broadband", "6070", "Broadband and phones", 5400, standard}, 9, 5},
		{expense{"power", "6260", "Electricity", 14000, reduced}, 14, 14},
		{expense{"accountant", "6090", "Monthly bookkeeping review", 18500, standard}, 20, 10},
	}
}

// order is a bill for one piece of work. The newest came so many days ago, count of them every so many days; each is
// paid so many days after it came, or never when paidAfter is 0.
type order struct {
	expense
	newest, every, count int
	terms, paidAfter     int
}

func orders() []order {
	return []order{
		{expense{"printer", "5020", "Books and posters", 52000, standard}, 16, 45, 13, 30, 28},
		{expense{"weiss", "6020", "Illustrations", 90000, zero}, 12, 40, 14, 30, 33},
		{expense{"hire", "5040", "Lighting hire, two days", 36000, standard}, 230, 60, 3, 30, 25},
		// Overdue: queried and not paid yet.
		{expense{"hire", "5040", "Studio lighting, disputed days", 48000, standard}, 48, 1, 1, 30, 0},
	}
}

func planPurchases(h *history) {
	turn := 0
	for _, s := range standingBills() {
		for _, day := range h.monthly(s.day) {
			turn++
			h.purchase(s.expense, turn, day, s.paidAfter+1, s.paidAfter, true)
		}
	}
	for _, o := range orders() {
		for i := range o.count {
			turn++
			e := o.expense
			e.net += books.Minor(h.vary(8, e.vendor, i)) * 2500
			h.purchase(e, turn, h.today.AddDays(-o.newest-i*o.every), o.terms, o.paidAfter, o.paidAfter > 0)
		}
	}
}

// purchase plans a bill and, when it is paid, its payment.
func (h *history) purchase(e expense, turn int, day books.Date, terms, paidAfter int, paid bool) {
	var bill books.Bill
	h.on(day, 8*60, func() error {
		made, err := h.books.EnterBill(theo, books.BillInput{
			VendorID: h.vendors[e.vendor], Number: fmt.Sprintf("%d-%03d", day.Time().Year(), turn), Due: day.AddDays(terms),
			Lines: []books.BillLine{{Account: e.account, Memo: e.memo, Net: e.net, TaxID: h.tax(e.vat)}},
		})
		bill = made
		return err
	})
	if pay := day.AddDays(paidAfter); paid && pay <= h.today {
		h.on(pay, 8*60+30, func() error {
			bank := ledger.Bank
			if bill.Currency == "EUR" {
				bank = euroAccount
			}
			return h.books.PayBill(olivia, bill.ID, bill.Outstanding(), bank)
		})
	}
}

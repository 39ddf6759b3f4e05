package demo

import (
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// charge is what money was spent on: an account, a net amount in the currency of whoever charges it, and a rate of VAT or
// outside.
type charge struct {
	account ledger.Code
	memo    string
	net     books.Minor
	vat     int
}

// standing is a bill that comes on the same day of every month and is paid so many days later.
type standing struct {
	vendor string
	charge
	day, paidAfter int
}

func standingBills() []standing {
	return []standing{
		{"landlord", charge{"6080", "Studio rent, Unit 4", 145000, standard}, 1, 0},
		{"software", charge{"6200", "Design software, five seats", 31200, standard}, 3, 0},
		{"broadband", charge{"6070", "Broadband and phones", 5400, standard}, 9, 5},
		{"power", charge{"6260", "Electricity", 14000, reduced}, 14, 14},
		{"accountant", charge{"6090", "Monthly bookkeeping review", 18500, standard}, 20, 10},
	}
}

// order is a bill for one piece of work. The newest came so many days ago, count of them every so many days; each is
// paid so many days after it came, or never when paidAfter is 0.
type order struct {
	vendor string
	charge
	newest, every, count int
	terms, paidAfter     int
}

func orders() []order {
	return []order{
		{"printer", charge{"5020", "Books and posters", 52000, standard}, 16, 45, 13, 30, 28},
		{"weiss", charge{labourCost, "Illustrations", 90000, reverseCharge}, 12, 40, 14, 30, 33},
		{"hire", charge{"5040", "Lighting hire, two days", 36000, standard}, 230, 60, 3, 30, 25},
		// Overdue: queried and not paid yet.
		{"hire", charge{"5040", "Studio lighting, disputed days", 48000, standard}, 48, 1, 1, 30, 0},
	}
}

func planPurchases(h *history) {
	turn := 0
	number := func(day books.Date) string {
		turn++
		return fmt.Sprintf("%d-%03d", day.Time().Year(), turn)
	}
	for _, s := range standingBills() {
		for _, day := range h.monthly(s.day) {
			h.purchase(receipt{s.vendor, s.charge, theo, number(day), day, s.paidAfter + 1, s.paidAfter, true})
		}
	}
	for _, o := range orders() {
		for i := range o.count {
			c, day := o.charge, h.today.AddDays(-o.newest-i*o.every)
			c.net += books.Minor(h.vary(8, o.vendor, i)) * 2500
			h.purchase(receipt{o.vendor, c, theo, number(day), day, o.terms, o.paidAfter, o.paidAfter > 0})
		}
	}
}

// receipt is a bill that somebody entered on the day it came.
type receipt struct {
	vendor string
	charge
	actor, number    string
	day              books.Date
	terms, paidAfter int
	paid             bool
}

// purchase plans a bill and, when it is paid, its payment.
func (h *history) purchase(r receipt) {
	var bill books.Bill
	h.on(r.day, 8*60, func() error {
		made, err := h.books.EnterBill(r.actor, books.BillInput{
			VendorID: h.vendors[r.vendor], Number: r.number, Due: r.day.AddDays(r.terms), Lines: []books.BillLine{h.booked(r.charge)},
		})
		bill = made
		return err
	})
	if pay := r.day.AddDays(r.paidAfter); r.paid && pay <= h.today {
		h.on(pay, 8*60+30, func() error {
			bank := ledger.Bank
			if bill.Currency == "EUR" {
				bank = euroAccount
			}
			return h.books.PayBill(olivia, bill.ID, bill.Outstanding(), bank)
		})
	}
}

// booked is a charge as a line of a bill or of a statement.
func (h *history) booked(c charge) books.BillLine {
	line := books.BillLine{Account: c.account, Memo: c.memo, Net: c.net}
	if c.vat != outside {
		line.TaxID = h.tax(c.vat)
	}
	return line
}

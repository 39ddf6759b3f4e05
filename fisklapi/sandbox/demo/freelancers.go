package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// labourCost is the cost of work bought in for clients.
const labourCost ledger.Code = "5010"

// planFreelancers pays the freelancers for the work invoiced so far in the middle of a month and at its end. They cost
// what the studio's estimates allow for bought-in work, about a third of the price, less what illustrators, printers and
// hire firms take of it in a month.
func planFreelancers(h *history) {
	for _, day := range h.monthly(15) {
		h.on(day, 22*60, func() error { return h.payFreelancers(day, h.allowance(day)-max(h.boughtIn(day), usualBills)) })
	}
	for _, day := range h.monthEnds() {
		h.on(day, 22*60, func() error { return h.payFreelancers(day, h.allowance(day)-h.boughtIn(day)) })
	}
}

// usualBills is what the others bill in most months.
const usualBills books.Minor = 150000

func (h *history) payFreelancers(day books.Date, pay books.Minor) error {
	pay -= pay % 500
	if pay <= 0 {
		return nil
	}
	return h.books.Spend(olivia, books.ExpenseInput{
		Payee: "Freelance designers", Account: ledger.Bank,
		Lines: []books.BillLine{{Account: labourCost, Memo: "Timesheets to " + string(day), Net: pay}},
	})
}

// allowance is what bought-in work may cost on the sales of day's month so far: 30 to 33 per cent.
func (h *history) allowance(day books.Date) books.Minor {
	sales := -h.sum(day.MonthStart(0), day, func(account ledger.Code, _ ledger.Transaction) bool {
		return account >= "4000" && account < "4500"
	})
	month := day.Time()
	return sales * books.Minor(30+h.vary(3, "freelancers", month.Year()*monthsPerYear+int(month.Month()))) / 100
}

// boughtIn is what work for clients cost in day's month so far. A bill that has nothing to do with clients is none of it,
// wherever it was booked.
func (h *history) boughtIn(day books.Date) books.Minor {
	return h.sum(day.MonthStart(0), day, func(account ledger.Code, t ledger.Transaction) bool {
		return account[0] == '5' && t.Number() != refitNumber
	})
}

// The museum was the studio's largest client until it closed. It billed itself, so there are no invoices, only what
// it paid every fifteen days.
const museumFee books.Minor = 360000

// The ages of the first and the last payment in days.
const (
	museumOldest = 597
	museumNewest = 477
)

func planSelfBilling(h *history) {
	for age := museumOldest; age >= museumNewest; age -= 15 {
		h.spend(h.today.AddDays(-age), "Royal Docks Museum", ledger.Bank,
			h.booked(charge{ledger.SalesServices, "Exhibition design, self-billed", -museumFee, standard}))
	}
}

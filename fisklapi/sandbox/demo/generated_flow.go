package demo

import (
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// planSales bills every client as often as it is billed, and lets it pay about when it usually does.
func (f *firm) planSales(h *history) {
	for _, c := range f.clients {
		for age := c.offset; age < h.age-20; age += c.every {
			pays := c.pays + f.random.IntN(7) - 3
			h.bill(job{
				client: c.key, age: age, terms: c.terms, lines: []line{{article: c.article, quantity: f.sold(c, age)}},
				payments: f.parts(max(1, pays)),
			})
		}
	}
}

// parts are how an invoice is paid: at once, or now and then in instalments.
func (f *firm) parts(after int) []part {
	if f.random.IntN(12) == 0 {
		return []part{{after: max(1, after-9), amount: 5000}, {after: after}}
	}
	return []part{{after: after}}
}

// sold is the quantity of one invoice: what the client usually takes, more or less by season and growth.
func (f *firm) sold(c customer, age int) int {
	percent := 100 + f.growth*(365-age)/365
	if month := f.h.today.AddDays(-age).Time().Month(); month >= time.June && month <= time.September {
		percent += f.season
	}
	return max(1, (10*c.quantity*percent/100+f.random.IntN(20))/10)
}

// planBills enters the vendors' bills and pays them.
func (f *firm) planBills(h *history) {
	turn := 1000 + f.random.IntN(4000)
	number := func() string { turn += 1 + f.random.IntN(40); return fmt.Sprintf("%c-%d", 'A'+rune(turn%20), turn) }
	for _, v := range f.vendors {
		days := h.monthly(max(1, v.day))
		if v.every > 0 {
			days = nil
			for age := h.age - 15; age >= 0; age -= v.every {
				days = append(days, h.today.AddDays(-age))
			}
		}
		for _, day := range days {
			if v.key == "landlord" && f.skipRent && day.MonthStart(0) == f.month {
				continue
			}
			c := v.charge
			if v.plus > 0 {
				c.net += books.Minor(f.random.IntN(int(v.plus)))
			}
			h.purchase(receipt{v.key, c, theo, number(), day, 30, v.pays, true})
		}
	}
}

// planSpending is what is bought with the card, some of it twice a day for one price, and bank charges.
func (f *firm) planSpending(h *history) {
	for _, day := range h.monthly(11) {
		for range 2 {
			h.spend(day, "City Parking", creditCard, h.booked(charge{"6210", "Parking", 400, standard}))
		}
		h.spend(day.AddDays(1), "Main Line Trains", creditCard, h.booked(charge{"6230", "Train", f.price(4000 + f.random.IntN(1500)), zero}))
		h.spend(day.AddDays(4), "The Corner Office", creditCard, h.booked(charge{"6140", "Supplies", f.price(3000 + f.random.IntN(1500)), standard}))
	}
	for _, end := range h.monthEnds() {
		h.spend(end, "Thameside Enterprise Bank", ledger.Bank, h.booked(charge{bankCharges, "Account fee", accountFee, outside}))
	}
}

// planRare is what comes once a year or once a quarter: insurance, an audit fee, an advertising campaign, training.
func (f *firm) planRare(h *history) {
	for _, day := range h.monthly(8) {
		month := int(day.Time().Month())
		if month == f.insured {
			h.spend(day, "Anchor Insurance", ledger.Bank, h.booked(charge{"6060", "Insurance of the year", f.price(90000 + f.random.IntN(9000)), outside}))
		}
		if month%3 == f.insured%3 {
			h.spend(day.AddDays(2), "Harbour Post", creditCard, h.booked(charge{"6000", "Advertising", f.price(20000 + f.random.IntN(20000)), standard}))
		}
		if f.random.IntN(5) == 0 {
			h.spend(day.AddDays(5), "Open College", creditCard, h.booked(charge{"6030", "Course", f.price(5000 + f.random.IntN(9000)), outside}))
		}
	}
}

// planPayroll pays everybody on the 27th; somebody joins on the way.
func (f *firm) planPayroll(h *history) {
	for _, day := range h.monthly(27) {
		gross := f.staff
		if day > h.today.AddDays(-f.hired) {
			gross += gross / 2
		}
		h.journal(olivia, day, "Payroll", books.JournalLine{Account: salaries, Amount: gross}, books.JournalLine{Account: employerTax, Amount: gross / 10},
			books.JournalLine{Account: payrollTaxes, Amount: -gross / 4}, books.JournalLine{Account: ledger.Bank, Amount: gross/4 - gross - gross/10})
	}
}

// planBank puts something aside every quarter.
func (f *firm) planBank(h *history) {
	for _, end := range h.quarterEnds() {
		h.due(end.AddDays(15), func() error {
			return h.books.Transfer(olivia, books.TransferInput{From: ledger.Bank, To: savingsAccount, Amount: f.price(20000), Description: "Put aside"})
		})
	}
}

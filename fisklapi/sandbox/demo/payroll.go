package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of the payroll.
const (
	salaries     ledger.Code = "6160"
	employerTax  ledger.Code = "6170"
	pensions     ledger.Code = "6040"
	pensionsDue  ledger.Code = "2300"
	payrollTaxes ledger.Code = "2310"
)

// post is somebody on the payroll since so many days ago, with the figures of one month: gross pay, what is withheld
// from it in tax and National Insurance, and what the employer adds in contributions and to the pension.
type post struct {
	name                            string
	since                           int
	gross, withheld, added, pension books.Minor
}

func staff() []post {
	return []post{
		{"Olivia Harbour, director", startAge, 104750, 0, 9500, 0},
		{"Theo Finch, director", startAge, 104750, 0, 9500, 0},
		{"Priya Nair, studio manager", startAge, 255000, 45500, 32000, 7650},
		{"Jonah Webb, junior designer, three days", 216, 124000, 12400, 11850, 3720},
	}
}

// planPayroll pays everybody on the 27th. What is withheld and added is owed until the next month.
func planPayroll(h *history) {
	for _, day := range h.monthly(27) {
		var month post
		for _, p := range staff() {
			if h.today.AddDays(-p.since) < day {
				month.gross, month.withheld = month.gross+p.gross, month.withheld+p.withheld
				month.added, month.pension = month.added+p.added, month.pension+p.pension
			}
		}
		h.journal(
			olivia, day, "Payroll",
			books.JournalLine{Account: salaries, Amount: month.gross},
			books.JournalLine{Account: employerTax, Amount: month.added},
			books.JournalLine{Account: pensions, Amount: month.pension},
			books.JournalLine{Account: payrollTaxes, Amount: -month.withheld - month.added},
			books.JournalLine{Account: pensionsDue, Amount: -month.pension},
			books.JournalLine{Account: ledger.Bank, Amount: month.withheld - month.gross},
		)
	}
}

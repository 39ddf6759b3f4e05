package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Accounts of what the company keeps for years.
const (
	computers    ledger.Code = "1410"
	furniture    ledger.Code = "1420"
	depreciation ledger.Code = "8000"
)

// fixedAsset is something the company uses for life months, bought so many days ago for so much without VAT. What it had
// before its books came to Fiskl had been worn for so many months by then.
type fixedAsset struct {
	name, seller string
	account      ledger.Code
	cost         books.Minor
	life         int
	age, worn    int
}

// Every cost is a whole number of pence a month.
func equipment() []fixedAsset {
	return []fixedAsset{
		{"Workstations", "", computers, 972000, 36, startAge + 365, 12},
		{"Studio furniture", "", furniture, 480000, 60, startAge + 550, 18},
		{"Two laptops", "Brightside Computers", computers, 288000, 36, 423, 0},
		{"Standing desks", "Loft & Lathe Furniture", furniture, 180000, 60, 301, 0},
		{"Large-format monitor", "Brightside Computers", computers, 115200, 36, 164, 0},
	}
}

// depreciation is the account that collects it: the next one in the chart.
func (a fixedAsset) depreciation() ledger.Code { return a.account[:3] + "1" }

// monthly is a month's wear on a straight line.
func (a fixedAsset) monthly() books.Minor { return a.cost / books.Minor(a.life) }

// planEquipment buys what was bought, and lets Fiskl's schedules depreciate it at the end of every following month.
func planEquipment(h *history) {
	for _, a := range equipment() {
		bought := h.today.AddDays(-a.age)
		if a.seller != "" {
			h.spend(bought, a.seller, ledger.Bank, h.booked(charge{a.account, a.name, a.cost, standard}))
		}
		months := a.worn
		for _, end := range h.monthEnds() {
			if bought >= end.MonthStart(0) || months == a.life {
				continue
			}
			months++
			h.journal(
				system, end, "Depreciation: "+a.name,
				books.JournalLine{Account: depreciation, Amount: a.monthly()},
				books.JournalLine{Account: a.depreciation(), Amount: -a.monthly()},
			)
		}
	}
}

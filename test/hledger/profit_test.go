package hledger_test

import "github.com/shopspring/decimal"

// profit is a profit and loss by month, the newest first.
type profit struct {
	Columns []struct {
		Start  string `json:"start"`
		Totals struct {
			NetProfit string `json:"net_profit"`
		} `json:"totals"`
	} `json:"columns"`
	Sections []struct {
		Name string `json:"name"`
		Rows []struct {
			Code    string   `json:"code"`
			Amounts []string `json:"amounts"`
		} `json:"rows"`
	} `json:"sections"`
}

// profits compares every account of every month, and its net profit less what was not posted. The entries
// that close a year are left out: they are no part of a month's result.
func (j judge) profits() {
	var report profit
	j.ask(&report, "get_profit_and_loss", "period=this month", "compare=20")
	columns, sums := j.sums("--monthly", "^[4-9]", "not:desc:"+closing)
	months := make(map[string]int)
	for i, month := range columns {
		months[month] = i
	}
	net := make([]decimal.Decimal, len(report.Columns)) // as posted
	for i, c := range report.Columns {
		net[i] = j.amount(c.Totals.NetProfit)
	}
	compared := 0
	for _, s := range report.Sections {
		for _, row := range s.Rows {
			for i, amount := range row.Amounts {
				is := j.amount(amount)
				if row.Code == unposted {
					net[i] = net[i].Sub(is)
					continue
				}
				if s.Name == "Revenue" || s.Name == "Non-operating" {
					is = is.Neg() // hledger writes income as credits
				}
				compared++
				if want := in(sums[row.Code], months, report.Columns[i].Start); !want.Equal(is) {
					j.Errorf("%s, account %s: the report has %s, hledger %s", report.Columns[i].Start, row.Code, is, want)
				}
			}
		}
	}
	for i, c := range report.Columns {
		total := decimal.Zero
		for _, account := range sums {
			total = total.Sub(in(account, months, c.Start))
		}
		if !total.Equal(net[i]) {
			j.Errorf("%s: net profit as posted is %s, in hledger %s", c.Start, net[i], total)
		}
	}
	if compared < 400 || len(months) < 18 || len(months) > len(report.Columns) {
		j.Errorf("compared %d figures of %d months in %d columns", compared, len(months), len(report.Columns))
	}
}

// in is an account's sum in the month that begins on a day.
func in(sums []decimal.Decimal, months map[string]int, start string) decimal.Decimal {
	i, ok := months[start[:7]]
	if !ok || i >= len(sums) {
		return decimal.Zero
	}
	return sums[i]
}

package reports_test

import (
	"reflect"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// checkAll holds every report at a day against the ledger and against the others.
func (c *company) checkAll(t fatal, day ledger.Date) {
	t.Helper()
	for _, basis := range bases() {
		q := reports.Query{Start: day.AddDays(-200), End: day, Basis: basis}
		c.checkBalance(t, q)
		c.checkProfit(t, q)
		c.checkLedger(t, q)
		c.checkTax(t, q)
	}
	c.checkAging(t, day)
	c.checkCash(t, reports.Query{Start: day.AddDays(-200), End: day})
}

func (c *company) checkBalance(t fatal, q reports.Query) {
	t.Helper()
	trial := answer[reports.TrialBalance](t)(c.TrialBalance(q))
	if trial.Totals.Debit != trial.Totals.Credit {
		t.Fatalf("%s %s: debit %s, credit %s", q.Basis, q.End, trial.Totals.Debit, trial.Totals.Credit)
	}
	sheet := answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(q)).Totals
	if sheet.Assets != sheet.Liabilities+sheet.Equity {
		t.Fatalf("%s %s: assets %s, liabilities %s, equity %s", q.Basis, q.End, sheet.Assets, sheet.Liabilities, sheet.Equity)
	}
}

// checkProfit: what equity grew by is the profit and what the owners put in or took out.
func (c *company) checkProfit(t fatal, q reports.Query) {
	t.Helper()
	profit := answer[reports.Statement[reports.ProfitTotals]](t)(c.ProfitAndLoss(q)).Totals.NetProfit
	equity := func(day ledger.Date) books.Minor {
		at := reports.Query{End: day, Basis: q.Basis}
		return answer[reports.Statement[reports.PositionTotals]](t)(c.BalanceSheet(at)).Totals.Equity
	}
	var owners books.Minor
	for _, a := range c.Ledger().Chart().All() {
		if a.Type == ledger.Equity {
			owners -= c.Ledger().Balance(a.Code, q.End) - c.Ledger().Balance(a.Code, q.Start.AddDays(-1))
		}
	}
	if grown := equity(q.End) - equity(q.Start.AddDays(-1)); grown != profit+owners {
		t.Fatalf("%s %s to %s: equity grew by %s, profit %s, owners %s", q.Basis, q.Start, q.End, grown, profit, owners)
	}
}

// checkLedger: the general ledger's running balances end at the trial balance, on one page or on many.
func (c *company) checkLedger(t fatal, q reports.Query) {
	t.Helper()
	whole := answer[reports.Ledger](t)(c.GeneralLedger(q))
	trial := map[ledger.Code]books.Minor{}
	for _, row := range answer[reports.TrialBalance](t)(c.TrialBalance(q)).Rows {
		trial[row.Code] = row.Debit - row.Credit
	}
	last := map[ledger.Code]books.Minor{}
	for _, line := range whole.Lines {
		last[line.AccountCode] = line.Balance
	}
	for _, a := range whole.Accounts {
		running, moved := last[a.Code]
		if a.Closing != trial[a.Code] || moved && running != a.Closing || !moved && a.Opening != a.Closing {
			t.Fatalf("%s %s %s: closing %s, running %s, trial balance %s", q.Basis, q.End, a.Code, a.Closing, running, trial[a.Code])
		}
		delete(trial, a.Code)
	}
	for code, balance := range trial {
		t.Fatalf("%s %s: the general ledger lacks %s with %s", q.Basis, q.End, code, balance)
	}
	var pages []reports.LedgerLine
	for q.Size = 7; ; q.Page++ {
		lines := answer[reports.Ledger](t)(c.GeneralLedger(q)).Lines
		pages = append(pages, lines...)
		if len(lines) < q.Size {
			break
		}
	}
	if !reflect.DeepEqual(pages, whole.Lines) {
		t.Fatalf("%d lines on pages differ from %d lines at once", len(pages), len(whole.Lines))
	}
}

// checkTax: every agency's report leads from one balance of its account to the next.
func (c *company) checkTax(t fatal, q reports.Query) {
	t.Helper()
	trial := answer[reports.TrialBalance](t)(c.TrialBalance(q))
	for _, agency := range answer[reports.TaxReport](t)(c.TaxReport(q)).Agencies {
		var account books.Minor
		for _, row := range trial.Rows {
			if row.AccountID == agency.AgencyID {
				account = row.Credit - row.Debit
			}
		}
		if code, _ := c.Ledger().Chart().ByID(agency.AgencyID); q.Basis == reports.Accrual && account != -c.Ledger().Balance(code.Code, q.End) {
			t.Fatalf("%s: the trial balance has %s for %s", q.End, account, agency.Name)
		}
		var tax books.Minor
		for _, section := range agency.Sections {
			tax += section.Tax
			if section.Gross != section.Net+section.Tax {
				t.Fatalf("%s: gross %s, net %s, tax %s", section.Name, section.Gross, section.Net, section.Tax)
			}
		}
		if agency.Closing != account || agency.Opening+agency.TotalTax+agency.Payments != account || tax != agency.TotalTax {
			t.Fatalf("%s %s: %+v, account %s", q.Basis, q.End, agency, account)
		}
	}
}

// checkAging: both ageings are what the ledger holds, in base and in every currency, in summary and in detail.
func (c *company) checkAging(t fatal, day ledger.Date) {
	t.Helper()
	q := reports.Query{Start: day, End: day, Detail: true}
	for _, side := range []struct {
		account ledger.Code
		sign    books.Minor
		compute func(reports.Query) (reports.Aging, error)
	}{{ledger.Receivable, 1, c.ReceivablesAging}, {ledger.Payable, -1, c.PayablesAging}} {
		aging := answer[reports.Aging](t)(side.compute(q))
		if want := side.sign * c.Ledger().Balance(side.account, day); aging.Total != want {
			t.Fatalf("%s %s: total %s, account %s", aging.Name, day, aging.Total, want)
		}
		held := c.Ledger().Holdings(side.account, day)
		for _, own := range aging.Currencies {
			if own.Total != side.sign*held[own.Currency] {
				t.Fatalf("%s %s: %s %s, account %s", aging.Name, day, own.Total, own.Currency, held[own.Currency])
			}
			delete(held, own.Currency)
		}
		for currency, amount := range held {
			if amount != 0 {
				t.Fatalf("%s %s: no %s, account %s", aging.Name, day, currency, amount)
			}
		}
		var rows, documents books.Minor
		for _, row := range aging.Rows {
			rows += row.Total
			for _, document := range row.Documents {
				documents += document.RemainingBase
			}
		}
		if rows != aging.Total || documents != aging.Total {
			t.Fatalf("%s %s: rows %s, documents %s, total %s", aging.Name, day, rows, documents, aging.Total)
		}
	}
}

// checkDocuments: with everything posted, the ageings hold what the documents say is outstanding.
func (c *company) checkDocuments(t fatal) {
	t.Helper()
	due := map[string]books.Minor{}
	for _, inv := range c.Invoices(books.InvoiceQuery{}) {
		if inv.Status != books.Draft {
			due[inv.Currency] += inv.Outstanding
		}
	}
	owed := map[string]books.Minor{}
	for _, bill := range c.Bills() {
		owed[bill.Currency] += bill.Outstanding()
	}
	q := reports.Query{End: c.Today().AddDays(30)}
	for _, side := range []struct {
		aging reports.Aging
		want  map[string]books.Minor
	}{
		{answer[reports.Aging](t)(c.ReceivablesAging(q)), due},
		{answer[reports.Aging](t)(c.PayablesAging(q)), owed},
	} {
		got := map[string]books.Minor{}
		for _, own := range side.aging.Currencies {
			got[own.Currency] = own.Total
		}
		for _, currency := range currencies() {
			if got[currency] != side.want[currency] {
				t.Fatalf("%s: %s of %s, documents %s", side.aging.Name, got[currency], currency, side.want[currency])
			}
		}
	}
}

// checkCash: the cash flow leads from the cash accounts at the start, and what the opening balances brought into them, to
// those at the end.
func (c *company) checkCash(t fatal, q reports.Query) {
	t.Helper()
	got := answer[reports.Statement[reports.CashTotals]](t)(c.CashFlow(q)).Totals
	var opening, closing books.Minor
	for _, a := range c.Ledger().Chart().All() {
		if a.Group == ledger.Cash {
			opening += c.Ledger().Balance(a.Code, q.Start.AddDays(-1))
			closing += c.Ledger().Balance(a.Code, q.End)
			for posted := range c.Ledger().Transactions() {
				brings := posted.Kind() == ledger.OpeningBalance || posted.Base(ledger.OpeningEquity) != 0
				if brings && posted.Date() >= q.Start && posted.Date() <= q.End {
					opening += posted.Base(a.Code)
				}
			}
		}
	}
	if got.OpeningCash != opening || got.ClosingCash != closing || got.OpeningCash+got.NetChange != got.ClosingCash {
		t.Fatalf("%s to %s: %+v, accounts %s and %s", q.Start, q.End, got, opening, closing)
	}
}

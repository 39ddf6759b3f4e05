package reports

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// The sections of the cash flow.
const (
	operating = "Operating"
	investing = "Investing"
	financing = "Financing"
)

// Rows of the cash flow that are no single account, in their order.
const (
	fromClients = iota
	toVendors
	wages
	salesTax
)

// CashTotals lead from the cash at the start of a period to the cash at its end.
type CashTotals struct {
	Operating   Minor `json:"operating"`
	Investing   Minor `json:"investing"`
	Financing   Minor `json:"financing"`
	NetChange   Minor `json:"netChange"`
	OpeningCash Minor `json:"openingCash"`
	ClosingCash Minor `json:"closingCash"`
}

// CashFlow is the cash received and paid over a period, by the direct method. Cash is what the cash and bank accounts
// hold; credit cards are not cash. Received is positive, paid is negative. Opening balances move no cash: what they bring
// in is cash that the company had, so a period with them opens with it.
func (r *Reports) CashFlow(q Query) (Statement[CashTotals], error) {
	periods, err := r.columns(q)
	if err != nil {
		return Statement[CashTotals]{}, err
	}
	var all []figures
	var columns []Column[CashTotals]
	for _, p := range periods {
		f := r.cashMoves(p)
		all = append(all, f)
		columns = append(columns, Column[CashTotals]{Name: p.name(), Start: p.Start, End: p.End, Totals: r.cashTotals(f, p)})
	}
	return draw(r.over("Cash Flow", periods[0], ""), []string{operating, investing, financing}, columns, all), nil
}

// cashMoves is where the cash of a period came from and went to. The cash basis tells what each payment was for, so that
// a machine bought on a bill counts as an investment.
func (r *Reports) cashMoves(p Period) figures {
	f := figures{}
	v := r.view(Cash)
	seen := map[int32]bool{}
	for _, bank := range r.chart().All() {
		if bank.Group != ledger.Cash {
			continue
		}
		for _, e := range v.account(bank.Code).within(p) {
			n := v.lines[e.line].transaction
			if seen[n] {
				continue
			}
			seen[n] = true
			r.cashMove(f, v, n)
		}
	}
	return f
}

// cashMove lets one transaction count.
func (r *Reports) cashMove(f figures, v *view, n int32) {
	m := movement{Transaction: r.books.Ledger().At(int(n))}
	if opens(m.Transaction) {
		return
	}
	var others []ledger.Account
	for _, l := range v.of(n) {
		other, _ := r.chart().ByCode(l.Account)
		m.payroll = m.payroll || payroll(other)
		m.earns = m.earns || other.Type == ledger.Income
		others = append(others, other)
	}
	for i, l := range v.of(n) {
		if others[i].Group != ledger.Cash {
			f[m.place(l, others[i])] -= l.Base
		}
	}
}

func (r *Reports) cashTotals(f figures, p Period) CashTotals {
	t := CashTotals{Operating: f.section(operating), Investing: f.section(investing), Financing: f.section(financing)}
	t.NetChange = t.Operating + t.Investing + t.Financing
	t.OpeningCash, t.ClosingCash = r.cash(p.Start.AddDays(-1))+r.cashBroughtIn(p), r.cash(p.End)
	return t
}

// cashBroughtIn is the cash among the opening balances that are dated in a period.
func (r *Reports) cashBroughtIn(p Period) Minor {
	var sum Minor
	for t := range r.books.Ledger().Transactions() {
		if !opens(t) || t.Date() < p.Start || t.Date() > p.End {
			continue
		}
		for _, a := range r.chart().All() {
			if a.Group == ledger.Cash {
				sum += t.Base(a.Code)
			}
		}
	}
	return sum
}

// opens tells whether a transaction brings in what the company had before its books began.
func opens(t ledger.Transaction) bool {
	return t.Kind() == ledger.OpeningBalance || t.Base(ledger.OpeningEquity) != 0
}

// cash is what all cash and bank accounts hold at the end of a day.
func (r *Reports) cash(day Date) Minor {
	var sum Minor
	for _, a := range r.chart().All() {
		if a.Group == ledger.Cash {
			sum += r.view(Accrual).balance(a.Code, day)
		}
	}
	return sum
}

// movement is a transaction that moves cash.
type movement struct {
	ledger.Transaction

	payroll bool // It pays people, whatever accounts their cost is spread over.
	earns   bool // It brings income.
}

// place is where the other side of a movement stands.
func (m movement) place(l line, other ledger.Account) place {
	if section := cashSection(other); section != operating {
		return on(section, other)
	}
	return m.operating(l, other)
}

// operating is the row of what belongs to the daily business.
func (m movement) operating(l line, other ledger.Account) place {
	switch {
	case m.fromClient(l, other):
		return place{section: operating, order: fromClients, name: "Received from clients"}
	case m.payroll:
		return place{section: operating, order: wages, name: "Wages and payroll taxes"}
	case m.toVendor(l, other):
		return place{section: operating, order: toVendors, name: "Paid to vendors"}
	case other.Group == ledger.TaxesPayable && other.System:
		return place{section: operating, order: salesTax, name: "Sales tax"}
	default:
		return on(operating, other)
	}
}

// fromClient tells what clients paid, with or without an invoice, with its tax.
func (m movement) fromClient(l line, other ledger.Account) bool {
	if m.Kind() == ledger.PaymentReceived || other.Group == ledger.Receivables {
		return true
	}
	sold := other.Type == ledger.Income && resultSection(other) == revenue
	return direct(m.Transaction) && (sold || m.earns && l.TaxID != 0)
}

// toVendor tells what was paid for goods and services, with or without a bill, with its tax.
func (m movement) toVendor(l line, other ledger.Account) bool {
	if m.Kind() == ledger.BillPaid || other.Group == ledger.Payables {
		return true
	}
	bought := other.Group == ledger.PrepaidExpenses || other.Group == ledger.Inventory ||
		other.Type == ledger.Expenses && resultSection(other) != nonOperating
	return direct(m.Transaction) && (bought || l.TaxID != 0)
}

func payroll(a ledger.Account) bool {
	return a.Group == ledger.PayrollLiabilities || a.Code == ledger.Salaries || a.Code == ledger.PayrollTaxes
}

func cashSection(a ledger.Account) string {
	switch a.Group {
	case ledger.FixedAssets, ledger.OtherLongTermAssets, ledger.LoansReceivable:
		return investing
	case ledger.ShortTermLoans, ledger.LongTermLiabilities:
		return financing
	}
	if a.Type == ledger.Equity {
		return financing
	}
	return operating
}

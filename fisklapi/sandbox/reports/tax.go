package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// The sections of the tax report.
const (
	taxSales     = "Sales"
	taxPurchases = "Purchases"
	taxOther     = "Other"
)

// TaxReport is the sales tax of a period by agency. Positive is payable, negative is reclaimable.
type TaxReport struct {
	Head
	Agencies []TaxAgency `json:"agencies"`
}

// TaxAgency leads from what an agency was owed at the start of a period to what it is owed at the end: opening, plus
// total tax, plus payments, which are negative when the agency was paid.
type TaxAgency struct {
	AgencyID int64        `json:"agencyId"`
	Name     string       `json:"name"`
	Currency string       `json:"currency"`
	Opening  Minor        `json:"opening"`
	Sections []TaxSection `json:"sections"`
	TotalTax Minor        `json:"totalTax"`
	Payments Minor        `json:"payments"`
	Closing  Minor        `json:"closing"`
}

// TaxSection is one source of tax. What was taxed by several rates counts once in its net and gross.
type TaxSection struct {
	Name  string   `json:"name"`
	Rows  []TaxRow `json:"rows,omitempty"`
	Gross Minor    `json:"gross"`
	Net   Minor    `json:"net"`
	Tax   Minor    `json:"tax"`
}

// TaxRow is what one rate came to.
type TaxRow struct {
	TaxID int64         `json:"taxId,omitempty"`
	Name  string        `json:"name"`
	Rate  *books.Number `json:"rate,omitempty"`
	Gross Minor         `json:"gross"`
	Net   Minor         `json:"net"`
	Tax   Minor         `json:"tax"`
	Lines []TaxLine     `json:"lines,omitempty"`
}

// TaxLine is one taxed line of a document.
type TaxLine struct {
	Date        Date         `json:"date"`
	Number      string       `json:"number,omitempty"`
	Name        string       `json:"name,omitempty"`
	ContactName string       `json:"contactName,omitempty"`
	Category    string       `json:"category,omitempty"`
	Description string       `json:"description,omitempty"`
	Gross       Minor        `json:"gross"`
	Net         Minor        `json:"net"`
	Tax         Minor        `json:"tax"`
	Rate        books.Number `json:"rate"`
}

// TaxReport is what every tax agency, or the one asked for, is owed for a period.
func (r *Reports) TaxReport(q Query) (TaxReport, error) {
	p, err := r.period(q)
	if err != nil {
		return TaxReport{}, err
	}
	agencies, err := r.agencies(q.Agency)
	if err != nil {
		return TaxReport{}, err
	}
	basis := r.basis(q)
	out := TaxReport{Head: r.over("Tax Report", p, basis), Agencies: []TaxAgency{}}
	for _, a := range agencies {
		out.Agencies = append(out.Agencies, r.agency(r.view(basis), a, p, q.Detail))
	}
	return out, nil
}

// agencies are the accounts of the tax agencies: those that a rate belongs to.
func (r *Reports) agencies(id int64) ([]ledger.Account, error) {
	names := map[string]bool{}
	for _, tax := range r.books.Taxes() {
		names[tax.Agency] = true
	}
	all := slices.DeleteFunc(r.chart().All(), func(a ledger.Account) bool {
		return a.Group != ledger.TaxesPayable || !names[a.Name]
	})
	if id == 0 {
		return all, nil
	}
	var known []string
	for _, a := range all {
		if a.ID == id {
			return []ledger.Account{a}, nil
		}
		known = append(known, fmt.Sprintf("%d (%s)", a.ID, a.Name))
	}
	return nil, refuse("agencyId: there is no tax agency with id %d; give one of %s, or leave it out for all",
		id, strings.Join(known, ", "))
}

// agency is one agency over a period.
func (r *Reports) agency(v *view, a ledger.Account, p Period, detail bool) TaxAgency {
	kept := v.account(a.Code)
	out := TaxAgency{
		AgencyID: a.ID, Name: a.Name, Currency: a.Currency, Opening: -kept.opening(p.Start), Closing: -kept.balance(p.End),
	}
	sections := map[string]*taxSection{taxSales: {}, taxPurchases: {}, taxOther: {}}
	teller := r.teller(v)
	previous := map[string]line{}
	for _, e := range kept.within(p) {
		l := v.lines[e.line]
		t := r.books.Ledger().At(int(l.transaction))
		name := teller.taxSection(t, l)
		if name == "" {
			out.Payments -= l.Base
			continue
		}
		before := previous[name]
		together := before.transaction == l.transaction && before.place+1 == l.place && before.TaxID != 0
		sections[name].take(teller, t, l, together)
		previous[name] = l
		out.TotalTax -= l.Base
	}
	for _, name := range []string{taxSales, taxPurchases, taxOther} {
		out.Sections = append(out.Sections, sections[name].finish(name, detail))
	}
	return out
}

// taxSection is where a line on an agency's account belongs; empty for a payment to or from the agency. What was bought or
// earned without a document goes by the account it was booked on. A reverse charge counts on both sides: its output tax
// as if the company had sold the service to itself, which is boxes 1 and 6 of a British return, its input tax as bought,
// which is boxes 4 and 7.
func (t teller) taxSection(from ledger.Transaction, l line) string {
	switch document := documentOf(from); {
	case l.TaxID == 0 && from.Kind() != ledger.OpeningBalance && t.reports.movesMoney(t.view, l):
		return ""
	case l.TaxID == 0:
		return taxOther
	case l.SelfAssessed || document.Kind == books.KindInvoice:
		return taxSales
	case document.Kind == books.KindBill:
		return taxPurchases
	case direct(from):
		return t.directSection(l)
	default:
		return taxOther
	}
}

// directSection is where tax on money spent or received without a document belongs.
func (t teller) directSection(l line) string {
	charged, _ := t.charged(l)
	if account, _ := t.reports.chart().ByCode(charged.Account); account.Type == ledger.Income {
		return taxSales
	}
	return taxPurchases
}

// direct tells money spent or received without a document.
func direct(t ledger.Transaction) bool {
	return t.Kind() == books.MoneySpent || t.Kind() == books.MoneyReceived
}

// movesMoney tells whether a line's transaction pays or draws money and neither earns nor spends any.
func (r *Reports) movesMoney(v *view, l line) bool {
	moves := false
	for _, other := range v.of(l.transaction) {
		a, _ := r.chart().ByCode(other.Account)
		if ofResult(a) {
			return false
		}
		moves = moves || a.Group == ledger.Cash || a.Group == ledger.CreditCards
	}
	return moves
}

// taxSection collects the lines of one section.
type taxSection struct {
	TaxSection

	rows map[int64]*TaxRow
}

// take lets one line count. A line that was taxed together with the one before it adds no net of its own.
func (s *taxSection) take(teller teller, t ledger.Transaction, l line, together bool) {
	row := s.rows[l.TaxID]
	if row == nil {
		row = &TaxRow{TaxID: l.TaxID, Name: l.Memo, Rate: teller.rate([]line{l})}
		if l.TaxID == 0 {
			row.Name = "Without a rate"
		}
		if s.rows == nil {
			s.rows = map[int64]*TaxRow{}
		}
		s.rows[l.TaxID] = row
	}
	tax, net := -l.Base, -l.TaxNet
	row.Net, row.Tax, row.Gross = row.Net+net, row.Tax+tax, row.Gross+net+tax
	row.Lines = append(row.Lines, teller.taxLine(t, l))
	if together {
		net = 0
	}
	s.Net, s.Tax, s.Gross = s.Net+net, s.Tax+tax, s.Gross+net+tax
}

func (s *taxSection) finish(name string, detail bool) TaxSection {
	s.Name = name
	for _, row := range s.rows {
		if !detail {
			row.Lines = nil
		}
		s.Rows = append(s.Rows, *row)
	}
	slices.SortFunc(s.Rows, func(a, b TaxRow) int { return cmp.Compare(a.TaxID, b.TaxID) })
	return s.TaxSection
}

func (t teller) taxLine(from ledger.Transaction, l line) TaxLine {
	out := TaxLine{
		Date: l.date, Number: from.Number(), Description: from.Description(), Rate: books.Number{Decimal: l.Rate},
		Gross: -l.TaxNet - l.Base, Net: -l.TaxNet, Tax: -l.Base, ContactName: t.reports.partner(from),
	}
	charged, found := t.charged(l)
	if !found {
		out.Category = t.category(l)
		return out
	}
	account, _ := t.reports.chart().ByCode(charged.Account)
	out.Name, out.Category = charged.Memo, account.Name
	return out
}

// charged is the line a tax was charged on: the last one before it that is no tax.
func (t teller) charged(tax line) (line, bool) {
	var found line
	some := false
	for _, l := range t.view.of(tax.transaction) {
		switch {
		case l.place == tax.place && l.Account == tax.Account && l.TaxID == tax.TaxID:
			return found, some && tax.TaxID != 0
		case l.TaxID == 0 && !control(l.Account):
			found, some = l, true
		}
	}
	return line{}, false
}

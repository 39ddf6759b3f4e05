package reports

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// LedgerLine is one line on an account. Gross, net and tax have the sign of the posting.
type LedgerLine struct {
	Date        Date          `json:"date"`
	AccountID   int64         `json:"accountId"`
	AccountCode ledger.Code   `json:"accountCode"`
	AccountName string        `json:"accountName"`
	Type        string        `json:"type"`
	RecordType  string        `json:"recordType,omitempty"`
	RecordID    int64         `json:"recordId,omitempty"`
	Number      string        `json:"number,omitempty"`
	Name        string        `json:"name,omitempty"`
	ContactID   int64         `json:"contactId,omitempty"`
	ContactName string        `json:"contactName,omitempty"`
	Category    string        `json:"category,omitempty"`
	Description string        `json:"description,omitempty"`
	Currency    string        `json:"currency"`
	Gross       Minor         `json:"gross"`
	Net         Minor         `json:"net"`
	Tax         Minor         `json:"tax"`
	GrossBase   Minor         `json:"grossBase"`
	NetBase     Minor         `json:"netBase"`
	TaxBase     Minor         `json:"taxBase"`
	Rate        books.Number  `json:"rate"`
	TaxRate     *books.Number `json:"taxRate,omitempty"`
	Amount      Minor         `json:"amount"`
	Balance     Minor         `json:"balance"`
}

// What a line that carries a year's result over says of itself.
const (
	closingType     = "Year-end closing"
	severalAccounts = "Several accounts"
)

// teller tells what is behind the entries of a view.
type teller struct {
	reports *Reports
	view    *view
	rates   map[int64]books.Number
}

func (r *Reports) teller(v *view) teller {
	t := teller{r, v, map[int64]books.Number{}}
	for _, tax := range r.books.Taxes() {
		t.rates[tax.ID] = tax.Rate
	}
	return t
}

// line is an entry on an account with everything known of it.
func (t teller) line(a ledger.Account, e entry, balance Minor) LedgerLine {
	out := LedgerLine{
		Date: e.date, AccountID: a.ID, AccountCode: a.Code, AccountName: a.Name, Amount: e.amount, Balance: balance,
	}
	if e.line == closing {
		out.Type, out.Description = closingType, "Result of the year to "+string(e.date.AddDays(-1))
		out.Currency, out.Rate = t.reports.currency(), books.Number{Decimal: decimal.NewFromInt(1)}
		out.Gross, out.Net, out.GrossBase, out.NetBase = e.amount, e.amount, e.amount, e.amount
		return out
	}
	l := t.view.lines[e.line]
	from := t.reports.books.Ledger().At(int(l.transaction))
	out.Type, out.Number, out.Description, out.Name = string(from.Kind()), from.Number(), from.Description(), l.Memo
	out.RecordType, out.RecordID = record(from)
	out.ContactID, out.ContactName = from.Contact().ID, t.reports.partner(from)
	out.Currency, out.Rate = l.Currency, books.Number{Decimal: l.Rate}
	out.Category = t.category(l)
	t.split(&out, e.line, l)
	return out
}

// record is how the API and its audit trail know a transaction: an invoice or a payment received by its own id, all else
// by the transaction's.
func record(t ledger.Transaction) (kind string, id int64) {
	switch document := t.Document(); document.Kind {
	case books.KindInvoice, books.KindPayment:
		return document.Kind, document.ID
	default:
		return books.KindTransaction, t.ID()
	}
}

// split tells net from tax. Taxes follow the line they are charged on; receivables and payables hold those of the whole
// document.
func (t teller) split(out *LedgerLine, at int32, l line) {
	out.Gross, out.Net, out.GrossBase, out.NetBase = l.Amount, l.Amount, l.Base, l.Base
	siblings := t.view.of(l.transaction)
	own := int(at - t.view.first[l.transaction])
	switch {
	case l.TaxID != 0:
		out.Net, out.Tax, out.NetBase, out.TaxBase = 0, l.Amount, 0, l.Base
		out.TaxRate = t.rate(siblings[own : own+1])
	case control(l.Account):
		all := taxed(siblings)
		amount, base := sum(all)
		out.Tax, out.TaxBase = -amount, -base
		out.Net, out.NetBase = l.Amount+amount, l.Base+base
	default:
		own := following(siblings[own+1:])
		out.Tax, out.TaxBase = sum(own)
		out.Gross, out.GrossBase = l.Amount+out.Tax, l.Base+out.TaxBase
		out.TaxRate = t.rate(own)
	}
}

// rate is the rate of the one tax there is; nil when there is none or several.
func (t teller) rate(taxes []line) *books.Number {
	if len(taxes) != 1 {
		return nil
	}
	if rate, ok := t.rates[taxes[0].TaxID]; ok {
		return &rate
	}
	return nil
}

// taxed are those lines that are taxes.
func taxed(lines []line) []line {
	var out []line
	for _, l := range lines {
		if l.TaxID != 0 {
			out = append(out, l)
		}
	}
	return out
}

// following are the taxes at the head of the lines.
func following(lines []line) []line {
	for i, l := range lines {
		if l.TaxID == 0 {
			return lines[:i]
		}
	}
	return lines
}

func sum(lines []line) (amount, base Minor) {
	for _, l := range lines {
		amount += l.Amount
		base += l.Base
	}
	return amount, base
}

// category is the account on the other side of a line, taxes and exchange differences left out.
func (t teller) category(l line) string {
	name := ""
	for _, other := range t.view.of(l.transaction) {
		if !opposes(l, other) {
			continue
		}
		account, _ := t.reports.chart().ByCode(other.Account)
		if name != "" && name != account.Name {
			return severalAccounts
		}
		name = account.Name
	}
	return name
}

func opposes(l, other line) bool {
	if other.TaxID != 0 || other.Account == ledger.RealisedExchange || other.Account == l.Account {
		return false
	}
	return other.Base < 0 && l.Base >= 0 || other.Base > 0 && l.Base <= 0
}

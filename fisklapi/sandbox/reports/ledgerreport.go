package reports

import (
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Ledger is the transactions of a period, by account code and then by date. Accounts are complete; lines are one page.
type Ledger struct {
	Head
	Accounts []LedgerAccount `json:"accounts,omitempty"`
	Lines    []LedgerLine    `json:"lines,omitempty"`
}

// LedgerAccount is one account over the period. Balances are debits less credits.
type LedgerAccount struct {
	AccountID int64       `json:"accountId"`
	Code      ledger.Code `json:"code"`
	Name      string      `json:"name"`
	Type      ledger.Type `json:"type"`
	Opening   Minor       `json:"opening"`
	Debit     Minor       `json:"debit"`
	Credit    Minor       `json:"credit"`
	Closing   Minor       `json:"closing"`
}

// detailDays is how far back a transaction detail reaches when nobody says.
const detailDays = 28

// GeneralLedger is every transaction of a period on the accounts asked for.
func (r *Reports) GeneralLedger(q Query) (Ledger, error) {
	q.Client, q.Vendor = 0, 0
	return r.ledger("General Ledger", q)
}

// TransactionDetail is every transaction of a period on the accounts asked for and, if one is named, with a contact. With
// a contact, balances count that contact's transactions alone. The default period is the last four weeks.
func (r *Reports) TransactionDetail(q Query) (Ledger, error) {
	if q.Start == "" && q.End == "" {
		q.End = r.books.Today()
		q.Start = q.End.AddDays(1 - detailDays)
	}
	if err := r.checkClient(q.Client); err != nil {
		return Ledger{}, err
	}
	if err := r.checkVendor(q.Vendor); err != nil {
		return Ledger{}, err
	}
	return r.ledger("Transaction Detail", q)
}

func (r *Reports) ledger(name string, q Query) (Ledger, error) {
	p, err := r.period(q)
	if err != nil {
		return Ledger{}, err
	}
	accounts, err := r.accounts(q.Accounts)
	if err != nil {
		return Ledger{}, err
	}
	basis := r.basis(q)
	out := Ledger{Head: r.over(name, p, basis)}
	page := pager{skip: min(q.Page, maxPages) * q.Size, most: q.Size}
	teller := r.teller(r.view(basis))
	for _, a := range accounts {
		x := r.excerpt(r.view(basis), a, p, q)
		if len(q.Accounts) == 0 && x.opening == 0 && len(x.entries) == 0 {
			continue
		}
		out.Accounts = append(out.Accounts, x.summary())
		out.Lines = append(out.Lines, page.take(teller, x)...)
	}
	return out, nil
}

// accounts are the ones asked for by id, or all, in order of code.
func (r *Reports) accounts(ids []int64) ([]ledger.Account, error) {
	for _, id := range ids {
		if _, ok := r.chart().ByID(id); !ok {
			return nil, refuse("accountIds: there is no account with id %d; GET /v1/accounts lists them", id)
		}
	}
	return slices.DeleteFunc(r.chart().All(), func(a ledger.Account) bool {
		return len(ids) > 0 && !slices.Contains(ids, a.ID)
	}), nil
}

// excerpt is what a ledger report shows of one account.
type excerpt struct {
	account ledger.Account
	opening Minor
	entries []entry
}

func (r *Reports) excerpt(v *view, a ledger.Account, p Period, q Query) excerpt {
	kept := v.account(a.Code)
	if q.Client == 0 && q.Vendor == 0 {
		return excerpt{a, kept.opening(p.Start), kept.within(p)}
	}
	x := excerpt{account: a}
	from := Date("")
	if ofResult(a) {
		from = r.yearStart(p.Start)
	}
	for _, e := range kept.entries[:kept.until(p.End)] {
		switch {
		case e.line == closing || e.date < from || !r.concerns(v, e, q):
		case e.date < p.Start:
			x.opening += e.amount
		default:
			x.entries = append(x.entries, e)
		}
	}
	return x
}

// concerns tells whether an entry is about one of the contacts asked for.
func (r *Reports) concerns(v *view, e entry, q Query) bool {
	contact := r.books.Ledger().At(int(v.lines[e.line].transaction)).Contact()
	return contact.ID != 0 &&
		(contact == ledger.Ref{Kind: books.KindClient, ID: q.Client} || contact == ledger.Ref{Kind: books.KindVendor, ID: q.Vendor})
}

func (x excerpt) summary() LedgerAccount {
	out := LedgerAccount{
		AccountID: x.account.ID, Code: x.account.Code, Name: x.account.Name, Type: x.account.Type, Opening: x.opening,
	}
	for _, e := range x.entries {
		out.Debit += max(e.amount, 0)
		out.Credit += max(-e.amount, 0)
	}
	out.Closing = out.Opening + out.Debit - out.Credit
	return out
}

// maxPages is more than any ledger has, and few enough to be multiplied.
const maxPages = 1 << 31

// pager takes one page out of the entries of all accounts.
type pager struct {
	skip, most int // A zero most takes everything.
	taken      int
}

// take makes lines of those entries of an account that lie on the page.
func (p *pager) take(t teller, x excerpt) []LedgerLine {
	var out []LedgerLine
	balance := x.opening
	for _, e := range x.entries {
		balance += e.amount
		switch {
		case p.most > 0 && p.taken == p.most:
			return out
		case p.skip > 0:
			p.skip--
		default:
			p.taken++
			out = append(out, t.line(x.account, e, balance))
		}
	}
	return out
}

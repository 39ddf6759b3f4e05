package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

type wireLedger struct {
	wireHead
	Accounts []wireMovement   `json:"accounts" form:"soft"`
	Lines    []wireLedgerLine `json:"lines"    form:"soft"`
}

type wireMovement struct {
	AccountID id     `json:"accountId" form:"required"`
	Code      text   `json:"code"`
	Name      text   `json:"name" form:"required"`
	Opening   *int64 `json:"opening" form:"required"`
	Debit     *int64 `json:"debit" form:"required"`
	Credit    *int64 `json:"credit" form:"required"`
	Closing   *int64 `json:"closing" form:"required"`
}

type wireLedgerLine struct {
	Date        day    `json:"date" form:"required"`
	AccountID   id     `json:"accountId" form:"required"`
	AccountCode text   `json:"accountCode"`
	AccountName text   `json:"accountName" form:"somewhere"`
	Type        text   `json:"type" form:"required"`
	RecordType  text   `json:"recordType"`
	RecordID    id     `json:"recordId"`
	Number      text   `json:"number" form:"soft"`
	Name        text   `json:"name"`
	ContactID   id     `json:"contactId"`
	ContactName text   `json:"contactName" form:"soft"`
	Description prose  `json:"description" form:"soft"`
	Currency    text   `json:"currency" form:"soft"`
	Gross       *int64 `json:"gross"`
	Net         *int64 `json:"net"`
	NetBase     *int64 `json:"netBase" form:"base"`
	Amount      *int64 `json:"amount" form:"required"`
	Balance     *int64 `json:"balance" form:"base"`
}

// understood refuses a ledger whose accounts moved and that has no lines.
func (w wireLedger) understood(a answer, first bool) error {
	if !first || len(w.Lines) > 0 || !slices.ContainsFunc(w.Accounts, func(m wireMovement) bool { return units(m.Debit) != 0 || units(m.Credit) != 0 }) {
		return nil
	}
	return misread(a, errors.New("its accounts moved, and it has no lines that say how: looked for lines"))
}

func (wireMovement) checks() []string { return []string{"closing = opening + debit - credit"} }

// GeneralLedger returns every transaction of a period, account by account.
//
//	GET /v1/reports/general-ledger
func (s Reports) GeneralLedger(ctx context.Context, in schemas.LedgerArgs) (schemas.Ledger, error) {
	return s.ledger(ctx, OpGetGeneralLedger, in, party{})
}

// Transactions returns the transactions of accounts with a running balance.
//
//	GET /v1/reports/transaction-detail
func (s Reports) Transactions(ctx context.Context, in schemas.TransactionArgs) (schemas.Ledger, error) {
	var of party
	if in.Contact != "" {
		var err error
		if of, err = s.contact(ctx, in.Contact); err != nil {
			return schemas.Ledger{}, err
		}
	}
	read := func() (schemas.Ledger, error) { return s.ledger(ctx, OpGetTransactionDetail, in.LedgerArgs, of) }
	if in.By != "" {
		read = func() (schemas.Ledger, error) { return s.grouped(ctx, in, of) }
	}
	out, err := read()
	out.Contact = of.name
	return out, err
}

// ledger reads a ledger. Accounts that a report has shown are asked for at once,
// and looked up if the ledger shows that they are not those that were meant.
func (s Reports) ledger(ctx context.Context, op Operation, in schemas.LedgerArgs, of party) (schemas.Ledger, error) {
	if ids, ok := s.c.Accounts.seen(in.Accounts); ok && in.Cursor == "" && of.id == "" {
		out, err := s.ledgerOf(ctx, op, in, ids, of)
		if err != nil && passes(err) || err == nil && showsAll(out.Accounts, in.Accounts, ids) {
			return out, err
		}
	}
	ids, err := s.accounts(ctx, in.Accounts)
	if err != nil {
		return schemas.Ledger{}, err
	}
	return s.ledgerOf(ctx, op, in, ids, of)
}

// showsAll reports that these accounts have these codes.
func showsAll(accounts []schemas.AccountMovement, codes, ids []string) bool {
	for i, code := range codes {
		if !slices.ContainsFunc(accounts, func(a schemas.AccountMovement) bool {
			return string(a.AccountID) == ids[i] && a.Code == strings.TrimSpace(code)
		}) {
			return false
		}
	}
	return true
}

// ledgerOf reads the ledger of some accounts, or of all. With one contact's lines
// only, balances would be those of the contact and look like the accounts' own, so
// they are left out.
func (s Reports) ledgerOf(ctx context.Context, op Operation, in schemas.LedgerArgs, accounts []string, of party) (schemas.Ledger, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.Ledger{}, err
	}
	query := url.Values{}
	span(query, covered)
	if of.id != "" {
		query.Set(of.parameter, string(of.id))
	}
	if in.Basis != "" {
		query.Set("basis", capitalised(string(in.Basis)))
	}
	if len(accounts) > 0 {
		query.Set("accountIds", strings.Join(accounts, ","))
	}
	l := &ledgerPages{s: s, op: op, query: query, covered: covered, of: of, first: in.Cursor == "" && of.id == ""}
	l.out.Page, err = listing[wireLedgerLine, schemas.LedgerLine]{
		op: op, asks: []ask[wireLedgerLine]{{query: query}}, open: l.open, row: l.row,
	}.read(ctx, s.c, in.PageArgs)
	if err == nil && l.out.Complete && !l.whole.even() {
		l.out.Doubt("the lines do not add up to the movement of their accounts, so some are missing")
	}
	l.out.Signs = schemas.LedgerSigns
	return l.out, err
}

// ledgerPages reads a ledger page by page. Every page says the same of itself.
type ledgerPages struct {
	s       Reports
	op      Operation
	query   url.Values
	covered schemas.Range
	of      party
	first   bool // it is read from the beginning, and whole

	out   schemas.Ledger
	base  string // the report's currency; empty until a page was read
	whole balances
}

func (l *ledgerPages) open(a answer) (envelope[wireLedgerLine], error) {
	w, err := read[wireLedger](l.s.c, a)
	page := envelope[wireLedgerLine]{rows: w.Lines, page: pageOf(a)}
	if err == nil {
		err = l.s.ofAccounts(l.op, w, l.query.Get("accountIds"))
	}
	if err == nil && l.base == "" {
		err = l.begin(a, w)
	}
	return page, err
}

func (l *ledgerPages) begin(a answer, w wireLedger) error {
	if err := l.s.c.answers(l.op, w.wireHead, l.query); err != nil {
		return err
	}
	l.whole.expect(w, l.first, l.query.Get("accountIds"))
	l.out, l.base = l.s.ledgerHead(w, l.covered, l.first), string(w.Currency)
	return w.understood(a, l.first)
}

func (l *ledgerPages) row(w wireLedgerLine) (schemas.LedgerLine, bool) {
	if l.of.id != "" {
		w.Balance = nil
	}
	l.whole.add(w)
	return l.s.line(w, l.base), l.of.id == "" || w.ContactID.key == l.of.id
}

// balances holds the lines of a ledger against the movement of its accounts.
type balances struct{ left map[schemas.ID]int64 }

// expect notes by how much each account moved, where the lines of all of them
// are read from the beginning.
func (b *balances) expect(w wireLedger, first bool, asked string) {
	if !first {
		return
	}
	b.left = make(map[schemas.ID]int64)
	ids := strings.Split(asked, ",")
	for _, a := range w.Accounts {
		if asked == "" || slices.Contains(ids, string(a.AccountID.key)) {
			b.left[a.AccountID.key] += units(a.Closing) - units(a.Opening)
		}
	}
}

func (b *balances) add(w wireLedgerLine) {
	if _, ok := b.left[w.AccountID.key]; ok {
		b.left[w.AccountID.key] -= units(w.Amount)
	}
}

// even reports that nothing is left to explain.
func (b *balances) even() bool {
	for _, left := range b.left {
		if left != 0 {
			return false
		}
	}
	return true
}

// ofAccounts refuses lines of other accounts than those that were asked for.
func (s Reports) ofAccounts(op Operation, w wireLedger, asked string) error {
	ids := strings.Split(asked, ",")
	for _, l := range w.Lines {
		if asked != "" && !slices.Contains(ids, string(l.AccountID.key)) {
			return s.c.otherwise(op, "asked for some accounts, it answered lines of others as well")
		}
	}
	return nil
}

// accounts are the ids of the accounts asked for.
func (s Reports) accounts(ctx context.Context, refs []string) (ids []string, err error) {
	for _, ref := range refs {
		w, err := s.c.Accounts.find(ctx, ref)
		if err != nil {
			return nil, err
		}
		ids = append(ids, string(w.ID.key))
	}
	return ids, nil
}

func (s Reports) ledgerHead(w wireLedger, covered schemas.Range, first bool) schemas.Ledger {
	out := schemas.Ledger{ReportHead: w.noun(covered)}
	if !first {
		return out
	}
	currency := string(w.Currency)
	for _, a := range w.Accounts {
		out.Accounts = append(out.Accounts, schemas.AccountMovement{
			Account: string(a.Name), Code: string(a.Code), AccountID: a.AccountID.key,
			Opening: s.c.minor.decimal(a.Opening, currency), Debit: s.c.minor.decimal(a.Debit, currency),
			Credit: s.c.minor.decimal(a.Credit, currency), Closing: s.c.minor.decimal(a.Closing, currency),
		})
	}
	return out
}

// original is the amount in the document's currency: before tax on a line that
// moved its account by the net, with tax on every other.
func (w wireLedgerLine) original() *int64 {
	if net, moved := units(w.NetBase), units(w.Amount); net != 0 && (net == moved || net == -moved) {
		return w.Net
	}
	return w.Gross
}

func (s Reports) line(w wireLedgerLine, base string) schemas.LedgerLine {
	l := schemas.LedgerLine{
		Date: schemas.Date(w.Date), Account: string(w.AccountName), Code: string(w.AccountCode), Type: string(w.Type),
		Number: string(w.Number), RecordType: strings.ToLower(string(w.RecordType)), RecordID: w.RecordID.key, Contact: string(w.ContactName),
		Description: string(w.Description), Amount: s.c.minor.decimal(w.Amount, base),
	}
	if w.Name != "" {
		l.Description = string(w.Name) // what the line says tells more than what its document is called
	}
	if own := string(w.Currency); own != "" && own != base {
		l.Original = schemas.Foreign(string(s.c.minor.decimal(w.original(), own)) + " " + own)
	}
	if w.Gross != nil && w.Net != nil {
		tax := units(w.Gross) - units(w.Net)
		l.Tax = s.c.minor.decimal(&tax, cmp.Or(string(w.Currency), base))
	}
	if w.Balance != nil {
		l.Balance = s.c.minor.decimal(w.Balance, base)
	}
	return l
}

package fisklapi

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Accounts reads the chart of accounts.
type Accounts struct{ c *Client }

type wireAccount struct {
	ID       id   `json:"id" form:"required"`
	Code     text `json:"code" form:"somewhere"`
	Name     text `json:"name" form:"required"`
	Type     text `json:"type" form:"required,words=account"`
	Group    text `json:"group"`
	Currency text `json:"currency"`
	Archived bool `json:"archived"`
}

func (w wireAccount) noun() schemas.Account {
	return schemas.Account{
		ID: w.ID.key, Code: string(w.Code), Name: string(w.Name),
		Type: string(w.Type), Group: string(w.Group), Currency: string(w.Currency), Archived: w.Archived,
	}
}

// List returns the accounts whose name, code, type or group holds a text, in
// Fiskl's order.
//
//	GET /v1/accounts
func (s Accounts) List(ctx context.Context, in schemas.AccountFilter) (schemas.AccountList, error) {
	page, err := listing[wireAccount, schemas.Account]{
		op: OpListAccounts, asks: []ask[wireAccount]{{}}, filter: in.Search,
		row: func(w wireAccount) (schemas.Account, bool) { return w.noun(), w.mentions(in.Search) },
		id:  func(a schemas.Account) schemas.ID { return a.ID },
	}.read(ctx, s.c, in.PageArgs)
	return schemas.AccountList{Page: page}, err
}

func (w wireAccount) mentions(part string) bool {
	return slices.ContainsFunc([]text{w.Name, w.Code, w.Type, w.Group}, func(t text) bool { return mentions(string(t), part) })
}

// Chart returns all accounts. It is remembered for a while.
//
//	GET /v1/accounts
func (s Accounts) Chart(ctx context.Context) ([]schemas.Account, error) {
	all, err := s.all(ctx)
	chart := make([]schemas.Account, 0, len(all))
	for _, w := range all {
		chart = append(chart, w.noun())
	}
	return chart, err
}

// Type returns the type of the account of that code, id or name: Assets,
// Liabilities, Equity, Income or Expenses.
// Of one that a profit and loss showed by its code it is "Income or Expenses".
func (s Accounts) Type(ctx context.Context, ref string) (string, error) {
	if _, ok := s.seen([]string{ref}); ok {
		return incomeOrExpenses, nil
	}
	w, err := s.find(ctx, ref)
	return string(w.Type), err
}

// incomeOrExpenses is the type of an account of a profit and loss, as far as that
// tells.
const incomeOrExpenses = "Income or Expenses"

// seen are the ids of accounts by the codes that a profit and loss showed of all
// of them, unless the chart of accounts is at hand.
func (s Accounts) seen(codes []string) (ids []string, ok bool) {
	now := s.c.now()
	if _, known := s.c.accounts.kept(now); known || len(codes) == 0 {
		return nil, false
	}
	for _, code := range codes {
		e, ok := s.c.directory.find(under(OpListAccounts, code), now)
		if !ok {
			return nil, false
		}
		ids = append(ids, string(e.id))
	}
	return ids, true
}

// show notes the accounts of a profit and loss.
func (s Accounts) show(w wireReport) {
	now := s.c.now()
	for _, section := range w.Sections {
		for _, row := range section.Rows {
			s.c.directory.hint(under(OpListAccounts, string(row.Code)), row.AccountID.key, now)
		}
	}
}

// accountsTTL is how long the chart of accounts is remembered to look names up
// in: between a question to a person and their answer it need not be read
// again.
const accountsTTL = 5 * time.Minute

// find looks an account up by code, id or name, in that order: a code is what
// people and reports call it by. Fiskl has no operation that reads one account,
// so all of them are read.
func (s Accounts) find(ctx context.Context, ref string) (wireAccount, error) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return wireAccount{}, &schemas.ArgumentError{Argument: "account", Problem: "is empty; say which one is meant"}
	}
	all, err := s.all(ctx)
	if err != nil {
		return wireAccount{}, err
	}
	f := finder[wireAccount]{
		noun: "account", plural: "accounts", search: OpListAccounts, exact: false,
		candidates: func(context.Context, string) ([]wireAccount, error) { return all, nil },
		name:       func(w wireAccount) string { return string(w.Name) },
		id:         func(w wireAccount) schemas.ID { return w.ID.key },
		describe:   func(w wireAccount) string { return "id " + string(w.ID.key) },
	}
	for _, known := range []func(wireAccount) bool{
		func(w wireAccount) bool { return string(w.Code) == ref },
		func(w wireAccount) bool { return w.ID.key.Is(ref) },
	} {
		if i := slices.IndexFunc(all, known); i >= 0 {
			return all[i], nil
		}
	}
	return f.choose(ctx, s.c, all, ref)
}

package fisklapi

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func (s Accounts) all(ctx context.Context) ([]wireAccount, error) {
	return s.c.accounts.get(ctx, s.c.now(), accountsTTL, func(ctx context.Context) ([]wireAccount, error) {
		return collect[wireAccount](ctx, s.c, OpListAccounts, url.Values{})
	})
}

// undeposited is the account that a payment goes to when none is named
// (inferred: the app's default).
const undeposited = "Undeposited Funds"

// called is an account as a person is shown it.
func (w wireAccount) called() string {
	return strings.TrimSpace(string(w.Code) + " " + string(w.Name))
}

// forPayment is the account that a payment goes to: the one named, else
// Fiskl's own. That one has no id where it cannot be looked up.
func (s Accounts) forPayment(ctx context.Context, named string) (wireAccount, error) {
	if named == "" {
		return s.standard(ctx)
	}
	account, err := s.find(ctx, named)
	switch {
	case errors.Is(err, Forbidden):
		return wireAccount{}, &schemas.ArgumentError{Argument: "account", Problem: "cannot be looked up, for this credential lacks " +
			"the permission accounting.read; leave it out, and choose the account in the Fiskl app"}
	case errors.Is(err, NoPath):
		return wireAccount{}, &schemas.ArgumentError{Argument: "account", Problem: "cannot be looked up, for this API has no " +
			"list of accounts where it was looked for; leave it out, and choose the account in the Fiskl app"}
	default:
		return account, err
	}
}

// standard is the account that Fiskl takes where none is named. It is none where
// accounts cannot be read.
func (s Accounts) standard(ctx context.Context) (wireAccount, error) {
	all, err := s.all(ctx)
	if err != nil && passes(err) {
		return wireAccount{}, err // the next attempt may name it
	}
	is := func(w wireAccount) bool { return strings.EqualFold(string(w.Name), undeposited) && !w.Archived }
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], nil
	}
	return wireAccount{}, nil
}

// receiving names the account that Fiskl takes where none is named; empty where
// it cannot be looked up.
func (s Accounts) receiving(ctx context.Context) (string, error) {
	account, err := s.standard(ctx)
	return account.called(), err
}

// named is the name of the account with an id; empty where it cannot be looked
// up.
func (s Accounts) named(ctx context.Context, id schemas.ID) string {
	if id == "" {
		return ""
	}
	all, err := s.all(ctx)
	if err != nil {
		return "" // the id is told all the same
	}
	if i := slices.IndexFunc(all, func(w wireAccount) bool { return w.ID.key == id }); i >= 0 {
		return all[i].called()
	}
	return ""
}

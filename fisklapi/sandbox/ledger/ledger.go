// Package ledger is a double-entry ledger in memory. A transaction whose debits and credits differ cannot exist in it:
// [Ledger.Post] is the only way in and refuses it, and what is posted never changes.
package ledger

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/shopspring/decimal"
)

// ErrUnbalanced is the refusal of an entry whose postings do not add up to zero in the base currency.
var ErrUnbalanced = errors.New("debits and credits differ")

// ErrPosting is the refusal of an entry with a posting that contradicts itself or the chart.
var ErrPosting = errors.New("posting refused")

// firstTransaction is the id of a ledger's first transaction.
const firstTransaction = 1_000_001

// Ledger is all of a company's transactions. It is not safe for use by several goroutines at once.
type Ledger struct {
	base         string
	chart        *Chart
	transactions []Transaction
}

// New makes an empty ledger in the base currency.
func New(base string, chart *Chart) *Ledger { return &Ledger{base: base, chart: chart} }

// Copy is a ledger of its own with the same accounts and transactions.
func (l *Ledger) Copy() *Ledger {
	return &Ledger{base: l.base, chart: NewChart(l.chart.accounts), transactions: slices.Clip(l.transactions)}
}

// Chart is the chart of accounts.
func (l *Ledger) Chart() *Chart { return l.chart }

// BaseCurrency is the currency every transaction balances in.
func (l *Ledger) BaseCurrency() string { return l.base }

// Post checks the entry and makes it part of the ledger. The error wraps [ErrUnbalanced] or [ErrPosting], and then
// nothing was posted.
func (l *Ledger) Post(e Entry) (Transaction, error) {
	if _, err := ParseDate(string(e.Date)); err != nil {
		return Transaction{}, fmt.Errorf("%w: %w", ErrPosting, err)
	}
	if len(e.Postings) < 2 {
		return Transaction{}, fmt.Errorf("%w: %d postings, at least 2 needed", ErrPosting, len(e.Postings))
	}
	var sum Minor
	for _, p := range e.Postings {
		if err := l.check(p); err != nil {
			return Transaction{}, fmt.Errorf("%w: account %s: %w", ErrPosting, p.Account, err)
		}
		sum += p.Base
	}
	if sum != 0 {
		return Transaction{}, fmt.Errorf("%w by %s %s", ErrUnbalanced, sum, l.base)
	}
	e.Postings = slices.Clone(e.Postings)
	t := Transaction{id: firstTransaction + int64(len(l.transactions)), entry: e}
	l.transactions = append(l.transactions, t)
	return t, nil
}

func (l *Ledger) check(p Posting) error {
	account, known := l.chart.ByCode(p.Account)
	switch {
	case !known:
		return errors.New("not in the chart")
	case account.Archived:
		return errors.New("archived")
	case account.Currency != l.base && account.Currency != p.Currency:
		return fmt.Errorf("holds %s only", account.Currency)
	default:
		return l.checkConversion(p)
	}
}

func (l *Ledger) checkConversion(p Posting) error {
	oneToOne := p.Amount == p.Base && p.Rate.Equal(decimal.NewFromInt(1))
	switch {
	case p.Currency == "" || !p.Rate.IsPositive():
		return errors.New("no currency or no rate")
	case p.Currency == l.base && !oneToOne:
		return errors.New("an amount in the base currency converts to itself")
	case min(p.Amount, p.Base) < 0 && max(p.Amount, p.Base) > 0:
		return errors.New("debit in one currency, credit in the other")
	default:
		return nil
	}
}

// Transactions yields everything posted, in order of posting.
func (l *Ledger) Transactions() iter.Seq[Transaction] { return slices.Values(l.transactions) }

// Len counts the transactions posted. What is posted never changes, so a ledger that is as long as it was is the same.
func (l *Ledger) Len() int { return len(l.transactions) }

// At is the transaction posted n-th, counted from 0.
func (l *Ledger) At(n int) Transaction { return l.transactions[n] }

// Balance is an account's balance in the base currency at the end of a day; the empty Date means everything posted.
func (l *Ledger) Balance(account Code, until Date) Minor {
	var sum Minor
	for _, t := range l.transactions {
		if until == "" || t.entry.Date <= until {
			sum += t.Base(account)
		}
	}
	return sum
}

// Holdings is what an account holds of each currency, in that currency, at the end of a day; the empty Date means
// everything posted.
func (l *Ledger) Holdings(account Code, until Date) map[string]Minor {
	sums := map[string]Minor{}
	for _, t := range l.transactions {
		if until != "" && t.entry.Date > until {
			continue
		}
		for _, p := range t.entry.Postings {
			if p.Account == account {
				sums[p.Currency] += p.Amount
			}
		}
	}
	return sums
}

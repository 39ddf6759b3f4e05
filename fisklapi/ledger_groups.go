package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// maxGroupedReads bounds the readings that sums are made of, each of as many
// lines as one call reads.
const maxGroupedReads = 5

// maxAccountsAsked is how many accounts are named in one question: an address
// of more is refused by some servers.
const maxAccountsAsked = 150

// grouped adds ledger lines up instead of listing them. Fiskl has no such
// question, so every line is read.
func (s Reports) grouped(ctx context.Context, in schemas.TransactionArgs, of party) (schemas.Ledger, error) {
	if in.Limit < 0 {
		return schemas.Ledger{}, &schemas.ArgumentError{Argument: "limit", Problem: "must be at least 1"}
	}
	if in.Cursor != "" {
		return schemas.Ledger{}, &schemas.ArgumentError{Argument: "cursor", Problem: "has no use together with by; all shows every group"}
	}
	chart, err := s.c.Accounts.all(ctx)
	if err != nil {
		return schemas.Ledger{}, err
	}
	g := grouping{by: in.By, types: make(map[string]string), found: make(map[schemas.LedgerGroup]*groupSum)}
	for _, a := range chart {
		g.types[cmp.Or(string(a.Code), string(a.Name))] = string(a.Type)
	}
	ids, err := s.accounts(ctx, in.Accounts)
	if err != nil {
		return schemas.Ledger{}, err
	}
	if len(ids) == 0 {
		g.only = counts(in.By)
		if ids = accountsOf(chart, g.only); len(ids) > maxAccountsAsked {
			ids = nil
		}
	}
	out, err := s.everyLine(ctx, in.LedgerArgs, ids, of, g.add)
	if err != nil {
		return schemas.Ledger{}, err
	}
	g.tell(&out, in)
	return out, nil
}

// counts are the types of accounts that count where none was asked for: every
// transaction comes to zero over all accounts, so only one side of it tells
// what was sold or spent.
func counts(by schemas.Grouping) []string {
	switch by {
	case schemas.ByAccount:
		return nil
	case schemas.ByProduct:
		return []string{"Income"}
	default:
		return []string{"Income", "Expenses"}
	}
}

// accountsOf are the ids of the accounts of some types; none for all of them.
func accountsOf(chart []wireAccount, types []string) (ids []string) {
	for _, a := range chart {
		if slices.Contains(types, string(a.Type)) {
			ids = append(ids, string(a.ID.key))
		}
	}
	return ids
}

// everyLine reads the lines of a ledger to the end, as far as sums go, and leaves
// only what it says of itself.
func (s Reports) everyLine(ctx context.Context, in schemas.LedgerArgs, ids []string, of party, each func(schemas.LedgerLine)) (out schemas.Ledger, err error) {
	in.PageArgs = schemas.PageArgs{Limit: maxPages * pageSize, On: true}
	for range maxGroupedReads {
		part, err := s.ledgerOf(ctx, OpGetTransactionDetail, in, ids, of)
		if err != nil {
			return schemas.Ledger{}, err
		}
		for _, l := range part.Rows {
			each(l)
		}
		if out.Signs == "" {
			out = schemas.Ledger{ReportHead: part.ReportHead, Signs: part.Signs, Page: schemas.NewPage[schemas.LedgerLine](nil, nil, "")}
		}
		for _, why := range part.Doubts() {
			out.Doubt(why)
		}
		if in.Cursor = part.NextCursor; in.Cursor == "" {
			return out, nil
		}
	}
	out.Doubt("the period has more lines than one call adds up, so the sums are too small: take a shorter period")
	return out, nil
}

// grouping adds lines up.
type grouping struct {
	by    schemas.Grouping
	only  []string          // types of accounts that count; nil for all
	types map[string]string // of accounts by their code, or by their name where they have none
	found map[schemas.LedgerGroup]*groupSum
	lines int
}

// groupSum is what lines come to.
type groupSum struct {
	lines         int
	debit, credit decimal.Decimal
	like          schemas.Money
}

func (g *grouping) add(l schemas.LedgerLine) {
	of := g.types[cmp.Or(l.Code, l.Account)]
	if g.only != nil && !slices.Contains(g.only, of) {
		return
	}
	key := schemas.LedgerGroup{Type: of}
	switch g.by {
	case schemas.ByContact:
		key.Group = l.Contact
	case schemas.ByAccount:
		key.Group, key.Code = l.Account, l.Code
	case schemas.ByProduct:
		key.Group = l.Description
	case schemas.ByMonth:
		key.Group = string(l.Date)[:min(len(l.Date), len("2026-01"))]
	}
	sum := g.found[key]
	if sum == nil {
		sum = &groupSum{like: l.Amount}
		g.found[key] = sum
	}
	g.lines++
	sum.lines++
	if amount := l.Amount.Decimal(); amount.IsNegative() {
		sum.credit = sum.credit.Sub(amount)
	} else {
		sum.debit = sum.debit.Add(amount)
	}
}

// tell writes the groups into an answer, the largest first and months in their
// order, as many as were asked for.
func (g *grouping) tell(out *schemas.Ledger, in schemas.TransactionArgs) {
	out.By, out.Groups, out.Accounts = g.by, make([]schemas.LedgerGroup, 0, len(g.found)), nil
	sums := make(map[string]decimal.Decimal)
	var like schemas.Money
	for key, sum := range g.found {
		key.Lines, key.Debit, key.Credit = sum.lines, inStyle(sum.debit, sum.like), inStyle(sum.credit, sum.like)
		key.Amount = inStyle(sum.debit.Sub(sum.credit), sum.like)
		out.Groups, like = append(out.Groups, key), sum.like
		sums[key.Type] = sums[key.Type].Add(key.Amount.Decimal())
	}
	slices.SortFunc(out.Groups, func(a, b schemas.LedgerGroup) int {
		size := b.Amount.Decimal().Abs().Cmp(a.Amount.Decimal().Abs())
		if g.by == schemas.ByMonth {
			size = 0
		}
		return cmp.Or(size, strings.Compare(a.Group, b.Group), strings.Compare(a.Type, b.Type))
	})
	out.Remark(fmt.Sprintf("derived here: %d lines added up; all groups together: %s", g.lines, inWords(sums, like)))
	if g.by == schemas.ByProduct {
		out.Remark("a product is the text of its line, for ledger lines name no other")
	}
	if g.lines > 0 && !slices.ContainsFunc(out.Groups, func(one schemas.LedgerGroup) bool { return one.Group != "" }) {
		out.Doubt("no line names a " + string(g.by) + ", so the groups cannot be told apart")
	}
	limit := cmp.Or(in.Limit, schemas.DefaultLimit)
	if rest := len(out.Groups) - limit; rest > 0 && !in.All {
		out.Groups = out.Groups[:limit]
		out.Doubt(fmt.Sprintf("%d smaller groups are left out; all shows them", rest))
	}
}

// inWords says what each type of account comes to.
func inWords(sums map[string]decimal.Decimal, like schemas.Money) string {
	var parts []string
	for _, of := range slices.Sorted(maps.Keys(sums)) {
		parts = append(parts, of+" "+string(inStyle(sums[of], like)))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

// inStyle writes a derived amount with as many decimals as a given one.
func inStyle(d decimal.Decimal, like schemas.Money) schemas.Money {
	return schemas.Money(d.StringFixed(max(0, -like.Decimal().Exponent())))
}

package tools_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestLedgerGroups holds the sums of lines against the profit and loss of the
// same period: however they are grouped, they come to the same.
func TestLedgerGroups(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	const september = `"start":"2026-09-01","end":"2026-09-30"`
	wants := map[string]string{}
	profit := read[struct{ Sections []schemas.Section }](t, b.Catalog, "get_profit_and_loss", `{`+september+`}`)
	for _, s := range profit.Sections {
		for _, r := range s.Rows {
			wants[r.Code] = string(r.Amount)
		}
	}
	accounts := read[schemas.Ledger](t, b.Catalog, "get_transaction_detail", `{"by":"account","all":true,`+september+`}`)
	var whole decimal.Decimal
	for _, g := range accounts.Groups {
		whole = whole.Add(g.Amount.Decimal())
		if want, ok := wants[g.Code]; ok && g.Code != "8020" && !g.Amount.Decimal().Abs().Equal(schemas.Money(want).Decimal().Abs()) {
			t.Errorf("%s: got %s, want %s", g.Group, g.Amount, want)
		}
	}
	if !whole.IsZero() || !accounts.Complete || len(accounts.Rows) != 0 {
		t.Errorf("all accounts come to %s in %d groups, complete %t, with %d rows", whole, len(accounts.Groups), accounts.Complete, len(accounts.Rows))
	}
	of := func(by string) (income, expenses decimal.Decimal) {
		l := read[schemas.Ledger](t, b.Catalog, "get_transaction_detail", `{"by":"`+by+`","all":true,`+september+`}`)
		for _, g := range l.Groups {
			if g.Type == "Income" {
				income = income.Add(g.Amount.Decimal())
			} else {
				expenses = expenses.Add(g.Amount.Decimal())
			}
			if !g.Amount.Decimal().Equal(g.Debit.Decimal().Sub(g.Credit.Decimal())) {
				t.Errorf("%s: %+v", by, g)
			}
		}
		return income, expenses
	}
	income, expenses := of("month")
	for _, by := range []string{"contact", "product"} {
		i, e := of(by)
		if !i.Equal(income) || by != "product" && !e.Equal(expenses) {
			t.Errorf("by %s: %s and %s, by month %s and %s", by, i, e, income, expenses)
		}
	}
}

// TestOddLedgerGroups finds what cannot be grouped refused, and what is left
// out said.
func TestOddLedgerGroups(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for args, says := range map[string]string{
		`{"by":"vendor"}`:                                "by must be one of: contact, account, product, month",
		`{"by":"month","cursor":"0.25.c0dd3145"}`:        "cursor has no use together with by",
		`{"by":"month","limit":-1}`:                      "limit must be at least 1",
		`{"by":"month","account":["Nothing"]}`:           "no account is called",
		`{"by":"contact","contact":"Nobody"}`:            "no client is called",
		`{"by":"month","start":"2026-09-30"}`:            "end is missing",
		`{"by":"account","period":"the year of plenty"}`: "period",
	} {
		if a := call(t, b.Catalog, "get_transaction_detail", args); a.Err == nil || !strings.Contains(a.Text, says) {
			t.Errorf("%s: got %s", args, a.Text)
		}
	}
	few := read[schemas.Ledger](t, b.Catalog, "get_transaction_detail", `{"by":"contact","limit":2,"period":"last quarter"}`)
	if len(few.Groups) != 2 || few.Complete || !strings.Contains(few.ListNote, "smaller groups are left out") {
		t.Errorf("got %d groups, complete %t, %s", len(few.Groups), few.Complete, few.ListNote)
	}
	one := read[schemas.Ledger](t, b.Catalog, "get_transaction_detail", `{"by":"month","contact":"Tideway Print Works","period":"last quarter"}`)
	if one.Contact != "Tideway Print Works" || len(one.Groups) == 0 {
		t.Errorf("got %+v", one)
	}
	none := call(t, b.Catalog, "get_transaction_detail", `{"by":"contact","start":"2019-01-01","end":"2019-12-31"}`)
	if none.Err != nil || !strings.Contains(none.Text, "0 groups, complete") {
		t.Errorf("got %s", none.Text)
	}
}

package fisklapi_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestLedgerPages reads a ledger in pages of several sizes: each line comes once and in order, and the accounts come with
// the first page only.
func TestLedgerPages(t *testing.T) {
	t.Parallel()
	quarter := schemas.ReportArgs{Period: schemas.Period{Period: "last quarter"}}
	world, _ := sandboxed(t)
	whole, err := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{ReportArgs: quarter, PageArgs: schemas.PageArgs{All: true}})
	if err != nil || !whole.Complete || len(whole.Rows) < 300 {
		t.Fatalf("read %d lines, complete %t, error %v", len(whole.Rows), whole.Complete, err)
	}
	for _, limit := range slowtest.Of(2, []int{50, 7, 200, 73}) {
		var rows []schemas.LedgerLine
		args := schemas.LedgerArgs{ReportArgs: quarter, PageArgs: schemas.PageArgs{Limit: limit}}
		for first := true; first || args.Cursor != ""; first = false {
			page, err := world.Reports.GeneralLedger(t.Context(), args)
			if err != nil {
				t.Fatal(err)
			}
			if (len(page.Accounts) > 0) != first || first && !slices.Equal(page.Accounts, whole.Accounts) {
				t.Errorf("%d accounts on the page at %q", len(page.Accounts), args.Cursor)
			}
			if page.ReportHead != whole.ReportHead || page.Complete != (page.NextCursor == "") || page.Count != len(page.Rows) || page.Count > limit {
				t.Errorf("the page at %q has %d lines, complete %t, head %+v", args.Cursor, page.Count, page.Complete, page.ReportHead)
			}
			rows = append(rows, page.Rows...)
			args.Cursor = page.NextCursor
		}
		if !slices.Equal(rows, whole.Rows) {
			t.Errorf("pages of %d come to %d lines, want the same %d in the same order", limit, len(rows), len(whole.Rows))
		}
	}
}

// TestLedgerAddsUp holds the lines of each account against what Fiskl says of the account.
func TestLedgerAddsUp(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	ledger, err := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{
		ReportArgs: schemas.ReportArgs{Period: schemas.Period{Period: "last quarter"}}, PageArgs: schemas.PageArgs{All: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	moved, last := map[string]decimal.Decimal{}, map[string]schemas.Money{}
	for _, l := range ledger.Rows {
		moved[l.Code] = moved[l.Code].Add(l.Amount.Decimal())
		last[l.Code] = l.Balance
	}
	for _, a := range ledger.Accounts {
		want := a.Closing.Decimal().Sub(a.Opening.Decimal())
		if sides := a.Debit.Decimal().Sub(a.Credit.Decimal()); !moved[a.Code].Equal(want) || !sides.Equal(want) {
			t.Errorf("%s moved by %s in lines, by %s in debits and credits, by %s in balances", a.Account, moved[a.Code], sides, want)
		}
		if balance, ok := last[a.Code]; ok && balance != a.Closing {
			t.Errorf("%s: the last line leaves %s, the account closes with %s", a.Account, balance, a.Closing)
		}
	}
}

func TestLedgerCursors(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	october := schemas.ReportArgs{Period: schemas.Period{Period: "last month"}}
	first, err := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{ReportArgs: october})
	if err != nil || first.NextCursor == "" {
		t.Fatalf("got cursor %q and error %v", first.NextCursor, err)
	}
	page := schemas.PageArgs{Cursor: first.NextCursor}
	_, accounts := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{ReportArgs: october, Accounts: []string{"1010"}, PageArgs: page})
	_, basis := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: october.Period, Basis: "cash"}, PageArgs: page})
	_, other := world.Reports.Transactions(t.Context(), schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: october, PageArgs: page}})
	for i, err := range []error{accounts, basis, other} {
		if refused, ok := errors.AsType[*schemas.ArgumentError](err); !ok || refused.Argument != "cursor" {
			t.Errorf("%d: got %v, want the cursor refused", i, err)
		}
	}
}

func TestLedgerLines(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/reports/transaction-detail": `{"name":"Transaction Detail","currency":"GBP","start":"2026-01-01","end":"2026-12-31","basis":"Accrual",
			"accounts":[{"accountId":7,"code":"1010","name":"Bank","opening":-100,"debit":10,"credit":250,"closing":-340}],
			"lines":[
				{"date":"2026-05-01","accountId":7,"accountCode":"1010","accountName":"Bank","type":"Journal","recordId":9,"name":"Memo","currency":"GBP","gross":-250,"amount":-250,"balance":-350},
				{"date":"2026-05-02","accountId":7,"accountName":"Bank","type":"Payment","description":"d","name":"n","currency":"USD","gross":6,"amount":5,"balance":0},
				{"date":"2026-05-03","accountId":7,"accountName":"Bank","type":"Payment","amount":5}]}`,
	})
	got, err := world.Reports.Transactions(t.Context(), schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: year()}}})
	if err != nil {
		t.Fatal(err)
	}
	account := schemas.AccountMovement{Account: "Bank", Code: "1010", AccountID: "7", Opening: "-1.00", Debit: "0.10", Credit: "2.50", Closing: "-3.40"}
	if !slices.Equal(got.Accounts, []schemas.AccountMovement{account}) || !got.Complete {
		t.Errorf("got accounts %+v, complete %t, note %q", got.Accounts, got.Complete, got.ListNote)
	}
	want := []schemas.LedgerLine{
		{Date: "2026-05-01", Account: "Bank", Code: "1010", Type: "Journal", RecordID: "9", Description: "Memo", Amount: "-2.50", Balance: "-3.50"},
		{Date: "2026-05-02", Account: "Bank", Type: "Payment", Description: "n", Original: "0.06 USD", Amount: "0.05", Balance: "0.00"},
		{Date: "2026-05-03", Account: "Bank", Type: "Payment", Amount: "0.05"},
	}
	if !slices.Equal(got.Rows, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got.Rows, want)
	}
}

// TestLedgerLacksLines is about a ledger whose lines do not come to what its accounts moved by: it does not pass for whole.
func TestLedgerLacksLines(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{"/v1/reports/transaction-detail": written(laid(emptyReports()["/v1/reports/transaction-detail"], fields{
		"accounts": []any{fields{"accountId": 7, "code": "1010", "name": "Bank", "opening": 0, "debit": 10, "credit": 0, "closing": 10}},
		"lines": []any{fields{
			"date": "2026-05-01", "accountId": 7, "accountCode": "1010", "accountName": "Bank", "type": "Journal", "number": "J-1",
			"contactName": "Zed", "description": "d", "currency": "GBP", "amount": 4, "balance": 4,
		}},
	}))})
	got, err := world.Reports.Transactions(t.Context(), schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: year()}}})
	if err != nil || got.Complete || got.Count != 1 || got.ListNote != "the lines do not add up to the movement of their accounts, so some are missing" {
		t.Errorf("got %+v and error %v", got, err)
	}
}

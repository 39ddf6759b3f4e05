package imports_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
)

const (
	// closing is what the entries are called that carry a year's result to retained earnings.
	closing = "Year-end closing"

	// unposted is the account of unrealised exchange differences: reports compute them, no entry is of them.
	unposted = "8030"
)

// statements has hledger make a balance sheet and an income statement of an exported ledger, and finds in them every
// account of ours with its amount, and nothing else.
func statements(t *testing.T, d demo) {
	t.Helper()
	books := filepath.Join(t.TempDir(), "books.journal")
	ledger := d.files["report=general_ledger"]
	if err := os.WriteFile(books, []byte(run(t, "hledger", "-f", "csv:"+ledger.path, "--rules-file", "ledger.rules", "print")), 0o600); err != nil {
		t.Fatal(err)
	}
	profit, position := d.files["report=profit_and_loss"], d.files["report=balance_sheet"]
	start := profit.cell(profit.rows[0], "start")
	last, err := time.Parse(time.DateOnly, profit.cell(profit.rows[0], "end"))
	if err != nil {
		t.Fatal(err)
	}
	after := last.AddDate(0, 0, 1).Format(time.DateOnly)
	for _, row := range csvOf(t, run(t, "hledger", "-f", books, "balance", "--flat", "--empty", "-N", "-O", "csv", "^entries"))[1:] {
		if !exact(t, row[1]).IsZero() {
			t.Errorf("entry %s does not balance, by %s", row[0], row[1])
		}
	}
	equal(t, profit, statement(t, "hledger", "-f", books, "incomestatement", "-b", start, "-e", after, "not:desc:"+closing, "-O", "csv"))
	equal(t, position, statement(t, "hledger", "-f", books, "balancesheet", "-e", after, "-O", "csv"))
}

// net is what hledger calls what a statement comes to.
const net = "Net:"

// statement is what hledger says of each account, by its number, and of the whole.
func statement(t *testing.T, name string, args ...string) map[string]decimal.Decimal {
	t.Helper()
	all := make(map[string]decimal.Decimal)
	for _, row := range csvOf(t, run(t, name, args...)) {
		switch _, code, ok := strings.Cut(row[0], ":"); {
		case row[0] == net:
			all[net] = exact(t, row[1])
		case ok && code != "" && row[1] != "":
			all[code] = exact(t, row[1])
		}
	}
	return all
}

func csvOf(t *testing.T, text string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// equal holds a report against a statement of hledger's. Both show sales, costs and what is owed as positive amounts;
// hledger shows as income what a report has as income beside costs. Equity is not among what hledger's balance sheet shows.
func equal(t *testing.T, f table, got map[string]decimal.Decimal) {
	t.Helper()
	compared, whole := 0, decimal.Zero
	for _, row := range f.rows {
		code, section := f.cell(row, "code"), f.cell(row, "section")
		if code == unposted || section == "Equity" {
			continue
		}
		want := exact(t, f.cell(row, "amount"))
		cost := f.cell(row, "account_type") == "Expenses"
		if section == "Non-operating" && cost {
			want = want.Neg()
		}
		if cost || f.cell(row, "account_type") == "Liabilities" {
			whole = whole.Sub(want)
		} else {
			whole = whole.Add(want)
		}
		compared++
		if !got[code].Equal(want) {
			t.Errorf("%s: hledger says %s, the report %s", code, got[code], want)
		}
		delete(got, code)
	}
	if !got[net].Equal(whole) {
		t.Errorf("hledger says %s in all, the report %s", got[net], whole)
	}
	delete(got, net)
	for code, left := range got {
		if !left.IsZero() {
			t.Errorf("%s: hledger says %s, the report nothing", code, left)
		}
	}
	if compared < 10 {
		t.Errorf("compared %d accounts", compared)
	}
}

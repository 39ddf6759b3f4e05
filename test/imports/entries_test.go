package imports_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// dated are the exports whose rows have a day and an amount: the others are no entries.
func dated(t *testing.T, d demo, test func(t *testing.T, f table)) {
	t.Helper()
	d.each(t, func(t *testing.T, f table) {
		t.Helper()
		if f.amounts() != "" && f.day() != "" {
			test(t, f)
		}
	})
}

// hledger has hledger read every row of a day and an amount as a transaction.
func hledger(t *testing.T, d demo) {
	t.Helper()
	dated(t, d, func(t *testing.T, f table) {
		t.Helper()
		if _, got := hledgerSum(t, f, rules(f)); !got.Equal(f.sum(t, f.amounts())) {
			t.Errorf("hledger adds %s up to %s, want %s", f.amounts(), got, f.sum(t, f.amounts()))
		}
	})
}

// rules tell hledger where day and amount are.
func rules(f table) string {
	var b strings.Builder
	b.WriteString("skip 1\nfields ")
	for i := range f.columns {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "c%d", i+1)
	}
	fmt.Fprintf(&b, "\ndate %%c%d\ndate-format %%Y-%%m-%%d\naccount1 rows\namount1 %%c%d\naccount2 other\n", f.column(f.day())+1, f.column(f.amounts())+1)
	if i := f.column("row"); i >= 0 {
		fmt.Fprintf(&b, "if %%c%d closing\n skip\n", i+1)
	}
	return b.String()
}

// hledgerSum is how many transactions hledger reads, and what they come to.
func hledgerSum(t *testing.T, f table, rules string) (count int, sum decimal.Decimal) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "csv.rules")
	if err := os.WriteFile(file, []byte(rules), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(run(t, "hledger", "-f", "csv:"+f.path, "--rules-file", file, "register", "^rows", "-O", "csv"))).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Fatalf("hledger says %q, error %v", rows, err)
	}
	for _, row := range rows[1:] {
		sum = sum.Add(exact(t, row[5]))
	}
	return len(rows) - 1, sum
}

// beancount has beancount's own importer read every row of a day and an amount.
func beancount(t *testing.T, d demo) {
	t.Helper()
	dated(t, d, func(t *testing.T, f table) {
		t.Helper()
		want := 0
		for _, row := range f.rows {
			if f.cell(row, f.amounts()) != "" {
				want++
			}
		}
		got := strings.Fields(run(t, "/usr/bin/python3", "rows.py", f.path, f.day(), f.amounts()))
		if len(got) != 2 || got[0] != strconv.Itoa(want) || !exact(t, got[1]).Equal(f.sum(t, f.amounts())) {
			t.Errorf("beancount reads %q, want %d rows of %s", got, want, f.sum(t, f.amounts()))
		}
	})
}

// beancountBooks has beancount check the entries of a quarter on what was there before: each of them balances, and
// every account ends with the balance that the ledger says.
func beancountBooks(t *testing.T, d demo) {
	t.Helper()
	ledger, entries := d.files["report=general_ledger"], d.files["report=transaction_detail"]
	books := filepath.Join(t.TempDir(), "books.beancount")
	if err := os.WriteFile(books, []byte(run(t, "/usr/bin/python3", "ledger.py", ledger.path, entries.path)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := run(t, "bean-check", books); out != "" {
		t.Errorf("beancount says %s", out)
	}
	rows, err := csv.NewReader(strings.NewReader(run(t, "bean-query", "-f", "csv", books, "select account, sum(number) as balance group by account"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]decimal.Decimal)
	for _, row := range rows[1:] {
		got[strings.TrimSpace(row[0])] = exact(t, strings.TrimSpace(row[1]))
	}
	for _, row := range ledger.rows {
		if ledger.cell(row, "row") != "closing" {
			continue
		}
		account := ledger.cell(row, "account_type") + ":A" + ledger.cell(row, "code")
		if want := exact(t, ledger.cell(row, "balance")); !got[account].Equal(want) {
			t.Errorf("%s ends with %s, want %s", account, got[account], want)
		}
	}
}

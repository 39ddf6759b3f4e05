// Package imports_test has the programs of accountants and of people who work with tables read every file that can be
// exported: hledger, beancount, Miller and SQLite, as Debian has them. What they add up is held against the rows.
package imports_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// exports are what can be exported, of the demo company: "report NAME" and "list NAME".
var exports = []string{
	"report=profit_and_loss", "report=balance_sheet", "report=cash_flow", "report=trial_balance", "report=financial_ratios",
	"report=receivables_aging", "report=payables_aging", "report=tax_report", "report=general_ledger", "report=transaction_detail",
	"report=statement_of_account", "list=invoices", "list=clients", "list=vendors", "list=quotes", "list=payments", "list=products",
	"list=taxes", "list=accounts",
}

// table is a file that was exported.
type table struct {
	path    string
	columns []string
	rows    [][]string
}

// column is where a column is; -1 where there is none.
func (f table) column(name string) int { return slices.Index(f.columns, name) }

// cell is a cell of a row by the name of its column.
func (f table) cell(row []string, name string) string {
	if i := f.column(name); i >= 0 {
		return row[i]
	}
	return ""
}

// first is the first of some columns that there is; empty where there is none.
func (f table) first(names ...string) string {
	for _, n := range names {
		if f.column(n) >= 0 {
			return n
		}
	}
	return ""
}

// amounts is the column whose amounts can be added up, and day the one that dates them; empty where there is none.
func (f table) amounts() string {
	return f.first("amount", "total", "debit", "remaining_base")
}

func (f table) day() string { return f.first("date", "as_of", "end") }

// sum adds a column up.
func (f table) sum(t *testing.T, column string) decimal.Decimal {
	t.Helper()
	sum := decimal.Zero
	if f.column(column) < 0 {
		return sum
	}
	for _, row := range f.rows {
		if cell := f.cell(row, column); cell != "" {
			sum = sum.Add(exact(t, cell))
		}
	}
	return sum
}

func exact(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	return d
}

// needs skips a test whose programs are missing.
func needs(t *testing.T, programs ...string) {
	t.Helper()
	slowtest.Only(t)
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skip("needs " + p + ", which .ci/run installs")
		}
	}
}

// built is the program, built once.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "imports")
	if err != nil {
		return "", err
	}
	out, err := exec.Command("go", "build", "-o", dir, "../../cmd/fiskl-mcp").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return dir, nil
})

// TestMain removes what was built.
func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := built(); err == nil {
		_ = os.RemoveAll(dir)
	}
	os.Exit(code)
}

// ask has the program call a tool, and reads its structured answer.
func ask(t *testing.T, into any, args ...string) {
	t.Helper()
	dir, err := built()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), filepath.Join(dir, "fiskl-mcp"), append([]string{"call", "--sandbox", "--json"}, args...)...)
	c.Env = append(c.Environ(), "FISKL_STATE_DIR="+t.TempDir())
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// export has the program write a file, and reads it: every line has as many cells as the first.
func export(t *testing.T, what string, args ...string) table {
	t.Helper()
	kind, _, _ := strings.Cut(what, "=")
	if what == "report=statement_of_account" {
		args = append(args, "client=Cascade")
	}
	if kind == "report" && !slices.ContainsFunc(args, func(a string) bool { return strings.HasPrefix(a, "period=") }) {
		args = append(args, "period=last quarter")
	}
	var out struct {
		Saved    string `json:"saved_to"`
		Count    int    `json:"count"`
		Complete bool   `json:"complete"`
	}
	ask(t, &out, append([]string{"export_" + kind, what, "form=csv", "--export-dir", t.TempDir()}, args...)...)
	f, err := os.Open(out.Saved)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // it was read only
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != out.Count+1 || !out.Complete {
		t.Fatalf("%s has %d lines, error %v, and the answer says %+v", what, len(rows), err, out)
	}
	return table{path: out.Saved, columns: rows[0], rows: rows[1:]}
}

// run runs a program and returns what it writes.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), name, args...)
	c.Env = append(c.Environ(), "LC_ALL=C.UTF-8")
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, complaint.String())
	}
	return string(out)
}

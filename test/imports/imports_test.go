// Package imports_test has the programs of accountants and of people who work with tables read every file that can be
// exported: hledger, beancount, Miller and SQLite, as Debian has them. What they add up is held against the rows.
package imports_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
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
	return f.first("amount", "total", "debit", "outstanding_base")
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

// demo is what the demo company has, exported.
type demo struct {
	program string
	files   map[string]table
}

// TestImports exports everything once and has each program read it.
func TestImports(t *testing.T) {
	t.Parallel()
	d := begin(t, "hledger", "bean-check", "mlr", "sqlite3")
	for name, test := range map[string]func(*testing.T, demo){
		"Miller": miller, "SQLite": sqlite, "hledger": hledger, "beancount": beancount, "the books of beancount": beancountBooks, "the statements of hledger": statements,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, d)
		})
	}
}

// begin builds the program and has it export everything, unless a program that the test needs is missing.
func begin(t *testing.T, programs ...string) demo {
	t.Helper()
	slowtest.Only(t)
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skip("needs " + p + ", which .ci/run installs")
		}
	}
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	d := demo{filepath.Join(dir, "fiskl-mcp"), make(map[string]table)}
	for _, what := range exports {
		d.files[what] = d.export(t, what)
	}
	return d
}

// each has a test look at every file.
func (d demo) each(t *testing.T, test func(t *testing.T, f table)) {
	t.Helper()
	for what, f := range d.files {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			test(t, f)
		})
	}
}

// ask has the program call a tool, and reads its structured answer.
func (d demo) ask(t *testing.T, into any, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), d.program, append([]string{"call", "--sandbox", "--json"}, args...)...)
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
func (d demo) export(t *testing.T, what string) table {
	t.Helper()
	kind, _, _ := strings.Cut(what, "=")
	var args []string
	if kind == "report" {
		args = append(args, "period=last quarter")
	}
	if what == "report=statement_of_account" {
		args = append(args, "client=Cascade")
	}
	var out struct {
		Saved    string `json:"saved_to"`
		Count    int    `json:"count"`
		Complete bool   `json:"complete"`
	}
	d.ask(t, &out, append([]string{"export_" + kind, what, "format=csv", "--export-dir", t.TempDir()}, args...)...)
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

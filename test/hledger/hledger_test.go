// Package hledger_test has hledger judge the books: it reads the general ledger that the program exports, checks that
// every entry balances and every running balance is right, and adds up accounts and months by itself.
package hledger_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// closing is what the entries are called that carry a year's result to retained earnings.
const closing = "Year-end closing"

// unposted is the account of unrealised exchange differences: reports compute them, no entry is of them.
const unposted = "8030"

// judge is hledger over one exported ledger.
type judge struct {
	*testing.T

	program, state string // of ours
	journal        string // of hledger
	today          string
}

// TestLedger exports the whole ledger of the demo company and has it judged.
func TestLedger(t *testing.T) {
	t.Parallel()
	j, ledger := begin(t)
	for name, test := range map[string]func(judge){
		"every entry balances":    judge.entries,
		"the trial balance":       judge.trialBalance,
		"the profit of a month":   judge.profits,
		"a wrong line is noticed": func(j judge) { j.wrongLine(ledger) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := j
			own.T = t
			test(own)
		})
	}
}

// begin exports a ledger, and has hledger write it as a journal of its own: it is from a journal, and not from CSV, that
// it checks running balances.
func begin(t *testing.T) (judge, []byte) {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("hledger"); err != nil {
		t.Skip("needs hledger, which .ci/run installs")
	}
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	j := judge{T: t, program: filepath.Join(dir, "fiskl-mcp"), state: dir}
	var trial struct {
		AsOf string `json:"as_of"`
	}
	j.ask(&trial, "get_trial_balance")
	j.today = trial.AsOf
	to := t.TempDir()
	var export struct {
		Complete bool `json:"complete"`
		Count    int  `json:"count"`
	}
	j.ask(&export, "export_report", "report=general_ledger", "format=csv", "period="+j.beginning()+".."+j.today, "--export-dir", to)
	files, err := filepath.Glob(filepath.Join(to, "*.csv"))
	if err != nil || len(files) != 1 || !export.Complete || export.Count < 2000 {
		t.Fatalf("got files %v, %+v and error %v", files, export, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	j.journal = j.read(b)
	return j, b
}

// read has hledger read a ledger, and returns the path of the journal it makes of it.
func (j judge) read(ledger []byte) string {
	j.Helper()
	from := filepath.Join(j.TempDir(), "ledger.csv")
	if err := os.WriteFile(from, ledger, 0o600); err != nil {
		j.Fatal(err)
	}
	out, err := j.hledger("-f", "csv:"+from, "--rules-file", "ledger.rules", "print")
	if err != nil {
		j.Fatal(err)
	}
	journal := filepath.Join(j.TempDir(), "ledger.journal")
	if err := os.WriteFile(journal, out, 0o600); err != nil {
		j.Fatal(err)
	}
	return journal
}

// hledger runs it. Its complaint is the error.
func (j judge) hledger(args ...string) ([]byte, error) {
	j.Helper()
	c := exec.CommandContext(j.Context(), "hledger", args...)
	c.Env = append(c.Environ(), "LC_ALL=C.UTF-8")
	var complaint strings.Builder
	c.Stderr = &complaint
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("hledger: %w: %s", err, complaint.String())
	}
	return out, nil
}

// beginning is a day before the first entry.
func (j judge) beginning() string {
	j.Helper()
	day, err := time.Parse(time.DateOnly, j.today)
	if err != nil {
		j.Fatal(err)
	}
	return day.AddDate(0, 0, -1000).Format(time.DateOnly)
}

// ask has the program call a tool, and reads its structured answer.
func (j judge) ask(into any, args ...string) {
	j.Helper()
	c := exec.CommandContext(j.Context(), j.program, append([]string{"call", "--sandbox", "--json"}, args...)...)
	c.Env = append(c.Environ(), "FISKL_STATE_DIR="+j.state)
	out, err := c.Output()
	if err != nil {
		j.Fatalf("%v: %v\n%s", args, err, out)
	}
	if err := json.Unmarshal(out, into); err != nil {
		j.Fatalf("%v: %v\n%s", args, err, out)
	}
}

// sums are hledger's balances by account, a column for each period. It refuses a ledger in which a running balance is
// wrong.
func (j judge) sums(args ...string) (columns []string, sums map[string][]decimal.Decimal) {
	j.Helper()
	out, err := j.hledger(append([]string{"-f", j.journal, "balance", "--no-total", "--empty", "-O", "csv"}, args...)...)
	if err != nil {
		j.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(out))).ReadAll()
	if err != nil || len(rows) < 2 {
		j.Fatalf("hledger: %v\n%s", err, out)
	}
	sums = make(map[string][]decimal.Decimal)
	for _, row := range rows[1:] {
		for _, cell := range row[1:] {
			sums[row[0]] = append(sums[row[0]], j.amount(cell))
		}
	}
	return rows[0][1:], sums
}

func (j judge) amount(s string) decimal.Decimal {
	j.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		j.Fatalf("%q is no amount", s)
	}
	return d
}

// entries adds up the other halves of all lines, entry by entry: nothing may be left of any.
func (j judge) entries() {
	_, sums := j.sums("--flat", "^unexplained")
	for entry, left := range sums {
		if !left[0].IsZero() {
			j.Errorf("%s does not balance, by %s", entry, left[0])
		}
	}
	if len(sums) < 500 {
		j.Errorf("found %d entries", len(sums))
	}
}

// trialBalance compares every account today, at the end of the last fiscal year, before its result is carried over,
// and the day after.
func (j judge) trialBalance() {
	year := j.today[:4] + "-03-31"
	if year >= j.today {
		last, err := time.Parse(time.DateOnly, year)
		if err != nil {
			j.Fatal(err)
		}
		year = last.AddDate(-1, 0, 0).Format(time.DateOnly)
	}
	for _, day := range []string{j.today, year, year[:4] + "-04-01"} {
		var trial struct {
			Rows []struct {
				Code          string `json:"code"`
				Debit, Credit string
			} `json:"rows"`
		}
		j.ask(&trial, "get_trial_balance", "as_of="+day)
		end, err := time.Parse(time.DateOnly, day)
		if err != nil {
			j.Fatal(err)
		}
		_, sums := j.sums("--end", end.AddDate(0, 0, 1).Format(time.DateOnly), "not:unexplained")
		for _, row := range trial.Rows {
			is := j.amount(row.Debit).Sub(j.amount(row.Credit))
			if got := sums[row.Code]; len(got) != 1 || !got[0].Equal(is) {
				j.Errorf("%s, account %s: the trial balance has %s, hledger %v", day, row.Code, is, got)
			}
			delete(sums, row.Code)
		}
		for code, left := range sums {
			if !left[0].IsZero() {
				j.Errorf("%s, account %s: hledger has %s, the trial balance nothing", day, code, left[0])
			}
		}
		if len(trial.Rows) < 20 {
			j.Errorf("%s: the trial balance has %d accounts", day, len(trial.Rows))
		}
	}
}

// wrongLine changes one amount of the file by a hundredth, and finds that hledger refuses it.
func (j judge) wrongLine(ledger []byte) {
	wrong := bytes.Replace(ledger, []byte(",GBP,4320.00,"), []byte(",GBP,4320.01,"), 1)
	if bytes.Equal(wrong, ledger) {
		j.Fatal("there is no such line")
	}
	if out, err := j.hledger("-f", j.read(wrong), "balance"); err == nil || !strings.Contains(err.Error(), "balance assertion") {
		j.Errorf("got error %v and\n%s", err, out)
	}
}

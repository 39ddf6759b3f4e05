package app

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// auditor is somebody with a state folder that has journals.
type auditor struct {
	t    *testing.T
	home string
	now  time.Time
}

func newAuditor(t *testing.T) *auditor {
	t.Helper()
	return &auditor{t, t.TempDir(), present()}
}

// wrote writes n changes of a company down, a day apart.
func (a *auditor) wrote(name, company string, n int) {
	a.t.Helper()
	all := config.Program{StateDir: filepath.Join(a.home, "fiskl-mcp"), Cache: filepath.Join(a.home, "cache")}
	o := journal.Options{Path: a.journal(name), Now: func() time.Time { return a.now }}
	for _, folder := range all.HeadsDirs() {
		o.Heads = append(o.Heads, filepath.Join(folder, name+journal.HeadSuffix))
	}
	j, err := journal.Open(o)
	if err != nil {
		a.t.Fatal(err)
	}
	for range n {
		id, err := j.Begin(a.t.Context(), journal.Opening{
			Company: company, Caller: "anna", Tool: "record_payment", Confirmation: "a person agreed",
			Write: fisklapi.Write{Operation: fisklapi.OpRecordPayment, Noun: "invoice", ID: "7", Name: "=HYPERLINK(\"x\")", Client: "@Baker, Ltd", Amount: "12.50", Currency: "EUR", Date: "2026-11-22"},
		}, nil)
		err = errors.Join(err, j.End(a.t.Context(), id, fisklapi.Result{Outcome: fisklapi.Done, ID: "9", RequestID: "r-1"}))
		if err != nil {
			a.t.Fatal(err)
		}
		a.now = a.now.Add(24 * time.Hour)
	}
	if err := j.Close(); err != nil {
		a.t.Fatal(err)
	}
}

func (a *auditor) journal(name string) string {
	return filepath.Join(a.home, "fiskl-mcp", "journal", name+journal.Suffix)
}

func (a *auditor) edit(name, old, to string) {
	a.t.Helper()
	b, err := os.ReadFile(a.journal(name))
	if err != nil || !bytes.Contains(b, []byte(old)) {
		a.t.Fatalf("%q is not in %s, %v", old, b, err)
	}
	if err := os.WriteFile(a.journal(name), bytes.Replace(b, []byte(old), []byte(to), 1), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

func (a *auditor) sees(args ...string) outcome {
	a.t.Helper()
	var out, err bytes.Buffer
	code := run(a.t.Context(), environment{
		args: args, state: a.home, cache: filepath.Join(a.home, "cache"), config: filepath.Join(a.home, "config"),
		now: present, in: strings.NewReader(""), out: &out, err: &err, home: a.home, self: func() (string, error) { return installed, nil },
	})
	return outcome{code, strings.ReplaceAll(out.String(), a.home, "HOME"), strings.ReplaceAll(err.String(), a.home, "HOME")}
}

// TestJournalCheck says what is wrong in one of two journals, in words and in
// JSON, and doctor says so too.
func TestJournalCheck(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.wrote("api.fiskl.com-1", "Acme Ltd", 3)
	a.wrote("api.fiskl.com-12", "Baker\x1b[31m Ltd", 2)
	got := a.sees("journal", "check")
	for _, want := range []string{
		"api.fiskl.com-1 (Acme Ltd)\nok       It is as it was written: 6 lines in 1 file, 2026-11-22 16:00 to 2026-11-24 16:00 UTC.\n         Last line: 6:",
		"api.fiskl.com-12 (Baker",
	} {
		if got.code != exitOK || !strings.Contains(got.out, want) || strings.Contains(got.out, "\x1b") {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
	a.edit("api.fiskl.com-1", "12.50", "92.50")
	for _, args := range [][]string{{"journal", "check"}, {"journal", "check", "--company", "acme ltd"}, {"journal", "check", "--company", "1"}} {
		got = a.sees(args...)
		want := "problem  It is not as it was written, in 1 place: 6 lines in 1 file, 2026-11-22 16:00 to 2026-11-24 16:00 UTC.\n" +
			"problem  Line 1 is not as written: changed afterwards, between 2026-11-22 16:00:00 UTC and 2026-11-22 16:00:00 UTC (at line 1 of api.fiskl.com-1.jsonl).\n"
		if got.code != exitFailed || !strings.Contains(got.out, want) || got.err != "" {
			t.Errorf("%v: got %+v, want %q", args, got, want)
		}
	}
	got = a.sees("journal", "check", "--json")
	var report struct {
		Journals []struct {
			Company  string            `json:"company"`
			Findings []journal.Finding `json:"findings"`
		} `json:"journals"`
	}
	if err := json.Unmarshal([]byte(got.out), &report); err != nil || got.code != exitFailed || len(report.Journals) != 2 || report.Journals[0].Company != "Acme Ltd" || len(report.Journals[0].Findings) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	got = a.sees("doctor")
	if want := "note     journal         The journal of changes is not as it was written, so what it says may be wrong or lack something.\n" +
		"                         - api.fiskl.com-1: Line 1 is not as written"; !strings.Contains(got.out, want) || strings.Contains(got.out, "Acme") {
		t.Errorf("got %s", got.out)
	}
	if got = a.sees("journal", "check", "--accept"); got.code != exitUsage {
		t.Errorf("got %+v", got)
	}
	for _, want := range []string{"Noted in the journal: what was found is known (1 finding).\n", "There is nothing to accept: the journal is as it was written.\n"} {
		if got = a.sees("journal", "check", "--accept", "--company", "1"); got.code != exitOK || got.out != want {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
	got = a.sees("journal", "check")
	if got.code != exitOK || !strings.Contains(got.out, "ok       It is as it was written, apart from what is known: 7 lines") || !strings.Contains(got.out, "known    Line 1 is not as written") {
		t.Errorf("got %+v", got)
	}
	if got = a.sees("doctor"); !strings.Contains(got.out, "ok       journal         As it was written, 11 lines in 2 journals.") {
		t.Errorf("got %s", got.out)
	}
}

// TestJournalRestored puts the whole state folder back as it was: the record in
// the cache folder knows, and so does who noted the last line.
func TestJournalRestored(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.wrote("api.fiskl.com-1", "Acme Ltd", 2)
	state, backup := filepath.Join(a.home, "fiskl-mcp"), filepath.Join(a.home, "backup")
	if err := os.CopyFS(backup, os.DirFS(state)); err != nil {
		t.Fatal(err)
	}
	a.wrote("api.fiskl.com-1", "Acme Ltd", 1)
	_, noted, _ := strings.Cut(a.sees("journal", "check").out, "Last line: ")
	noted = strings.TrimSpace(noted)
	if got := a.sees("journal", "check", "--head", noted); got.code != exitOK || !strings.Contains(got.out, "ok       The line that you noted is there as it was") {
		t.Errorf("got %+v", got)
	}
	if err := errors.Join(os.RemoveAll(state), os.Rename(backup, state)); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Chmod(state, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	got := a.sees("journal", "check")
	if want := "Lines 5 to 6 are missing at the end: the journal was cut short, or an older copy was put back."; got.code != exitFailed || !strings.Contains(got.out, want) || !strings.Contains(got.out, "That record: HOME/cache/") {
		t.Errorf("got %+v", got)
	}
	if err := os.RemoveAll(filepath.Join(a.home, "cache")); err != nil {
		t.Fatal(err)
	}
	if got := a.sees("journal", "check"); got.code != exitOK {
		t.Errorf("with nothing that knows: got %+v", got)
	}
	if got := a.sees("journal", "check", "--head", noted); got.code != exitFailed || !strings.Contains(got.out, "Line 6 with that hash is not in the journal") {
		t.Errorf("got %+v", got)
	}
}

// TestJournalCopy checks a copy of the folder of journals alone.
func TestJournalCopy(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.wrote("api.fiskl.com-1", "Acme Ltd", 3)
	_, noted, _ := strings.Cut(a.sees("journal", "check").out, "Last line: ")
	copied := t.TempDir()
	if err := os.CopyFS(filepath.Join(copied, "journal"), os.DirFS(filepath.Dir(a.journal("api.fiskl.com-1")))); err != nil {
		t.Fatal(err)
	}
	got := a.sees("journal", "check", "--state-dir", copied)
	if got.code != exitFailed || !strings.Contains(got.out, "problem  The record of the last line is missing or cannot be read") {
		t.Errorf("got %+v", got)
	}
	got = a.sees("journal", "check", "--state-dir", copied, "--head", strings.TrimSpace(noted))
	if got.code != exitOK || !strings.Contains(got.out, "is there as it was, and so is all that stands before it.") {
		t.Errorf("got %+v", got)
	}
}

// TestJournalExport writes the same changes in both forms, without formulas, and
// only those of the days that are asked for.
func TestJournalExport(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.wrote("api.fiskl.com-1", "Acme Ltd", 3)
	file := filepath.Join(a.home, "changes.csv")
	got := a.sees("journal", "export", file)
	if got.code != exitOK || got.out != "" || !strings.HasPrefix(got.err, "3 changes of api.fiskl.com-1 (Acme Ltd) written to HOME/changes.csv. The journal is as it was written.\ncompany: \"Acme Ltd\"\n") ||
		!strings.Contains(got.err, "\nas_written: \"true\"\n") {
		t.Errorf("got %+v", got)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil || len(rows) != 4 || rows[0][0] != "line" || rows[1][10] != `'=HYPERLINK("x")` || rows[1][12] != "'@Baker, Ltd" || rows[1][14] != "12.50" || rows[3][0] != "5" {
		t.Errorf("got %v, %v", rows, err)
	}
	if info, err := os.Stat(file); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
	got = a.sees("journal", "export", "--format", "JSONL", "--from", "2026-11-23", "--to", "2026-11-23")
	var row journalRow
	if err := json.Unmarshal([]byte(got.out), &row); err != nil || strings.Count(got.out, "\n") != 1 || row.Line != 3 || row.EndLine != 4 || row.Begun != "2026-11-23T16:00:00Z" ||
		row.Record != `=HYPERLINK("x")` || row.Amount != "12.50" || row.Outcome != "done" || row.Agreed == "" || row.Caller != "anna" {
		t.Errorf("got %+v, %v", got, err)
	}
	a.edit("api.fiskl.com-1", "12.50", "92.50")
	got = a.sees("journal", "export")
	if got.code != exitOK || !strings.Contains(got.err, "as_written: \"false\"\nchanged: \"Line 1 is not as written") || !strings.Contains(got.err, "The journal is not as it was written, in 1 place: fiskl-mcp journal check --company api.fiskl.com-1") {
		t.Errorf("got %+v", got)
	}
}

// TestJournalMistakes gets a sentence for each mistake, and writes nothing.
func TestJournalMistakes(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	for _, args := range [][]string{{"journal", "check"}, {"journal", "export"}, {"journal", "check", "--company", "Acme"}} {
		if got := a.sees(args...); got.code != exitFailed || got.out != "" || !strings.Contains(got.err, "there is no journal in HOME") {
			t.Errorf("%v: got %+v", args, got)
		}
	}
	a.wrote("api.fiskl.com-1", "Acme Ltd", 1)
	a.wrote("api.fiskl.com-2", "Acme Ltd", 1)
	there := filepath.Join(a.home, "there.csv")
	if err := os.WriteFile(there, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	one := []string{"--company", "api.fiskl.com-1"}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"check", "--company", "Baker"}, exitUsage, "there is no journal of company \"Baker\"; there are:\n  api.fiskl.com-1 (Acme Ltd)\n"},
		{[]string{"check", "--company", "Acme Ltd"}, exitUsage, "there are several journals of company"},
		{[]string{"check", "now"}, exitUsage, `"now" is one`},
		{[]string{"check", "--head", "7"}, exitUsage, `--head "7" is not of the form LINE:HASH`},
		{[]string{"check", "--head", "1:" + strings.Repeat("a", 64)}, exitUsage, "there are several journals; say which with --company:"},
		{[]string{"check", "--sandbox"}, exitUsage, "the sandbox forgets its books"},
		{[]string{"export"}, exitUsage, "there are several journals; say which with --company:\n  api.fiskl.com-1 (Acme Ltd)\n  api.fiskl.com-2"},
		{append([]string{"export", "--format", "xlsx"}, one...), exitUsage, `--format "xlsx" is neither csv nor jsonl`},
		{append([]string{"export", "--from", "yesterday"}, one...), exitUsage, `--from "yesterday" is not a day such as 2026-01-31`},
		{append([]string{"export", "--to", "2026-02-30"}, one...), exitUsage, `--to "2026-02-30" is not a day`},
		{append([]string{"export", "--from", "2026-02-02", "--to", "2026-02-01"}, one...), exitUsage, "--from 2026-02-02 is after --to 2026-02-01"},
		{append([]string{"export", there}, one...), exitUsage, "HOME/there.csv is there already; --force writes over it"},
		{append([]string{"export", a.home}, one...), exitUsage, "is a folder"},
		{append([]string{"export", filepath.Join(there, "x")}, one...), exitFailed, "cannot be written: "},
		{append([]string{"export", filepath.Join(a.home, "no", "x.csv")}, one...), exitFailed, "HOME/no/x.csv cannot be written: "},
		{append([]string{"export", "a", "b"}, one...), exitUsage, "takes [FILE] and no more"},
	} {
		got := a.sees(append([]string{"journal"}, c.args...)...)
		if got.code != c.code || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: ") || !strings.Contains(filepath.ToSlash(got.err), c.want) {
			t.Errorf("%v: got %+v, want %q", c.args, got, c.want)
		}
	}
	if b, err := os.ReadFile(there); err != nil || string(b) != "mine" {
		t.Errorf("got %q, %v", b, err)
	}
	if got := a.sees(append([]string{"journal", "export", there, "--force"}, one...)...); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
	if b, err := os.ReadFile(there); err != nil || !bytes.HasPrefix(b, []byte("line,")) {
		t.Errorf("got %q, %v", b, err)
	}
	if got := a.sees(append([]string{"journal", "export", "--from", "2030-01-01"}, one...)...); got.code != exitOK || strings.Count(got.out, "\n") != 1 || !strings.HasPrefix(got.err, "0 changes of ") {
		t.Errorf("got %+v", got)
	}
}

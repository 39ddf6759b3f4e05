package journal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 18, 33, 0, 123e6, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) step(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// place is a path in a folder that is yet to be made.
func place(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "journal", "api.fiskl.com-501.jsonl")
}

// kinds are the paths of a journal on the disk and of one in memory.
func kinds(tb testing.TB) map[string]string {
	tb.Helper()
	return map[string]string{"disk": place(tb), "memory": ""}
}

func open(tb testing.TB, o journal.Options) *journal.Journal {
	tb.Helper()
	j, err := journal.Open(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = j.Close() })
	return j
}

// payment is an opening that others can be told from by its digest.
func payment(digest string) journal.Opening {
	return journal.Opening{
		Company: "Acme <GmbH>", Tool: "record_payment", Arguments: digest, Confirmation: "a person agreed",
		Write: fisklapi.Write{
			Operation: "record payment", Noun: "invoice", ID: "7", Name: "INV-7 “a\nb”", Amount: "12.50",
			Currency: "EUR", Date: "2026-11-22", Content: digest, Twins: []schemas.ID{"4", "5"},
		},
	}
}

func done(id int) fisklapi.Result {
	return fisklapi.Result{Outcome: fisklapi.Done, ID: schemas.ID(strconv.Itoa(id)), Name: "PAY-1", RequestID: "r-1"}
}

func begin(tb testing.TB, j *journal.Journal, digest string) string {
	tb.Helper()
	id, err := j.Begin(tb.Context(), payment(digest), nil)
	if err != nil {
		tb.Fatalf("begin %s: %v", digest, err)
	}
	return id
}

func end(tb testing.TB, j *journal.Journal, id string, r fisklapi.Result) {
	tb.Helper()
	if err := j.End(tb.Context(), id, r); err != nil {
		tb.Fatalf("end %s: %v", id, err)
	}
}

func entries(tb testing.TB, j *journal.Journal) []journal.Entry {
	tb.Helper()
	all, err := j.Entries(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func orphans(tb testing.TB, j *journal.Journal) []journal.Entry {
	tb.Helper()
	all, err := j.Orphans(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// told says in short what entries there are, such as "b a:done".
func told(all []journal.Entry) string {
	words := make([]string, len(all))
	for i, e := range all {
		words[i] = e.Arguments
		if !e.Open() {
			words[i] = fmt.Sprintf("%s:%s", e.Arguments, e.Result.Outcome)
		}
	}
	return strings.Join(words, " ")
}

func wantTold(tb testing.TB, what string, got []journal.Entry, want string) {
	tb.Helper()
	if told(got) != want {
		tb.Errorf("%s: got %q, want %q", what, told(got), want)
	}
}

func contents(tb testing.TB, path string) string {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

func write(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
}

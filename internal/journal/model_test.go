package journal_test

import (
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// model is what a journal should hold, and two processes at it.
type model struct {
	path    string
	clock   *clock
	open    [2]*journal.Journal
	names   [2]string       // of the processes, once they are known
	gone    map[string]bool // processes that closed
	steps   int
	entries []journal.Entry // oldest first
	wild    bool            // the clock was set back
}

func (m *model) reopen(t *rapid.T, n int) {
	if m.open[n] != nil {
		if err := m.open[n].Close(); err != nil {
			t.Fatal(err)
		}
		m.gone[m.names[n]] = true
		m.names[n] = ""
	}
	j, err := journal.Open(journal.Options{Path: m.path, Now: m.clock.Now, MaxSize: 1500, Listed: 1000})
	if err != nil {
		t.Fatal(err)
	}
	m.open[n] = j
}

func (m *model) begin(t *rapid.T) {
	n := m.pick(t)
	o := payment(rapid.StringMatching(`[a-z]{1,40}`).Draw(t, "digest"))
	o.Write.Amount = "" // reading amounts takes most of the time
	id, err := m.open[n].Begin(context.Background(), o, func(seen []journal.Entry) error {
		m.checkSeen(t, seen)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.names[n] == "" {
		m.names[n] = m.read(t, n)[0].Process
	}
	m.entries = append(m.entries, journal.Entry{ID: id, Begun: m.clock.Now(), Process: m.names[n], Opening: o})
}

func (m *model) end(t *rapid.T) {
	if len(m.entries) == 0 {
		t.Skip("nothing to end")
	}
	e := &m.entries[rapid.IntRange(0, len(m.entries)-1).Draw(t, "which")]
	r := fisklapi.Result{Outcome: rapid.SampledFrom([]fisklapi.Outcome{fisklapi.Done, fisklapi.NotDone, fisklapi.Unknown}).Draw(t, "outcome")}
	if err := m.open[m.pick(t)].End(context.Background(), e.ID, r); err != nil {
		t.Fatal(err)
	}
	if e.Open() || e.Result.Outcome == fisklapi.Unknown {
		e.Ended, e.Result = m.clock.Now(), r
	}
}

func (m *model) step(t *rapid.T) {
	hours := rapid.IntRange(-80, 200).Draw(t, "hours")
	m.wild = m.wild || hours < 0
	m.clock.step(time.Duration(hours) * time.Hour)
}

func (*model) pick(t *rapid.T) int { return rapid.IntRange(0, 1).Draw(t, "process") }

// checkSeen finds all that is open and recent, in its order, and nothing else.
func (m *model) checkSeen(t *rapid.T, seen []journal.Entry) {
	rest := seen
	for _, e := range m.entries {
		if len(rest) > 0 && reflect.DeepEqual(rest[0], e) {
			rest = rest[1:]
			continue
		}
		if e.Open() || !m.wild && !e.Begun.Before(m.clock.Now().Add(-journal.Window)) {
			t.Fatalf("a check did not see %s in %s", told([]journal.Entry{e}), told(seen))
		}
	}
	if len(rest) > 0 {
		t.Fatalf("a check saw %+v, which is not so", rest[0])
	}
}

func (m *model) read(t *rapid.T, n int) []journal.Entry {
	all, err := m.open[n].Entries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// agree compares what the processes read, by turns.
func (m *model) agree(t *rapid.T) {
	want := slices.Clone(m.entries)
	slices.Reverse(want)
	var orphans []string
	for _, e := range m.entries {
		if e.Open() && m.gone[e.Process] {
			orphans = append(orphans, e.ID)
		}
	}
	m.steps++
	if got := m.read(t, m.steps%2); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Fatalf("got %s, want %s", told(got), told(want))
	}
	left, err := m.open[(m.steps+1)%2].Orphans(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range left {
		got = append(got, e.ID)
	}
	if !slices.Equal(got, orphans) {
		t.Fatalf("orphans: got %v, want %v", got, orphans)
	}
}

// TestModel begins, ends, opens anew and moves the clock at random, with files
// that fill up soon: the journal always holds what a list would.
func TestModel(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		m := &model{path: filepath.Join(folder, strconv.Itoa(run), "a.jsonl"), clock: newClock(), gone: make(map[string]bool)}
		m.reopen(t, 0)
		m.reopen(t, 1)
		t.Repeat(map[string]func(*rapid.T){
			"begin":       m.begin,
			"begin again": m.begin,
			"end":         m.end,
			"reopen":      func(t *rapid.T) { m.reopen(t, m.pick(t)) },
			"step":        m.step,
			"":            m.agree,
		})
		for _, j := range m.open {
			if err := j.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

package fisklapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// moving is a list that changes while it is read: each page takes its time, and what it shows is the list at that moment.
type moving struct {
	tells   bool                // it says how many rows there are
	delays  [][]int             // of each page, by how often it was asked for: milliseconds
	changes []func([]any) []any // each is made at its moment
	moments []int               // milliseconds after the reading began
	mu      sync.Mutex
	rows    []any
	asked   map[int]int
}

func (m *moving) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	time.Sleep(m.delay(page))
	m.mu.Lock()
	list := shelf{rows: slices.Clone(m.rows)}
	m.mu.Unlock()
	if m.tells {
		list.wrap = says(func([]any, bool) map[string]any { return map[string]any{"total": len(list.rows)} })
	}
	list.ServeHTTP(w, r)
}

// delay is how long a page takes this time.
func (m *moving) delay(page int) time.Duration {
	m.mu.Lock()
	defer m.mu.Unlock()
	nth := m.asked[page]
	m.asked[page]++
	if page >= len(m.delays) || nth >= len(m.delays[page]) {
		return 0
	}
	return time.Duration(m.delays[page][nth])*time.Millisecond + time.Duration(page+1)*time.Microsecond
}

// slow has pages take these times from now on.
func (m *moving) slow(delays [][]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.delays, m.asked = delays, map[int]int{}
}

// begin lets the list change from now on.
func (m *moving) begin(ctx context.Context) {
	for i, change := range m.changes {
		go func() {
			select {
			case <-time.After(time.Duration(m.moments[i])*time.Millisecond + 500*time.Nanosecond):
				m.mu.Lock()
				defer m.mu.Unlock()
				m.rows = change(m.rows)
			case <-ctx.Done():
			}
		}()
	}
}

func inserted(id, at int) func([]any) []any {
	return func(rows []any) []any {
		return slices.Insert(slices.Clone(rows), min(at, len(rows)), any(map[string]any{"id": id, "name": "New " + strconv.Itoa(id)}))
	}
}

func deleted(at int) func([]any) []any {
	return func(rows []any) []any {
		at := min(at, len(rows)-1)
		return slices.Delete(slices.Clone(rows), at, at+1)
	}
}

// outcome is what came of reading a list that moved.
type outcome struct {
	got      []schemas.ID
	stayed   []schemas.ID // rows that were there all the time
	complete bool
	err      error
}

// lost are the rows that were there all the time and are not in an answer that says nothing of it.
func (o outcome) lost() (ids []schemas.ID) {
	if o.err != nil || !o.complete {
		return nil
	}
	for _, id := range o.stayed {
		if !slices.Contains(o.got, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (o outcome) twice() bool {
	sorted := slices.Clone(o.got)
	slices.Sort(sorted)
	return len(slices.Compact(sorted)) != len(o.got)
}

// readMoving reads a list while it changes; before that, once, where its length is to be known.
func readMoving(t *testing.T, m *moving, known bool) (o outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, end := context.WithCancel(t.Context())
		defer end()
		w := answered(t, m.ServeHTTP, func(o *fisklapi.Options) { o.Now = time.Now })
		before, delays := slices.Clone(m.rows), m.delays
		if known {
			m.slow(nil)
			if _, _, err := ids(ctx, w, schemas.PageArgs{All: true}); err != nil {
				t.Error(err)
			}
		}
		m.slow(delays)
		m.begin(ctx)
		got, list, err := ids(ctx, w, schemas.PageArgs{All: true})
		o = outcome{got: got, complete: list.Complete, err: err}
		time.Sleep(time.Second) // whatever changes, changes
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, row := range m.rows {
			if slices.ContainsFunc(before, func(was any) bool { return fmt.Sprint(was) == fmt.Sprint(row) }) {
				o.stayed = append(o.stayed, schemas.ID(fmt.Sprint(row.(map[string]any)["id"])))
			}
		}
	})
	return o
}

// drawMoving draws a list of a few pages, how long each page takes, and changes of these kinds.
func drawMoving(rt *rapid.T, insertions, deletions int) *moving {
	n := rapid.OneOf(rapid.IntRange(40, 320), rapid.SampledFrom([]int{50, 100, 150, 200, 250})).Draw(rt, "n")
	m := &moving{rows: numbered(n)}
	for range n/50 + 3 {
		m.delays = append(m.delays, rapid.SliceOfN(rapid.IntRange(0, 9), 3, 3).Draw(rt, "delays"))
	}
	for i := range rapid.IntRange(min(1, insertions), insertions).Draw(rt, "insertions") {
		m.changes = append(m.changes, inserted(9000+i, rapid.IntRange(0, n).Draw(rt, "at")))
		m.moments = append(m.moments, rapid.IntRange(0, 40).Draw(rt, "moment"))
	}
	for range rapid.IntRange(min(1, deletions), deletions).Draw(rt, "deletions") {
		m.changes = append(m.changes, deleted(rapid.IntRange(0, n-1).Draw(rt, "at")))
		m.moments = append(m.moments, rapid.IntRange(0, 40).Draw(rt, "moment"))
	}
	return m
}

// checkMoving reads lists into which rows are put, and out of which they are taken, at any place and any moment, pages side
// by side and one after the other: no row comes twice, and no more than may be are lost without a word.
func checkMoving(t *testing.T, in, out int, unseen func(*moving) int) {
	t.Helper()
	rapid.Check(t, func(rt *rapid.T) {
		m := drawMoving(rt, in, out)
		m.tells = rapid.Bool().Draw(rt, "tells")
		o := readMoving(t, m, rapid.Bool().Draw(rt, "known"))
		if lost := o.lost(); o.twice() || len(lost) > unseen(m) {
			rt.Fatalf("lost %v of %d, complete %t, twice %t, want at most %d lost unseen", lost, len(o.stayed), o.complete, o.twice(), unseen(m))
		}
	})
}

// TestListGrows finds that no row is lost unseen where rows are only put in.
func TestListGrows(t *testing.T) {
	t.Parallel()
	checkMoving(t, 4, 0, func(*moving) int { return 0 })
}

// TestListShrinks finds that none that stays is lost unseen where the API says how many rows there are, and else no more
// than were taken out: see TestUnseenDeletion.
func TestListShrinks(t *testing.T) {
	t.Parallel()
	checkMoving(t, 0, 3, func(m *moving) int {
		if m.tells {
			return 0
		}
		return len(m.changes)
	})
}

// TestListMoves does both at once.
func TestListMoves(t *testing.T) {
	t.Parallel()
	checkMoving(t, 3, 3, func(m *moving) int { return len(m.changes) })
}

// TestUnseenDeletion states what cannot be seen: where no total is told, a row that is taken out of a page that was read
// moves those behind it forward, and the first of the next page is in neither. The same history with a total is seen.
func TestUnseenDeletion(t *testing.T) {
	t.Parallel()
	for _, tells := range []bool{false, true} {
		m := &moving{rows: numbered(120), tells: tells, delays: [][]int{{0}, {9}, {9}}, changes: []func([]any) []any{deleted(9)}, moments: []int{5}}
		o := readMoving(t, m, false)
		if unseen := slices.Equal(o.lost(), []schemas.ID{"51"}); o.err != nil || unseen == tells || tells && o.complete {
			t.Errorf("total %t: lost %v unseen, complete %t and error %v", tells, o.lost(), o.complete, o.err)
		}
	}
}

// TestLookUpInListThatGrows looks a client up while a row is put in between two pages that come side by side, and it is in
// neither: that is said, and not that there is no such client.
func TestLookUpInListThatGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := &moving{rows: numbered(120), asked: map[int]int{}, changes: []func([]any) []any{inserted(9000, 0)}, moments: []int{5}}
		w := answered(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/v1/clients" {
				_, _ = fmt.Fprint(w, `{"id":50,"name":"Client 50"}`)
				return
			}
			m.ServeHTTP(w, r)
		}, func(o *fisklapi.Options) { o.Now = time.Now })
		ref := schemas.ClientRef{Client: "Client 50"}
		if _, err := w.Clients.Get(t.Context(), ref); err != nil { // and its pages come side by side from now on
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		m.slow([][]int{{9}, {0}, {0}})
		m.begin(t.Context())
		if _, err := w.Clients.Get(t.Context(), ref); !errors.Is(err, fisklapi.Ambiguous) || !strings.Contains(err.Error(), "changed while it was read") {
			t.Errorf("got %v, want it said that the list changed", err)
		}
		time.Sleep(time.Second) // what was given up ends
	})
}

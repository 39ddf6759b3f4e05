package fisklapi_test

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// faltering is a list of which one page fails a number of times.
type faltering struct {
	shelf

	page  int
	times int // how often it fails; negative means always
	fail  http.HandlerFunc

	mu    sync.Mutex
	asked []time.Time // for that page
}

func (f *faltering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("page") == strconv.Itoa(f.page) {
		f.mu.Lock()
		f.asked = append(f.asked, time.Now())
		fails := f.times < 0 || len(f.asked) <= f.times
		f.mu.Unlock()
		if fails {
			f.fail(w, r)
			return
		}
	}
	time.Sleep(time.Millisecond)
	f.shelf.ServeHTTP(w, r)
}

// status fails with a status and, where it is not empty, a Retry-After.
func status(code int, retryAfter string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		http.Error(w, `{"message":"not now"}`, code)
	}
}

// TestPageAheadFails has one of the pages fail that are asked for ahead: it is asked for again in its turn, not before the
// API wants it, and the answer is whole; one that keeps failing fails the whole answer.
func TestPageAheadFails(t *testing.T) {
	t.Parallel()
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	for name, test := range map[string]struct {
		fail  http.HandlerFunc
		times int
		least time.Duration // between the first time it is asked for and the second
		kind  fisklapi.Kind // empty when it succeeds in the end
		asked int
	}{
		"429 once":             {status(429, ""), 1, 0, "", 2},
		"429, then again":      {status(429, ""), 2, 0, "", 3},
		"429 with a wait":      {status(429, "3"), 1, 3 * time.Second, "", 2},
		"429 with a long wait": {status(429, "60"), 1, 0, fisklapi.RateLimited, 1},
		"503":                  {status(503, ""), 1, 0, "", 2},
		"503 with a wait":      {status(503, "2"), 1, 2 * time.Second, "", 2},
		"500":                  {status(500, ""), 1, 0, "", 2},
		"cut":                  {cut, 1, 0, "", 2},
		"429 for ever":         {status(429, "1"), -1, time.Second, fisklapi.RateLimited, 5},
		"503 for ever":         {status(503, ""), -1, 0, fisklapi.Unavailable, 5},
		"500 for ever":         {status(500, ""), -1, 0, fisklapi.Unavailable, 2},
		"cut for ever":         {cut, -1, 0, fisklapi.Unavailable, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				list := &faltering{shelf: shelf{rows: numbered(480)}, page: 6, times: test.times, fail: test.fail}
				got, page, err := ids(t.Context(), answered(t, list.ServeHTTP, passing()), schemas.PageArgs{All: true})
				switch {
				case test.kind != "" && (!errors.Is(err, test.kind) || len(got) > 0):
					t.Errorf("got %d rows and error %v, want %q and none", len(got), err, test.kind)
				case test.kind == "" && (err != nil || !slices.Equal(got, upTo(480)) || !page.Complete):
					t.Errorf("got %d rows, complete %t and error %v", len(got), page.Complete, err)
				}
				if len(list.asked) != test.asked {
					t.Errorf("asked for it %d times, want %d", len(list.asked), test.asked)
				}
				if len(list.asked) > 1 && list.asked[1].Sub(list.asked[0]) < test.least {
					t.Errorf("asked again after %s, want at least %s", list.asked[1].Sub(list.asked[0]), test.least)
				}
			})
		})
	}
}

// TestCancelledAhead gives a read up while pages are under way: nothing more is asked for, and nothing goes on behind it.
func TestCancelledAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, giveUp := context.WithCancel(t.Context())
		var mu sync.Mutex
		asked, under, most := 0, 0, 0
		w := answered(t, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			asked, under = asked+1, under+1
			most = max(most, under)
			stop := under == 3
			mu.Unlock()
			if stop {
				giveUp()
			}
			select {
			case <-r.Context().Done():
			case <-time.After(time.Second):
				shelf{rows: numbered(1000)}.ServeHTTP(w, r)
			}
			mu.Lock()
			defer mu.Unlock()
			under--
		}, passing())
		if _, _, err := ids(ctx, w, schemas.PageArgs{All: true}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it given up", err)
		}
		if stacks := all(); strings.Contains(stacks, "(*ahead).ask") {
			t.Errorf("something goes on:\n%s", stacks)
		}
		before := asked
		time.Sleep(time.Minute)
		if most < 3 || asked != before {
			t.Errorf("%d were under way at once, and %d asked for afterwards", most, asked-before)
		}
	})
}

// all is what every goroutine of this bubble does.
func all() string {
	b := make([]byte, 1<<20)
	b = b[:runtime.Stack(b, true)]
	bubble, _, _ := strings.Cut(string(b), "\n")
	_, own, _ := strings.Cut(bubble, "synctest bubble ")
	var stacks []string
	for one := range strings.SplitSeq(string(b), "\n\n") {
		if strings.Contains(strings.SplitN(one, "\n", 2)[0], "synctest bubble "+own) {
			stacks = append(stacks, one)
		}
	}
	return strings.Join(stacks, "\n\n")
}

// breaking panics when it carries a page.
type breaking struct {
	next http.RoundTripper
	page string
}

func (b breaking) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.Query().Get("page") == b.page {
		panic("page " + b.page)
	}
	return b.next.RoundTrip(req)
}

// TestPanicAhead holds that what panics in a page that is asked for ahead panics where its caller can see it.
func TestPanicAhead(t *testing.T) {
	t.Parallel()
	w := answered(t, shelf{rows: numbered(480)}.ServeHTTP, func(o *fisklapi.Options) { o.Transport = breaking{o.Transport, "6"} })
	defer func() {
		if p := recover(); p != "page 6" {
			t.Errorf("got panic %v", p)
		}
	}()
	_, _, err := ids(t.Context(), w, schemas.PageArgs{All: true})
	t.Errorf("it was read all the same, with error %v", err)
}

// TestEndedAhead holds that a read which fails gives up the pages that are under way behind the one that failed.
func TestEndedAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		under := 0
		began := time.Now()
		list := &faltering{shelf: shelf{rows: numbered(2000)}, page: 6, times: -1, fail: status(500, "")}
		w := answered(t, func(w http.ResponseWriter, r *http.Request) {
			if page, _ := strconv.Atoi(r.URL.Query().Get("page")); page > 6 {
				mu.Lock()
				under++
				mu.Unlock()
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					under--
				}()
				select {
				case <-r.Context().Done():
					return
				case <-time.After(20 * time.Second):
				}
			}
			list.ServeHTTP(w, r)
		}, passing())
		_, _, err := ids(t.Context(), w, schemas.PageArgs{All: true})
		took := time.Since(began)
		synctest.Wait()
		mu.Lock()
		defer mu.Unlock()
		if !errors.Is(err, fisklapi.Unavailable) || under > 0 || took > time.Second {
			t.Errorf("got %v after %s, and %d pages are under way", err, took, under)
		}
		beyond := 0
		for _, one := range w.tape.all() {
			if page, _ := strconv.Atoi(one.req.URL.Query().Get("page")); page > 6 {
				beyond++
			}
		}
		if beyond == 0 {
			t.Error("no page behind the one that failed was asked for")
		}
	})
}

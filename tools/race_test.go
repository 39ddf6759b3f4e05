package tools_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// together holds requests for an invoice back until all racers have made one,
// so that each of them sees it as it was.
func together(racers int) func(*http.Request) {
	var here sync.WaitGroup
	here.Add(racers)
	left := racers
	var mu sync.Mutex
	return func(r *http.Request) {
		mu.Lock()
		first := left > 0 && r.Method == http.MethodGet && (r.URL.Path == "/v1/invoices/5268" || r.URL.Path == "/v1/invoices/5253")
		if first {
			left--
		}
		mu.Unlock()
		if first {
			here.Done()
			here.Wait()
		}
	}
}

// race makes calls at once and returns how many said that they did it.
func race(t *testing.T, tool string, d []*desk, reqs []tools.Request) int {
	t.Helper()
	var racing sync.WaitGroup
	answers := make([]tools.Answer, len(reqs))
	wait := together(len(reqs))
	for i, req := range reqs {
		d[i].meddler.meddle(wait, nil)
		racing.Go(func() { answers[i] = d[i].request(t, tool, req) })
	}
	racing.Wait()
	done := 0
	for i, a := range answers {
		if a.Err == nil {
			d[i].valid(t, tool, a)
			done++
		} else if a.Defect {
			t.Errorf("%v", a.Err)
		}
	}
	return done
}

// TestRace replays a yes in two goroutines and at two processes at once, and
// lets two yeses to the same race: exactly one write reaches Fiskl.
func TestRace(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		args := byID(args)
		for _, w := range ways() {
			for name, c := range map[string]struct{ processes, yeses int }{
				"one yes": {1, 1}, "two yeses": {1, 2}, "one yes at two processes": {2, 1}, "two yeses at two processes": {2, 2},
			} {
				t.Run(tool+"/"+string(w)+"/"+name, func(t *testing.T) {
					t.Parallel()
					folder := t.TempDir()
					first := newDesk(t, tools.Options{}).beside(t, folder, nil)
					second := first
					if c.processes == 2 {
						second = first.beside(t, folder, nil)
					}
					proof := first.propose(t, w, tool, args)
					reqs := []tools.Request{agreed(t, w, args, proof), agreed(t, w, args, proof)}
					if c.yeses == 2 {
						reqs[1] = agreed(t, w, args, second.propose(t, w, tool, args))
					}
					done := race(t, tool, []*desk{first, second}, reqs)
					writes := first.writes()
					if c.processes == 2 {
						writes += second.writes()
					}
					if done != 1 || writes != 1 {
						t.Errorf("%d say that it is done, after %d writes", done, writes)
					}
				})
			}
		}
	}
}

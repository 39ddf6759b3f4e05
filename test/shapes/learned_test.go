package shapes_test

import (
	"flag"
	"net/http"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

var learned = flag.Bool("learned", false, "ask with what is learned of a shape over all of them, not a part")

// TestLearned asks everything over every shape as a person would after
// fiskl-mcp contract learn.
func TestLearned(t *testing.T) {
	t.Parallel()
	p := newPlain(t)
	var mu sync.Mutex
	counts := make(map[verdict]int)
	t.Cleanup(func() {
		all := 0
		for _, n := range counts {
			all += n
		}
		t.Logf("of %d calls: same %d, refused %d, texts %d, said %d, silent %d", all, counts[same], counts[refused], counts[texts], counts[said], counts[silent])
	})
	for i, s := range shapes() {
		if !*learned && i%quick != quick/2 { // others than TestShapes asks
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			r := p.over(t, s, taught(t, s.handler(p.sandbox)))
			for _, line := range r.silent {
				t.Errorf("silent: %s", line)
			}
			mu.Lock()
			defer mu.Unlock()
			for v, lines := range r.by {
				counts[v] += len(lines)
			}
		})
	}
}

// taught is what is learned of an API; nil where nothing can be.
func taught(t *testing.T, api http.Handler) *fisklapi.Dialect {
	t.Helper()
	source := learn.Over(func(moved []fisklapi.Endpoint) (*fisklapi.Client, error) {
		return fisklapi.New(fisklapi.Options{
			TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: api}, Rate: -1,
			MinorUnits: fisklapi.Hundredths, Now: present, Endpoints: moved,
		})
	})
	d, _, err := learn.Learn(t.Context(), source, learn.Options{Base: "http://127.0.0.1", Now: present()})
	if err != nil {
		t.Logf("nothing was learned: %v", err)
		return nil
	}
	return &d
}

package telemetry

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/fiskl-mcp/fiskl-mcp/internal/observe"
)

// TestForgotten holds that failed operations are not remembered for ever.
func TestForgotten(t *testing.T) {
	t.Parallel()
	tel, err := New(t.Context(), observe.Options{})
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		o := &observed{next: nowhere{}, telemetry: tel}
		remembered := func() (n int) {
			o.failed.Range(func(any, any) bool { n++; return true })
			return n
		}
		ctx, cancel := context.WithCancel(t.Context())
		for _, ctx := range []context.Context{ctx, ctx, context.WithoutCancel(ctx)} {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.example.com/v1/taxes", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if res, err := o.RoundTrip(req); err == nil {
				_ = res.Body.Close()
			}
		}
		if remembered() != 1 || o.resends(ctx) != 2 {
			t.Errorf("%d operations are remembered, one with %d attempts", remembered(), o.resends(ctx))
		}
		cancel()
		synctest.Wait()
		if n := remembered(); n != 0 {
			t.Errorf("%d operations are still remembered", n)
		}
	})
}

type nowhere struct{}

func (nowhere) RoundTrip(*http.Request) (*http.Response, error) { return nil, errors.New("nowhere") }

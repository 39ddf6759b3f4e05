package httpguard_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// TestRelease finds that who has an answer may go on at once, with the
// same id and the only slot: the next call is made while the answer leaves.
func TestRelease(t *testing.T) {
	t.Parallel()
	guard := newDesk().handler(t, true, func(o *httpguard.Options) { o.Limits = httpguard.Limits{Concurrent: 1} })
	var atFlush func()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard.ServeHTTP(&flushed{ResponseWriter: w, then: atFlush}, r)
	}))
	t.Cleanup(srv.Close)
	id := fetch(t, srv.Client(), initialize(`{}`).as("ann").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	call := func() {
		got := fetch(t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
			callLegacy(id, 1, "say", `{}`).as("ann").http(t.Context(), srv.URL))
		if got.status != http.StatusOK {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
	atFlush = func() {
		atFlush = nil
		call()
	}
	call()
	if atFlush != nil {
		t.Error("the answer was not flushed")
	}
}

// flushed does something before it is flushed.
type flushed struct {
	http.ResponseWriter
	then func()
}

func (f *flushed) Flush() {
	if f.then != nil {
		f.then()
	}
	_ = http.NewResponseController(f.ResponseWriter).Flush()
}

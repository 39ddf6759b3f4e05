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
	guard := guarded(newTools(), func(o *httpguard.Options) { o.Limits = httpguard.Limits{Concurrent: 1} })
	var atWrite func()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard.ServeHTTP(&writing{ResponseWriter: w, then: atWrite}, r)
	}))
	t.Cleanup(srv.Close)
	id := fetch(t, srv.Client(), initialize(`{}`).as("ann").http(t.Context(), srv.URL)).header.Get("Mcp-Session-Id")
	call := func() {
		got := fetch(t, &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
			callLegacy(id, 1, "echo", `{}`).as("ann").http(t.Context(), srv.URL))
		if got.status != http.StatusOK {
			t.Errorf("got %d %s", got.status, got.body)
		}
	}
	atWrite = func() {
		atWrite = nil
		call()
	}
	call()
	if atWrite != nil {
		t.Error("nothing was written")
	}
}

// writing does something before anything is written.
type writing struct {
	http.ResponseWriter
	then func()
}

func (w *writing) Write(p []byte) (int, error) {
	if w.then != nil {
		w.then()
		w.then = nil
	}
	return w.ResponseWriter.Write(p)
}

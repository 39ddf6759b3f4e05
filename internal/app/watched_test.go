package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// watched is a Fiskl over HTTP, with the demo company in it, that notes every
// request to change something.
type watched struct {
	t      *testing.T
	inside *sandbox.Server
	url    string

	mu      sync.Mutex
	written []string // "POST /v1/payments"
}

func watch(t *testing.T) *watched {
	t.Helper()
	w := &watched{t: t, inside: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}
	s := httptest.NewServer(w)
	t.Cleanup(s.Close)
	w.url = s.URL
	return w
}

func (w *watched) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.URL.Path != "/v1/invoices/preview" {
		w.mu.Lock()
		w.written = append(w.written, r.Method+" "+r.URL.Path)
		w.mu.Unlock()
	}
	w.inside.ServeHTTP(rw, r)
}

// settings point the program at it.
func (w *watched) settings(more ...string) []string {
	return append([]string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + w.url, "FISKL_RATE_LIMIT=0"}, more...)
}

// wrote fails unless exactly this was written so far.
func (w *watched) wrote(when string, want ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.written, want) {
		w.t.Errorf("%s: written so far %q, want %q", when, w.written, want)
	}
}

// change changes something behind the program's back and returns the id of the
// record.
func (w *watched) change(method, path, body string) int64 {
	w.t.Helper()
	r := httptest.NewRequestWithContext(w.t.Context(), method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	r.Header.Set("Content-Type", "application/json")
	rw := httptest.NewRecorder()
	w.inside.ServeHTTP(rw, r)
	var made struct {
		ID int64 `json:"id"`
	}
	if err := json.Unmarshal(rw.Body.Bytes(), &made); err != nil || rw.Code >= http.StatusBadRequest {
		w.t.Fatalf("%s %s: %d %s", method, path, rw.Code, rw.Body)
	}
	return made.ID
}

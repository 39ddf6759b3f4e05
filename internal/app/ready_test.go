package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

// moody is a Fiskl over HTTP that can be told how to answer, and counts the
// requests.
type moody struct {
	inside http.Handler
	status atomic.Int64 // 0 lets the sandbox answer
	asked  atomic.Int64
	url    string
}

func moodyAPI(t *testing.T) *moody {
	t.Helper()
	m := &moody{inside: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}
	s := httptest.NewServer(m)
	t.Cleanup(s.Close)
	m.url = s.URL
	return m
}

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.asked.Add(1)
	if status := m.status.Load(); status != 0 {
		w.WriteHeader(int(status))
		return
	}
	m.inside.ServeHTTP(w, r)
}

// TestReady finds that readiness is whether the API answers the server, and
// that however often it is asked the API is asked every ten seconds at most.
func TestReady(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env     []string
		args    []string
		refused bool // the API refuses what it is asked with
	}{
		"own key":     {[]string{"FISKL_API_KEY=" + sandbox.KeyOwner}, nil, false},
		"revoked key": {[]string{"FISKL_API_KEY=" + sandbox.KeyRevoked}, nil, true},
		"static":      {[]string{"FISKL_API_KEY=" + sandbox.KeyReadOnly}, []string{"--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw")}, false},
		"header":      {nil, []string{"--auth", "header"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := moodyAPI(t)
			h := receptive(t, append(c.env, "FISKL_BASE_URL="+api.url), c.args...)
			want := func(when string, ready bool, asked int64) {
				t.Helper()
				status, word := http.StatusOK, `{"status":"ready"}`
				if !ready {
					status, word = http.StatusServiceUnavailable, `{"status":"not ready","problem":"Fiskl's API does not answer, or refuses the key"}`
				}
				got := h.get(h.at("/readyz"))
				if got.status != status || got.body != word+"\n" || got.header.Get("Content-Type") != "application/json" || got.header.Get("Cache-Control") != "no-store" {
					t.Errorf("%s: got %d %s", when, got.status, got.body)
				}
				if was := api.asked.Swap(0); was != asked {
					t.Errorf("%s: the API was asked %d times, want %d", when, was, asked)
				}
			}
			want("at first", !c.refused, 1)
			for range 5 {
				want("soon after", !c.refused, 0)
			}
			h.clock.turn(10 * time.Second)
			api.status.Store(http.StatusInternalServerError)
			want("while the API is broken", false, 1)
			api.status.Store(0)
			want("soon after that", false, 0)
			h.clock.turn(10 * time.Second)
			want("when it is whole again", !c.refused, 1)
			h.end()
		})
	}
}

// TestNotReady finds that an API that cannot be reached, and a key that is not
// there, leave the endpoint up and not ready.
func TestNotReady(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, c := range map[string]struct{ env, args []string }{
		"unreachable":            {[]string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + gone.URL}, nil},
		"unreachable for header": {[]string{"FISKL_BASE_URL=" + gone.URL}, []string{"--auth", "header"}},
		"no key":                 {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := receptive(t, c.env, c.args...)
			if got := h.get(h.at("/readyz")); got.status != http.StatusServiceUnavailable {
				t.Errorf("got %d %s", got.status, got.body)
			}
			if got := h.get(h.at("/healthz")); got.status != http.StatusOK || got.body != `{"status":"ok"}`+"\n" {
				t.Errorf("got %d %s", got.status, got.body)
			}
			h.end()
		})
	}
}

// TestOtherPaths finds that nothing else is there, least of all what clients
// look for to sign in, and that JSON says so.
func TestOtherPaths(t *testing.T) {
	t.Parallel()
	for _, auth := range []string{config.AuthNone, config.AuthHeader} {
		h := receptive(t, nil, "--sandbox", "--auth", auth, "--metrics-listen", "127.0.0.1:0")
		for _, path := range []string{
			"/", "/metrics", "/mcp/", "/mcp/x", "/debug/pprof/", "/favicon.ico", "/healthz/x", "/register", "/authorize",
			"/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp",
			"/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/mcp/.well-known/openid-configuration",
		} {
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				got := h.send(method, h.at(path), "")
				if got.status != http.StatusNotFound || got.header.Get("Content-Type") != "application/json" || member(t, got.body, "error") == nil {
					t.Errorf("%s %s: got %d %s", method, path, got.status, got.body)
				}
			}
		}
		if got := h.send(http.MethodPost, h.at("/readyz"), ""); got.status != http.StatusNotFound && got.status != http.StatusMethodNotAllowed {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := h.get(h.metrics()); got.status != http.StatusOK || !strings.Contains(got.body, "fiskl_mcp_build_info") {
			t.Errorf("got %d %s", got.status, got.body)
		}
		if got := h.get(strings.TrimSuffix(h.metrics(), "/metrics") + mcpserver.Path); got.status != http.StatusNotFound {
			t.Errorf("the metrics' address also has the endpoint: %d %s", got.status, got.body)
		}
		h.end()
	}
}

package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestRefusal finds what a person is told of a host that is not the API, and
// that a key that a host repeats goes no further.
func TestRefusal(t *testing.T) {
	t.Parallel()
	const key = "fsk_ab-canary_1234"
	for name, c := range map[string]struct {
		kind, body string
		status     int
		want       string
	}{
		"a web page":  {"text/html", "<html>" + key, http.StatusOK, "a web page or a redirect answered instead of Fiskl's API (HTTP 200): see that FISKL_BASE_URL is right"},
		"a parrot":    {"application/json", `{"message":"Who is ` + key + `?"}`, http.StatusUnauthorized, "Who is fsk_…? (HTTP 401)"},
		"not a word":  {"application/json", `{}`, http.StatusUnauthorized, "Fiskl answers with HTTP 401 (unauthorized)"},
		"a redirect":  {"text/plain", "", http.StatusFound, "a web page or a redirect answered instead of Fiskl's API (HTTP 302)"},
		"no such key": {"application/json", `{"message":"No such key"}`, http.StatusUnauthorized, "No such key"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body) // who asked sees what is missing
			}))
			t.Cleanup(s.Close)
			base := "FISKL_BASE_URL=" + s.URL
			for command, got := range map[string]outcome{
				"login":          newHouse(t).with([]string{base}, key, "login"),
				"whoami":         newHouse(t).with([]string{base, "FISKL_API_KEY=" + key}, "", "whoami"),
				"contract check": newHouse(t).with([]string{base, "FISKL_API_KEY=" + key}, "", "contract", "check"),
			} {
				if got.code != exitFailed || !strings.Contains(got.out+got.err, c.want) || strings.Contains(got.out+got.err, "canary") {
					t.Errorf("%s: got %+v, want %q", command, got, c.want)
				}
			}
		})
	}
}

// TestDamaged finds that a sign-in that cannot be read is not said to be none,
// and that signing out takes it away.
func TestDamaged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	if got := h.run(sandbox.KeyOwner, "login"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	files, err := filepath.Glob(filepath.Join(h.state, "fiskl-mcp", "login", "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if err := os.WriteFile(files[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := h.run("", "whoami"); got.code != exitFailed || !strings.Contains(got.out, "source        fiskl-mcp login, which cannot be read\n") || !strings.Contains(got.out, "is damaged") {
		t.Errorf("got %+v", got)
	}
	got := h.run("", "logout")
	if got.code != exitOK || !strings.Contains(got.out, "It was not revoked, because it could not be read: the saved sign-in is damaged") || strings.Contains(got.out, "Run:") {
		t.Errorf("got %+v", got)
	}
	if kept := h.kept(); strings.Contains(kept, ".json") || strings.Contains(kept, ".key") {
		t.Errorf("there is still %s", kept)
	}
}

// TestKeyOnCommandLine finds that a key that was typed where none belongs is
// not repeated, and that its owner is told where to give it.
func TestKeyOnCommandLine(t *testing.T) {
	t.Parallel()
	const key = "fsk_ab-canary_1234"
	for _, args := range [][]string{
		{key},
		{"login", key},
		{"whoami", key},
		{"contract", key},
		{"contract", "check", key},
		{"contract", "diff", key},
		{"call", key},
		{"call", "list_taxes", key},
		{"login", "--" + key},
		{"install", "cursor", "--name", key},
	} {
		got := newHouse(t).run("", args...)
		if got.code == exitOK || strings.Contains(got.out+got.err, "canary") {
			t.Errorf("%q: got %+v", args, got)
		}
		if advice := "run fiskl-mcp login, and paste it there"; args[len(args)-1] == key && args[0] != "install" && !strings.Contains(got.err, advice) {
			t.Errorf("%q: got %+v, want %q", args, got, advice)
		}
	}
}

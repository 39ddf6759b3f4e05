package app

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestContractLearn finds that what differs is written down and used again, that
// it is not written over without a yes, and that an API that answers nothing
// leaves no file.
func TestContractLearn(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{})
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/company":
			w.WriteHeader(http.StatusNotFound)
			return
		case "/v1/me/company":
			r.URL.Path = "/v1/company"
		}
		inside.ServeHTTP(w, r)
	}))
	t.Cleanup(api.Close)
	file := filepath.Join(t.TempDir(), "learned.toml")
	env := []string{"FISKL_BASE_URL=" + api.URL, "FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_RATE_LIMIT=0"}
	got := try(t, env, "", "contract", "learn", "--out", file)
	if got.code != exitOK || !strings.Contains(got.out, "getCompany is at /v1/me/company") {
		t.Fatalf("got %+v", got)
	}
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), "/v1/me/company") || !strings.Contains(string(text), "learned = true") {
		t.Errorf("%v: %s", err, text)
	}
	if err := os.WriteFile(file, []byte("version = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := try(t, env, "", "contract", "learn", "--out", file, "--json"); got.code == exitOK || !strings.Contains(got.err, "--yes") || !strings.HasPrefix(got.out, "{") {
		t.Errorf("written over: %+v", got)
	}
	silent := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(silent.Close)
	other := filepath.Join(t.TempDir(), "none.toml")
	env[0] = "FISKL_BASE_URL=" + silent.URL
	if got := try(t, env, "", "contract", "learn", "--out", other); got.code == exitOK || !strings.Contains(got.err, "nothing was learned") {
		t.Errorf("learned of nothing: %+v", got)
	}
	if _, err := os.Stat(other); err == nil {
		t.Error("a file was written")
	}
}

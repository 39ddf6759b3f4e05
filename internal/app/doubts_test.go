package app

import (
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestDoubts finds that settings which work and are probably a mistake are said
// when the endpoint starts, and the usual ones are not.
func TestDoubts(t *testing.T) {
	t.Parallel()
	public := []string{"--auth", "header", "--public-url", "https://fiskl.example.com"}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a proxy that is not named":   {public, "FISKL_PUBLIC_URL is set and FISKL_TRUSTED_PROXIES is not"},
		"a name that is not told":     {[]string{"--auth", "header", "--trusted-proxies", "127.0.0.1"}, "FISKL_TRUSTED_PROXIES is set and FISKL_PUBLIC_URL is not"},
		"metrics for everybody":       {[]string{"--metrics-listen", "0.0.0.0:0"}, "FISKL_METRICS_LISTEN 0.0.0.0:0 is reached by others"},
		"metrics on every address":    {[]string{"--metrics-listen", ":0"}, "FISKL_METRICS_LISTEN :0 is reached by others"},
		"nothing":                     {nil, ""},
		"a proxy on this machine":     {append([]string{"--trusted-proxies", "127.0.0.1", "--metrics-listen", "127.0.0.1:0"}, public...), ""},
		"this machine by another way": {[]string{"--public-url", "http://localhost:8080"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := receptive(t, []string{"FISKL_STATE_DIR=" + t.TempDir()}, append([]string{"--sandbox"}, c.args...)...)
			h.end()
			said := h.log.String()
			if warned := strings.Contains(said, "WRN"); warned != (c.want != "") || !strings.Contains(said, c.want) {
				t.Errorf("got %s\nwant %q", said, c.want)
			}
		})
	}
}

// TestOpenStateFolder finds that a state folder into which others may write is
// told of, whichever way the server is started.
func TestOpenStateFolder(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	const want = "other users can write to the state folder"
	for mode, warned := range map[os.FileMode]bool{0o777: true, 0o770: true, 0o1777: true, 0o755: false, 0o700: false} {
		dir := filepath.Join(t.TempDir(), "state")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		bits := mode & os.ModePerm
		if mode&0o1000 != 0 {
			bits |= os.ModeSticky
		}
		if err := os.Chmod(dir, bits); err != nil {
			t.Fatal(err)
		}
		env := []string{"FISKL_STATE_DIR=" + dir}
		h := receptive(t, env, "--sandbox")
		h.end()
		if got := strings.Contains(h.log.String(), want); got != warned {
			t.Errorf("http, %o: got %t, want %t", mode, got, warned)
		}
		if got := strings.Contains(try(t, env, "", "stdio", "--sandbox").err, want); got != warned {
			t.Errorf("stdio, %o: got %t, want %t", mode, got, warned)
		}
	}
}

// TestMetricsHosts finds that a page in a browser cannot read the metrics under
// a name of its own, and that the ways in which they are scraped stay.
func TestMetricsHosts(t *testing.T) {
	t.Parallel()
	h := receptive(t, nil, "--sandbox", "--auth", "header", "--public-url", "https://fiskl.example.com", "--trusted-proxies", "127.0.0.1",
		"--metrics-listen", "127.0.0.1:0")
	url := h.metrics()
	for host, want := range map[string]int{
		"":                       http.StatusOK,
		"127.0.0.1:9090":         http.StatusOK,
		"10.1.2.3:9090":          http.StatusOK,
		"[::1]:9090":             http.StatusOK,
		"localhost":              http.StatusOK,
		"fiskl-mcp:9090":         http.StatusOK,
		"FISKL.example.com:9090": http.StatusOK,
		"rebound.example.net":    http.StatusForbidden,
		"rebound.example.net:90": http.StatusForbidden,
		"127.0.0.1.nip.io":       http.StatusForbidden,
	} {
		if got := h.send(http.MethodGet, url, "", "Host", host); got.status != want {
			t.Errorf("%q: got %d %s, want %d", host, got.status, got.body, want)
		}
	}
	h.end()
}

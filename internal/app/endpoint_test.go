package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

// TestWrongEndpoint finds that an endpoint which would let strangers in, or
// nobody, does not start, and that a sentence says what to do.
func TestWrongEndpoint(t *testing.T) {
	t.Parallel()
	tokens := tokensFile(t, "anna", "rw")
	open := tokensFile(t, "anna", "rw")
	if err := os.Chmod(open, 0o644); err != nil {
		t.Fatal(err)
	}
	cert, key := pair(t, t.TempDir(), "127.0.0.1")
	broken := filepath.Join(t.TempDir(), "broken")
	if err := os.WriteFile(broken, []byte("-----BEGIN CERTIFICATE-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	proxies := []string{"--trusted-proxies", "10.0.0.1", "--public-url", "https://fiskl.example.com"}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"none for others":            {[]string{"--listen", "0.0.0.0:0"}, "FISKL_AUTH none is for this machine only, and FISKL_LISTEN 0.0.0.0:0 is reached by others"},
		"none on every address":      {[]string{"--listen", ":0"}, "FISKL_AUTH none is for this machine only"},
		"none on every address of 6": {[]string{"--listen", "[::]:0"}, "FISKL_AUTH none is for this machine only"},
		"none by a name":             {[]string{"--listen", "fiskl.example.com:0"}, "FISKL_AUTH none is for this machine only"},
		"none behind a proxy":        {proxies, "FISKL_AUTH none is for this machine only, and FISKL_PUBLIC_URL or FISKL_TRUSTED_PROXIES lets others in"},
		"none under a public name":   {proxies[2:], "FISKL_AUTH none is for this machine only"},
		"none with TLS for others":   {[]string{"--listen", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key}, "FISKL_AUTH none is for this machine only"},
		"header in the clear":        {[]string{"--listen", "0.0.0.0:0", "--auth", "header"}, "keys would travel in the clear. Set FISKL_TLS_CERT and FISKL_TLS_KEY, or FISKL_TRUSTED_PROXIES"},
		"static in the clear":        {[]string{"--listen", "192.0.2.1:0", "--auth", "static", "--access-tokens-file", tokens}, "keys would travel in the clear"},
		"nameless":                   {[]string{"--listen", "0.0.0.0:0", "--auth", "header", "--tls-cert", cert, "--tls-key", key}, "says no name under which clients reach it. Set FISKL_PUBLIC_URL"},
		"static without tokens":      {[]string{"--auth", "static"}, "FISKL_AUTH static needs FISKL_ACCESS_TOKENS_FILE"},
		"tokens without static":      {[]string{"--access-tokens-file", tokens}, "FISKL_ACCESS_TOKENS_FILE is for FISKL_AUTH static, and FISKL_AUTH is none"},
		"tokens for all to read":     {[]string{"--auth", "static", "--access-tokens-file", open}, "can be read by others: chmod 600 "},
		"tokens that are gone":       {[]string{"--auth", "static", "--access-tokens-file", filepath.Join(t.TempDir(), "gone")}, "the access tokens cannot be used"},
		"an unknown way":             {[]string{"--auth", "oauth"}, `FISKL_AUTH "oauth" is neither none nor header nor static`},
		"no port":                    {[]string{"--listen", "127.0.0.1"}, `FISKL_LISTEN "127.0.0.1" is not of the form HOST:PORT`},
		"no number":                  {[]string{"--listen", "127.0.0.1:http"}, `FISKL_LISTEN "127.0.0.1:http" is not of the form HOST:PORT`},
		"no such port":               {[]string{"--listen", "127.0.0.1:65536"}, `FISKL_LISTEN "127.0.0.1:65536" is not of the form HOST:PORT`},
		"metrics nowhere":            {[]string{"--metrics-listen", "9090"}, `FISKL_METRICS_LISTEN "9090" is not of the form HOST:PORT`},
		"any origin":                 {[]string{"--allowed-origins", "*"}, `FISKL_ALLOWED_ORIGINS "*" is not a list of origins`},
		"no origin":                  {[]string{"--allowed-origins", "null"}, `FISKL_ALLOWED_ORIGINS "null" is not a list of origins`},
		"an address for an origin":   {[]string{"--allowed-origins", "https://a.example,https://b.example/path"}, "is not a list of origins"},
		"a key for an origin":        {[]string{"--allowed-origins", "fsk_abcDEF123"}, "FISKL_ALLOWED_ORIGINS (not shown, for it holds a key)"},
		"no network":                 {[]string{"--trusted-proxies", "proxy.example.com"}, "is not a list of addresses or networks"},
		"half a network":             {[]string{"--trusted-proxies", "10.0.0.0/33"}, "is not a list of addresses or networks"},
		"everybody a proxy":          {[]string{"--trusted-proxies", "0.0.0.0/0"}, "has a network that strangers are in"},
		"everybody of IPv6":          {[]string{"--trusted-proxies", "::/0"}, "has a network that strangers are in"},
		"everybody of 4 within 6":    {[]string{"--trusted-proxies", "::ffff:0.0.0.0/96"}, "has a network that strangers are in"},
		"half of everybody":          {[]string{"--trusted-proxies", "128.0.0.0/1"}, "has a network that strangers are in"},
		"all that is global":         {[]string{"--trusted-proxies", "10.1.2.3,2000::/3"}, "has a network that strangers are in"},
		"no address at all":          {[]string{"--trusted-proxies", "0.0.0.0"}, "has a network that strangers are in"},
		"a public path":              {[]string{"--public-url", "https://fiskl.example.com/books"}, "is not of the form https://host"},
		"a public password":          {[]string{"--public-url", "https://a:b@fiskl.example.com"}, "is not of the form https://host"},
		"public in the clear":        {[]string{"--public-url", "http://fiskl.example.com"}, "is not of the form https://host"},
		"a name alone":               {[]string{"--public-url", "fiskl.example.com"}, "is not of the form https://host"},
		"a certificate alone":        {[]string{"--tls-cert", cert}, "and FISKL_TLS_KEY go together"},
		"a key alone":                {[]string{"--tls-key", key}, "and FISKL_TLS_KEY go together"},
		"a broken certificate":       {[]string{"--tls-cert", broken, "--tls-key", key}, "FISKL_TLS_CERT and FISKL_TLS_KEY: "},
		"the two swapped":            {[]string{"--tls-cert", key, "--tls-key", cert}, "FISKL_TLS_CERT and FISKL_TLS_KEY: "},
		"a certificate that is gone": {[]string{"--tls-cert", filepath.Join(t.TempDir(), "gone"), "--tls-key", key}, "FISKL_TLS_CERT and FISKL_TLS_KEY: "},
		"no calls at all":            {[]string{"--caller-concurrency", "0"}, `FISKL_CALLER_CONCURRENCY "0" lets nobody call`},
		"few calls":                  {[]string{"--caller-concurrency", "few"}, `FISKL_CALLER_CONCURRENCY "few" is neither a whole number nor off`},
		"backwards":                  {[]string{"--caller-rate", "-1"}, `FISKL_CALLER_RATE "-1" is not a number of requests a second`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, nil, "", append([]string{"http", "--sandbox"}, c.args...)...)
			if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp-server: ") || !strings.Contains(got.err, c.want) || strings.Contains(got.err, "abcDEF123") {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}

// TestOwnKeyUnused finds that with keys that callers bring, a key of the
// server's own or several companies stop the start: which of them was meant
// could not be told.
func TestOwnKeyUnused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const key = "fsk_abcDEF123"
	one := "[companies.acme]\napi_key = \"" + key + "\"\n"
	for name, c := range map[string]struct {
		env  []string
		want string
	}{
		"a variable":        {[]string{"FISKL_API_KEY=" + key}, "with FISKL_AUTH header every caller brings a key, and FISKL_API_KEY would be used by nobody"},
		"a file":            {[]string{"FISKL_API_KEY_FILE=" + write("key", key)}, "FISKL_API_KEY_FILE would be used by nobody"},
		"a malformed key":   {[]string{"FISKL_API_KEY=abcDEF123"}, "FISKL_API_KEY would be used by nobody"},
		"one company":       {[]string{"FISKL_CONFIG=" + write("one.toml", one)}, "companies.acme.api_key in " + filepath.Join(dir, "one.toml") + " would be used by nobody"},
		"a named variable":  {[]string{"ACME=" + key, "FISKL_CONFIG=" + write("env.toml", "[companies.acme]\napi_key_env = \"ACME\"\n")}, "companies.acme.api_key_env in "},
		"several companies": {[]string{"FISKL_CONFIG=" + write("two.toml", one+"[companies.bolt]\nread_only = true\n")}, "every caller's key says which company it is, and the settings file has several"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, c.env, "", "http", "--auth", "header", "--listen", "127.0.0.1:0")
			if got.code != exitUsage || got.out != "" || !strings.Contains(got.err, c.want) || strings.Contains(got.err, "abcDEF123") {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}

// TestStartLine finds that the one line on standard output connects a client.
func TestStartLine(t *testing.T) {
	t.Parallel()
	cert, key := pair(t, t.TempDir(), "127.0.0.1")
	for name, c := range map[string]struct {
		args []string
		want string // with URL for the address that it got
	}{
		"none":   {nil, "claude mcp add --transport http fiskl http://URL/mcp"},
		"header": {[]string{"--auth", "header"}, `claude mcp add --transport http fiskl http://URL/mcp --header "X-Fiskl-Api-Key: fsk_…"`},
		"static": {[]string{"--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw")}, `claude mcp add --transport http fiskl http://URL/mcp --header "Authorization: Bearer <token>"`},
		"TLS":    {[]string{"--tls-cert", cert, "--tls-key", key}, "claude mcp add --transport http fiskl https://URL/mcp"},
		"public": {[]string{"--auth", "header", "--public-url", "https://fiskl.example.com/"}, `claude mcp add --transport http fiskl https://fiskl.example.com/mcp --header "X-Fiskl-Api-Key: fsk_…"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := receptive(t, nil, append([]string{"--sandbox"}, c.args...)...)
			at := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(h.url, "https://"), "http://"), mcpserver.Path)
			if want := strings.Replace(c.want, "URL", at, 1); h.line != want {
				t.Errorf("got %s\nwant %s", h.line, want)
			}
			h.end()
		})
	}
}

// TestTakenAddress finds that an address that is in use is a failure, of the
// endpoint's and of the metrics'.
func TestTakenAddress(t *testing.T) {
	t.Parallel()
	h := receptive(t, nil, "--sandbox")
	taken := strings.TrimSuffix(strings.TrimPrefix(h.url, "http://"), mcpserver.Path)
	for _, args := range [][]string{{"--listen", taken}, {"--listen", "127.0.0.1:0", "--metrics-listen", taken}} {
		got := try(t, nil, "", append([]string{"http", "--sandbox"}, args...)...)
		if got.code != exitFailed || got.out != "" || !strings.Contains(got.err, "fiskl-mcp-server: listen on "+taken) {
			t.Errorf("%v: got %+v", args, got)
		}
	}
	h.end()
}

// TestCredentials finds that keys and tokens are taken from the folder in which
// systemd puts them, where their mode shows its access list, and from no other.
func TestCredentials(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("needs root, who alone can make such files")
	}
	dir := t.TempDir()
	key, tokens := filepath.Join(dir, "api-key"), filepath.Join(dir, "access-tokens")
	if err := os.WriteFile(key, []byte("fsk_sandboxOwner\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	writeTokens(t, tokens, "anna", "rw")
	for _, path := range []string{key, tokens} {
		if err := os.Chmod(path, 0o440); err != nil {
			t.Fatal(err)
		}
	}
	w := watch(t)
	env := []string{"FISKL_API_KEY_FILE=" + key, "FISKL_ACCESS_TOKENS_FILE=" + tokens, "FISKL_BASE_URL=" + w.url}
	h := receptive(t, append(env, "CREDENTIALS_DIRECTORY="+dir), "--auth", "static")
	if a := h.bearing("token-of-anna").told("list_taxes", `{}`); a.failed {
		t.Errorf("got %+v", a)
	}
	h.end()
	if got := try(t, env, "", "http", "--auth", "static"); got.code != exitUsage || !strings.Contains(got.err, "can be read by others: chmod 600") {
		t.Errorf("got %+v", got)
	}
	if got := try(t, env, "", "call", "list_taxes"); got.code != exitFailed || !strings.Contains(got.err, "can be read by others (mode 0440)") {
		t.Errorf("got %+v", got)
	}
}

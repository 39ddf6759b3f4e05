package app

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// canary is a key that no text may ever hold.
const canary = "fsk_canaryDEF456"

// written is a settings file that only its owner can read.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBadFiles finds that every mistake in the settings file stops the start
// with a sentence that names the file and the place, and shows no key.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	const key = "[companies.acme]\napi_key = '" + canary + "'\n"
	for _, c := range [][2]string{
		{"timeout", ": line 1 cannot be read as TOML"},
		{"timeout = 30s", ": line 1 cannot be read as TOML"},
		{key + "api_key = '" + canary + "'", ": line 3 cannot be read as TOML"},
		{"\n[companies.acme]\napi_key = " + canary, ": line 3 cannot be read as TOML"},
		{"[companies.acme]\napi_key = '" + canary, ": line 2 cannot be read as TOML"},
		{canary + " = 1", ": a name that holds a key (not shown) is not a setting; the nearest: "},
		{"timeuot = '30s'", ": timeuot is not a setting; the nearest: timeout, "},
		{"config = 'other.toml'", ": config is not a setting; the nearest: "},
		{"FISKL_TIMEOUT = '30s'", ": FISKL_TIMEOUT is not a setting; the nearest: timeout, "},
		{"api_key = '" + canary + "'", ": api_key belongs to one company: write it into its table, such as [companies.acme]\n"},
		{"api_key_env = 'KEY'", ": api_key_env is not a setting"},
		{"sandbox = true", ": sandbox belongs to one company"},
		{key + "timeuot = '30s'", ": companies.acme.timeuot is not a setting; the nearest: timeout, "},
		{key + "log_level = 'debug'", ": companies.acme.log_level belongs at the top of the file: it is for the whole program\n"},
		{key + "toolsets = ['context']", ": companies.acme.toolsets belongs at the top of the file"},
		{key + canary + " = 1", ": a name that holds a key (not shown) is not a setting"},
		{"companies = ['acme']", ": companies must be tables such as [companies.acme]"},
		{"[[companies]]\nname = 'acme'", ": companies must be tables such as [companies.acme]"},
		{"companies.acme = '" + canary + "'", ": companies.acme must be a table: [companies.acme]"},
		{"[companies.Acme]", `: company "Acme": a company's name has at most 32 small letters, digits, - and _`},
		{"[companies.'a b']", `: company "a b": `},
		{"[companies.'']", `: company "": `},
		{"[companies." + strings.Repeat("a", 33) + "]", ": company \"aaa"},
		{"[companies." + canary + "]", ": company (not shown, for it holds a key): "},
		{"timeout = ['30s']", ": timeout must be one value: text in quotes, a number, true or false"},
		{"timeout = {a = 1}", ": timeout must be one value"},
		{"timeout = 2026-11-22", ": timeout must be one value"},
		{"timeout = 30", `: timeout "30" is not a duration such as 30s`},
		{"timeout = false", `: timeout "false" is not a duration`},
		{"charts = 'maybe'", `: charts "maybe" is neither true nor false`},
		{"log_level = 'loud'", `: log_level "loud" is none of debug, info, warn, error`},
		{"toolsets = [['context']]", ": toolsets must be text in quotes, or a list or table of such that is not empty"},
		{"toolsets = []", ": toolsets must be text in quotes, or a list or table"},
		{"max_amount = {GBP = 5000.00}", ": max_amount must be text in quotes, or a list or table"},
		{"max_amount = {}", ": max_amount must be text in quotes, or a list or table"},
		{"max_amount = {pounds = 5000}", `: max_amount "pounds=5000" is not a list such as GBP=5000,EUR=4000.00, nor off`},
		{"max_amount = {GBP = 1, gbp = 2}", `: max_amount "GBP=1,gbp=2" names GBP twice`},
		{"max_sends_per_day = 2.5", `: max_sends_per_day "2.5" is neither a whole number nor off`},
		{"state_dir = '" + canary + "/x'\ncharts = 2", ": charts \"2\" is neither"},
		{"base_url = '" + canary + "'", ": base_url (not shown"},
		{"minor_units = '" + canary + "'", ": minor_units (not shown"},
		{"confirm = '" + canary + "'", ": confirm (not shown, for it holds a key) is none of person, ask, token, off"},
		{"profile = 'acme'", `: profile "acme" names a company, and there are none in a settings file`},
		{key + "confirm = true", `: companies.acme.confirm "true" is none of person, ask, token, off`},
		{key + "read_only = 'maybe'", `: companies.acme.read_only "maybe" is neither true nor false`},
		{key + "base_url = 'http://192.0.2.1'", `: companies.acme.base_url "http://192.0.2.1" must be https`},
		{key + "api_key_env = 'KEY'", "companies.acme.api_key in FILE and companies.acme.api_key_env in FILE are both set"},
		{key + "[companies.harbour]\napi_key='" + canary + "'", "acme and harbour have the same API key, so they are one company"},
	} {
		text, want := c[0], c[1]
		t.Run(strings.ReplaceAll(text, canary, "KEY"), func(t *testing.T) {
			t.Parallel()
			path := written(t, text)
			if want[0] == ':' {
				want = path + want
			}
			got := try(t, []string{"FISKL_CONFIG=" + path}, "", "tools")
			if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: "+strings.ReplaceAll(want, "FILE", path)) {
				t.Errorf("got %+v, want %q", got, want)
			}
			if strings.Contains(got.err, "canary") {
				t.Errorf("a key is in %q", got.err)
			}
		})
	}
}

// TestUnreadableFiles finds what is said of a settings file that cannot be
// read, or that others can.
func TestUnreadableFiles(t *testing.T) {
	t.Parallel()
	open := written(t, "[companies.acme]\napi_key = '"+canary+"'\n")
	if err := os.Chmod(open, 0o640); err != nil {
		t.Fatal(err)
	}
	gone := filepath.Join(t.TempDir(), "gone.toml")
	for name, c := range map[string]struct{ path, want string }{
		"missing":  {gone, "the settings file cannot be read: open " + gone},
		"a folder": {t.TempDir(), "the settings file cannot be read: "},
		"a key":    {canary, "FISKL_CONFIG holds a key and not the name of a file"},
		"open":     {open, "the file " + open + " can be read by others (mode 0640). Run: chmod 600 " + open},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "open" && runtime.GOOS == "windows" {
				t.Skip("needs file modes, which Windows lacks")
			}
			for _, got := range []outcome{
				try(t, []string{"FISKL_CONFIG=" + c.path}, "", "tools"),
				try(t, nil, "", "tools", "--config", c.path),
			} {
				if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: "+c.want) || strings.Contains(got.err, "canary") {
					t.Errorf("got %+v, want %q", got, c.want)
				}
			}
		})
	}
}

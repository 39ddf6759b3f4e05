package app

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// TestWrongSettings finds that every wrong value stops the start with a
// sentence that names its setting.
func TestWrongSettings(t *testing.T) {
	t.Parallel()
	for pair, want := range map[string]string{
		"FISKL_SANDBOX=maybe":                       `FISKL_SANDBOX "maybe" is neither true nor false`,
		"FISKL_READ_ONLY=2":                         `FISKL_READ_ONLY "2" is neither true nor false`,
		"FISKL_LOG_LEVEL=loud":                      `FISKL_LOG_LEVEL "loud" is none of`,
		"FISKL_TIMEOUT=30":                          `FISKL_TIMEOUT "30" is not a duration`,
		"FISKL_TIMEOUT=-1s":                         `FISKL_TIMEOUT "-1s" is not a duration`,
		"FISKL_RATE_LIMIT=fast":                     `FISKL_RATE_LIMIT "fast" is not a number`,
		"FISKL_RATE_LIMIT=-1":                       `FISKL_RATE_LIMIT "-1" is not a number`,
		"FISKL_RATE_LIMIT=NaN":                      `FISKL_RATE_LIMIT "NaN" is not a number`,
		"FISKL_RATE_LIMIT=1e9":                      `FISKL_RATE_LIMIT "1e9" is not a number`,
		"FISKL_RATE_LIMIT=Inf":                      `FISKL_RATE_LIMIT "Inf" is not a number`,
		"FISKL_MINOR_UNITS=cents":                   `FISKL_MINOR_UNITS "cents" is neither`,
		"FISKL_TOOLSETS=invoicing,invoces":          `FISKL_TOOLSETS: there is no toolset "invoces"`,
		"FISKL_BASE_URL=api.fiskl.com":              `FISKL_BASE_URL "api.fiskl.com" is not of the form`,
		"FISKL_BASE_URL=http://api.fiskl.com":       `FISKL_BASE_URL "http://api.fiskl.com" must be https`,
		"FISKL_BASE_URL=https://a:b@api.fiskl.com":  "FISKL_BASE_URL ",
		"FISKL_BASE_URL=http://127.evil.example/v1": `FISKL_BASE_URL "http://127.evil.example/v1" must be https`,
		"FISKL_BASE_URL=fsk_abcDEF123":              "FISKL_BASE_URL (not shown",
		"FISKL_DRY_RUN=perhaps":                     `FISKL_DRY_RUN "perhaps" is neither true nor false`,
		"FISKL_CONFIRM=yes":                         `FISKL_CONFIRM "yes" is none of person, ask, token, off`,
		"FISKL_CONFIRM=fsk_abcDEF123":               `FISKL_CONFIRM (not shown, for it holds a key) is none of`,
		"FISKL_MAX_SENDS_PER_DAY=many":              `FISKL_MAX_SENDS_PER_DAY "many" is neither a whole number nor off`,
		"FISKL_MAX_SENDS_PER_DAY=-1":                `FISKL_MAX_SENDS_PER_DAY "-1" is neither`,
		"FISKL_MAX_PAYMENTS_PER_DAY=2.5":            `FISKL_MAX_PAYMENTS_PER_DAY "2.5" is neither`,
		"FISKL_MAX_PAYMENTS_PER_DAY=1e3":            `FISKL_MAX_PAYMENTS_PER_DAY "1e3" is neither`,
		"FISKL_MAX_PAYMENTS_PER_DAY=99999999999":    `FISKL_MAX_PAYMENTS_PER_DAY "99999999999" is neither`,
		"FISKL_MAX_AMOUNT=5000":                     `FISKL_MAX_AMOUNT "5000" is not a list such as GBP=5000,EUR=4000.00, nor off`,
		"FISKL_MAX_AMOUNT=£5000":                    `FISKL_MAX_AMOUNT "£5000" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=":                     `FISKL_MAX_AMOUNT "GBP=" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=5,000.00":             `FISKL_MAX_AMOUNT "GBP=5,000.00" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=1e9":                  `FISKL_MAX_AMOUNT "GBP=1e9" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=-1":                   `FISKL_MAX_AMOUNT "GBP=-1" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=1,":                   `FISKL_MAX_AMOUNT "GBP=1," is not a list`,
		"FISKL_MAX_AMOUNT=GBPS=1":                   `FISKL_MAX_AMOUNT "GBPS=1" is not a list`,
		"FISKL_MAX_AMOUNT=GBP=1,EUR=2,gbp=3":        `FISKL_MAX_AMOUNT "GBP=1,EUR=2,gbp=3" names GBP twice`,
		"FISKL_STATE_DIR=state":                     `FISKL_STATE_DIR "state" is not the full path of a folder`,
		"FISKL_JOURNAL_RETENTION=7":                 `FISKL_JOURNAL_RETENTION "7" is not a time such as 7y or 90d, nor off`,
		"FISKL_JOURNAL_RETENTION=y":                 `FISKL_JOURNAL_RETENTION "y" is not a time`,
		"FISKL_JOURNAL_RETENTION=-7y":               `FISKL_JOURNAL_RETENTION "-7y" is not a time`,
		"FISKL_JOURNAL_RETENTION=7.5y":              `FISKL_JOURNAL_RETENTION "7.5y" is not a time`,
		"FISKL_JOURNAL_RETENTION=6m":                `FISKL_JOURNAL_RETENTION "6m" is not a time`,
		"FISKL_JOURNAL_RETENTION=101y":              `FISKL_JOURNAL_RETENTION "101y" is not a time`,
		"FISKL_JOURNAL_RETENTION=29d":               `FISKL_JOURNAL_RETENTION "29d" is less than 30d`,
		"FISKL_JOURNAL_RETENTION=0d":                `FISKL_JOURNAL_RETENTION "0d" is less than 30d`,
		"FISKL_PROFILE=acme":                        `FISKL_PROFILE "acme" names a company, and there are none in a settings file`,
		"FISKL_CONFIG=gone.toml":                    `the settings file cannot be read: open gone.toml`,
		"FISKL_TOKEN_STORE=vault":                   `FISKL_TOKEN_STORE "vault" is none of auto, keychain, file`,
		"FISKL_OAUTH_ISSUER=http://evil.example":    `FISKL_OAUTH_ISSUER "http://evil.example" must be https; http is for loopback`,
		"FISKL_OAUTH_TOKEN_URL=token":               `FISKL_OAUTH_TOKEN_URL "token" is not of the form https://host/path`,
		"FISKL_OAUTH_REVOKE_URL=https://a:b@c":      `FISKL_OAUTH_REVOKE_URL (not shown, because it may hold a password) must not hold`,
		"FISKL_OAUTH_REDIRECT_PORT=0":               `FISKL_OAUTH_REDIRECT_PORT "0" is not the number of a port`,
		"FISKL_OAUTH_REDIRECT_PORT=65536":           `FISKL_OAUTH_REDIRECT_PORT "65536" is not the number of a port`,
		"FISKL_READONLY=true":                       "FISKL_READONLY is not a setting of this version; the nearest: FISKL_READ_ONLY, ",
	} {
		t.Run(pair, func(t *testing.T) {
			t.Parallel()
			for _, command := range [][]string{{"stdio"}, {"tools"}, {"call", "get_context"}} {
				got := try(t, []string{pair}, "", command...)
				if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: "+want) {
					t.Errorf("%v: got %+v, want %q", command, got, want)
				}
			}
		})
	}
}

// TestOrder finds that flags win over the environment, that the environment
// wins over what is built in, and that an empty value means unset.
func TestOrder(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		env  []string
		args []string
		want string // the mode that get_context tells
	}{
		"environment":        {[]string{"FISKL_SANDBOX=1", "FISKL_READ_ONLY=true"}, nil, "a made-up company, read-only"},
		"flags":              {nil, []string{"--sandbox", "--read-only"}, "a made-up company, read-only"},
		"flag over variable": {[]string{"FISKL_SANDBOX=0", "FISKL_CONFIRM=off"}, []string{"--sandbox", "--confirm", "token"}, "a made-up company, sends and payments need the person's yes, by token"},
		"caution over flag":  {[]string{"FISKL_SANDBOX=1", "FISKL_READ_ONLY=true"}, []string{"--read-only=false"}, "a made-up company, read-only"},
		"empty is unset":     {[]string{"FISKL_SANDBOX=1", "FISKL_READ_ONLY=", "FISKL_TIMEOUT=", "FISKL_BOGUS=", "FISKL_CONFIRM=", "OTHER=1"}, nil, "a made-up company, sends and payments need the person's yes"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, c.env, "", append([]string{"call", "get_context"}, c.args...)...)
			if got.code != exitOK || !strings.Contains(got.out, "\nmode\tsandbox: "+c.want+"\n") {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestKey finds what is said of a key that cannot be used, and that it is
// never shown.
func TestKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string, mode os.FileMode) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const whole = "fsk_abcDEF123"
	cases := map[string]struct {
		env  []string
		want string // empty when the key can be used
	}{
		"none":            {nil, "no API key is set. Set FISKL_API_KEY"},
		"a key":           {[]string{"FISKL_API_KEY=" + whole}, ""},
		"with a line end": {[]string{"FISKL_API_KEY= " + whole + "\n"}, ""},
		"of another kind": {[]string{"FISKL_API_KEY=sk-abcDEF123"}, "FISKL_API_KEY does not hold a Fiskl API key"},
		"cut off":         {[]string{"FISKL_API_KEY=fsk_abc"}, "FISKL_API_KEY does not hold a Fiskl API key"},
		"not replaced":    {[]string{"FISKL_API_KEY=${FISKL_API_KEY:-}"}, "FISKL_API_KEY holds a placeholder"},
		"file":            {[]string{"FISKL_API_KEY_FILE=" + write("good", whole+"\n", 0o600)}, ""},
		"file for all":    {[]string{"FISKL_API_KEY_FILE=" + write("open", whole, 0o644)}, "can be read by others (mode 0644). Run: chmod 600 "},
		"file missing":    {[]string{"FISKL_API_KEY_FILE=" + filepath.Join(dir, "gone")}, "the file of FISKL_API_KEY_FILE cannot be read"},
		"file empty":      {[]string{"FISKL_API_KEY_FILE=" + write("empty", "\n", 0o600)}, "the file of FISKL_API_KEY_FILE is empty"},
		"blank":           {[]string{"FISKL_API_KEY= "}, "FISKL_API_KEY is empty"},
		"file of another": {[]string{"FISKL_API_KEY_FILE=" + write("bad", "password1", 0o600)}, "the file of FISKL_API_KEY_FILE does not hold a Fiskl API key"},
		"file is folder":  {[]string{"FISKL_API_KEY_FILE=" + dir}, "FISKL_API_KEY_FILE names a folder"},
		"file is a key":   {[]string{"FISKL_API_KEY_FILE=" + whole}, "FISKL_API_KEY_FILE holds a key and not the name of a file"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "file for all" && runtime.GOOS == "windows" {
				t.Skip("needs file modes, which Windows lacks")
			}
			all, err := config.Read(environment{env: c.env}.outside(), nil)
			if err != nil || len(all.Companies) != 1 {
				t.Fatal(err)
			}
			cfg := all.Companies[0]
			if c.want == "" {
				if cfg.Key.Reveal() != whole || cfg.KeyProblem != "" {
					t.Errorf("got %q", cfg.KeyProblem)
				}
				return
			}
			if !strings.Contains(cfg.KeyProblem, c.want) {
				t.Errorf("got %q, want %q", cfg.KeyProblem, c.want)
			}
			got := try(t, c.env, "", "call", "list_clients")
			if got.code != exitFailed || got.out != "" || !strings.Contains(got.err, c.want) || strings.Contains(got.err, "abcDEF123") || strings.Contains(got.err, "password1") {
				t.Errorf("a call got %+v", got)
			}
		})
	}
}

// TestTwoKeys finds that a key and a file of one stop the start when both are
// given, wherever they come from: they may belong to different companies.
func TestTwoKeys(t *testing.T) {
	t.Parallel()
	key, file := "FISKL_API_KEY=fsk_abcDEF123", filepath.Join(t.TempDir(), "key")
	for name, c := range map[string]struct {
		env, args []string
	}{
		"both variables":      {[]string{key, "FISKL_API_KEY_FILE=" + file}, nil},
		"a flag and variable": {[]string{key}, []string{"--api-key-file", file}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, c.env, "", append([]string{"call", "list_clients"}, c.args...)...)
			if got.code != exitUsage || got.out != "" || !strings.Contains(got.err, "FISKL_API_KEY and FISKL_API_KEY_FILE are both set") {
				t.Errorf("got %+v", got)
			}
		})
	}
	if got := try(t, []string{key, "FISKL_API_KEY_FILE=" + file}, "", "call", "get_context", "--sandbox"); got.code != exitOK {
		t.Errorf("the sandbox needs neither, and said %+v", got)
	}
}

// TestKeysOfCompanies finds what is said of a key of the settings file that
// cannot be used. It stops nothing: calls say it.
func TestKeysOfCompanies(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                                "no API key is set for acme. Set api_key, api_key_file or api_key_env in its table [companies.acme]",
		"api_key = 'password1'":           "companies.acme.api_key in CONFIG does not hold a Fiskl API key",
		"api_key = 5":                     "companies.acme.api_key in CONFIG does not hold a Fiskl API key",
		"api_key_file = 'gone'":           "the file of companies.acme.api_key_file in CONFIG cannot be read: ",
		"api_key_file = '.'":              "companies.acme.api_key_file in CONFIG names a folder: ",
		"api_key_file = '" + canary + "'": "companies.acme.api_key_file in CONFIG holds a key and not the name of a file: set it as api_key",
		"api_key_env = '" + canary + "'":  "companies.acme.api_key_env in CONFIG holds a key and not the name of a variable: set it as api_key",
		"api_key_env = 'NO_SUCH_KEY'":     "the environment variable that companies.acme.api_key_env in CONFIG names is not set",
		"api_key_env = 'PLACEHOLDER'":     "the variable of companies.acme.api_key_env in CONFIG holds a placeholder",
	} {
		t.Run(strings.NewReplacer(canary, "KEY", "password1", "WORD").Replace(line), func(t *testing.T) {
			t.Parallel()
			path := written(t, "[companies.acme]\n"+line)
			env := []string{"FISKL_CONFIG=" + path, "PLACEHOLDER=${KEY}"}
			said := try(t, env, "", "call", "list_clients")
			if said.code != exitFailed || !strings.Contains(said.err, strings.ReplaceAll(want, "CONFIG", path)) || strings.Contains(said.err, "canary") || strings.Contains(said.err, "password1") {
				t.Errorf("a call got %+v", said)
			}
		})
	}
}

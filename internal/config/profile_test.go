package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// two is a settings file with two companies, not in the order of the alphabet.
const two = `
[companies.harbour]
api_key_env = "HARBOUR_KEY"
[companies.acme]
api_key_env = "FISKL_KEY_OF_ACME"
`

func twoKeys() []string {
	return []string{"HARBOUR_KEY=fsk_harbour1", "FISKL_KEY_OF_ACME=fsk_acme1234"}
}

// TestChosen finds which companies a start works on, or why it does not.
func TestChosen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte("fsk_inAFile1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := "FISKL_API_KEY_FILE=" + filepath.Join(dir, "key")
	const key = "FISKL_API_KEY=" + canary
	const dotted = "companies.harbour.api_key_env = 'HARBOUR_KEY'\ncompanies.acme.api_key_env = 'FISKL_KEY_OF_ACME'"
	const inline = "companies = {harbour = {api_key_env = 'HARBOUR_KEY'}, acme = {api_key_env = 'FISKL_KEY_OF_ACME'}}"
	cases := map[string]struct {
		file  string
		env   []string
		flags map[string]string
		want  string // names and keys, or how the error begins
	}{
		"nothing at all":             {"", nil, nil, "="},
		"a key":                      {"", []string{key}, nil, "=" + canary},
		"a key in a file":            {"", []string{file}, nil, "=fsk_inAFile1"},
		"all companies":              {two, twoKeys(), nil, "harbour=fsk_harbour1 acme=fsk_acme1234"},
		"with dots":                  {dotted, twoKeys(), nil, "harbour=fsk_harbour1 acme=fsk_acme1234"},
		"in one line":                {inline, twoKeys(), nil, "harbour=fsk_harbour1 acme=fsk_acme1234"},
		"an empty table":             {"[companies]", nil, nil, "="},
		"one company":                {two, twoKeys(), map[string]string{"profile": "acme"}, "acme=fsk_acme1234"},
		"one by the environment":     {two, append(twoKeys(), "FISKL_PROFILE=harbour"), nil, "harbour=fsk_harbour1"},
		"one by the file":            {"profile = 'acme'" + two, twoKeys(), nil, "acme=fsk_acme1234"},
		"flag over file":             {"profile = 'acme'" + two, twoKeys(), map[string]string{"profile": "harbour"}, "harbour=fsk_harbour1"},
		"sandbox instead":            {two, append(twoKeys(), "FISKL_SANDBOX=1", key), map[string]string{"profile": "acme"}, "="},
		"a key without its variable": {two, nil, nil, "harbour= acme="},
		"relative key file":          {"[companies.acme]\napi_key_file = 'key'", nil, nil, "acme=fsk_inAFile1"},
		"a sandbox among them":       {"[companies.demo]\nsandbox = true\n" + two, twoKeys(), nil, "demo= harbour=fsk_harbour1 acme=fsk_acme1234"},
		"only defaults":              {"timeout = '9s'", []string{key}, nil, "=" + canary},

		"key and companies":       {two, append(twoKeys(), key), nil, "error: FISKL_API_KEY is set, and CONFIG has companies of its own (harbour, acme): unset FISKL_API_KEY, or set FISKL_PROFILE"},
		"key file and companies":  {two, append(twoKeys(), file), nil, "error: FISKL_API_KEY_FILE is set, and CONFIG has companies of its own (harbour, acme): unset"},
		"key and profile":         {two, append(twoKeys(), key, "FISKL_PROFILE=acme"), nil, "error: FISKL_API_KEY and FISKL_PROFILE are both set, and may belong to different companies"},
		"key and profile in file": {"profile = 'acme'" + two, append(twoKeys(), key), nil, "error: FISKL_API_KEY and profile in CONFIG are both set"},
		"unknown profile":         {two, append(twoKeys(), "FISKL_PROFILE=acmee"), nil, `error: FISKL_PROFILE "acmee" is none of the companies in CONFIG: harbour, acme`},
		"profile is a key":        {two, append(twoKeys(), "FISKL_PROFILE="+canary), nil, "error: FISKL_PROFILE (not shown, for it holds a key) is none of the companies"},
		"profile in another case": {two, append(twoKeys(), "FISKL_PROFILE=Acme"), nil, `error: FISKL_PROFILE "Acme" is none of the companies`},
		"profile without file":    {"", []string{"FISKL_PROFILE=acme"}, nil, `error: FISKL_PROFILE "acme" names a company, and there are none`},
		"the same key twice":      {two, []string{"HARBOUR_KEY=" + canary, "FISKL_KEY_OF_ACME= " + canary + "\n"}, nil, "error: harbour and acme have the same API key"},
		"a variable of nobody":    {two, append(twoKeys(), "FISKL_KEY_OF_ACNE=fsk_acme1234"), nil, "error: FISKL_KEY_OF_ACNE is not a setting of this version"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := config.Environment{Variables: c.env}
			path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".toml")
			if c.file != "" {
				if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
					t.Fatal(err)
				}
				w.Variables = append([]string{"FISKL_CONFIG=" + path}, c.env...)
			}
			cfg, err := config.Read(w, c.flags)
			var got []string
			for _, one := range cfg.Companies {
				got = append(got, one.Name+"="+one.Key.Reveal())
			}
			said := strings.Join(got, " ")
			if err != nil {
				said = "error: " + err.Error()
			}
			want, refused := strings.ReplaceAll(c.want, "CONFIG", path), strings.HasPrefix(c.want, "error: ")
			if said != want && (!refused || !strings.HasPrefix(said, want)) {
				t.Errorf("got %s\nwant %s", said, want)
			}
			if refused && strings.Contains(said, "canary") {
				t.Errorf("a key is in %q", said)
			}
		})
	}
}

// TestPrecedence finds that a flag wins over the environment, that over the
// company's own table, that over the top of the file, and that over what is
// built in.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	const flag, env, own, shared = 8, 4, 2, 1
	want := func(set int) time.Duration {
		for _, layer := range []int{flag, env, own, shared} {
			if set&layer != 0 {
				return time.Duration(layer) * time.Second
			}
		}
		return 30 * time.Second
	}
	for set := range 2 * flag {
		t.Run(fmt.Sprintf("%04b", set), func(t *testing.T) {
			t.Parallel()
			line := func(layer int) string {
				if set&layer == 0 {
					return ""
				}
				return fmt.Sprintf("timeout = '%ds'\ndry_run = %t\n", layer, layer != flag)
			}
			w := config.Environment{Variables: append(twoKeys(), "FISKL_CONFIG="+written(t, line(shared)+two+line(own)))}
			flags := map[string]string{}
			if set&env != 0 {
				w.Variables = append(w.Variables, "FISKL_TIMEOUT=4s", "FISKL_DRY_RUN=1")
			}
			if set&flag != 0 {
				flags = map[string]string{"timeout": "8s", "dry-run": "false"}
			}
			cfg, err := config.Read(w, flags)
			if err != nil || len(cfg.Companies) != 2 {
				t.Fatalf("got %+v, %v", cfg, err)
			}
			harbour, acme := cfg.Companies[0], cfg.Companies[1]
			if acme.Timeout != want(set) || harbour.Timeout != want(set&^own) {
				t.Errorf("acme has %s, want %s; harbour has %s, want %s", acme.Timeout, want(set), harbour.Timeout, want(set&^own))
			}
			if acme.DryRun != (set&^flag != 0) || harbour.DryRun != (set&(env|shared) != 0) {
				t.Errorf("dry run: acme %t, harbour %t; whoever says true wins", acme.DryRun, harbour.DryRun)
			}
		})
	}
}

// TestCaution finds that read-only and dry run cannot be taken back by a
// stronger layer, and that nonsense in a weak one is not passed over.
func TestCaution(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"read_only", "dry_run"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env := "FISKL_" + strings.ToUpper(name)
			flag := map[string]string{strings.ReplaceAll(name, "_", "-"): "false"}
			for text, want := range map[string]string{
				"":                                       "false",
				name + " = false":                        "false",
				name + " = true":                         "true",
				"[companies.acme]\n" + name + " = true":  "true",
				"[companies.acme]\n" + name + " = 'yes'": "error",
				name + " = 'yes'":                        "error",
			} {
				cfg, err := config.Read(config.Environment{Variables: []string{"FISKL_CONFIG=" + written(t, text), env + "=0"}}, flag)
				got := "error"
				if err == nil {
					got = strconv.FormatBool(cfg.Companies[0].ReadOnly || cfg.Companies[0].DryRun)
				}
				if got != want {
					t.Errorf("%q: got %s (%v), want %s", text, got, err, want)
				}
			}
		})
	}
}

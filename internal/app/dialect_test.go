package app

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

const movedDialect = "version = 1\n[operations.getCompany]\npath = \"/v2/organisation\"\n"

// TestDialectFile finds that an operation that a dialect moves is found again,
// whether the file is named by a flag, the environment or a company's table, or
// lies in its usual place; and that the older file wins over it.
func TestDialectFile(t *testing.T) {
	t.Parallel()
	base := relocated(t)
	api, key := "FISKL_BASE_URL="+base, "FISKL_API_KEY="+sandbox.KeyOwner
	file := written(t, movedDialect)
	folder := filepath.Dir(file)
	settings := filepath.Join(folder, "companies.toml")
	text := "[companies.acme]\napi_key = \"" + sandbox.KeyOwner + "\"\ndialect = \"" + filepath.Base(file) + "\"\n"
	usual := filepath.Join(t.TempDir(), "config.toml")
	place := filepath.Join(filepath.Dir(usual), "dialects", strings.NewReplacer("http://", "", ":", "_").Replace(base)+".toml")
	for path, content := range map[string]string{settings: text, usual: "", place: movedDialect} {
		if err := writeWhole(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	const found, lost = "base_currency\tGBP", "This API does not tell the company's profile"
	for name, c := range map[string]struct {
		env, args []string
		want      string
	}{
		"lost":        {[]string{key}, nil, lost},
		"flag":        {[]string{key}, []string{"--dialect", file}, found},
		"environment": {[]string{key, "FISKL_DIALECT=" + file}, nil, found},
		"a table":     {[]string{"FISKL_CONFIG=" + settings}, nil, found},
		"usual place": {[]string{key, "FISKL_CONFIG=" + usual}, nil, found},
		"over it":     {[]string{key, "FISKL_DIALECT=" + file, "FISKL_ENDPOINTS_FILE=" + written(t, "[getCompany]\npath = \"/v1/none\"\n")}, nil, lost},
		"sandbox":     {[]string{key, "FISKL_DIALECT=gone.toml"}, []string{"--sandbox"}, found},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, append([]string{api}, c.env...), "", append([]string{"call", "get_context"}, c.args...)...)
			if !strings.Contains(got.out+got.err, c.want) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestDialectWrong finds a sentence for everything that can be wrong with the
// file, that names it.
func TestDialectWrong(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"version = 1": "",
		"version = 1\nfor = \"https://API.fiskl.com/v1/\"": "",
		"":            "is no dialect that can be used: its version is 0, and this program reads version 1",
		"version = 2": "its version is 2",
		"version = 1\nfor = \"https://api.example.com\"":                             `is for the API at "https://api.example.com", and FISKL_BASE_URL is "https://api.fiskl.com": each API needs a dialect of its own`,
		"version = 1\nfrobnicate = 5":                                                "frobnicate is no part of a dialect",
		"version = 1\n[operations.getComapny]\npath = \"/v1/c\"":                     "has operations.getComapny, and there is no such operation; the nearest: getCompany, ",
		"version = 1\n[operations.getClient]\npath = \"/v1/c\"":                      `cannot move getClient: "/v1/c" has to have the parameters {id} in this order`,
		"version = 1\n[operations.sendInvoice]\nmethod = \"GET\"":                    "cannot move sendInvoice: its method can be POST, PUT, PATCH",
		"version = 1\n[operations.getCompany]\npath = \"https://evil.example/\"":     "is no path such as",
		"version = 1\n[operations.getCompany]\npath = \"/v1/../../admin\"":           "is no path such as",
		"version = 1\namounts = \"cents\"":                                           "amounts cannot be",
		"version = \"1\"":                                                            "is no dialect that can be used: ",
		"# " + strings.Repeat("x", dialect.MaxSize+1):                                "it is larger than 1 MB",
		"version = 1\nsource = \"" + canary + "\"\n[operations.x]\npath = \"/v1/c\"": "no such operation",
	} {
		t.Run(content[:min(len(content), 60)], func(t *testing.T) {
			t.Parallel()
			file := written(t, content)
			got := try(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_DIALECT=" + file}, "", "tools")
			if want == "" {
				if got.code != exitOK {
					t.Errorf("got %+v", got)
				}
				return
			}
			if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: FISKL_DIALECT ") && !strings.HasPrefix(got.err, "fiskl-mcp: the dialect ") ||
				!strings.Contains(got.err, want) || strings.Count(got.err, "\n") != 1 || strings.Contains(got.err, canary) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestDialectUnfit finds a sentence for a file that cannot be trusted or read.
func TestDialectUnfit(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	open := written(t, movedDialect)
	if err := os.Chmod(open, 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		open:                                 "decides where your key is used: the file " + open + " can be changed by others (mode 0666). Run: chmod 600 ",
		t.TempDir():                          "cannot be read: ",
		filepath.Join(t.TempDir(), "a.toml"): "cannot be read: open ",
		"fsk_abcDEF123":                      "FISKL_DIALECT holds a key and not the name of a file: set it as FISKL_API_KEY",
	} {
		got := try(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_DIALECT=" + path}, "", "tools")
		if got.code != exitUsage || !strings.Contains(got.err, want) || strings.Contains(got.err, "abcDEF") {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
}

// TestSaveDialect finds that a dialect is written once, and over another only
// where the person says so.
func TestSaveDialect(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "dialects", "a.toml")
	save := func(source string, s saving) (string, error) {
		var out strings.Builder
		err := saveDialect(environment{out: &out}, config.Config{}, &dialect.Dialect{Version: dialect.Version, Source: source}, s)
		return out.String(), err
	}
	steps := []struct {
		source  string
		saving  saving
		out     string
		err     string
		written string
	}{
		{"one", saving{out: "-"}, "version = 1\nsource = \"one\"", "", ""},
		{"one", saving{}, "", "name a file with --out", ""},
		{"one", saving{out: path}, "Written to " + path, "", "one"},
		{"one", saving{out: path}, "says this already", "", "one"},
		{"two", saving{out: path}, "-source = \"one\"\n+source = \"two\"", "run this again with --yes", "one"},
		{"two", saving{out: path, yes: true}, "+source = \"two\"", "", "two"},
		{"two", saving{out: filepath.Dir(path)}, "", "cannot be read", "two"},
	}
	for i, s := range steps {
		out, err := save(s.source, s.saving)
		if !strings.Contains(out, s.out) || (s.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), s.err) {
			t.Errorf("step %d: got %q, %v", i, out, err)
		}
		text, _ := os.ReadFile(path)
		if s.written != "" && !strings.Contains(string(text), s.written) {
			t.Errorf("step %d: the file has %q", i, text)
		}
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file has %v, %v", info, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".part*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

package app

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// relocated is a sandbox that has its company at another path.
func relocated(t *testing.T) string {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", present().Format(http.TimeFormat))
		switch r.URL.Path {
		case "/v1/company":
			r.URL.Path = "/v1/gone"
		case "/v2/organisation":
			r.URL.Path = "/v1/company"
		}
		inside.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// TestMovedFile finds that a moved operation is found again, whether the file
// is named by a flag, the environment or a company's table, and that the
// sandbox has nothing to do with it.
func TestMovedFile(t *testing.T) {
	t.Parallel()
	api, key := "FISKL_BASE_URL="+relocated(t), "FISKL_API_KEY="+sandbox.KeyOwner
	moved := written(t, "[getCompany]\npath = \"/v2/organisation\"\n")
	settings := filepath.Join(filepath.Dir(moved), "companies.toml")
	if err := os.WriteFile(settings, []byte("[companies.acme]\napi_key = \""+sandbox.KeyOwner+"\"\nendpoints_file = \""+filepath.Base(moved)+"\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const found = "base_currency\tGBP"
	for name, c := range map[string]struct {
		env, args []string
		want      string
	}{
		"lost":        {[]string{key}, nil, "This API does not tell the company's profile"},
		"flag":        {[]string{key}, []string{"--endpoints-file", moved}, found},
		"environment": {[]string{key, "FISKL_ENDPOINTS_FILE=" + moved}, nil, found},
		"a table":     {[]string{"FISKL_CONFIG=" + settings}, nil, found},
		"sandbox":     {[]string{key, "FISKL_ENDPOINTS_FILE=gone.toml"}, []string{"--sandbox"}, found},
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

// TestMovedFileWrong finds a sentence for everything that can be wrong with the
// file.
func TestMovedFileWrong(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"":                               "",
		"# nothing\n":                    "",
		"[getCompany]\nmethod = \"get\"": "",
		"[getComapny]\npath = \"/v1/c\"": `has a table [getComapny], and there is no such operation; the nearest: getCompany, `,
		"[LISTCLIENTS]\npath = \"/v1\"":  "the nearest: listClients, ",
		"[\"fsk_abc\"]\npath = \"/v1\"":  "has a table [(not shown, for it holds a key)], and there is no such operation",
		"[getCompany]\npath = \"/v1/c\"\nPath = \"/v1/d\"": "has \"getCompany.Path\", which is written in small letters",
		"[getCompany]":                                   "has a table [getCompany] that says nothing; it can have method, path, permission and scope",
		"[getCompany]\nurl = \"/v1/c\"":                  `has "getCompany.url"; a table can have method`,
		"[getCompany]\npath = 5":                         "has something else than tables such as [getCompany] with method",
		"getCompany = \"/v1/c\"":                         "has something else than tables such as [getCompany]",
		"[getCompany\npath = \"/v1/c\"":                  "cannot be read as TOML",
		"{\"getCompany\": {}}":                           "line 1 cannot be read as TOML",
		"[getClient]\npath = \"/v1/c\"":                  `cannot move getClient: "/v1/c" has to have the parameters {id} in this order`,
		"[sendInvoice]\nmethod = \"GET\"":                `cannot move sendInvoice: its method can be POST, PUT, PATCH, not "GET"`,
		"[getCompany]\npath = \"https://evil.example/\"": "cannot move getCompany: \"https://evil.example/\" is not a path such as /v1/company",
	} {
		t.Run(content, func(t *testing.T) {
			t.Parallel()
			got := try(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_ENDPOINTS_FILE=" + written(t, content)}, "", "tools")
			if want == "" {
				if got.code != exitOK {
					t.Errorf("got %+v", got)
				}
				return
			}
			if got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: FISKL_ENDPOINTS_FILE ") || !strings.Contains(got.err, want) || strings.Count(got.err, "\n") != 1 {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestMovedFileUnfit finds a sentence for a file that cannot be trusted or read.
func TestMovedFileUnfit(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	open := written(t, "")
	if err := os.Chmod(open, 0o666); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		open:                                 "decides where your key is used: the file " + open + " can be changed by others (mode 0666). Run: chmod 600 ",
		t.TempDir():                          "cannot be read: ",
		filepath.Join(t.TempDir(), "a.toml"): "cannot be read: open ",
		"fsk_abcDEF123":                      "FISKL_ENDPOINTS_FILE holds a key and not the name of a file: set it as FISKL_API_KEY",
	} {
		got := try(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_ENDPOINTS_FILE=" + path}, "", "tools")
		if got.code != exitUsage || !strings.Contains(got.err, want) || strings.Contains(got.err, "abcDEF") {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
}

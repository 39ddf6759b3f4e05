package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
)

// patient is somebody who runs the doctor at home.
type patient struct {
	t    *testing.T
	home string
	env  []string
}

func newPatient(t *testing.T, env ...string) patient {
	t.Helper()
	return patient{t, t.TempDir(), append(env, "FISKL_RATE_LIMIT=0")}
}

// sees runs the doctor. What differs from run to run is called by a name.
func (p patient) sees(args ...string) outcome {
	p.t.Helper()
	var out, err bytes.Buffer
	code := run(p.t.Context(), environment{
		args: append([]string{"doctor"}, args...), env: p.env, config: filepath.Join(p.home, "config"), state: filepath.Join(p.home, "state"),
		now: present, in: strings.NewReader(""), out: &out, err: &err, home: p.home, self: func() (string, error) { return installed, nil },
	})
	said := strings.ReplaceAll(out.String(), p.home, "HOME")
	for _, pair := range p.env {
		if url, is := strings.CutPrefix(pair, "FISKL_BASE_URL=http://"); is {
			said = strings.ReplaceAll(said, url, "HOST")
		}
	}
	return outcome{code, said, strings.ReplaceAll(err.String(), p.home, "HOME")}
}

// hosted is an API, or what is taken for one, whose clock is that of the tests.
func hosted(t *testing.T, h http.Handler) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", present().Format(http.TimeFormat))
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return "FISKL_BASE_URL=" + s.URL
}

func boxHosted(t *testing.T) string {
	t.Helper()
	return hosted(t, sandbox.New(sandbox.Options{Now: present, Like: demoCompany}))
}

// page answers as a web app does, and keeps count of the keys that it is sent.
func page(keys *atomic.Int64, redirect bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			keys.Add(1)
		}
		if redirect {
			http.Redirect(w, r, "https://app.example.com/sign-in?next=/v1", http.StatusFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!doctype html><title>Books of Acme Ltd</title>"))
	})
}

// TestDoctor plays what people see who have this or that trouble, and compares
// it with a transcript, word by word.
func TestDoctor(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs paths of Unix, which the transcripts have")
	}
	var keys atomic.Int64
	for name, c := range map[string]struct {
		env  []string
		args []string
		want int
	}{
		"sandbox":      {nil, []string{"--sandbox"}, exitOK},
		"good-key":     {[]string{boxHosted(t), "FISKL_API_KEY=" + sandbox.KeyOwner}, nil, exitOK},
		"six-paths":    {[]string{hosted(t, onlyDocumented(sandbox.New(sandbox.Options{Now: present, Like: demoCompany}))), "FISKL_API_KEY=" + sandbox.KeyOwner}, nil, exitOK},
		"readonly-key": {[]string{boxHosted(t), "FISKL_API_KEY=" + sandbox.KeyReadOnly, "FISKL_TOOLSETS=context,invoicing,quotes"}, []string{"--read-only"}, exitOK},
		"no-key":       {[]string{boxHosted(t)}, nil, exitFailed},
		"revoked-key":  {[]string{boxHosted(t), "FISKL_API_KEY=" + sandbox.KeyRevoked}, nil, exitFailed},
		"no-such-key":  {[]string{boxHosted(t), "FISKL_API_KEY=hunter2-hunter2"}, nil, exitFailed},
		"half-a-key":   {[]string{boxHosted(t), "FISKL_API_KEY=fsk_abc"}, nil, exitFailed},
		"html-host":    {[]string{hosted(t, page(&keys, false)), "FISKL_API_KEY=" + canary}, nil, exitFailed},
		"wrong-host":   {[]string{hosted(t, page(&keys, true)), "FISKL_API_KEY=" + canary}, nil, exitFailed},
		"wrong-value":  {[]string{"FISKL_TIMEOUT=30", "FISKL_API_KEY=" + canary}, []string{"--read-only"}, exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPatient(t, c.env...)
			got := p.sees(c.args...)
			if got.code != c.want || got.err != "" {
				t.Errorf("it ended with status %d and said %q", got.code, got.err)
			}
			recorded(t, filepath.Join("testdata/doctor", name+".txt"), got.out)
			inJSON := p.sees(append(c.args, "--json")...)
			var report struct {
				Usable   bool             `json:"usable"`
				Findings []doctor.Finding `json:"findings"`
			}
			if err := json.Unmarshal([]byte(inJSON.out), &report); err != nil || inJSON.code != c.want || report.Usable != (c.want == exitOK) {
				t.Errorf("in JSON it ended with status %d and said %s, %v", inJSON.code, inJSON.out, err)
			}
			for _, f := range report.Findings {
				if f.Check == "" || f.Says == "" || f.Verdict == doctor.Problem && f.Do == "" {
					t.Errorf("it says %+v", f)
				}
			}
			if left := changedAt(t, p.home); len(left) > 0 {
				t.Errorf("it left %v behind", left)
			}
			for _, secret := range []string{canary, sandbox.KeyOwner, sandbox.KeyRevoked, "Acme", "Harbour", "hunter"} {
				if strings.Contains(got.out+inJSON.out, secret) {
					t.Errorf("it shows %q", secret)
				}
			}
		})
	}
	t.Cleanup(func() {
		if n := keys.Load(); n > 0 {
			t.Errorf("the key was sent %d times to what is not the API", n)
		}
	})
}

// changedAt lists what lies in a folder.
func changedAt(t *testing.T, folder string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// TestDoctorClock finds a clock that is off by an hour.
func TestDoctorClock(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	late := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", present().Add(time.Hour).Format(http.TimeFormat))
		inside.ServeHTTP(w, r)
	})
	got := newPatient(t, hosted(t, late), "FISKL_API_KEY="+sandbox.KeyOwner).sees()
	if got.code != exitFailed || !strings.Contains(got.out, "problem  clock           This machine's clock is 60 minutes behind the host's.") {
		t.Errorf("got %+v", got)
	}
}

// TestDoctorCompanies finds each company's findings under its name, and what
// is found of their common host once.
func TestDoctorCompanies(t *testing.T) {
	t.Parallel()
	file := written(t, "[companies.acme]\napi_key = '"+sandbox.KeyOwner+"'\n[companies.harbour]\napi_key = '"+sandbox.KeyRevoked+"'\nread_only = true\n[companies.play]\nsandbox = true\n")
	got := newPatient(t, boxHosted(t), "FISKL_CONFIG="+file).sees()
	for _, want := range []string{
		"FISKL_API_KEY = (set) fsk_sand…, from companies.acme.api_key in ",
		"FISKL_READ_ONLY = \"true\", from companies.harbour.read_only in ",
		"company acme\n", "company harbour\n", "company play\n",
		"problem  credential      fsk_sand… of companies.harbour.api_key in ",
	} {
		if strings.Count(got.out, want) != 1 {
			t.Errorf("%q is not there once:\n%s", want, got.out)
		}
	}
	if got.code != exitFailed || strings.Contains(got.out, sandbox.KeyOwner) {
		t.Errorf("status %d:\n%s", got.code, got.out)
	}
}

// TestDoctorEntries finds entries with which the server does not start, and no
// fault in those that count on what only the client knows.
func TestDoctorEntries(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args, env string
		around    []string // the doctor's own environment
		want      string   // empty if the entry is right
	}{
		"right":             {`"--sandbox"`, ``, nil, ""},
		"no such flag":      {`"--tiemout", "3s"`, ``, nil, `"fiskl" does not start: unknown flag: --tiemout`},
		"no such company":   {`"--profile", "acme"`, ``, nil, `"fiskl" does not start: FISKL_PROFILE "acme" names a company`},
		"no such toolset":   {`"--toolsets=bogus"`, ``, nil, `"fiskl" does not start: FISKL_TOOLSETS: there is no toolset "bogus"`},
		"a wrong value":     {`"--timeout", "3"`, ``, nil, `"fiskl" does not start: FISKL_TIMEOUT "3" is not a duration`},
		"one word too many": {`"now"`, ``, nil, `"fiskl" does not start: `},
		"a key":             {`"` + canary + `"`, ``, nil, `"fiskl" does not start: a key does not belong on the command line`},
		"its own variables": {`"--profile", "acme"`, `"FISKL_CONFIG": "x"`, nil, ""},
		"our variables":     {`"--profile", "acme"`, ``, []string{"FISKL_CONFIG=" + written(t, "[companies.acme]\nsandbox = true\n")}, ""},
		"not our variables": {`"--api-key-file", "` + filepath.Join(t.TempDir(), "key") + `"`, ``, []string{"FISKL_API_KEY=" + sandbox.KeyOwner}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPatient(t, append(c.around, boxHosted(t))...)
			program, file := filepath.Join(p.home, "fiskl-mcp"), filepath.Join(p.home, ".claude.json")
			entry := `{"mcpServers": {"fiskl": {"command": "` + filepath.ToSlash(program) + `", "args": ["stdio", ` + c.args + `], "env": {` + c.env + `}}}}`
			if err := errors.Join(os.WriteFile(program, nil, 0o700), os.WriteFile(file, []byte(entry), 0o600)); err != nil {
				t.Fatal(err)
			}
			got := p.sees().out
			if c.want == "" && strings.Contains(got, "does not start") || !strings.Contains(got, c.want) || strings.Contains(got, canary) {
				t.Errorf("it says\n%s\nwant %q", got, c.want)
			}
		})
	}
}

// TestDoctorState finds a state folder that cannot be used, and that only who
// writes needs one.
func TestDoctorState(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	taken := written(t, "")
	open := filepath.Join(t.TempDir(), "open")
	if err := os.Mkdir(open, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(open, 0o777); err != nil {
		t.Fatal(err)
	}
	api := boxHosted(t)
	for folder, want := range map[string]string{
		taken:                         "cannot be written, and nothing is changed in Fiskl without a journal: " + taken + " is not a folder.",
		filepath.Join(taken, "below"): "cannot be written, and nothing is changed in Fiskl without a journal: ",
		open:                          open + " can be changed by others (mode 0777).",
	} {
		p := newPatient(t, api, "FISKL_API_KEY="+sandbox.KeyOwner, "FISKL_STATE_DIR="+folder)
		if got := p.sees(); got.code != exitFailed || !strings.Contains(got.out, "problem  state folder    "+folder) || !strings.Contains(got.out, want) {
			t.Errorf("got %+v", got)
		}
		if got := p.sees("--read-only"); got.code != exitOK || !strings.Contains(got.out, "note     state folder    "+folder) {
			t.Errorf("got %+v", got)
		}
	}
}

// TestDoctorMoved finds an operation that is not where the contract has it, and
// that a file which says where it is mends that.
func TestDoctorMoved(t *testing.T) {
	t.Parallel()
	p := newPatient(t, "FISKL_BASE_URL="+relocated(t), "FISKL_API_KEY="+sandbox.KeyOwner)
	got := p.sees()
	if got.code != exitOK || !strings.Contains(got.out, fmt.Sprintf("note     contract        %d of %d operations", askedOperations()-1, askedOperations())) ||
		!strings.Contains(got.out, "getCompany (GET /v1/company): HTTP 404: there is nothing") || !strings.Contains(got.out, "If getCompany moved: fiskl-mcp contract learn") {
		t.Errorf("got %+v", got)
	}
	got = p.sees("--endpoints-file", written(t, "[getCompany]\npath = '/v2/organisation'\n"))
	if got.code != exitOK || !strings.Contains(got.out, fmt.Sprintf("ok       contract        %[1]d of %[1]d", askedOperations())) {
		t.Errorf("got %+v", got)
	}
}

// TestDoctorUsage finds mistakes in the command line.
func TestDoctorUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"now"}, {"--nope"}, {"--json=perhaps"}} {
		if got := newPatient(t).sees(args...); got.code != exitUsage || got.out != "" || !strings.HasPrefix(got.err, "fiskl-mcp: ") {
			t.Errorf("%v: got %+v", args, got)
		}
	}
}

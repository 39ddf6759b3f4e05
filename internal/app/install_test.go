package app

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// installed is where the program under test says that it is.
const installed = "/opt/fiskl/bin/fiskl-mcp"

// installer is somebody with a home folder, who installs.
type installer struct {
	t    *testing.T
	home string
	env  []string
	self string
}

func newInstaller(t *testing.T, env ...string) installer {
	t.Helper()
	return installer{t, t.TempDir(), env, installed}
}

// tries runs the install command.
func (p installer) tries(args ...string) outcome {
	p.t.Helper()
	var out, err bytes.Buffer
	code := run(p.t.Context(), environment{
		args: append([]string{"install"}, args...), env: p.env, config: p.t.TempDir(), state: p.t.TempDir(), now: present,
		in: strings.NewReader(""), out: &out, err: &err,
		home: p.home, self: func() (string, error) { return p.self, nil },
	})
	return outcome{code, out.String(), err.String()}
}

// files are all that lie in the home folder.
func (p installer) files() (all []string) {
	p.t.Helper()
	err := filepath.WalkDir(p.home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

// clients are those of the person's machine.
func (p installer) clients() []install.Client {
	return install.Clients(install.Machine{OS: runtime.GOOS, Home: p.home, Env: func(string) string { return "" }})
}

// TestInstall adds the entry for every client, and takes it out again. What it
// wrote starts a server that answers.
func TestInstall(t *testing.T) {
	t.Parallel()
	for _, c := range newInstaller(t).clients() {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			p := newInstaller(t, "FISKL_API_KEY=fsk_abcDEF123456")
			args := []string{c.Name, "--sandbox", "--read-only"}
			if got := p.tries(append(args, "--dry-run")...); got.code != exitOK || !strings.HasPrefix(got.out, "--- ") || len(p.files()) != 0 {
				t.Errorf("a rehearsal: %+v, and there are %q", got, p.files())
			}
			got := p.tries(args...)
			if got.code != exitOK || got.err != "" || !strings.Contains(got.out, `"fiskl-sandbox" is in `) || !strings.Contains(got.out, "It starts "+installed+" stdio --sandbox --read-only\n") {
				t.Fatalf("got %+v", got)
			}
			all := p.files()
			if len(all) != 1 {
				t.Fatalf("there are %q", all)
			}
			if text := contents(t, all[0]); strings.Contains(text, "fsk_") || !strings.Contains(text, installed) {
				t.Errorf("it has %s", text)
			}
			if got := p.tries(); !strings.Contains(got.out, "  fiskl-sandbox: "+installed+" stdio --sandbox --read-only\n") || !strings.Contains(got.out, all[0]) {
				t.Errorf("the list is\n%s", got.out)
			}
			answers(t, p, c.Name)
			if got := p.tries(args...); got.code != exitOK || !strings.Contains(got.out, "already") || len(p.files()) != 1 {
				t.Errorf("a second time: %+v", got)
			}
			if got := p.tries(c.Name, "--sandbox", "--remove"); got.code != exitOK || !strings.Contains(got.out, "is taken out of") {
				t.Errorf("got %+v", got)
			}
			if got := p.tries(c.Name, "--sandbox", "--remove"); got.code != exitOK || !strings.Contains(got.out, `there is no "fiskl-sandbox"`) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// answers starts what an entry says, and asks it for its tools.
func answers(t *testing.T, p installer, name string) {
	t.Helper()
	client, err := install.Find(p.clients(), name)
	if err != nil {
		t.Fatal(err)
	}
	servers := install.Look(client)[0].Servers
	if len(servers) != 1 || servers[0].Command != installed {
		t.Fatalf("got %+v", servers)
	}
	c := talk(t, nil, servers[0].Args...)
	c.send(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
	if tools, _ := member(t, c.receive(), "result", "tools").([]any); len(tools) == 0 {
		t.Error("it lists no tools")
	}
}

// TestInstallArguments writes flags down as arguments, with full paths.
func TestInstallArguments(t *testing.T) {
	t.Parallel()
	p := newInstaller(t)
	if got := p.tries("cursor", "--api-key-file", "key", "--toolsets", "context", "--confirm=token", "--read-only=false", "--name", "books"); got.code != exitOK || !strings.Contains(got.out, "no usable API key yet. Run: fiskl-mcp login") {
		t.Fatalf("got %+v", got)
	}
	var file struct {
		Servers map[string]struct {
			Args []string `json:"args"`
		} `json:"mcpServers"`
	}
	if err := json.Unmarshal([]byte(contents(t, p.files()[0])), &file); err != nil {
		t.Fatal(err)
	}
	key, err := filepath.Abs("key")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"stdio", "--api-key-file", key, "--read-only=false", "--confirm", "token", "--toolsets", "context"}
	if got := file.Servers["books"].Args; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestInstallAdvice says what the entry does not have.
func TestInstallAdvice(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env  []string
		args []string
		want string
	}{
		"key in the environment": {[]string{"FISKL_API_KEY=fsk_abcDEF123456"}, []string{"codex"}, `Run fiskl-mcp login to keep it in your keychain; or env_vars = ["FISKL_API_KEY"] in the table hands it on.`},
		"no such way":            {[]string{"FISKL_API_KEY=fsk_abcDEF123456"}, []string{"claude-desktop"}, "Run fiskl-mcp login to keep it in your keychain.\n"},
		"no key":                 {nil, []string{"gemini"}, "Run: fiskl-mcp login"},
		"no key of a company":    {[]string{"FISKL_CONFIG=" + written(t, "[companies.acme]\n")}, []string{"gemini", "--profile", "acme"}, "Run: fiskl-mcp login --profile acme\n"},
		"settings":               {[]string{"FISKL_TIMEOUT=5s", "FISKL_CONFIRM=off"}, []string{"gemini", "--confirm", "token"}, "so FISKL_TIMEOUT may not count there. To have it in the entry, install again with --timeout.\n"},
		"of another command":     {[]string{"FISKL_TIMEOUT=5s", "FISKL_CHARTS=1", "FISKL_LISTEN=127.0.0.1:1"}, []string{"gemini", "--sandbox"}, "so FISKL_CHARTS, FISKL_TIMEOUT may not count there. To have them in the entry, install again with --charts, --timeout.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := newInstaller(t, c.env...).tries(c.args...)
			if got.code != exitOK || !strings.Contains(got.out, c.want) {
				t.Errorf("got %+v, want %q", got, c.want)
			}
		})
	}
}

// TestInstallRefused writes nothing, and says why.
func TestInstallRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		self string
		args []string
		code int
		want string
	}{
		"unknown client":  {installed, []string{"emacs"}, exitUsage, `"emacs" is not a client that this program knows; it knows claude-desktop, claude-code, cursor,`},
		"two clients":     {installed, []string{"codex", "cursor"}, exitUsage, "takes [CLIENT] and no more"},
		"which":           {installed, []string{"--remove"}, exitUsage, "which client? Say one of claude-desktop, "},
		"a bad name":      {installed, []string{"codex", "--name", "a.b"}, exitFailed, `"a.b" cannot be the name of an entry`},
		"no name":         {installed, []string{"codex", "--name="}, exitFailed, `"" cannot be the name of an entry`},
		"go run":          {"/tmp/go-build1234/b001/exe/fiskl-mcp", []string{"codex"}, exitFailed, "go install ./cmd/fiskl-mcp"},
		"go run, cached":  {"/home/ann/.cache/go-build/ab/cd-d/fiskl-mcp", []string{"codex"}, exitFailed, "go install ./cmd/fiskl-mcp"},
		"a key":           {installed, []string{"codex", "--config", "fsk_abcDEF123456"}, exitUsage, "FISKL_CONFIG holds a key"},
		"a key as a name": {installed, []string{"codex", "--name", "fsk_abcDEF123456"}, exitFailed, "a key cannot be the name of an entry"},
		"a key as client": {installed, []string{"fsk_abcDEF123456"}, exitUsage, "a key does not belong on the command line"},
		"another key":     {installed, []string{"codex", "--api-key-file", "fsk_abcDEF123456"}, exitUsage, "a key is never written into a client's file"},
		"a wrong setting": {installed, []string{"codex", "--confirm", "yes"}, exitUsage, `FISKL_CONFIRM "yes" is none of`},
		"no such toolset": {installed, []string{"codex", "--toolsets", "contacts,bogus"}, exitUsage, `FISKL_TOOLSETS: there is no toolset "bogus"`},
		"no such host":    {installed, []string{"codex", "--base-url", "https://a:hunter2@fiskl.example"}, exitUsage, "FISKL_BASE_URL (not shown, because it may hold a secret) is not of the form https://host"},
		"no such company": {installed, []string{"codex", "--profile", "acme"}, exitUsage, `FISKL_PROFILE "acme" names a company`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newInstaller(t)
			p.self = c.self
			got := p.tries(c.args...)
			if got.code != c.code || got.out != "" || !strings.Contains(got.err, c.want) || strings.Contains(got.err, "fsk_abc") {
				t.Errorf("got %+v, want %q", got, c.want)
			}
			if all := p.files(); len(all) != 0 {
				t.Errorf("there are %q", all)
			}
		})
	}
	got := try(t, nil, "", "install")
	if got.code != exitFailed || !strings.Contains(got.err, "there is no home folder") {
		t.Errorf("without a home: %+v", got)
	}
}

// TestSelf finds the program by the name that lasts.
func TestSelf(t *testing.T) {
	t.Parallel()
	got, err := self()
	if err != nil {
		t.Fatal(err)
	}
	executable, err := os.Executable()
	if err != nil || !same(got, executable) || !filepath.IsAbs(got) {
		t.Errorf("got %s for %s: %v", got, executable, err)
	}
	if same(got, got+"-") || same(got+"-", got) {
		t.Error("a file is the same as one that is not there")
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

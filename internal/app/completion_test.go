package app

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// TestCompletion finds what is offered for a command line, in whichever shell.
func TestCompletion(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"call list_inv":                        {"list_invoices\tList invoices, newest first"},
		"call list_invoices ":                  {"status=\tdraft|sent|", "client=\ttext", "period=\ta period", "all=\ttrue|false"},
		"call list_invoices status=overdue cl": {"client=\t"},
		"call list_invoices status=":           {"status=draft", "status=overdue", "status=paid"},
		"call list_invoices all=":              {"all=true", "all=false"},
		"call list_invoices --san":             {"--sandbox\t"},
		"call list_invoices --confirm ":        {"ask", "token"},
		"call no_such_tool ":                   {},
		"tools get_prof":                       {"get_profit_and_loss\t"},
		"comp":                                 {"completion\t"},
		"completion ":                          {"bash", "zsh", "fish", "powershell"},
		"install c":                            {"claude-code", "claude-desktop", "cursor"},
		"call list_invoices client=":           {},
	} {
		words := strings.Split(line, " ")
		var out, err bytes.Buffer
		code := run(t.Context(), environment{args: append([]string{"__complete"}, words...), home: t.TempDir(), now: present, out: &out, err: &err})
		for _, w := range want {
			if !strings.Contains("\n"+out.String(), "\n"+w) {
				t.Errorf("%q: %q is not in\n%s", line, w, out.String())
			}
		}
		if code != exitOK || len(want) == 0 && !strings.HasPrefix(out.String(), ":") || strings.Contains(out.String(), "\nstatus=\t") && strings.Contains(line, "status=overdue") {
			t.Errorf("%q: status %d\n%s", line, code, out.String())
		}
	}
}

// TestCompletionInShells has real shells complete what is typed.
func TestCompletionInShells(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		needs string // a file without which the shell completes nothing
		start []string
		rc    string
	}{
		"bash": {
			"/usr/share/bash-completion/bash_completion",
			[]string{"--norc", "--noprofile", "-i"},
			"source /usr/share/bash-completion/bash_completion; source <(fiskl-mcp completion bash)",
		},
		"zsh": {"", []string{"-f", "-i"}, "autoload -U compinit; compinit -u -D; source <(fiskl-mcp completion zsh)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shell := shellThatCompletes(t, name, c.needs)
			s := typing(t, shell, c.start...)
			s.typed(c.rc + "; echo rea''dy\n")
			s.shows("ready")
			s.typed("fiskl-mcp call list_inv\t")
			s.shows("list_invoices")
			s.typed("status=over\t")
			s.shows("status=overdue")
			s.typed("--sand\t")
			s.shows("--sandbox")
			s.typed("limit=1\n")
			s.shows("Overdue invoices · Harbour & Finch Studio Ltd")
		})
	}
	t.Run("fish", func(t *testing.T) {
		t.Parallel()
		shell := shellThatCompletes(t, "fish", "")
		for line, want := range map[string]string{
			"fiskl-mcp call list_inv":                  "list_invoices",
			"fiskl-mcp call list_invoices status=over": "status=overdue",
		} {
			cmd := exec.CommandContext(t.Context(), shell, "--no-config", "-c", "fiskl-mcp completion fish | source; complete -C '"+line+"'")
			cmd.Env = programInPath(t)
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.HasPrefix(string(out), want) {
				t.Errorf("%q: %s, %v", line, out, err)
			}
		}
	})
}

func shellThatCompletes(t *testing.T, name, needs string) string {
	t.Helper()
	shell, err := exec.LookPath(name)
	if err == nil && needs != "" {
		_, err = os.Stat(needs)
	}
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("needs %s %s, which .ci/run installs: %v", name, needs, err)
	default:
		t.Skipf("needs %s %s: %v", name, needs, err)
	}
	return shell
}

// programInPath is an environment in which the program is this test.
func programInPath(t *testing.T) []string {
	t.Helper()
	dir, home := t.TempDir(), t.TempDir()
	if err := os.Symlink(os.Args[0], filepath.Join(dir, "fiskl-mcp")); err != nil {
		t.Skipf("needs links: %v", err)
	}
	return []string{"PATH=" + dir + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home, "ZDOTDIR=" + home, asProgram + "=" + t.TempDir(), "TERM=dumb", "PS1=> ", "LC_ALL=C.UTF-8"}
}

// typist types at a shell.
type typist struct {
	t     *testing.T
	end   *os.File
	shown bytes.Buffer
}

func typing(t *testing.T, shell string, args ...string) *typist {
	t.Helper()
	const patience = 20 * time.Second // then the shell is killed, which ends what waits for it
	ctx, stop := context.WithTimeout(t.Context(), patience)
	cmd := exec.CommandContext(ctx, shell, args...)
	cmd.Env = programInPath(t)
	end, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 50, Cols: 200})
	if err != nil {
		stop()
		t.Skipf("needs pseudo-terminals: %v", err)
	}
	t.Cleanup(func() {
		stop()
		_ = cmd.Wait()
		_ = end.Close()
	})
	return &typist{t: t, end: end}
}

func (s *typist) typed(keys string) {
	s.t.Helper()
	if _, err := s.end.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// shows reads on until the terminal shows something since the last time.
func (s *typist) shows(want string) {
	s.t.Helper()
	part := make([]byte, 4096)
	for !strings.Contains(s.shown.String(), want) {
		n, err := s.end.Read(part)
		s.shown.Write(part[:n])
		if err != nil {
			s.t.Fatalf("%v: %q is not in\n%s", err, want, s.shown.String())
		}
	}
	s.shown.Reset()
}

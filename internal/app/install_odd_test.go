package app

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// TestInstallNamed finds its entry again where the program has another name.
func TestInstallNamed(t *testing.T) {
	t.Parallel()
	p := newInstaller(t)
	p.self = "/opt/fiskl/fiskl-mcp_1.2"
	if got := p.tries("codex", "--sandbox"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	if got := p.tries(); !strings.Contains(got.out, "fiskl-sandbox: /opt/fiskl/fiskl-mcp_1.2 stdio --sandbox") {
		t.Errorf("the list is\n%s", got.out)
	}
}

// TestInstallRemoveAnyway takes an entry out although the settings are broken.
func TestInstallRemoveAnyway(t *testing.T) {
	t.Parallel()
	p := newInstaller(t)
	if got := p.tries("codex"); got.code != exitOK {
		t.Fatalf("got %+v", got)
	}
	p.env = []string{"FISKL_CONFIG=" + written(t, "timeout = ")}
	if got := p.tries("codex", "--remove"); got.code != exitOK || !strings.Contains(got.out, "is taken out of") {
		t.Errorf("got %+v", got)
	}
}

// TestInstallAtOnce has several install into one file, which all get there.
func TestInstallAtOnce(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs folders that can be locked, which Windows lacks")
	}
	p := newInstaller(t)
	names := []string{"a", "b", "c", "d"}
	var all sync.WaitGroup
	for _, name := range names {
		all.Go(func() {
			if got := p.tries("cursor", "--sandbox", "--name", name); got.code != exitOK {
				t.Errorf("%s: got %+v", name, got)
			}
		})
	}
	all.Wait()
	list := p.tries().out
	for _, name := range names {
		if !strings.Contains(list, name+": "+installed) {
			t.Errorf("%s is not in\n%s", name, list)
		}
	}
}

// TestInstallPlain says when a client cannot read its file anyhow.
func TestInstallPlain(t *testing.T) {
	t.Parallel()
	for client, want := range map[string]bool{"claude-code": true, "cursor": false} {
		p := newInstaller(t)
		c, err := install.Find(p.clients(), client)
		if err != nil {
			t.Fatal(err)
		}
		file := c.Places[0].File
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte("{ // mine\n}"), 0o600)); err != nil {
			t.Fatal(err)
		}
		got := p.tries(client, "--sandbox")
		if got.code != exitOK || strings.Contains(got.out, "Note: Claude Code takes plain JSON only") != want {
			t.Errorf("%s: got %+v", client, got)
		}
	}
}

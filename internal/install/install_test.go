package install_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// present is the moment of all tests.
func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// wish is for the entry that tests install.
func wish() install.Wish {
	return install.Wish{Name: "fiskl", Entry: install.Entry{Command: "/opt/fiskl/fiskl-mcp", Args: []string{"stdio", "--sandbox"}}}
}

// removal is for the same entry to be gone.
func removal() install.Wish {
	w := wish()
	w.Remove = true
	return w
}

// client is one of the clients with a single file, which holds a text.
func client(t *testing.T, name, text string) (install.Client, string) {
	t.Helper()
	home := t.TempDir()
	m := install.Machine{OS: "linux", Home: home, Env: func(string) string { return "" }}
	c, err := install.Find(install.Clients(m), name)
	if err != nil {
		t.Fatal(err)
	}
	c.Places = c.Places[:1]
	path := c.Places[0].File
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return c, path
}

// edited is what a text becomes.
func edited(t *testing.T, name, text string, w install.Wish) string {
	t.Helper()
	c, _ := client(t, name, text)
	ch, err := install.Plan(c, c.Places[0], w)
	if err != nil {
		t.Fatalf("%v for\n%s", err, text)
	}
	return string(ch.After)
}

// refused is why a text is not edited.
func refused(t *testing.T, name, text string, w install.Wish) string {
	t.Helper()
	c, _ := client(t, name, text)
	ch, err := install.Plan(c, c.Places[0], w)
	if err == nil {
		t.Fatalf("it was edited to\n%s", ch.After)
	}
	return err.Error()
}

// plan is what a client's only file becomes.
func plan(t fataler, c install.Client, w install.Wish) string {
	t.Helper()
	ch, err := install.Plan(c, c.Places[0], w)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return string(ch.After)
}

// fataler is a test, of whatever kind.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

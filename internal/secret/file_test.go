package secret_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// TestExposed finds which files with a secret in them others can read. Only
// root can make the ones that a service manager makes.
func TestExposed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	dir := t.TempDir()
	inner := filepath.Join(dir, "inner")
	if err := os.Mkdir(inner, 0o700); err != nil {
		t.Fatal(err)
	}
	root := os.Getuid() == 0
	for name, c := range map[string]struct {
		in          string
		mode        fs.FileMode
		uid         int
		credentials string
		want        bool
	}{
		"its owner's":               {dir, 0o600, 0, "", false},
		"its owner's to read":       {dir, 0o400, 0, dir, false},
		"everybody's":               {dir, 0o644, 0, "", true},
		"its group's":               {dir, 0o640, 0, "", true},
		"a credential":              {dir, 0o440, 0, dir, !root},
		"with a slash":              {dir, 0o440, 0, dir + "/", !root},
		"a credential no more":      {dir, 0o440, 0, "", true},
		"of another folder":         {dir, 0o440, 0, inner, true},
		"in a folder of the folder": {inner, 0o440, 0, dir, true},
		"everybody's credential":    {dir, 0o444, 0, dir, true},
		"a writable credential":     {dir, 0o460, 0, dir, true},
		"one of its group's":        {dir, 0o640, 0, dir, true},
		"not root's":                {dir, 0o440, 65534, dir, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(c.in, name)
			if err := os.WriteFile(path, []byte("secret"), 0o600); err != nil {
				t.Fatal(err)
			}
			if c.uid != 0 && root {
				if err := os.Chown(path, c.uid, c.uid); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Chmod(path, c.mode); err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if got := secret.Exposed(path, info, c.credentials); got != c.want {
				t.Errorf("got %t, want %t", got, c.want)
			}
		})
	}
}

package app

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFileLink finds a file that somebody names written where a link at its
// place leads, and the link there still.
func TestFileLink(t *testing.T) {
	t.Parallel()
	a := newAuditor(t)
	a.wrote("api.fiskl.com-1", "Acme Ltd", 1)
	behind, link := filepath.Join(t.TempDir(), "behind.csv"), filepath.Join(a.home, "link.csv")
	if err := os.Symlink(behind, link); err != nil {
		t.Skip(err)
	}
	if got := a.sees("journal", "export", link); got.code != exitFailed || !strings.Contains(got.err, "is a link to a file that is not there") {
		t.Errorf("got %+v, want that the link leads nowhere", got)
	}
	if err := os.WriteFile(behind, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := a.sees("journal", "export", link, "--force"); got.code != exitOK {
		t.Errorf("got %+v, want it written", got)
	}
	if b, err := os.ReadFile(behind); err != nil || !bytes.HasPrefix(b, []byte("line,")) {
		t.Errorf("got %q, error %v, want the journal", b, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("got %v, error %v, want a link", info, err)
	}
}

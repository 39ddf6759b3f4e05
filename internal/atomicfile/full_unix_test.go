//go:build unix

package atomicfile_test

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// again runs the test in a process of its own, which the test then changes as
// a whole. Without a user it is this one's.
func again(t *testing.T, program, folder string, user *syscall.Credential) {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, "-test.run=^"+t.Name()+"$", "--", "again", folder)
	c.SysProcAttr = &syscall.SysProcAttr{Credential: user}
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("got error %v, want none:\n%s", err, out)
	}
}

// TestFull runs out of room in the middle of the content, by the limit that
// the system sets on the length of files.
func TestFull(t *testing.T) {
	t.Parallel()
	if flag.Arg(0) != "again" {
		path := file(t, "old")
		again(t, os.Args[0], filepath.Dir(path), nil)
		wantFile(t, path, "old")
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // so that a write fails instead
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	l.Cur = 1000
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(filepath.Join(flag.Arg(1), "file"), make([]byte, 5000)); !errors.Is(err, syscall.EFBIG) {
		t.Errorf("got error %v, want %v", err, syscall.EFBIG)
	}
}

// TestReadOnlyFolder leaves a file as it is in a folder that may only be read.
// Nothing stops root, for whom the test runs itself as nobody.
func TestReadOnlyFolder(t *testing.T) {
	t.Parallel()
	switch {
	case flag.Arg(0) == "again":
		readOnly(t, flag.Arg(1))
	case os.Geteuid() != 0:
		readOnly(t, t.TempDir())
	default:
		asNobody(t)
	}
}

func asNobody(t *testing.T) {
	t.Helper()
	const nobody = 65534
	home, err := os.MkdirTemp("/tmp", "nobody-") //nolint:usetesting // others cannot reach t.TempDir
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	program, folder := filepath.Join(home, "atomicfile.test"), filepath.Join(home, "folder")
	b, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = errors.Join(os.WriteFile(program, b, 0o755), os.Mkdir(folder, 0o700), os.Chown(folder, nobody, nobody), os.Chmod(home, 0o755))
	}
	if err != nil {
		t.Fatal(err)
	}
	again(t, program, folder, &syscall.Credential{Uid: nobody, Gid: nobody})
}

func readOnly(t *testing.T, folder string) {
	t.Helper()
	path := filepath.Join(folder, "file")
	if err := errors.Join(os.WriteFile(path, []byte("old"), 0o600), os.Chmod(folder, 0o500)); err != nil {
		t.Fatal(err)
	}
	if err := atomicfile.Write(path, []byte("new")); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got error %v, want %v", err, fs.ErrPermission)
	}
	wantFile(t, path, "old")
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
}

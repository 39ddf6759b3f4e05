package seal_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
)

// goodKey is the file of testKey.
const goodKey = "3031323334353637383961626364656630313233343536373839616263646566\n"

// put writes a file that only its owner can read.
func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fails loads a key that cannot be used.
func fails(t *testing.T, path string, want ...string) {
	t.Helper()
	key, err := seal.LoadKey(path)
	if err == nil || !key.IsZero() {
		t.Fatal("it was taken for a key")
	}
	for _, want := range append(want, path) {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error = %v, want %q", err, want)
		}
	}
}

func TestKeyThatIsNone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"empty":         {"", "is too short (0 bytes, not 65)"},
		"short":         {goodKey[1:], "is too short (64 bytes, not 65)"},
		"long":          {goodKey + "\n", "is damaged"},
		"huge":          {strings.Repeat(goodKey, 10000), "is damaged"},
		"no hex":        {strings.Replace(goodKey, "3", "x", 1), "is damaged"},
		"no line break": {strings.TrimSpace(goodKey) + "0", "is damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "key")
			put(t, path, test.text)
			fails(t, path, test.want, "remove it, so that a new one is made")
			if text, err := os.ReadFile(path); err != nil || string(text) != test.text {
				t.Errorf("the file was changed: %v", err)
			}
			onlyHolds(t, filepath.Dir(path), "key")
		})
	}
}

func TestKeyOpenToOthers(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o620, 0o602, 0o666, 0o777, 0o610} {
		path := filepath.Join(t.TempDir(), "key")
		put(t, path, goodKey)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		fails(t, path, "is open to other users", "remove it, so that a new one is made")
		if info, err := os.Stat(path); err != nil || info.Mode() != mode {
			t.Errorf("the mode was changed from %v: %v", mode, err)
		}
	}
	for _, mode := range []os.FileMode{0o600, 0o400} {
		path := filepath.Join(t.TempDir(), "key")
		put(t, path, goodKey)
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if key, err := seal.LoadKey(path); err != nil || key.Reveal() != testKey {
			t.Errorf("mode %v: %v", mode, err)
		}
	}
}

func TestKeyIsLink(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	there, nowhere := filepath.Join(folder, "elsewhere"), filepath.Join(folder, "nowhere")
	put(t, there, goodKey)
	for name, target := range map[string]string{"whole": there, "dangling": nowhere} {
		path := filepath.Join(folder, name)
		if err := os.Symlink(target, path); err != nil {
			if runtime.GOOS == "windows" {
				t.Skip("needs the right to make symbolic links:", err)
			}
			t.Fatal(err)
		}
		fails(t, path, "is a symbolic link, not a file")
		if got, err := os.Readlink(path); err != nil || got != target {
			t.Errorf("the link was changed: %v", err)
		}
	}
	onlyHolds(t, folder, "dangling", "elsewhere", "whole")
}

func TestKeyIsFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	fails(t, path, "is a folder, not a file")
	onlyHolds(t, path)
}

func TestFolderIsFile(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "state")
	put(t, folder, "mine")
	for _, path := range []string{filepath.Join(folder, "key"), filepath.Join(folder, "deep", "key")} {
		if _, err := seal.LoadKey(path); err == nil || !strings.Contains(err.Error(), folder) {
			t.Errorf("error = %v", err)
		}
	}
	if text, err := os.ReadFile(folder); err != nil || string(text) != "mine" {
		t.Errorf("the file was changed: %v", err)
	}
}

// closedFolder is one that not even root can write into.
func closedFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	switch {
	case os.Geteuid() > 0:
		if err := os.Chmod(folder, 0o500); err != nil {
			t.Fatal(err)
		}
		return folder
	case runtime.GOOS == "linux":
		return "/proc"
	default:
		t.Skip("needs a folder that is closed to root, such as Linux has in /proc")
		return ""
	}
}

func TestFolderNotWritable(t *testing.T) {
	t.Parallel()
	folder := closedFolder(t)
	for want, path := range map[string]string{
		"write into its folder": filepath.Join(folder, "fiskl-mcp-key"),
		"make its folder":       filepath.Join(folder, "fiskl-mcp", "key"),
	} {
		key, err := seal.LoadKey(path)
		if err == nil || !key.IsZero() || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), folder) {
			t.Errorf("error = %v, want %q", err, want)
		}
	}
}

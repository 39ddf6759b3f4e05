package seal

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// keySize is the length of the installation's key, in bytes.
const keySize = 32

// keyText is the length of its file: hex digits and a line break.
const keyText = 2*keySize + 1

// remedy is what helps against every file that cannot be the key.
const remedy = "remove it, so that a new one is made; tokens given out before are then void"

// LoadKey reads the installation's key from path. At first it makes it: 32
// random bytes in hex, for its owner only, in a folder likewise. Of processes
// that do so at once all get the same key. What is at path is never replaced,
// because a new key would void every token: what is not a key, or can be read
// by others, is an error that says what to do.
func LoadKey(path string) (secret.Secret, error) {
	key, err := readKey(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeKey(path); err != nil {
			return secret.Secret{}, fmt.Errorf("the key of this installation cannot be made: %w", err)
		}
		key, err = readKey(path)
	}
	if err != nil {
		return secret.Secret{}, fmt.Errorf("the key of this installation cannot be used: %w", err)
	}
	return key, nil
}

func readKey(path string) (secret.Secret, error) {
	at, err := os.Lstat(path)
	if err != nil {
		return secret.Secret{}, fmt.Errorf("look for it: %w", err)
	}
	// A device or a pipe must not be opened at all.
	if !at.Mode().IsRegular() {
		return secret.Secret{}, unusable(path, "is "+kind(at.Mode())+", not a file")
	}
	f, err := os.Open(path) //nolint:gosec // the path is a setting of the person who runs this
	if err != nil {
		return secret.Secret{}, fmt.Errorf("read it: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return secret.Secret{}, fmt.Errorf("read it: %w", err)
	}
	if !os.SameFile(at, info) {
		return secret.Secret{}, unusable(path, "was exchanged while it was read")
	}
	// Windows guards a person's folders by other means than these bits.
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return secret.Secret{}, unusable(path, fmt.Sprintf("is open to other users (mode %04o)", info.Mode().Perm()))
	}
	return parseKey(path, f)
}

func parseKey(path string, r io.Reader) (secret.Secret, error) {
	text, err := io.ReadAll(io.LimitReader(r, keyText+1))
	if err != nil {
		return secret.Secret{}, fmt.Errorf("read it: %w", err)
	}
	if len(text) < keyText {
		return secret.Secret{}, unusable(path, fmt.Sprintf("is too short (%d bytes, not %d)", len(text), keyText))
	}
	key, err := hex.DecodeString(string(text[:keyText-1]))
	if err != nil || len(text) > keyText || text[keyText-1] != '\n' {
		return secret.Secret{}, unusable(path, "is damaged")
	}
	return secret.New(string(key)), nil
}

// makeKey makes the file, unless another process made it first.
func makeKey(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make its folder: %w", err)
	}
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails: it ends the program instead
	err := atomicfile.New(path, []byte(hex.EncodeToString(key)+"\n"))
	switch _, unlinked := errors.AsType[*os.LinkError](err); {
	case err == nil, errors.Is(err, fs.ErrExist):
		return nil
	case unlinked:
		return fmt.Errorf("name it (the folder must be on a file system that knows hard links): %w", err)
	default:
		return fmt.Errorf("write into its folder: %w", err)
	}
}

func unusable(path, problem string) error {
	return fmt.Errorf("%s %s: %s", path, problem, remedy)
}

func kind(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeSymlink != 0:
		return "a symbolic link"
	default:
		return "a device or a pipe"
	}
}

package principal

import (
	"bufio"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// maxTokens is how many lines a file of tokens may have, because each is
// compared with each token presented.
const maxTokens = 1000

// maxBytes is how large a file of tokens may be.
const maxBytes = maxTokens * 256

// errNoTokens is about a file in which there is nothing wrong, and no token.
var errNoTokens = errors.New("no token in it")

// token is one line of the file.
type token struct {
	name  string
	hash  [sha256.Size]byte
	write bool
}

// tokens is a whole file.
type tokens []token

// find returns the line of a hash. It takes as long whether there is one.
func (ts tokens) find(hash [sha256.Size]byte) (token, bool) {
	at := -1
	for i := range ts {
		at = subtle.ConstantTimeSelect(subtle.ConstantTimeCompare(ts[i].hash[:], hash[:]), i, at)
	}
	if at < 0 {
		return token{}, false
	}
	return ts[at], true
}

// readTokens reads a file. The file's description is returned with an error
// too, unless there is no such file.
func readTokens(path, credentials string) (tokens, fs.FileInfo, error) {
	f, err := os.Open(path) //nolint:gosec // the path is a setting of the person who runs this
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("look at %s: %w", path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, info, fmt.Errorf("%s is not a file", path)
	}
	if secret.Exposed(path, info, credentials) {
		return nil, info, fmt.Errorf("%s can be read by others: chmod 600 %[1]s", path)
	}
	if info.Size() > maxBytes {
		return nil, info, fmt.Errorf("%s is larger than %d bytes", path, maxBytes)
	}
	read, err := parseTokens(io.LimitReader(f, maxBytes))
	if err != nil {
		return nil, info, fmt.Errorf("%s: %w", path, err)
	}
	return read, info, nil
}

// parseTokens reads the lines. Errors tell the line's number and never quote
// it, because a token itself may have been put there by mistake.
func parseTokens(r io.Reader) (tokens, error) {
	var read tokens
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		t, err := parseToken(line)
		if err == nil {
			err = read.clash(t)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		read = append(read, t)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read it: %w", err)
	}
	switch {
	case len(read) == 0:
		return nil, errNoTokens
	case len(read) > maxTokens:
		return nil, fmt.Errorf("more than %d tokens", maxTokens)
	}
	return read, nil
}

// parseToken reads one line.
func parseToken(line string) (token, error) {
	parts := strings.Split(line, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return token{}, errors.New("want name:hash, name:hash:rw or name:hash:ro")
	}
	t := token{name: parts[0]}
	if !goodName(t.name) {
		return token{}, errors.New("the name wants 1 to 64 letters, digits, dots, dashes, underscores or @")
	}
	hash, err := hex.DecodeString(parts[1])
	if err != nil || len(hash) != len(t.hash) {
		return token{}, errors.New("the hash wants 64 hex digits, the SHA-256 of the token")
	}
	copy(t.hash[:], hash)
	if len(parts) == 3 {
		switch parts[2] {
		case "rw":
			t.write = true
		case "ro":
		default:
			return token{}, errors.New("the right wants to be rw or ro")
		}
	}
	return t, nil
}

// clash is the error of a line that repeats another.
func (ts tokens) clash(t token) error {
	for _, other := range ts {
		switch {
		case other.name == t.name:
			return fmt.Errorf("the name %s is taken", t.name)
		case other.hash == t.hash:
			return fmt.Errorf("the hash is that of %s", other.name)
		}
	}
	return nil
}

// goodName reports that a name may stand in logs as it is.
func goodName(name string) bool {
	if name == "" || len(name) > 64 {
		return false
	}
	return !strings.ContainsFunc(name, func(c rune) bool {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		return !letter && !strings.ContainsRune(".-_@", c)
	})
}

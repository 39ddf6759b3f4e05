package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// file is what the settings file says.
type file struct {
	path      string   // empty when there is none
	shared    layer    // for the program and all companies
	companies profiles // in the order of the file
}

// readFile reads the settings file. One that need not exist may be missing.
func readFile(path string, must bool) (file, error) {
	if secret.IsKey(path) {
		return file{}, errors.New("FISKL_CONFIG holds a key and not the name of a file: set it as FISKL_API_KEY") // not quoted: it is the secret
	}
	text, info, err := slurp(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return file{}, nil
	case err != nil:
		return file{}, fmt.Errorf("the settings file cannot be read: %w", err)
	}
	table := make(map[string]any)
	meta, err := toml.Decode(text, &table)
	if err != nil {
		return file{}, broken(path, err)
	}
	f := file{path: path}
	if err := f.take(table, meta.Keys()); err != nil {
		return file{}, fmt.Errorf("%s: %w", path, err)
	}
	return f, f.ownersOnly(info)
}

// ownersOnly refuses a file with keys that others can read, and any that they
// can change: who writes it decides where keys are sent.
func (f *file) ownersOnly(info fs.FileInfo) error {
	if problem := exposed(f.path, info, ""); problem != "" && f.holdsKeys() {
		return errors.New(problem)
	}
	if problem := alterable(f.path, info); problem != "" {
		return errors.New(problem)
	}
	return nil
}

// alterable says that others can change a file, and what to do.
func alterable(path string, info fs.FileInfo) string {
	if info.Mode().Perm()&0o022 == 0 || !secret.Exposed(path, info, "") {
		return ""
	}
	return fmt.Sprintf("the file %s can be changed by others (mode %04o). Run: chmod 600 %s", path, info.Mode().Perm(), path)
}

// slurp reads a file, and describes it as it was when it was read.
func slurp(path string) (string, fs.FileInfo, error) {
	f, err := os.Open(path) //nolint:gosec // the path is the user's own setting
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	info, err := f.Stat()
	if err != nil {
		return "", nil, err
	}
	text, err := io.ReadAll(f)
	return string(text), info, err
}

// credentialsVariable names the folder of secrets, where systemd has made one.
const credentialsVariable = "CREDENTIALS_DIRECTORY"

// exposed says that others can read a file with a secret, and what to do.
func exposed(path string, info fs.FileInfo, credentials string) string {
	if !secret.Exposed(path, info, credentials) {
		return ""
	}
	return fmt.Sprintf("the file %s can be read by others (mode %04o). Run: chmod 600 %s", path, info.Mode().Perm(), path)
}

// broken says where a file is not TOML. The library's own words are left out,
// for they quote what stands there, which may be a key without its quotes.
func broken(path string, err error) error {
	return fmt.Errorf("%s: %w", path, unreadable(err))
}

func unreadable(err error) error {
	where := ""
	if at, ok := errors.AsType[toml.ParseError](err); ok {
		where = fmt.Sprintf("line %d ", at.Position.Line)
	}
	return fmt.Errorf(`%scannot be read as TOML: write name = "text", name = 5 or name = true, each name and [table] once`, where)
}

// holdsKeys reports that the file itself holds a secret.
func (f *file) holdsKeys() bool {
	return slices.ContainsFunc(f.companies, func(p profile) bool { return p.own["FISKL_API_KEY"].Text != "" })
}

// keyVariables are the variables that companies have their keys in.
func (f *file) keyVariables() []string {
	var names []string
	for _, p := range f.companies {
		names = append(names, p.own[keyVariable].Text)
	}
	return names
}

// beside finds a file that the settings file names: a relative name is meant
// from its folder, for a desktop client starts a program anywhere.
func (v Value) beside() string {
	if v.File == "" || filepath.IsAbs(v.Text) {
		return v.Text
	}
	return filepath.Join(filepath.Dir(v.File), v.Text)
}

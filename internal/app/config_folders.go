package app

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
)

// ours is our part of one of the user's folders.
func ours(parts ...string) string {
	return filepath.Join(append([]string{parts[0], "fiskl-mcp"}, parts[1:]...)...)
}

// journals is the folder of the journals of changes; empty when there is none.
func (p program) journals() string {
	if p.stateDir == "" {
		return ""
	}
	return filepath.Join(p.stateDir, "journal")
}

// heads are the folders for records of the journals' last lines. One is beside the
// journals, and what is restored with them says nothing; so there is another in
// the folder for what may be lost, which backups leave out, apart for each
// folder of journals.
func (p program) heads() []string {
	if p.stateDir == "" {
		return nil
	}
	folders := []string{filepath.Join(p.stateDir, "heads")}
	if p.cache != "" {
		sum := sha256.Sum256([]byte(filepath.Clean(p.stateDir)))
		folders = append(folders, p.cached("heads", hex.EncodeToString(sum[:8])))
	}
	return folders
}

// exports is the folder of exported files of all callers; empty when there is none.
func (p program) exports() string {
	if p.stateDir == "" {
		return ""
	}
	return filepath.Join(p.stateDir, "exports")
}

// cached is where something is kept that may be lost; empty when nothing is.
func (p program) cached(parts ...string) string {
	if p.cache == "" {
		return ""
	}
	return ours(append([]string{p.cache}, parts...)...)
}

// permissions is the folder in which what credentials may do is kept between
// runs; empty when nothing is.
func (p program) permissions() string { return p.cached("permissions") }

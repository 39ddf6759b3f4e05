package config

import (
	"path/filepath"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
)

// ours is our part of one of the user's folders.
func ours(parts ...string) string {
	return filepath.Join(append([]string{parts[0], "fiskl-mcp"}, parts[1:]...)...)
}

// JournalsDir is the folder of the journals of changes; empty when there is
// none.
func (p Program) JournalsDir() string {
	if p.StateDir == "" {
		return ""
	}
	return filepath.Join(p.StateDir, "journal")
}

// HeadsDirs are the folders for records of the journals' last lines; none when
// there are no journals. One is beside the journals, and what is restored with
// them says nothing; so there is another in the folder for what may be lost,
// which backups leave out, apart for each folder of journals.
func (p Program) HeadsDirs() []string {
	if p.StateDir == "" {
		return nil
	}
	folders := []string{filepath.Join(p.StateDir, "heads")}
	if p.Cache != "" {
		folders = append(folders, p.cached("heads", digest.Of(filepath.Clean(p.StateDir))[:16]))
	}
	return folders
}

// ExportsDir is the folder of exported files of all callers; empty when there is
// none.
func (p Program) ExportsDir() string {
	if p.StateDir == "" {
		return ""
	}
	return filepath.Join(p.StateDir, "exports")
}

// cached is where something is kept that may be lost; empty when nothing is.
func (p Program) cached(parts ...string) string {
	if p.Cache == "" {
		return ""
	}
	return ours(append([]string{p.Cache}, parts...)...)
}

// PermissionsDir is the folder in which what credentials may do is kept between
// runs; empty when nothing is.
func (p Program) PermissionsDir() string { return p.cached("permissions") }

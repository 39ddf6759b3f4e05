package config

import (
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// Environment is what settings are read from besides the command line.
type Environment struct {
	Variables Variables

	// The user's folders, each as the system has it; empty where there is none.
	ConfigDir string // for settings
	CacheDir  string // for what may be lost
	StateDir  string // for what must not be lost

	Now      func() time.Time // nil means time.Now
	Keychain credential.System
}

// Variables are the environment as name=value pairs.
type Variables []string

// Get returns the last value of a variable.
func (all Variables) Get(wanted string) string {
	for _, pair := range slices.Backward(all) {
		if name, text, _ := strings.Cut(pair, "="); name == wanted {
			return text
		}
	}
	return ""
}

// UsualFile is where the settings file is unless another is named; empty when
// there is no folder for it.
func (e Environment) UsualFile() string {
	if e.ConfigDir == "" {
		return ""
	}
	return ours(e.ConfigDir, "config.toml")
}

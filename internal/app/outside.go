package app

import (
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// outside is what settings are read from besides the command line.
type outside struct {
	variables variables

	// The user's folders, each as the system has it; empty where there is none.
	configDir string // for settings
	cacheDir  string // for what may be lost
	stateDir  string // for what must not be lost

	now      func() time.Time // nil means time.Now
	keychain credential.System
}

// variables are the environment as name=value pairs.
type variables []string

// get returns the last value of a variable.
func (all variables) get(wanted string) string {
	for _, pair := range slices.Backward(all) {
		if name, text, _ := strings.Cut(pair, "="); name == wanted {
			return text
		}
	}
	return ""
}

// usualFile is where the settings file is unless another is named; empty when
// there is no folder for it.
func (e outside) usualFile() string {
	if e.configDir == "" {
		return ""
	}
	return ours(e.configDir, "config.toml")
}

package install

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// Entry is what a client has to know of a server that it starts.
type Entry struct {
	Command string   // the full path of the program
	Args    []string // without the program
}

// Wish is what is to become of a client's configuration.
type Wish struct {
	Name   string // the entry's
	Entry  Entry
	Remove bool // the entry is to be gone
	Force  bool // an entry of that name that is not ours may be replaced or removed
}

// check refuses a name that not all clients would take.
func (w Wish) check() error {
	if len(secret.Keys(w.Name)) > 0 {
		return errors.New("a key cannot be the name of an entry: no key is ever written into a client's file")
	}
	if ok, err := regexp.MatchString(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`, w.Name); err != nil || !ok {
		return fmt.Errorf("%q cannot be the name of an entry: use at most 64 letters, digits, - and _", w.Name)
	}
	return nil
}

// foreign refuses to touch an entry that starts something else.
func (w Wish) foreign() error {
	anyway := "replace it"
	if w.Remove {
		anyway = "remove it all the same"
	}
	return fmt.Errorf("the entry %q there starts something else: choose another name (--name), or %s (--force)", w.Name, anyway)
}

// program is the name of the program that an entry of ours starts.
const program = "fiskl-mcp"

// ours reports that a command starts this program, wherever it lies.
func (w Wish) ours(command string) bool { return Server{Command: command}.Ours(w.Entry.Command) }

func isOurs(command string) bool {
	base := command[strings.LastIndexAny(command, `/\`)+1:]
	return strings.TrimSuffix(strings.ToLower(base), ".exe") == program
}

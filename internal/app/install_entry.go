package app

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// wished is what is to become of the configuration.
func wished(c *cobra.Command, w environment, f installFlags) (install.Wish, error) {
	wish := install.Wish{Name: f.entryName(c), Remove: f.remove, Force: f.force}
	if f.remove {
		return wish, nil
	}
	var err error
	if wish.Entry.Command, err = w.self(); err != nil {
		return wish, fmt.Errorf("where this program is: %w", err)
	}
	if passing(wish.Entry.Command) {
		return wish, errors.New("go run makes a program that does not last: run go install ./cmd/fiskl-mcp, and then the one in $(go env GOPATH)/bin")
	}
	wish.Entry.Args, err = entryArgs(c)
	return wish, err
}

func (f installFlags) entryName(c *cobra.Command) string {
	switch {
	case f.name != "" || c.Flags().Changed("name"):
		return f.name
	case given(c, "sandbox"):
		return "fiskl-sandbox"
	default:
		return "fiskl"
	}
}

// given reports a switch that was turned on.
func given(c *cobra.Command, flag string) bool {
	yes, err := c.Flags().GetBool(flag)
	return err == nil && yes
}

// entryArgs are the arguments of an entry: the flags that were given, apart
// from the one that asks for a rehearsal of the installation itself.
func entryArgs(c *cobra.Command) ([]string, error) {
	args := []string{"stdio"}
	for _, s := range config.Settings() {
		flag := c.Flags().Lookup(s.Flag)
		if s.Flag == "" || flag == nil || !flag.Changed || s.Flag == "dry-run" {
			continue
		}
		written, err := argument(s, flag)
		if err != nil {
			return nil, usageError{err}
		}
		args = append(args, written...)
	}
	return args, nil
}

// argument writes a flag of a setting down. Clients start programs anywhere, so
// the names of files are made full paths.
func argument(s config.Setting, flag *pflag.Flag) ([]string, error) {
	text := flag.Value.String()
	switch {
	case secret.HoldsKey(text):
		return nil, fmt.Errorf("--%s holds a key, and a key is never written into a client's file", s.Flag)
	case s.IsBool && text == "true":
		return []string{"--" + s.Flag}, nil
	case s.IsBool:
		return []string{"--" + s.Flag + "=false"}, nil
	case s.Env == "FISKL_CONFIG" || strings.HasSuffix(s.Env, "_FILE"):
		full, err := filepath.Abs(text)
		return []string{"--" + s.Flag, full}, err
	default:
		return []string{"--" + s.Flag, text}, nil
	}
}

// self is the full path of this program, by the name that it was called by if
// there is one: a package manager's link stays when the program behind it is
// replaced by its next version.
func self() (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	called, err := exec.LookPath(os.Args[0])
	if err != nil {
		return program, nil //nolint:nilerr // then there is no better name
	}
	if called, err = filepath.Abs(called); err == nil && same(called, program) {
		return called, nil
	}
	return program, nil
}

func same(a, b string) bool {
	one, err := os.Stat(a) //nolint:gosec // it is this program
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// passing reports a program that the go command has made for one run.
func passing(program string) bool {
	folders := strings.Split(filepath.ToSlash(filepath.Dir(program)), "/")
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(f, "go-build") })
}

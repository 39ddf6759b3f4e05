package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// usageError is a mistake in the command line or the settings.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// errSaid ends a command that has already said what went wrong.
var errSaid = errors.New("said")

// errAwaits ends a call that waits for a person's yes.
var errAwaits = errors.New("awaits")

// run is the whole program. It returns the exit status.
func (p Program) run(ctx context.Context, w environment) int {
	root := p.root(w)
	root.SetArgs(append([]string{}, w.args...)) // nil would mean the process's own
	root.SetIn(w.in)
	root.SetOut(w.out)
	root.SetErr(w.err)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errSaid):
		return exitFailed
	case errors.Is(err, errAwaits):
		return exitAwaits
	case errors.Is(err, syscall.EPIPE): // whoever read the output went away, as head does
		return exitFailed
	}
	_, _ = fmt.Fprintf(w.err, "%s: %s\n", p.name, secret.Mask(err.Error())) // nowhere else to say it
	if _, mistaken := errors.AsType[usageError](err); mistaken {
		return exitUsage
	}
	return exitFailed
}

// root is the program without a command, which shows the help.
func (p Program) root(w environment) *cobra.Command {
	root := &cobra.Command{
		Use:           p.name,
		Short:         p.short,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if p.piped != nil && onPipe(w) {
				return p.piped(c, w)
			}
			return c.Help()
		},
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.Version = version()
	root.SetVersionTemplate(versionLine(p.name))
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(append(p.commands(w), completionCommand(w), versionCommand(p.name))...)
	for _, c := range root.Commands() {
		c.Args = asUsage(c.Args)
	}
	for _, s := range config.Settings() {
		addFlag(flagsFor(root, s.Command), s)
	}
	completeFlags(root)
	root.Args = asUsage(root.Args)
	return root
}

// flagsFor are those of one command, or of all.
func flagsFor(root *cobra.Command, command string) *pflag.FlagSet {
	for _, c := range root.Commands() {
		if c.Name() == command {
			return c.Flags()
		}
	}
	return root.PersistentFlags()
}

func asUsage(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if slices.ContainsFunc(args, secret.IsKey) {
			return usageError{errors.New("a key does not belong on the command line, where the shell keeps it and other programs see it: run fiskl-mcp login, and paste it there")}
		}
		if err := check(c, args); err != nil {
			return argumentProblem(c, args)
		}
		return nil
	}
}

func addFlag(flags *pflag.FlagSet, s config.Setting) {
	if s.Flag == "" {
		return
	}
	help := strings.ReplaceAll(s.Help, "`", "") + " (" + s.Env + ")"
	if s.IsBool {
		flags.Bool(s.Flag, false, help)
		return
	}
	flags.String(s.Flag, "", help)
}

// configured reads the settings of a command.
func configured(c *cobra.Command, w environment) (config.Config, error) {
	cfg, err := config.Read(w.outside(), givenFlags(c))
	if err != nil {
		return config.Config{}, usageError{err}
	}
	return cfg, nil
}

// givenFlags are the flags that stand on the command line.
func givenFlags(c *cobra.Command) map[string]string {
	given := make(map[string]string)
	c.Flags().Visit(func(f *pflag.Flag) { given[f.Name] = f.Value.String() })
	return given
}

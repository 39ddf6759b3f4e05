package app

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

func callCommand(w environment) *cobra.Command {
	var how callFlags
	c := &cobra.Command{
		Use:   "call TOOL [key=value ... | JSON | -]",
		Short: "Call one tool from the shell",
		Long: `Call one tool from the shell, exactly as a client would.

Arguments are key=value pairs, one JSON object, or - for JSON on standard input.
A value that starts with [ or { is read as JSON, and a list may be written with
commas: account=6000,4010. fiskl-mcp call TOOL --help shows what a tool takes, with
an example. The exit status is 1 for a
failure, 2 for a mistake in the command line, and 3 when nothing was done yet
because a person has to agree: the answer says how to go on.

  fiskl-mcp call list_invoices --sandbox status=overdue
  fiskl-mcp call get_invoice --sandbox invoice=INV-0131 --json

A file that is exported is written to the folder you are in, unless --export-dir
names another, and the answer has its path. The sandbox keeps what calls change for
those that follow, until --fresh begins a new one.

At a terminal a long read shows on standard error how far it is, until the answer
is there. --timing adds a table there, after the answer: a row for each request to
the API with when it began, which request had ended last by then, and how long it
waited for its turn under the rate limit, for a connection, for the first byte of
the answer and for the rest, in milliseconds. It holds no names, ids or keys.`,
		Args:              cobra.MinimumNArgs(1),
		Annotations:       map[string]string{wants: "say which tool to call, as in: fiskl-mcp call list_invoices --sandbox status=overdue\nfiskl-mcp tools lists the tools, and fiskl-mcp tools NAME shows what one takes"},
		ValidArgsFunction: completeCall,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return callTool(c, w, cfg, args, how)
		},
	}
	c.SetHelpFunc(helpOfTool(c.HelpFunc(), w))
	c.Flags().BoolVar(&how.json, "json", false, "print the structured result")
	c.Flags().BoolVar(&how.timing, "timing", false, "print what each request waited for, on standard error")
	c.Flags().BoolVar(&how.fresh, "fresh", false, "begin the sandbox anew; else it keeps what earlier calls changed")
	c.Flags().BoolVar(&how.noProgress, "no-progress", false, "show no progress bar at a terminal")
	return c
}

// callFlags are those of the command itself.
type callFlags struct{ json, timing, noProgress, fresh bool }

func callTool(c *cobra.Command, w environment, cfg config.Config, args []string, how callFlags) error {
	if cfg.ExportDir == "" {
		cfg.ExportDir = w.work // an address of a resource leads nowhere in a shell
	}
	shown, logger := w.progressBar(how, cfg)
	lines, kept := shellLines(cfg, how)
	lines, times := timed(cfg, how, lines)
	p, err := opened(cfg, logger, lines...)
	if err != nil {
		return err
	}
	t, ok := p.Find(args[0])
	if !ok {
		return noTool(p, args[0])
	}
	raw, err := callArguments(args[1:], w.in, argumentsOf(p.Definition(t)))
	if err != nil {
		return usageError{err}
	}
	defer p.Close(c.Context(), logger)
	answer := w.converse(c.Context(), times.calls(shown.calls(p, t)), tools.Request{Args: raw})
	defer times.print(w.err)
	if answer.Defect {
		mcpserver.LogDefect(c.Context(), logger, t, answer.Err)
	}
	defer kept.warn(w.err)
	return w.printAnswer(answer, how, kept)
}

// printAnswer prints what a call came to. Its error decides on the exit status.
func (w environment) printAnswer(answer tools.Answer, how callFlags, kept *keptSandbox) error {
	var err error
	switch {
	case answer.Err != nil:
		_, _ = fmt.Fprintln(w.err, answer.Text) // nowhere else to say it
		return errSaid
	case how.json:
		_, err = fmt.Fprintf(w.out, "%s\n", answer.Structured)
	default:
		err = printText(w.out, kept.after(answer.Text))
	}
	if err == nil && answer.Awaits {
		return errAwaits
	}
	return err
}

// callArguments makes one JSON object of what stands on the command line.
func callArguments(args []string, in io.Reader, known []toolArgument) (json.RawMessage, error) {
	if len(args) == 1 && args[0] == "-" {
		return io.ReadAll(in)
	}
	if len(args) == 1 && strings.HasPrefix(strings.TrimSpace(args[0]), "{") {
		return json.RawMessage(args[0]), nil
	}
	return pairs(args, known)
}

// pairs reads arguments of the form key=value. A list of texts or numbers may be
// written with commas: 6000,4010. A comma before a space is one of a name.
func pairs(args []string, known []toolArgument) (json.RawMessage, error) {
	members := make(map[string]any, len(args))
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, fmt.Errorf("argument %q is not of the form key=value", arg)
		}
		if _, twice := members[name]; twice {
			return nil, fmt.Errorf("argument %s is given twice; write a list as %s='[\"a\",\"b\"]'", name, name)
		}
		members[name] = value
		switch {
		case strings.HasPrefix(value, "[") || strings.HasPrefix(value, "{"):
			members[name] = json.RawMessage(value)
		case isList(known, name) && strings.Contains(value, ",") && !strings.Contains(value, ", "):
			members[name] = strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
		}
	}
	b, err := json.Marshal(members)
	if err != nil {
		return nil, fmt.Errorf("a value that starts with [ or { is not JSON: %w", err)
	}
	return b, nil
}

package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func toolsCommand(w environment) *cobra.Command {
	c := &cobra.Command{
		Use:   "tools [TOOL]",
		Short: "List the tools with what each costs a model's context; of one tool, what it takes",
		Long: "List the tools that are offered, with what each costs a model's context. Fiskl is asked what your key may do, and what is not offered\n" +
			"stands below with the reason. With TOOL, show what that one takes, with an example.",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeTools,
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			p, err := opened(cfg, newLogger(w.err, cfg.LogLevel))
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return printTools(c.Context(), w, p)
			}
			t, ok := p.Find(args[0])
			if !ok {
				return noTool(p, args[0])
			}
			return describe(w.out, p, t)
		},
	}
	c.SetHelpFunc(helpOfTool(c.HelpFunc(), w))
	return c
}

func printTools(ctx context.Context, w environment, p company.Companies) error {
	hidden := hiddenTools(ctx, w, p)
	out := tabwriter.NewWriter(w.out, 0, 8, 2, ' ', 0)
	var b strings.Builder
	b.WriteString("TOOL\tTOOLSET\tEFFECT\tTOKENS\tNEEDS\n")
	total, count := 0, 0
	for _, t := range p.All() {
		if slices.ContainsFunc(hidden, func(h schemas.HiddenTools) bool { return slices.Contains(h.Tools, t.Name) }) {
			continue
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%d\t%s\n", t.Name, t.Toolset, t.Effect, t.Tokens(), strings.Join(p.Missing(t.Needs, nil), " "))
		total += t.Tokens()
		count++
	}
	fmt.Fprintf(&b, "%d tools\t\t\t%d\t\n", count, total)
	if _, err := out.Write([]byte(b.String())); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return printHidden(w, hidden)
}

func printHidden(w environment, hidden []schemas.HiddenTools) error {
	var b strings.Builder
	for _, h := range hidden {
		fmt.Fprintf(&b, "\nNot offered, %s:\n  %s\n", h.Reason, strings.Join(h.Tools, "\n  "))
	}
	_, err := fmt.Fprint(w.out, b.String())
	return err
}

// hiddenTools are those that no company offers, with the reason of the first.
// Where Fiskl cannot be asked what a key may do, it is taken to do all.
func hiddenTools(ctx context.Context, w environment, p company.Companies) []schemas.HiddenTools {
	const patience = 5 * time.Second
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	var hidden []schemas.HiddenTools
	for i, co := range p.Each {
		var held []string
		problem := co.CredentialProblem()
		if problem == "" {
			var err error
			if held, err = co.API.Permissions.List(ctx); err != nil {
				held, problem = nil, err.Error()
			} else if held == nil {
				held = []string{}
			}
		}
		if problem != "" {
			_, _ = fmt.Fprintf(w.err, "What this key may do is not known, so all tools are listed: %s\n", secret.Mask(problem)) // without it they are listed too
		}
		own := co.Catalog.Hidden(held)
		if i == 0 {
			hidden = own
			continue
		}
		hidden = inBoth(hidden, own)
	}
	return hidden
}

// inBoth are the tools of the first that are hidden in the other, too.
func inBoth(hidden, other []schemas.HiddenTools) []schemas.HiddenTools {
	var both []schemas.HiddenTools
	for _, h := range hidden {
		h.Tools = slices.DeleteFunc(slices.Clone(h.Tools), func(name string) bool {
			return !slices.ContainsFunc(other, func(o schemas.HiddenTools) bool { return slices.Contains(o.Tools, name) })
		})
		if len(h.Tools) > 0 {
			both = append(both, h)
		}
	}
	return both
}

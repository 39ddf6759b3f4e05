package app

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
)

func toolsCommand(w environment) *cobra.Command {
	return &cobra.Command{
		Use:   "tools",
		Short: "List the tools with what each costs a model's context",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			p, err := opened(cfg, newLogger(w.err, cfg.LogLevel))
			if err != nil {
				return err
			}
			return printTools(w, p)
		},
	}
}

func printTools(w environment, p company.Companies) error {
	out := tabwriter.NewWriter(w.out, 0, 8, 2, ' ', 0)
	var b strings.Builder
	b.WriteString("TOOL\tTOOLSET\tEFFECT\tTOKENS\tNEEDS\n")
	total, count := 0, 0
	for _, t := range p.All() {
		if p.Withheld(t) != "" {
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
	return out.Flush()
}

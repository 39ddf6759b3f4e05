package app

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// everyTool is all tools, whatever the settings, for help and completion. It
// touches nothing.
func everyTool() (company.Companies, error) {
	cfg, err := config.Read(config.Environment{Variables: config.Variables{"FISKL_SANDBOX=1"}}, nil)
	if err != nil {
		return company.Companies{}, err
	}
	return company.Open(cfg, slog.New(slog.DiscardHandler))
}

// noTool says which tool there is in place of one that there is not.
func noTool(p company.Companies, typed string) error {
	var known []string
	for _, t := range p.All() {
		known = append(known, t.Name)
	}
	return usageError{fmt.Errorf("there is no tool %q%s fiskl-mcp tools lists them", typed, orSemicolon(meant(typed, known)))}
}

// helpOfTool is the help of a command that is followed by a tool: that of the
// tool, or that of the command where none is named.
func helpOfTool(otherwise func(*cobra.Command, []string), w environment) func(*cobra.Command, []string) {
	return func(c *cobra.Command, args []string) {
		p, err := everyTool()
		if err != nil {
			otherwise(c, args)
			return
		}
		for _, word := range args {
			if t, ok := p.Find(word); ok {
				_ = describe(w.out, p, t) // nowhere else to say it
				return
			}
		}
		otherwise(c, args)
	}
}

// describe prints what a tool does and takes, with an example.
func describe(out io.Writer, p company.Companies, t tools.Tool) error {
	d := p.Definition(t)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", t.Name, d.Description)
	all := argumentsOf(d)
	if len(all) == 0 {
		b.WriteString("It takes no arguments.\n")
	} else {
		b.WriteString("Arguments, of which those with * have to be given:\n")
		b.WriteString(argumentTable(all, "  "))
	}
	fmt.Fprintf(&b, "\nExample:\n  %s\n", exampleCall(t.Name, all))
	_, err := io.WriteString(out, b.String())
	return err
}

// argumentTable lines arguments up; those of objects in a list stand below it.
func argumentTable(all []toolArgument, indent string) string {
	var b strings.Builder
	table := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	var write func(all []toolArgument, indent string)
	write = func(all []toolArgument, indent string) {
		for _, a := range all {
			star := ""
			if a.required {
				star = "*"
			}
			_, _ = fmt.Fprintf(table, "%s%s%s\t%s\t%s\n", indent, a.name, star, a.kind(), a.about) // a builder takes all
			if a.schema.Items != nil {
				write(a.schema.Items.arguments(), indent+"  ")
			}
		}
	}
	write(all, indent)
	_ = table.Flush() // likewise
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

package app

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/adopt"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

func contractAdoptCommand(w environment) *cobra.Command {
	to := saving{}
	c := &cobra.Command{
		Use:   "adopt FILE",
		Short: "Make a dialect of the OpenAPI document that Fiskl publishes",
		Long: `Make a dialect of the OpenAPI document that Fiskl publishes: find every
operation, field, parameter and word that this program relies on in it, under
whatever name, and write down what differs. FILE is OpenAPI 3.0 or 3.1 in JSON
or YAML, or - for standard input. Nothing is sent anywhere.

Three groups are printed: what is certain, what was guessed and why, and what is
missing with the tools that it concerns. Read the guesses before you use the
dialect, and then "contract check" with a key that may only read. The exit
status is 1 when something required is missing: the dialect is written all the
same, and the tools named will not work.`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return adoptContract(w, cfg, args[0], to)
		},
	}
	to.flags(c)
	return c
}

func adoptContract(w environment, cfg config.Config, file string, to saving) error {
	theirs, err := readContract(w, file)
	var d adopt.Documents
	if err == nil {
		d.Theirs, err = theirs.Operations()
	}
	if err != nil {
		return usageError{fmt.Errorf("%s: %w", secret.Quote(file), err)}
	}
	ours, err := contract.Ours()
	if err != nil {
		return err
	}
	if d.Ours, err = ours.Operations(); err != nil {
		return err
	}
	d.For, d.Source = cfg.DialectFor(), "adopted from "+sourceName(file)+", "+w.stamped()
	outcome := adopt.Adopt(d)
	out := w.out
	if to.prints() {
		out = w.err // the dialect alone goes to standard output
	}
	if err := printAdopted(out, outcome, len(d.Ours)); err != nil {
		return err
	}
	if err := saveDialect(w, cfg, outcome.Dialect, to); err != nil {
		return err
	}
	if !outcome.Sound() {
		return errSaid
	}
	return nil
}

// sourceName is the name of a file without its folder, which may tell of the
// person.
func sourceName(file string) string {
	if file == "-" {
		return "standard input"
	}
	return schemas.Clean(filepath.Base(file), 80)
}

func printAdopted(out io.Writer, o adopt.Outcome, operations int) error {
	users, err := toolsOf()
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, group := range []struct {
		grade adopt.Grade
		title string
	}{
		{adopt.Certain, "CERTAIN: the document leaves no doubt"},
		{adopt.Guessed, "GUESSED: look at these, and correct them in the dialect"},
		{adopt.Missing, "MISSING: the document has nothing for these"},
	} {
		rows := adoptedRows(o, group.grade, users)
		if len(rows) == 0 {
			rows = []string{"nothing"}
		}
		b.WriteString(group.title + "\n" + strings.Join(rows, "\n") + "\n\n")
	}
	fmt.Fprintf(&b, "%d of %d operations are as expected.", o.Same, operations)
	if n := len(o.Dialect.Extra); n > 0 {
		fmt.Fprintf(&b, " %d other reads were kept; FISKL_EXTRA_TOOLS=read offers them as tools.", n)
	}
	if o.Others > 0 {
		fmt.Fprintf(&b, " %d more cannot be offered.", o.Others)
	}
	_, err = io.WriteString(out, b.String()+"\n")
	return err
}

// adoptedRows are the rows of one group. Certain names of one operation stand
// on one line.
func adoptedRows(o adopt.Outcome, grade adopt.Grade, users map[fisklapi.Operation][]string) []string {
	var rows []string
	last := ""
	for _, f := range o.Findings {
		if f.Grade != grade {
			continue
		}
		head, field, _ := strings.Cut(f.Part, " ")
		at := orAll(f.Operation) + "  " + head
		switch {
		case grade == adopt.Certain && field != "" && at == last:
			rows[len(rows)-1] += ", " + field + " = " + f.Theirs
		case grade == adopt.Certain && field != "":
			rows = append(rows, at+"  "+field+" = "+f.Theirs)
			last = at
		case grade == adopt.Missing:
			rows = append(rows, missingRow(f, users))
		default:
			rows = append(rows, orAll(f.Operation)+"  "+f.Part+"  "+f.Theirs+"  ("+f.Why+")")
			last = ""
		}
	}
	return rows
}

func missingRow(f adopt.Finding, users map[fisklapi.Operation][]string) string {
	row := orAll(f.Operation) + "  " + f.Part
	if f.Theirs != "" && f.Theirs != "-" {
		row += "  " + f.Theirs
	}
	row += "  (" + f.Why + ")"
	switch hit := users[f.Operation]; {
	case !f.Required:
		return row + "  optional"
	case len(hit) > 0:
		return row + "  tools: " + strings.Join(hit, " ")
	default:
		return row + "  required"
	}
}

func orAll(op fisklapi.Operation) string {
	if op == "" {
		return "(all)"
	}
	return string(op)
}

// toolsOf are the tools that need an operation.
func toolsOf() (map[fisklapi.Operation][]string, error) {
	api, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("not used")})
	if err != nil {
		return nil, err
	}
	c, err := tools.New(api, tools.Options{})
	if err != nil {
		return nil, err
	}
	all := make(map[fisklapi.Operation][]string)
	for _, t := range c.All() {
		for _, op := range t.Needs {
			if !slices.Contains(all[op], t.Name) {
				all[op] = append(all[op], t.Name)
			}
		}
	}
	return all, nil
}

package app

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

func contractDiffCommand(w environment) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "diff FILE",
		Short: "Say how a published OpenAPI document differs from the contract",
		Long: `Say how a published OpenAPI document differs from the contract: operations,
parameters and fields that are there, in the document, and not here, or the
other way round. FILE is OpenAPI 3.0 or 3.1 in JSON or YAML, or - for standard
input. The exit status is 1 when there are differences, and 2 when the file
cannot be read.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			published, err := readContract(w, args[0])
			if err != nil {
				return usageError{fmt.Errorf("%s: %w", secret.Quote(args[0]), err)}
			}
			ours, err := contract.Ours()
			if err != nil {
				return err
			}
			all, err := ours.Compare(published)
			if err != nil {
				return usageError{fmt.Errorf("%s: %w", secret.Quote(args[0]), err)}
			}
			return printDifferences(w.out, all, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the differences as JSON")
	return c
}

func printDifferences(out io.Writer, all []contract.Difference, asJSON bool) error {
	var err error
	if asJSON {
		err = printJSON(out, map[string]any{"differences": append([]contract.Difference{}, all...)})
	} else {
		_, err = io.WriteString(out, listed(all))
	}
	if err == nil && len(all) > 0 {
		return errSaid
	}
	return err
}

// listed puts differences under the operations that they are in.
func listed(all []contract.Difference) string {
	if len(all) == 0 {
		return "No differences.\n"
	}
	var b strings.Builder
	last, operations := "", 0
	for _, d := range all {
		head := d.Method + " " + d.Path
		if d.Operation != "" {
			head += " (" + d.Operation + ")"
		}
		if head != last {
			fmt.Fprintf(&b, "%s\n", head)
			last = head
			operations++
		}
		fmt.Fprintf(&b, "  %s\n", d.Says)
	}
	fmt.Fprintf(&b, "\n%d differences in %d operations. There is the document, here is this version's contract.\n", len(all), operations)
	return b.String()
}

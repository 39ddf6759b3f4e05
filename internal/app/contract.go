package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

func contractCommand(w environment) *cobra.Command {
	c := &cobra.Command{
		Use:   "contract",
		Short: "Hold what this program relies on against Fiskl's API",
		Long: `Hold what this program relies on against Fiskl's API. The API is in beta, and
most of its paths and fields were inferred: see what "contract show" marks so.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(contractShowCommand(), contractCheckCommand(w), contractDiffCommand(w), contractAdoptCommand(w), contractLearnCommand(w))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

func contractShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show",
		Short: "Print the contract, an OpenAPI 3.1 document in YAML",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := io.WriteString(c.OutOrStdout(), fisklapi.Contract())
			return err
		},
	}
}

func contractCheckCommand(w environment) *cobra.Command {
	asJSON := false
	c := &cobra.Command{
		Use:   "check",
		Short: "Ask every operation that reads, and say how its answer differs from the contract",
		Long: `Ask every operation that reads once, and say how its answer differs from the
contract. Only names of fields are shown, nothing of what they hold. The exit
status is 1 when something is missing that this program counts on.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return checkContract(c.Context(), w, cfg, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the outcome as JSON")
	return c
}

// probed is what the probe found in one company.
type probed struct {
	Company    string             `json:"company,omitempty"`
	Problem    string             `json:"problem,omitempty"` // why nothing was asked
	Operations []contract.Outcome `json:"operations,omitempty"`
	Learned    []learn.Problem    `json:"learned,omitempty"` // what was learned and no longer holds
}

// longestProbe bounds the probe of one company.
const longestProbe = 90 * time.Second

func checkContract(ctx context.Context, w environment, cfg config.Config, asJSON bool) error {
	logger := newLogger(w.err, cfg.LogLevel)
	p, err := opened(cfg, logger)
	if err != nil {
		return err
	}
	defer p.Close(ctx, logger)
	ours, err := contract.Ours()
	if err != nil {
		return err
	}
	var all []probed
	sound := true
	for _, co := range p.Each {
		one := probe(ctx, ours, co)
		if one.Problem == "" {
			one.Learned = recheck(ctx, cfg, co, logger)
		}
		all = append(all, one)
		sound = sound && one.sound()
	}
	if err := printProbed(w.out, all, asJSON); err != nil {
		return err
	}
	if !sound {
		return errSaid
	}
	return nil
}

func probe(ctx context.Context, ours *contract.Contract, co *company.Company) probed {
	ctx, cancel := context.WithTimeout(ctx, longestProbe)
	defer cancel()
	held, err := company.Accepted(ctx, co.API) // where they are not known, every operation is asked
	if err != nil {
		return probed{Company: co.Name, Problem: refusal(err)}
	}
	return probed{Company: co.Name, Operations: ours.Probe(ctx, co.API, held)}
}

func (p probed) sound() bool {
	for _, o := range p.Operations {
		if !o.Sound() {
			return false
		}
	}
	return p.Problem == "" && len(p.Learned) == 0
}

func printProbed(out io.Writer, all []probed, asJSON bool) error {
	if asJSON {
		return printJSON(out, map[string]any{"companies": all})
	}
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	var b strings.Builder
	for _, p := range all {
		if p.Company != "" {
			fmt.Fprintf(&b, "company %s\n", p.Company)
		}
		if p.Problem != "" {
			fmt.Fprintf(&b, "Nothing was asked: %s\n", p.Problem)
		}
		for _, l := range p.Learned {
			fmt.Fprintf(&b, "What was learned no longer holds: %s: %s\n", l.Operation, l.Says)
		}
		for _, o := range p.Operations {
			fmt.Fprintf(&b, "%s\t%s\t%s %s", o.Verdict, o.Operation, o.Method, o.Path)
			if s := o.Sentence(); s != "" {
				b.WriteString("\t" + s)
			}
			b.WriteString("\n")
		}
	}
	if _, err := table.Write([]byte(b.String())); err != nil {
		return err
	}
	return table.Flush()
}

func printJSON(out io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := out.Write(b.Bytes())
	return err
}

// readContract reads a published description from a file, or from standard
// input for -.
func readContract(w environment, path string) (*contract.Contract, error) {
	if path == "-" {
		return contract.Read(w.in)
	}
	f, err := os.Open(path) //nolint:gosec // the path is the user's own
	if failed, is := errors.AsType[*fs.PathError](err); is {
		return nil, failed.Err // the path is named by whoever asked
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // nothing was written
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("it is a folder")
	}
	return contract.Read(f)
}

package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

func contractLearnCommand(w environment) *cobra.Command {
	var to saving
	asJSON := false
	c := &cobra.Command{
		Use:   "learn",
		Short: "Find out from the API's own answers how it differs, and write it down",
		Long: `Find out from the API's own answers how it differs from what this version
expects, and write it down as a dialect that later runs use. It only reads, at
the rate that is set, in at most 120 requests and 90 seconds. Where names leave
a choice, the accounting decides: sections add up to totals, debits equal
credits, what is outstanding is the total less what was paid. What is not
certain is said and left out. The exit status is 1 when nothing was learned.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			cfg, err := configured(c, w)
			if err != nil {
				return err
			}
			return learnDialect(c.Context(), w, cfg, to, asJSON)
		},
	}
	to.flags(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print what was learned as JSON")
	return c
}

// learnDialect learns from the first company: all are behind one API.
func learnDialect(ctx context.Context, w environment, cfg config.Config, to saving, asJSON bool) error {
	logger := newLogger(w.err, cfg.LogLevel)
	ctx, cancel := context.WithTimeout(ctx, learn.LongestLearning)
	defer cancel()
	source, options := learning(cfg, cfg.Companies[0], company.Line{}, logger)
	options.Now = w.now()
	d, report, err := learn.Learn(ctx, source, options)
	out := w.out
	if to.prints() {
		out = w.err
	}
	if said := printLearned(out, report, asJSON); said != nil {
		return said
	}
	if err != nil {
		return errors.New(refusalOf(err))
	}
	if d.Plain() {
		return plainly(out, asJSON)
	}
	if asJSON && !to.prints() {
		w.out = w.err // standard output is the report's
	}
	return saveDialect(w, cfg, &d, to)
}

func plainly(out io.Writer, asJSON bool) error {
	if asJSON {
		return nil
	}
	_, err := fmt.Fprintln(out, "\nThe API is as this version expects it, so there is nothing to write down.")
	return err
}

// refusalOf says why nothing was learned.
func refusalOf(err error) string {
	if failed, is := errors.AsType[*fisklapi.Error](err); is {
		return learn.ErrNothing.Error() + ": " + refusal(failed)
	}
	return err.Error()
}

// learning is how a company's API is read to learn of it: as it answers,
// without the dialect that there may be already.
func learning(cfg config.Config, one config.Company, line company.Line, logger *slog.Logger) (learn.Source, learn.Options) {
	one.Dialect, one.ReadOnly = nil, true
	base := company.ClientOptions(cfg.Program, one, line, logger)
	base.Dialect = nil
	source := learn.Over(func(moved []fisklapi.Endpoint) (*fisklapi.Client, error) {
		o := base
		o.Endpoints = moved
		return fisklapi.New(o)
	})
	return source, learn.Options{Base: one.Root(), Endpoints: placed(one)}
}

// placed are the endpoints with those that the person moved.
func placed(one config.Company) []fisklapi.Endpoint {
	all := fisklapi.Endpoints()
	for i := range all {
		for _, m := range one.Endpoints {
			if m.Operation == all[i].Operation && m.Path != "" {
				all[i].Path = m.Path
			}
		}
	}
	return all
}

func printLearned(out io.Writer, report learn.Report, asJSON bool) error {
	if asJSON {
		return printJSON(out, report)
	}
	_, err := io.WriteString(out, strings.Join(report.Sentences(), "\n")+"\n")
	return err
}

// recheck says what of the dialect in use no longer holds. One that was not
// learned has no evidence to try again.
func recheck(ctx context.Context, cfg config.Config, co *company.Company, logger *slog.Logger) []learn.Problem {
	if co.Dialect == nil || !co.Dialect.Learned {
		return nil
	}
	source, options := learning(cfg, co.Company, co.Line, logger)
	return learn.Recheck(ctx, source, co.Dialect, options)
}

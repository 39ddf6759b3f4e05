package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func journalCommand(w environment) *cobra.Command {
	c := &cobra.Command{
		Use:   "journal",
		Short: "Check the journal of changes, and export it for an auditor",
		Long: `Check the journal of changes, and export it for an auditor. There is a journal
for each company that something was changed in, in the state folder, also where
the server is shared. Nothing is asked of Fiskl, and no key is needed: to look at
a copy, name its folder with --state-dir.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(journalCheckCommand(w), journalExportCommand(w))
	for _, sub := range c.Commands() {
		sub.Args = asUsage(sub.Args)
	}
	return c
}

// companyHelp is of the flag that picks a journal.
const companyHelp = "name of the company as Fiskl has it, its id there, or the name of the journal"

// checkedJournal is a journal that is kept, and what checking it came to.
type checkedJournal struct {
	Name    string `json:"journal"` // of its file, without the suffix
	Company string `json:"company,omitempty"`
	journal.Report

	log *journal.Journal
}

// checkedJournals are the journals of this installation, or the one that is asked
// for.
func checkedJournals(ctx context.Context, c *cobra.Command, w environment, wanted string, known ...journal.Head) ([]checkedJournal, error) {
	cfg, err := configured(c, w)
	if err != nil {
		return nil, err
	}
	switch {
	case len(cfg.Companies) == 1 && cfg.Companies[0].Sandbox:
		return nil, usageError{errors.New("the sandbox forgets its books when it stops, and keeps no journal of them")}
	case cfg.StateDir == "":
		return nil, usageError{errors.New("there is no folder of journals. Set FISKL_STATE_DIR")}
	}
	names, err := journal.List(cfg.JournalsDir(), cfg.HeadsDirs()[0])
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("there is no journal in %s: nothing was changed from here", cfg.JournalsDir())
	}
	var all []checkedJournal
	for _, name := range names {
		one, err := checkJournal(ctx, cfg.Program, name, known)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return picked(all, wanted)
}

func checkJournal(ctx context.Context, all config.Program, name string, known []journal.Head) (checkedJournal, error) {
	o := journal.Options{Path: filepath.Join(all.JournalsDir(), name+journal.Suffix), Now: all.Clock()}
	for _, folder := range all.HeadsDirs() {
		o.Heads = append(o.Heads, filepath.Join(folder, name+journal.HeadSuffix))
	}
	log, err := journal.Open(o)
	if err != nil {
		return checkedJournal{}, err
	}
	r, err := log.Verify(ctx, known...)
	if err != nil {
		return checkedJournal{}, err
	}
	return checkedJournal{Name: name, Company: schemas.Clean(r.Company, longestName), Report: r, log: log}, nil
}

// longestName is how much of a company's name is shown.
const longestName = 100

// picked are the journals that are asked for; all of them when none is.
func picked(all []checkedJournal, wanted string) ([]checkedJournal, error) {
	if wanted == "" {
		return all, nil
	}
	var some []checkedJournal
	for _, one := range all {
		if one.Name == wanted || strings.HasSuffix(one.Name, "-"+wanted) || strings.EqualFold(one.Company, strings.TrimSpace(wanted)) {
			some = append(some, one)
		}
	}
	switch len(some) {
	case 0:
		return nil, usageError{fmt.Errorf("there is no journal of company %s; there are:\n%s", secret.Quote(wanted), journalList(all))}
	case 1:
		return some, nil
	default:
		return nil, usageError{fmt.Errorf("there are several journals of company %s; say which:\n%s", secret.Quote(wanted), journalList(some))}
	}
}

// theOnly is the journal that is asked for, or the only one.
func theOnly(all []checkedJournal) (checkedJournal, error) {
	if len(all) > 1 {
		return checkedJournal{}, usageError{fmt.Errorf("there are several journals; say which with --company:\n%s", journalList(all))}
	}
	return all[0], nil
}

// journalList names journals, one on a line.
func journalList(all []checkedJournal) string {
	var b strings.Builder
	for _, one := range all {
		b.WriteString("  " + one.title() + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (k checkedJournal) title() string {
	if k.Company == "" {
		return k.Name
	}
	return k.Name + " (" + k.Company + ")"
}

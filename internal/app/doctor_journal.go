package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/doctor"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// journals says whether the journals are as they were written; nothing while
// there are none. Names of companies are left out: a report can be shown to
// anybody.
func (examination) journals(ctx context.Context, cfg config.Config) []doctor.Finding {
	if cfg.StateDir == "" || !slices.ContainsFunc(cfg.Companies, func(c config.Company) bool { return !c.Sandbox }) {
		return nil
	}
	names, err := journal.List(cfg.JournalsDir(), cfg.HeadsDirs()[0])
	if err != nil {
		return []doctor.Finding{{Check: "journal", Verdict: doctor.Note, Says: "Not looked at: " + err.Error() + "."}}
	}
	if len(names) == 0 {
		return nil
	}
	f := doctor.Finding{Check: "journal", Verdict: doctor.OK}
	lines := 0
	for _, name := range names {
		n, problems := problemsOf(ctx, cfg.Program, name)
		lines += n
		f.Details = append(f.Details, problems...)
	}
	f.Says = fmt.Sprintf("As it was written, %s in %s.", numbered(lines, "line", "lines"), numbered(len(names), "journal", "journals"))
	if len(f.Details) > 0 {
		f.Verdict, f.Says = doctor.Note, "The journal of changes is not as it was written, so what it says may be wrong or lack something."
		f.Details = f.Details[:min(len(f.Details), maxJournalDetails)]
		f.Do = "Find out who changed the state folder or put a backup back; Fiskl's own audit trail has the same changes. fiskl-mcp journal check lists all."
	}
	return []doctor.Finding{f}
}

// problemsOf are what is wrong with one journal, and how many lines it has.
func problemsOf(ctx context.Context, all config.Program, name string) (lines int, problems []string) {
	one, err := checkJournal(ctx, all, name, nil)
	if err != nil {
		return 0, []string{err.Error() + "."}
	}
	for _, found := range one.Findings {
		if !found.Harmless() {
			problems = append(problems, name+": "+found.Says)
		}
	}
	return int(one.Lines) + one.Before, problems
}

// maxJournalDetails is how many findings a report lists.
const maxJournalDetails = 10

package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// journalExport is what somebody wants of a journal.
type journalExport struct {
	company, format, file string
	from, to              string // days, as they were typed
	force                 bool

	first, last schemas.Date
}

func journalExportCommand(w environment) *cobra.Command {
	var e journalExport
	c := &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write one company's journal as CSV or JSON Lines",
		Long: `Write one company's journal as CSV or JSON Lines, one change a line, the oldest
first, to FILE or standard output. Texts in CSV cannot become formulas. What the
file is of, and whether the journal is as it was written, is said on standard
error: a file has nothing but changes.

  fiskl-mcp journal export changes.csv
  fiskl-mcp journal export --company "Acme Ltd" --from 2026-01-01 --to 2026-12-31 2026.jsonl`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 && args[0] != "-" {
				e.file = args[0]
			}
			if err := e.check(); err != nil {
				return usageError{err}
			}
			all, err := checkedJournals(c.Context(), c, w, e.company)
			if err != nil {
				return err
			}
			one, err := theOnly(all)
			if err != nil {
				return err
			}
			return e.run(c.Context(), w, one)
		},
	}
	c.Flags().StringVar(&e.company, "company", "", companyHelp+"; needed where there are several")
	c.Flags().StringVar(&e.format, "format", "", "csv or jsonl; default as FILE ends, and else csv")
	c.Flags().StringVar(&e.from, "from", "", "first day in UTC, such as 2026-01-01")
	c.Flags().StringVar(&e.to, "to", "", "last day in UTC")
	c.Flags().BoolVar(&e.force, "force", false, "write over FILE if it is there")
	return c
}

// check reads what was typed.
func (e *journalExport) check() error {
	if e.format == "" {
		e.format = map[string]string{".jsonl": "jsonl", ".ndjson": "jsonl"}[strings.ToLower(filepath.Ext(e.file))]
	}
	switch e.format = strings.ToLower(e.format); e.format {
	case "":
		e.format = "csv"
	case "csv", "jsonl":
	default:
		return fmt.Errorf("--format %s is neither csv nor jsonl", secret.Quote(e.format))
	}
	var err error
	if e.first, err = dayOf("from", e.from); err != nil {
		return err
	}
	if e.last, err = dayOf("to", e.to); err != nil {
		return err
	}
	if e.from != "" && e.to != "" && e.last.Before(e.first) {
		return fmt.Errorf("--from %s is after --to %s", e.from, e.to)
	}
	return nil
}

func dayOf(flag, text string) (schemas.Date, error) {
	if text == "" {
		return "", nil
	}
	d, err := schemas.ReadDate(text)
	if err != nil {
		return "", fmt.Errorf("--%s %s is not a day such as 2026-01-31", flag, secret.Quote(text))
	}
	return d, nil
}

func (e *journalExport) run(ctx context.Context, w environment, one checkedJournal) error {
	all, err := one.log.Records(ctx)
	if err != nil {
		return err
	}
	rows := make([]journalRow, 0, len(all))
	for _, r := range all {
		if e.takes(r) {
			rows = append(rows, newJournalRow(r))
		}
	}
	write := func(out io.Writer) error { return writeLines(out, rows) }
	if e.format == "csv" {
		write = func(out io.Writer) error { return writeTable(out, rows) }
	}
	if e.file == "" {
		err = write(w.out)
	} else {
		err = writeFile(e.file, e.force, write)
	}
	if err == nil {
		_, _ = fmt.Fprint(w.err, e.said(one, len(rows))) // the file is what matters
		for _, f := range e.facts(one, len(rows)) {
			_, _ = fmt.Fprintf(w.err, "%s: %s\n", f.Name, secret.Quote(f.Value))
		}
	}
	return err
}

func (e *journalExport) takes(r journal.Record) bool {
	day := schemas.NewDate(r.Begun.UTC())
	return (e.from == "" || !day.Before(e.first)) && (e.to == "" || !e.last.Before(day))
}

// facts are what is to be known of a file.
func (e *journalExport) facts(one checkedJournal, changes int) []render.Fact {
	all := []render.Fact{{Name: "company", Value: one.Company}, {Name: "journal", Value: one.Name}, {Name: "changes", Value: strconv.Itoa(changes)}}
	if e.from != "" || e.to != "" {
		all = append(all, render.Fact{Name: "period", Value: strings.TrimSpace(e.from + " to " + e.to)})
	}
	if one.Head.Seq > 0 {
		all = append(all, render.Fact{Name: "last_line", Value: fmt.Sprintf("%d:%s", one.Head.Seq, one.Head.Hash)})
	}
	all = append(all, render.Fact{Name: "as_written", Value: strconv.FormatBool(one.Sound())})
	for _, f := range one.Findings {
		all = append(all, render.Fact{Name: string(f.Kind), Value: f.Says})
	}
	return all
}

// said is what whoever exports is told.
func (e *journalExport) said(one checkedJournal, changes int) string {
	text := numbered(changes, "change", "changes") + " of " + one.title()
	if e.file != "" {
		text += " written to " + e.file
	}
	if one.Sound() {
		return text + ". The journal is as it was written.\n"
	}
	return fmt.Sprintf("%s. The journal is not as it was written, in %s: fiskl-mcp journal check --company %s\n", text, inPlaces(one.Grave()), one.Name)
}

func writeTable(out io.Writer, rows []journalRow) error {
	layout := render.RowsOf[journalRow]("")
	w := render.NewCSV(out)
	if err := w.Begin("", layout.Columns()); err != nil {
		return err
	}
	for _, r := range rows {
		if err := w.Row(layout.Cells(r)); err != nil {
			return err
		}
	}
	return w.Close(nil, nil)
}

func writeLines(out io.Writer, rows []journalRow) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

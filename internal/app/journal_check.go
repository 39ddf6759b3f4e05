package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

func journalCheckCommand(w environment) *cobra.Command {
	company, noted, accept, asJSON := "", "", false, false
	c := &cobra.Command{
		Use:   "check",
		Short: "Say whether the journal is as it was written",
		Long: `Say whether the journal is as it was written: each line has the hash of the one
before it, and a record of the last line is kept apart. Lines that were changed,
taken out, moved or added are named, and so is an older copy that was put back.
The exit status is 1 when something is wrong, or when there is no journal.

Note the last line that it names, outside this computer. Later, or on a copy,
--head says whether that line is still there. A copy needs no more than the files
in the folder journal, and --state-dir names the folder above.

When you know why it is not as it was written, because a backup was put back for
one, --accept notes that in the journal, and only what is found later counts.

  fiskl-mcp journal check
  fiskl-mcp journal check --company "Acme Ltd" --head 1234:5f0c…`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			known, err := notedHead(noted)
			if err != nil {
				return usageError{err}
			}
			all, err := checkedJournals(c.Context(), c, w, company, known...)
			if err == nil && (len(known) > 0 || accept) {
				_, err = theOnly(all)
			}
			if err == nil && accept {
				return acceptFindings(c.Context(), w, all[0])
			}
			if err != nil {
				return err
			}
			return printJournals(w.out, all, len(known) > 0, asJSON)
		},
	}
	c.Flags().StringVar(&company, "company", "", companyHelp+"; all unless given")
	c.Flags().StringVar(&noted, "head", "", "`LINE:HASH` of a last line that was noted before")
	c.Flags().BoolVar(&accept, "accept", false, "note that what is found is known")
	c.Flags().BoolVar(&asJSON, "json", false, "print the outcome as JSON")
	return c
}

// notedHead reads a line that somebody noted.
func notedHead(text string) ([]journal.Head, error) {
	if text == "" {
		return nil, nil
	}
	number, hash, _ := strings.Cut(strings.TrimSpace(text), ":")
	n, err := strconv.ParseInt(number, 10, 64)
	hash = strings.ToLower(hash)
	if err != nil || n < 1 || len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "" {
		return nil, fmt.Errorf("--head %s is not of the form LINE:HASH, with the 64 digits that journal check prints", secret.Quote(text))
	}
	return []journal.Head{{Seq: n, Hash: hash}}, nil
}

func acceptFindings(ctx context.Context, w environment, one checkedJournal) error {
	n, err := one.log.Accept(ctx)
	if err != nil {
		return err
	}
	said := "There is nothing to accept: the journal is as it was written.\n"
	if n > 0 {
		said = fmt.Sprintf("Noted in the journal: what was found is known (%s).\n", numbered(n, "finding", "findings"))
	}
	_, err = io.WriteString(w.out, said)
	return err
}

func printJournals(out io.Writer, all []checkedJournal, asked, asJSON bool) error {
	var err error
	if asJSON {
		err = printJSON(out, map[string]any{"journals": all})
	} else {
		var b strings.Builder
		for i, one := range all {
			if i > 0 {
				b.WriteString("\n")
			}
			one.print(&b, asked)
		}
		_, err = io.WriteString(out, b.String())
	}
	for _, one := range all {
		if !one.Sound() {
			return errors.Join(err, errSaid)
		}
	}
	return err
}

func (k checkedJournal) print(b *strings.Builder, asked bool) {
	b.WriteString(k.title() + "\n")
	verdict := "ok       It is as it was written" + k.apart() + ": " + k.extent() + "."
	if n := k.Grave(); n > 0 {
		verdict = fmt.Sprintf("problem  It is not as it was written, in %s: %s.", inPlaces(n), k.extent())
	}
	b.WriteString(verdict + "\n")
	for _, f := range k.Findings {
		switch {
		case !f.Accepted.IsZero():
			b.WriteString("known    " + f.Says + " Accepted on " + day10(f.Accepted) + ".\n")
		case f.Harmless():
			b.WriteString("note     " + f.Says + "\n")
		default:
			b.WriteString("problem  " + f.Says + "\n")
		}
		if f.Where != "" {
			b.WriteString("         That record: " + f.Where + "\n")
		}
	}
	if k.More > 0 {
		fmt.Fprintf(b, "         And %d more.\n", k.More)
	}
	k.printRest(b, asked)
}

func (k checkedJournal) printRest(b *strings.Builder, asked bool) {
	k.printOld(b)
	switch {
	case k.Found && asked && k.Sound():
		b.WriteString("ok       The line that you noted is there as it was, and so is all that stands before it.\n")
	case k.Found && asked:
		b.WriteString("ok       The line that you noted is there as it was.\n")
	}
	if k.Head.Seq > 0 {
		fmt.Fprintf(b, "         Last line: %d:%s\n", k.Head.Seq, k.Head.Hash)
	}
}

// printOld tells of lines that no hash is kept of, and of those that went.
func (k checkedJournal) printOld(b *strings.Builder) {
	if k.Before > 0 && k.Lines > 0 {
		fmt.Fprintf(b, "note     %s by an earlier version, which linked no lines: what was done to them before line 1 was written cannot be told.\n", numbered(k.Before, "line was", "lines were"))
	}
	if k.Before > 0 && k.Lines == 0 {
		b.WriteString("note     An earlier version wrote it, which linked no lines. They are linked from the next change on.\n")
	}
	for _, d := range k.Dropped {
		fmt.Fprintf(b, "note     %s from %s to %s went for their age, as FISKL_JOURNAL_RETENTION wants.\n", numbered(d.Size, "line", "lines"), day10(d.From), day10(d.To))
	}
}

// extent is how much there is.
func (k checkedJournal) extent() string {
	lines := int(k.Lines) + k.Before
	if lines == 0 {
		return "there is nothing in it"
	}
	return fmt.Sprintf("%s in %s, %s to %s UTC", numbered(lines, "line", "lines"), numbered(k.Files, "file", "files"),
		k.From.UTC().Format("2006-01-02 15:04"), k.To.UTC().Format("2006-01-02 15:04"))
}

// apart says that what is known is left out.
func (k checkedJournal) apart() string {
	for _, f := range k.Findings {
		if !f.Accepted.IsZero() {
			return ", apart from what is known"
		}
	}
	return ""
}

func inPlaces(n int) string { return numbered(n, "place", "places") }

func numbered(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + several
}

func day10(t time.Time) string { return t.UTC().Format(time.DateOnly) }

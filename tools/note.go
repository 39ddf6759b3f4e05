package tools

import (
	"context"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// note is what an answer has to be read with.
type note struct{ name, text string }

// lines are the notes as the end of a text.
func lines(notes []note) string {
	var b strings.Builder
	for _, n := range notes {
		if n.text != "" {
			b.WriteString("\n" + n.name + "\t" + n.text)
		}
	}
	return b.String()
}

// maxGaps is how many places a note names that do not add up.
const maxGaps = 5

// notes are those on an answer that hold whatever of it is shown; some are
// empty. That on amounts hangs on the rows and is made with them.
func (c *Catalog) notes(ctx context.Context, out any) []note {
	return append(noted(out), note{"today_note", c.unzoned(ctx, out)}, note{"period_note", c.ahead(ctx, out)})
}

// noted are the notes that an answer's own figures make necessary.
func noted(out any) []note {
	var all []note
	if f, ok := out.(schemas.Footed); ok {
		all = append(all, note{"sums_note", unfooted(f.Gaps())})
	}
	if u, ok := out.(schemas.Unposted); ok {
		all = append(all, note{"exchange_note", u.Unposted()})
	}
	return all
}

// unfooted notes figures that do not add up. They are Fiskl's and shown as they
// came, but nobody should have to add up a report to see that it is wrong.
func unfooted(gaps []string) string {
	if len(gaps) == 0 {
		return ""
	}
	more := ""
	if n := len(gaps) - maxGaps; n > 0 {
		gaps, more = gaps[:maxGaps], fmt.Sprintf("; and %d more", n)
	}
	return "these figures do not add up: " + strings.Join(gaps, "; ") + more + "; compare them with the Fiskl app before anybody relies on them"
}

// unzoned notes that today is UTC's, on an answer that is as of today.
func (c *Catalog) unzoned(ctx context.Context, out any) string {
	dated, ok := out.(schemas.Dated)
	if !ok || dated.Day() == "" || !c.api.Unzoned(ctx) || dated.Day() != c.api.Companies.Today(ctx) {
		return ""
	}
	return fmt.Sprintf("%s is today in UTC, for the company's time zone cannot be read: whoever set this server up can set FISKL_TIME_ZONE", dated.Day())
}

// ahead notes that a report runs to a day that is still to come. Without it
// half a month stands beside a whole one as if it were over, and a balance
// sheet under a date on which nobody can know it.
func (c *Catalog) ahead(ctx context.Context, out any) string {
	report, ok := out.(schemas.Covering)
	if !ok {
		return ""
	}
	// Who may not read the company gets a date of another time zone.
	if _, err := c.api.Companies.Get(ctx); err != nil {
		return ""
	}
	today, until := c.api.Companies.Today(ctx), report.Until()
	if !today.Before(until) {
		return ""
	}
	return fmt.Sprintf("%s is still to come, today is %s: these are the books so far, not those of a period that is over", until, today)
}

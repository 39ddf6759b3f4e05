package tools

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// chain says what is wrong with the journal; empty when nothing is.
func (c *Catalog) chain(ctx context.Context) string {
	r, err := c.options.Policy.Verify(ctx)
	if err != nil {
		return "Whether the journal is as it was written could not be checked: " + err.Error() + "."
	}
	older := ""
	if r.Partial {
		older = "Changes before " + r.From.UTC().Format(time.RFC3339) + " are not listed here: fiskl-mcp journal export has them."
	}
	return together(chainNote(r), older)
}

// chainNote tells the first of the findings, and how many more there are.
func chainNote(r journal.Report) string {
	for _, f := range r.Findings {
		if f.Harmless() {
			continue
		}
		more := ""
		switch n := r.Grave() - 1; {
		case n == 1:
			more = " There is one more finding."
		case n > 1:
			more = fmt.Sprintf(" There are %d more findings.", n)
		}
		return "The journal is not as this server wrote it, so what follows may be wrong or lack something. " + f.Says + more + " fiskl-mcp journal check tells all."
	}
	return ""
}

// together joins notes.
func together(notes ...string) string { return strings.TrimSpace(strings.Join(notes, " ")) }

package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Whoever asks for March on the cash basis must not be shown April or accruals
// under the heading of what they asked for: a parameter that an API does not
// know is mostly ignored. So each answer is held against what was asked.

// otherwise is an answer to another question than the one that was asked.
func (c *Client) otherwise(op Operation, format string, args ...any) error {
	return &Error{Kind: Misread, Endpoint: c.endpoints[op], Message: schemas.Clean(fmt.Sprintf(format, args...)+"; nothing of it is shown", 400)}
}

// answers holds the head of a report against the question.
func (c *Client) answers(op Operation, w wireHead, query url.Values) error {
	asked := schemas.Range{Start: schemas.Date(query.Get("start")), End: schemas.Date(query.Get("end"))}
	basis := query.Get("basis")
	switch {
	case w.AsOf != "" && string(w.AsOf) != string(asked.End):
		return c.otherwise(op, "asked for %s, it answered for %s", asked.End, w.AsOf)
	case w.AsOf == "" && (string(w.Start) != string(asked.Start) || string(w.End) != string(asked.End)):
		return c.otherwise(op, "asked for %s to %s, it answered for %s to %s", asked.Start, asked.End, w.Start, w.End)
	case basis != "" && !strings.EqualFold(basis, string(w.Basis)):
		return c.otherwise(op, "asked for the %s basis, it answered on another, or on none that it names", strings.ToLower(basis))
	default:
		return nil
	}
}

// columns holds the columns of a comparison against how many were asked for.
func (c *Client) columns(op Operation, w wireReport, query url.Values) error {
	want, err := strconv.Atoi(cmp.Or(query.Get("compare"), "0"))
	if err != nil || want == 0 {
		return err
	}
	if len(w.Columns) != want+1 {
		return c.otherwise(op, "asked for %d earlier columns, it answered %d columns in all", want, len(w.Columns))
	}
	for _, s := range w.Sections {
		if len(s.Totals) != want+1 {
			return c.otherwise(op, "a section has %d totals for %d columns", len(s.Totals), want+1)
		}
		for _, row := range s.Rows {
			if len(row.Amounts) != want+1 {
				return c.otherwise(op, "a row has %d amounts for %d columns", len(row.Amounts), want+1)
			}
		}
	}
	return nil
}

// honoursPeriod is the fact that an operation without a head answers for the
// days that it is asked for.
const honoursPeriod = "period"

// elsewhere asks for days on which nothing can have been, where it is not known
// yet that the operation keeps to the days that it is asked for; nil where it is.
func (c *Client) elsewhere(ctx context.Context, op Operation, query url.Values) ([]byte, error) {
	if honours, known := c.paging.fact(op, honoursPeriod); known && honours {
		return nil, nil
	}
	other := maps.Clone(query)
	other.Set("start", "1990-01-01")
	other.Set("end", "1990-01-31")
	a, err := c.send(ctx, request{op: op, query: other})
	return a.body, err
}

// keepsTo finds out, once for each operation, whether an answer without a head
// is for the days that were asked for: for days on which nothing can have been it
// has to answer otherwise.
func (c *Client) keepsTo(op Operation, got, elsewhere []byte) error {
	if elsewhere == nil {
		return nil
	}
	if string(compact(elsewhere)) != string(compact(got)) {
		c.paging.learn(op, honoursPeriod, true)
		return nil
	}
	if strings.Trim(string(got), "{}[]\n ") == "" || !strings.ContainsAny(string(got), "123456789") {
		return nil // nothing in both: no figure that could be of other days
	}
	return c.otherwise(op, "it answers the same for every period, so it is not known which days its figures are of")
}

package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// series are the invoices whose numbers differ only in their last digits, by
// that number.
type series struct {
	prefix, suffix string
	width          int
	rows           []numbered
}

type numbered struct {
	n int64
	schemas.InvoiceRow
}

var lastDigits = regexp.MustCompile(`^(.*?)(\d{1,15})(\D*)$`)

// allSeries sorts invoices into their series, each by number.
func allSeries(rows []schemas.InvoiceRow) []series {
	found := make(map[[2]string]*series)
	var order []*series
	for _, r := range rows {
		parts := lastDigits.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(r.Number)))
		if parts == nil {
			continue
		}
		n, err := strconv.ParseInt(parts[2], 10, 64)
		if err != nil {
			continue
		}
		key := [2]string{parts[1], parts[3]}
		if found[key] == nil {
			found[key] = &series{prefix: parts[1], suffix: parts[3], width: len(parts[2])}
			order = append(order, found[key])
		}
		found[key].rows = append(found[key].rows, numbered{n, r})
	}
	var all []series
	for _, s := range order {
		slices.SortStableFunc(s.rows, func(a, b numbered) int { return cmp.Compare(a.n, b.n) })
		all = append(all, *s)
	}
	return all
}

// number writes a number of the series as the others are written.
func (s series) number(n int64) string {
	return fmt.Sprintf("%s%0*d%s", s.prefix, s.width, n, s.suffix)
}

// numbers finds invoice numbers that are missing between two of the period, and
// numbers that stand twice.
func numbers(b *Books) (out []finding) {
	for _, s := range allSeries(b.Invoices) {
		for i := 1; i < len(s.rows); i++ {
			before, after := s.rows[i-1], s.rows[i]
			if !b.recent(before.InvoiceDate) && !b.covers(after.InvoiceDate) || before.InvoiceDate > b.Period.End && after.InvoiceDate > b.Period.End {
				continue
			}
			switch missing := after.n - before.n - 1; {
			case missing < 0:
				out = append(out, b.repeated(before.InvoiceRow, after.InvoiceRow))
			case missing > 0:
				out = append(out, b.gap(s, before, after, missing))
			}
		}
	}
	return out
}

func (b *Books) repeated(one, other schemas.InvoiceRow) finding {
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityHigh, What: "two invoices have the same number",
		Evidence: []schemas.Evidence{ofInvoice(one, one.Status), ofInvoice(other, other.Status)},
		Next:     history(ofInvoice(other, "")),
	}}
	return f.at(other.Total.Decimal(), other.Currency, b.Currency)
}

// gap is a finding of numbers that no invoice has. An invoice that is dated
// outside the days that were read would be missing here, too.
func (b *Books) gap(s series, before, after numbered, missing int64) finding {
	evidence := []schemas.Evidence{ofInvoice(before.InvoiceRow, "before the gap"), ofInvoice(after.InvoiceRow, "after the gap")}
	for n := before.n + 1; n < after.n && len(evidence) < most; n++ {
		evidence = append(evidence, schemas.Evidence{RecordType: "invoice", Number: s.number(n), Note: "no invoice has this number"})
	}
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityMedium, Evidence: evidence, More: max(0, int(missing)-(len(evidence)-2)),
		What: plural(int(missing), "number is", "numbers are") + " missing between two invoices: deleted, or dated outside the year that was read",
		Next: next("list_changes", "type", "invoice", "start", string(before.InvoiceDate), "end", string(max(after.InvoiceDate, before.InvoiceDate))),
	}}
	return f
}

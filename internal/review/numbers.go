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

// step is two invoices of a series, one after the other.
type step struct{ before, after numbered }

// manyGaps is how many gaps of a series are shown one by one.
const manyGaps = 3

// numbers finds invoice numbers that are missing between two of the period, and
// numbers that stand twice.
func numbers(b *Books) (out []finding) {
	for _, s := range allSeries(b.Invoices) {
		var gaps []step
		steps := 0
		for i := 1; i < len(s.rows); i++ {
			one := step{s.rows[i-1], s.rows[i]}
			if !b.touches(one) {
				continue
			}
			steps++
			switch missing := one.after.n - one.before.n - 1; {
			case missing < 0:
				out = append(out, b.repeated(one.before.InvoiceRow, one.after.InvoiceRow))
			case missing > 0:
				gaps = append(gaps, one)
			}
		}
		if len(gaps) > manyGaps {
			out = append(out, ragged(gaps, steps))
			continue
		}
		for _, g := range gaps {
			out = append(out, gap(s, g))
		}
	}
	return out
}

// touches reports a step of which one side at least is of the period.
func (b *Books) touches(s step) bool {
	return b.covers(s.before.InvoiceDate) || b.covers(s.after.InvoiceDate)
}

// ragged is one finding of many gaps. Where most numbers are followed by a gap
// the series was never unbroken.
func ragged(gaps []step, steps int) finding {
	f := finding{Finding: schemas.Finding{
		Severity: schemas.SeverityMedium, What: plural(len(gaps), "gap", "gaps") + " between the invoice numbers of the period",
		Next: next("list_changes", "record_type", "invoice", "start", string(gaps[0].before.InvoiceDate), "end", string(gaps[len(gaps)-1].after.InvoiceDate)),
	}}
	if len(gaps)*2 > steps {
		f.Severity = schemas.SeverityLow
		f.What += ", so they were perhaps never meant to be unbroken"
	}
	for _, g := range gaps {
		f.Evidence = append(f.Evidence, ofInvoice(g.after.InvoiceRow, plural(int(g.after.n-g.before.n-1), "number", "numbers")+" missing before it"))
	}
	return f
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
func gap(s series, g step) finding {
	missing := int(g.after.n - g.before.n - 1)
	evidence := []schemas.Evidence{ofInvoice(g.before.InvoiceRow, "before the gap"), ofInvoice(g.after.InvoiceRow, "after the gap")}
	for n := g.before.n + 1; n < g.after.n && len(evidence) < most; n++ {
		evidence = append(evidence, schemas.Evidence{RecordType: "invoice", Number: s.number(n), Note: "no invoice has this number"})
	}
	return finding{Finding: schemas.Finding{
		Severity: schemas.SeverityMedium, Evidence: evidence, More: max(0, missing-(len(evidence)-2)),
		What: plural(missing, "number is", "numbers are") + " missing between two invoices: deleted, or dated outside the days that were read",
		Next: next("list_changes", "record_type", "invoice", "start", string(min(g.before.InvoiceDate, g.after.InvoiceDate)), "end", string(max(g.after.InvoiceDate, g.before.InvoiceDate))),
	}}
}

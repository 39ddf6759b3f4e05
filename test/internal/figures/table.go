// Package figures holds what a program of test/ measures, and prints it beside
// what it is held against.
package figures

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// Row is one figure. Zeros mean that there is no such thing.
type Row struct {
	What, Unit string
	Beside     string // whose figure it is held against
	Base, Ours float64
	MostTimes  float64 // limit of Ours as a multiple of Base
	LeastTimes float64 // likewise from below
	Most       float64 // limit of Ours
	Least      float64 // likewise from below
}

// Missed reports that a limit is not kept.
func (r Row) Missed() bool {
	return r.Most > 0 && r.Ours > r.Most || r.Ours < r.Least ||
		r.MostTimes > 0 && r.Ours > r.MostTimes*r.Base || r.Ours < r.LeastTimes*r.Base
}

func (r Row) limit() string {
	switch {
	case r.MostTimes > 0:
		return fmt.Sprintf("<= %gx", r.MostTimes)
	case r.LeastTimes > 0:
		return fmt.Sprintf(">= %gx", r.LeastTimes)
	case r.Most > 0:
		return fmt.Sprintf("<= %g", r.Most)
	case r.Least > 0:
		return fmt.Sprintf(">= %g", r.Least)
	default:
		return ""
	}
}

func (r Row) verdict() string {
	switch {
	case r.limit() == "":
		return ""
	case r.Missed():
		return "MISSED"
	default:
		return "ok"
	}
}

// Table is every figure in the order they were taken.
type Table struct{ rows []Row }

// Add adds a figure.
func (t *Table) Add(r Row) { t.rows = append(t.rows, r) }

// Print writes the table and returns how many limits were missed.
func (t *Table) Print(out io.Writer) (missed int, err error) {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	if _, err := fmt.Fprint(w, "measure\tunit\tbeside\t\tfiskl-mcp\tratio\tlimit\t\n"); err != nil {
		return 0, err
	}
	for _, r := range t.rows {
		base, ratio := "", ""
		if r.Base > 0 {
			base, ratio = number(r.Base), fmt.Sprintf("%.2f", r.Ours/r.Base)
		}
		if r.Missed() {
			missed++
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.What, r.Unit, r.Beside, base, number(r.Ours), ratio, r.limit(), r.verdict()); err != nil {
			return missed, err
		}
	}
	return missed, w.Flush()
}

// number writes three digits or the whole part, whichever is more.
func number(v float64) string {
	switch {
	case v >= 100 || v == float64(int(v)):
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	case v >= 1:
		return fmt.Sprintf("%.2f", v)
	default:
		return fmt.Sprintf("%.3f", v)
	}
}

// Quantile returns the value that percent of all are not above; 0 of none.
func Quantile(values []float64, percent int) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

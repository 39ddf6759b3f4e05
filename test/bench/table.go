package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// The limits. Times are held against the least server's in the same run.
const (
	mostMB           = 25
	mostStart        = 1.5
	mostMiB          = 22
	mostP50          = 1.4
	mostP99          = 1.6
	mostInstructions = 350
)

// row is one figure. Zeros mean that there is no such thing.
type row struct {
	what, unit string
	base, ours float64
	mostTimes  float64 // limit of ours as a multiple of base
	most       float64 // limit of ours
	least      float64 // limit of ours from below
}

func (r row) missed() bool {
	return r.ours < r.least || r.most > 0 && r.ours > r.most || r.mostTimes > 0 && r.ours > r.mostTimes*r.base
}

func (r row) limit() string {
	switch {
	case r.mostTimes > 0:
		return fmt.Sprintf("%gx", r.mostTimes)
	case r.most > 0:
		return fmt.Sprintf("%g %s", r.most, r.unit)
	case r.least > 0:
		return fmt.Sprintf("%g %s", r.least, r.unit)
	default:
		return ""
	}
}

func (r row) verdict() string {
	switch {
	case r.limit() == "":
		return ""
	case r.missed():
		return "MISSED"
	default:
		return "ok"
	}
}

// table is every figure in the order they were taken.
type table struct{ rows []row }

func (t *table) add(r row) { t.rows = append(t.rows, r) }

// print writes the table and returns how many limits were missed.
func (t *table) print(out io.Writer) (missed int, err error) {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	if _, err := fmt.Fprint(w, "measure\tunit\tbaseline\tfiskl-mcp\tratio\tlimit\t\n"); err != nil {
		return 0, err
	}
	for _, r := range t.rows {
		base, ratio := "", ""
		if r.base > 0 {
			base, ratio = number(r.base), fmt.Sprintf("%.2f", r.ours/r.base)
		}
		if r.missed() {
			missed++
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.unit, base, number(r.ours), ratio, r.limit(), r.verdict()); err != nil {
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

func median(all []sample, of func(sample) float64) float64 {
	values := make([]float64, 0, len(all))
	for _, s := range all {
		values = append(values, of(s))
	}
	return quantile(values, 50)
}

// quantile returns the value that percent of all are not above.
func quantile(values []float64, percent int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// row is one figure. Zeros mean that there is no such thing.
type row struct {
	what, unit string
	beside     string // whose figure it is held against
	base, ours float64
	mostTimes  float64 // limit of ours as a multiple of base
	leastTimes float64 // likewise from below
	most       float64 // limit of ours
	least      float64 // likewise from below
}

func (r row) missed() bool {
	return r.most > 0 && r.ours > r.most || r.ours < r.least ||
		r.mostTimes > 0 && r.ours > r.mostTimes*r.base || r.ours < r.leastTimes*r.base
}

func (r row) limit() string {
	switch {
	case r.mostTimes > 0:
		return fmt.Sprintf("<= %gx", r.mostTimes)
	case r.leastTimes > 0:
		return fmt.Sprintf(">= %gx", r.leastTimes)
	case r.most > 0:
		return fmt.Sprintf("<= %g", r.most)
	case r.least > 0:
		return fmt.Sprintf(">= %g", r.least)
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

func (t *table) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	if _, err := fmt.Fprint(w, "measure\tunit\tbeside\t\tfiskl-mcp\tratio\tlimit\t\n"); err != nil {
		return err
	}
	for _, r := range t.rows {
		base, ratio := "", ""
		if r.base > 0 {
			base, ratio = number(r.base), fmt.Sprintf("%.2f", r.ours/r.base)
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.unit, r.beside, base, number(r.ours), ratio, r.limit(), r.verdict()); err != nil {
			return err
		}
	}
	return w.Flush()
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

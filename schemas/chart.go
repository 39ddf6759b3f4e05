package schemas

import "slices"

// Chart is a picture of an answer: bars over labels, one colour a series. All
// amounts are in one currency.
type Chart struct {
	Title  string
	Labels []string
	Series []ChartSeries
}

// ChartSeries is one colour of bars.
type ChartSeries struct {
	Name   string
	Values []Money
}

// Chart shows the totals that matter over the columns of a comparison, the
// earliest first: revenue and profit, or cash.
func (r Report) Chart() (Chart, bool) {
	c := Chart{Title: r.Heading()}
	for _, column := range slices.Backward(r.Columns) {
		c.Labels = append(c.Labels, column.Name)
	}
	for _, name := range []string{"revenue", "net_profit", "net_change", "closing_cash"} {
		if r.Totals.Get(name) == "" {
			continue
		}
		s := ChartSeries{Name: name}
		for _, column := range slices.Backward(r.Columns) {
			s.Values = append(s.Values, column.Totals.Get(name))
		}
		c.Series = append(c.Series, s)
	}
	return c, len(c.Labels) > 1 && len(c.Series) > 0
}

// Chart shows what is owed by how late it is.
func (a Aging) Chart() (Chart, bool) {
	s := ChartSeries{Name: "outstanding"}
	for _, b := range a.Buckets {
		s.Values = append(s.Values, a.Totals.Get(b))
	}
	return Chart{Title: a.Heading(), Labels: a.Buckets, Series: []ChartSeries{s}}, len(a.Rows) > 0
}

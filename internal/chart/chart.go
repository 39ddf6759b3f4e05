// Package chart draws small pictures of figures.
package chart

import (
	"fmt"
	"strings"

	"github.com/go-analyze/charts"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Size of a picture in pixels: small, because a picture costs context by its
// size.
const (
	width  = 560
	height = 320
)

// PNG draws bars. Amounts become floating-point numbers here and nowhere else:
// they are heights of bars, and no figure is read off them.
func PNG(c schemas.Chart) ([]byte, error) {
	values := make([][]float64, len(c.Series))
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = strings.ReplaceAll(s.Name, "_", " ")
		for _, m := range s.Values {
			values[i] = append(values[i], m.Decimal().InexactFloat64())
		}
	}
	o := charts.NewBarChartOptionWithData(values)
	o.Title.Text = c.Title
	o.Title.FontStyle.FontSize = 12
	o.CategoryAxis.Labels = c.Labels
	o.CategoryAxis.LabelFontStyle.FontSize = 8
	o.CategoryAxis.LabelCount = len(c.Labels)
	o.Legend.SeriesNames = names
	o.Legend.Offset = charts.OffsetStr{Left: charts.PositionRight, Top: "18"}
	p := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: width, Height: height})
	if err := p.BarChart(o); err != nil {
		return nil, fmt.Errorf("draw a chart: %w", err)
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("draw a chart: %w", err)
	}
	return b, nil
}

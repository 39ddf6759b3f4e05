package figures_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

func TestMissed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		row  figures.Row
		want bool
	}{
		"no limit":             {figures.Row{Base: 1, Ours: 9}, false},
		"at most":              {figures.Row{Ours: 9, Most: 9}, false},
		"above":                {figures.Row{Ours: 9.1, Most: 9}, true},
		"at least":             {figures.Row{Ours: 9, Least: 9}, false},
		"below":                {figures.Row{Ours: 8.9, Least: 9}, true},
		"as many times":        {figures.Row{Base: 2, Ours: 3, MostTimes: 1.5}, false},
		"more times":           {figures.Row{Base: 2, Ours: 3.1, MostTimes: 1.5}, true},
		"as many times, least": {figures.Row{Base: 2, Ours: 1.5, LeastTimes: 0.75}, false},
		"fewer times":          {figures.Row{Base: 2, Ours: 1.4, LeastTimes: 0.75}, true},
	} {
		if got := c.row.Missed(); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestPrint(t *testing.T) {
	t.Parallel()
	var table figures.Table
	table.Add(figures.Row{What: "tools", Ours: 50})
	table.Add(figures.Row{What: "median", Unit: "ms", Beside: "baseline", Base: 0.25, Ours: 0.4, MostTimes: 1.4})
	table.Add(figures.Row{What: "memory", Unit: "MiB", Ours: 20.25, Most: 22})
	var out strings.Builder
	missed, err := table.Print(&out)
	if err != nil || missed != 1 {
		t.Errorf("got %d, %v", missed, err)
	}
	want := strings.Join([]string{
		"measure  unit  beside           fiskl-mcp  ratio  limit    ",
		"tools                           50                         ",
		"median   ms    baseline  0.250  0.400      1.60   <= 1.4x  MISSED",
		"memory   MiB                    20.2              <= 22    ok", "",
	}, "\n")
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestQuantile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values  []float64
		percent int
		want    float64
	}{
		{nil, 50, 0},
		{[]float64{7}, 99, 7},
		{[]float64{3, 1, 2}, 50, 2},
		{[]float64{4, 3, 2, 1}, 100, 4},
	} {
		if got := figures.Quantile(c.values, c.percent); got != c.want {
			t.Errorf("%d %% of %v: got %g, want %g", c.percent, c.values, got, c.want)
		}
	}
}

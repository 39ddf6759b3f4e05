package main

import (
	"context"
	"encoding/json"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// list measures the list of tools, beside a server with as many.
func list(ctx context.Context, o options, s *stage, t *figures.Table) error {
	ours, err := s.ours(ctx, 0)
	if err != nil {
		return err
	}
	tools, err := count(ctx, ours.list(modern))
	if err != nil {
		return err
	}
	base, err := s.baseline(ctx, 0, tools, 8)
	if err != nil {
		return err
	}
	t.Add(figures.Row{What: "tools", Ours: float64(tools)})
	for _, e := range eras() {
		all, err := turns(ctx, o, load{clients: 4, lasts: o.lasts}, base.list(e), ours.list(e))
		if err != nil {
			return err
		}
		t.Add(figures.Row{What: "CPU of a list of tools, " + string(e), Unit: "us", Beside: least, Base: all[0].median(tally.each), Ours: all[1].median(tally.each), MostTimes: maxList})
	}
	return nil
}

// count is how many tools are listed.
func count(ctx context.Context, t target) (int, error) {
	l, request, err := t.open(ctx)
	if err != nil {
		return 0, err
	}
	defer l.close()
	a, err := l.ask(ctx, request)
	if err := t.wrong(a, err); err != nil {
		return 0, err
	}
	var got struct {
		Result struct {
			Tools []struct{} `json:"tools"`
		} `json:"result"`
	}
	err = json.Unmarshal(a.body, &got)
	return len(got.Result.Tools), err
}

package main

import (
	"context"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// distant measures calls when the API is as far away as it is in life.
func distant(ctx context.Context, o options, s *stage, t *figures.Table) error {
	const away = 20 * time.Millisecond
	base, ours, err := s.pair(ctx, away)
	if err != nil {
		return err
	}
	all, err := turns(ctx, o, load{clients: 1, lasts: o.lasts},
		s.direct(away), base.call(legacy), base.call(modern), ours.call(legacy), ours.call(modern))
	if err != nil {
		return err
	}
	itself := all[0].median(tally.p50)
	for i, e := range eras() {
		t.Add(figures.Row{What: "least server's p50, API 20 ms away, " + string(e), Unit: "ms", Beside: direct, Base: itself, Ours: all[1+i].median(tally.p50)})
		t.Add(figures.Row{What: "p50, API 20 ms away, " + string(e), Unit: "ms", Beside: direct, Base: itself, Ours: all[3+i].median(tally.p50), MostTimes: maxDistant})
	}
	return nil
}

// schedule measures 2,000 calls a second that come whether or not earlier ones
// were answered.
func schedule(ctx context.Context, o options, s *stage, t *figures.Table) error {
	base, ours, err := s.pair(ctx, 0)
	if err != nil {
		return err
	}
	for _, e := range eras() {
		d := load{clients: 32, lasts: o.schedule, rate: 2000}
		b, err := d.on(ctx, base.call(e))
		if err != nil {
			return err
		}
		us, err := d.on(ctx, ours.call(e))
		if err != nil {
			return err
		}
		t.Add(figures.Row{What: "p50, 2,000 calls a second on schedule, " + string(e), Unit: "ms", Beside: least, Base: b.p50(), Ours: us.p50()})
		t.Add(figures.Row{What: "p99, likewise", Unit: "ms", Beside: least, Base: b.p99(), Ours: us.p99(), Most: maxLate})
	}
	return nil
}

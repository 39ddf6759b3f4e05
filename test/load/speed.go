package main

import (
	"context"
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// speed measures what a call adds to the API's own time, and how many there
// are in a second.
func speed(ctx context.Context, o options, s *stage, t *figures.Table) error {
	base, ours, err := s.pair(ctx, 0)
	if err != nil {
		return err
	}
	if err := added(ctx, o, s, t, base, ours); err != nil {
		return err
	}
	for _, clients := range []int{16, 128} {
		for _, e := range eras() {
			if err := busy(ctx, o, t, clients, base.call(e), ours.call(e)); err != nil {
				return err
			}
		}
	}
	left, err := ours.process.memory()
	t.Add(figures.Row{What: "memory after 128 clients", Unit: "MiB", Ours: left, Most: maxMiB})
	return err
}

// added measures one client.
func added(ctx context.Context, o options, s *stage, t *figures.Table, base, ours server) error {
	all, err := turns(ctx, o, load{clients: 1, lasts: o.lasts},
		s.direct(0), base.call(legacy), ours.call(legacy), base.call(modern), ours.call(modern))
	if err != nil {
		return err
	}
	itself := all[0].median(tally.p50)
	t.Add(figures.Row{What: "call to the API itself, p50", Unit: "ms", Ours: itself})
	for i, e := range eras() {
		b, o := all[1+2*i], all[2+2*i]
		t.Add(figures.Row{
			What: "p50 added, 1 client, " + string(e), Unit: "ms", Beside: least, MostTimes: maxAdded,
			Base: b.median(tally.p50) - itself, Ours: o.median(tally.p50) - itself,
		})
		t.Add(figures.Row{What: "p99, 1 client, " + string(e), Unit: "ms", Beside: least, Base: b.median(tally.p99), Ours: o.median(tally.p99)})
	}
	return nil
}

// busy measures clients that ask as fast as they are answered.
func busy(ctx context.Context, o options, t *figures.Table, clients int, base, ours target) error {
	all, err := turns(ctx, o, load{clients: clients, lasts: o.lasts}, base, ours)
	if err != nil {
		return err
	}
	b, us := all[0], all[1]
	who := fmt.Sprintf(", %d clients, %s", clients, ours.era)
	atLeast, atMost := leastCalls, 0.0
	if clients == 16 {
		atMost = maxCPU
		if ours.era == legacy {
			atLeast = leastBusy
		}
	}
	t.Add(figures.Row{What: "calls a second" + who, Beside: least, Base: b.median(tally.second), Ours: us.median(tally.second), LeastTimes: atLeast})
	t.Add(figures.Row{What: "CPU a call" + who, Unit: "us", Beside: least, Base: b.median(tally.each), Ours: us.median(tally.each), MostTimes: atMost})
	t.Add(figures.Row{What: "p99" + who, Unit: "ms", Beside: least, Base: b.median(tally.p99), Ours: us.median(tally.p99)})
	t.Add(figures.Row{What: "memory" + who, Unit: "MiB", Beside: least, Base: b.median(tally.most), Ours: us.median(tally.most)})
	return nil
}

package main

import (
	"context"
	"fmt"
)

// speed measures what a call adds to the API's own time, and how many there
// are in a second.
func speed(ctx context.Context, o options, s *stage, t *table) error {
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
	t.add(row{what: "memory after 128 clients", unit: "MiB", ours: left, most: mostMiB})
	return err
}

// added measures one client.
func added(ctx context.Context, o options, s *stage, t *table, base, ours server) error {
	all, err := turns(ctx, o, load{clients: 1, lasts: o.lasts},
		s.direct(0), base.call(legacy), ours.call(legacy), base.call(modern), ours.call(modern))
	if err != nil {
		return err
	}
	itself := all[0].median(tally.p50)
	t.add(row{what: "call to the API itself, p50", unit: "ms", ours: itself})
	for i, e := range eras() {
		b, o := all[1+2*i], all[2+2*i]
		t.add(row{
			what: "p50 added, 1 client, " + string(e), unit: "ms", beside: least, mostTimes: mostAdded,
			base: b.median(tally.p50) - itself, ours: o.median(tally.p50) - itself,
		})
		t.add(row{what: "p99, 1 client, " + string(e), unit: "ms", beside: least, base: b.median(tally.p99), ours: o.median(tally.p99)})
	}
	return nil
}

// busy measures clients that ask as fast as they are answered.
func busy(ctx context.Context, o options, t *table, clients int, base, ours target) error {
	all, err := turns(ctx, o, load{clients: clients, lasts: o.lasts}, base, ours)
	if err != nil {
		return err
	}
	b, us := all[0], all[1]
	who := fmt.Sprintf(", %d clients, %s", clients, ours.era)
	atLeast, atMost := leastCalls, 0.0
	if clients == 16 {
		atMost = mostCPU
		if ours.era == legacy {
			atLeast = leastBusy
		}
	}
	t.add(row{what: "calls a second" + who, beside: least, base: b.median(tally.second), ours: us.median(tally.second), leastTimes: atLeast})
	t.add(row{what: "CPU a call" + who, unit: "us", beside: least, base: b.median(tally.each), ours: us.median(tally.each), mostTimes: atMost})
	t.add(row{what: "p99" + who, unit: "ms", beside: least, base: b.median(tally.p99), ours: us.median(tally.p99)})
	t.add(row{what: "memory" + who, unit: "MiB", beside: least, base: b.median(tally.most), ours: us.median(tally.most)})
	return nil
}

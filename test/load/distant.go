package main

import (
	"context"
	"time"
)

// distant measures calls when the API is as far away as it is in life.
func distant(ctx context.Context, o options, s *stage, t *table) error {
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
		t.add(row{what: "least server's p50, API 20 ms away, " + string(e), unit: "ms", beside: direct, base: itself, ours: all[1+i].median(tally.p50)})
		t.add(row{what: "p50, API 20 ms away, " + string(e), unit: "ms", beside: direct, base: itself, ours: all[3+i].median(tally.p50), mostTimes: mostDistant})
	}
	return nil
}

// schedule measures 2,000 calls a second that come whether or not earlier ones
// were answered.
func schedule(ctx context.Context, o options, s *stage, t *table) error {
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
		t.add(row{what: "p50, 2,000 calls a second on schedule, " + string(e), unit: "ms", beside: least, base: b.p50(), ours: us.p50()})
		t.add(row{what: "p99, likewise", unit: "ms", beside: least, base: b.p99(), ours: us.p99(), most: mostLate})
	}
	return nil
}

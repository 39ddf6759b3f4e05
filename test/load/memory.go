package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// sessions measures what clients leave behind that initialize and are never
// heard of again.
func sessions(ctx context.Context, o options, s *stage, t *figures.Table) error {
	base, ours, err := s.pair(ctx, 0)
	if err != nil {
		return err
	}
	var left [2]float64
	for i, v := range []server{base, ours} {
		if left[i], err = leftBy(ctx, v.process, o.sessions); err != nil {
			return err
		}
	}
	t.Add(figures.Row{What: fmt.Sprintf("left by each of %d clients that vanished", o.sessions), Unit: "KiB", Beside: least, Base: left[0], Ours: max(left[1], 0), Most: maxLeft})
	after, err := ours.process.memory()
	t.Add(figures.Row{What: "memory after them", Unit: "MiB", Ours: after})
	return err
}

// leftBy is what memory grew by for each client, in KiB. A tenth of them come
// before, so that what the first need once is not counted.
func leftBy(ctx context.Context, p *process, clients int) (float64, error) {
	if err := vanish(ctx, p.url, clients/10); err != nil {
		return 0, err
	}
	before, err := p.memory()
	if err != nil {
		return 0, err
	}
	if err := vanish(ctx, p.url, clients); err != nil {
		return 0, err
	}
	after, err := p.memory()
	return (after - before) * 1024 / float64(clients), err
}

// vanish has clients shake hands and go, some at a time.
func vanish(ctx context.Context, url string, clients int) error {
	const atOnce = 16
	failed := make(chan error, atOnce)
	for i := range atOnce {
		go func() {
			var err error
			for n := i; n < clients && err == nil; n += atOnce {
				err = appear(ctx, url)
			}
			failed <- err
		}()
	}
	var err error
	for range atOnce {
		err = firstOf(err, <-failed)
	}
	return err
}

func appear(ctx context.Context, url string) error {
	l, err := dial(ctx, url)
	if err != nil {
		return err
	}
	defer l.close()
	return l.shakeHands(ctx)
}

// waiting measures very many calls to an API that takes two seconds, all at
// once.
func waiting(ctx context.Context, o options, s *stage, t *figures.Table) error {
	const slow = 2 * time.Second
	ours, err := s.ours(ctx, slow)
	if err != nil {
		return err
	}
	for _, e := range eras() {
		got, err := once(ctx, ours.call(e), o.waiting, slow)
		if err != nil {
			return err
		}
		who := fmt.Sprintf("of %d calls at once that take 2 s, %s, ", o.waiting, e)
		t.Add(figures.Row{What: who + "answered", Ours: float64(len(got.took)), Least: float64(o.waiting)})
		t.Add(figures.Row{What: who + "p99", Unit: "ms", Ours: got.p99()})
		t.Add(figures.Row{What: who + "memory", Unit: "MiB", Ours: got.peak})
	}
	return nil
}

// steady watches memory while calls come at an even rate.
func steady(ctx context.Context, o options, s *stage, t *figures.Table) error {
	ours, err := s.ours(ctx, 0)
	if err != nil {
		return err
	}
	first := min(time.Minute, o.steady/2)
	var after [2]float64
	for i, d := range []time.Duration{first, o.steady - first} {
		if _, err := (load{clients: 16, lasts: d, rate: 500}).on(ctx, ours.call(modern)); err != nil {
			return err
		}
		if after[i], err = ours.process.memory(); err != nil {
			return err
		}
	}
	t.Add(figures.Row{What: fmt.Sprintf("memory after %v at 500 calls a second", o.steady), Unit: "MiB", Beside: "after " + first.String(), Base: after[0], Ours: after[1], MostTimes: maxGrowth})
	return nil
}

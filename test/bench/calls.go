package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// block is how many calls one server answers before it is another's turn.
const block = 100

// caller is one server in one era and how its calls went.
type caller struct {
	server server
	era    string
	took   []float64 // ms
	peak   float64   // MiB, of the round that took most
	cpu    float64   // ms, of all rounds with their starts
}

// callTimes measures calls of a tool, one after the other, each of which makes
// one request upstream for the same bytes. A call's time ends when its answer
// has been decoded, as a client must before it can use it.
func (b *bench) callTimes(ctx context.Context, t *figures.Table) error {
	base := []*caller{{server: b.base, era: legacy}, {server: b.base, era: modern}}
	ours := []*caller{{server: b.ours, era: legacy}, {server: b.ours, era: modern}}
	for range b.rounds {
		if err := b.round(ctx, slices.Concat(base, ours)); err != nil {
			return err
		}
	}
	for i, c := range base {
		o := ours[i]
		t.Add(figures.Row{What: "tools/call p50, " + c.era, Unit: "ms", Beside: baseline, Base: figures.Quantile(c.took, 50), Ours: figures.Quantile(o.took, 50), MostTimes: maxP50})
		t.Add(figures.Row{What: "tools/call p99, " + c.era, Unit: "ms", Beside: baseline, Base: figures.Quantile(c.took, 99), Ours: figures.Quantile(o.took, 99), MostTimes: maxP99})
		t.Add(figures.Row{What: "CPU a call, " + c.era, Unit: "ms", Beside: baseline, Base: c.cpu / float64(len(c.took)), Ours: o.cpu / float64(len(o.took))})
		t.Add(figures.Row{What: "peak memory after calls, " + c.era, Unit: "MiB", Beside: baseline, Base: c.peak, Ours: o.peak})
	}
	return nil
}

// round starts every server anew and lets them take turns.
func (b *bench) round(ctx context.Context, callers []*caller) error {
	sessions := make([]*session, 0, len(callers))
	for _, c := range callers {
		s, err := start(ctx, c.server, c.era, b.warmHome)
		if err != nil {
			return err
		}
		defer s.cancel()
		sessions = append(sessions, s)
	}
	for left := b.calls; left > 0; left -= block {
		for i, c := range callers {
			if err := c.calls(sessions[i], min(block, left)); err != nil {
				return err
			}
		}
	}
	for i, c := range callers {
		peak, err := sessions[i].peak()
		if err != nil {
			return err
		}
		c.peak = max(c.peak, peak)
		_, _ = sessions[i].end() // how it ends is measured elsewhere
		c.cpu += ms(sessions[i].cpu())
	}
	return nil
}

func (c *caller) calls(s *session, n int) error {
	for range n {
		_, took, err := s.call(c.server.tool)
		if err != nil {
			return fmt.Errorf("%s: %w", c.server.args[0], err)
		}
		c.took = append(c.took, ms(took))
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

package main

import (
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// tally is what came of a load.
type tally struct {
	lasts  time.Duration
	took   []float64 // ms, of the calls that were answered
	errors int
	err    error // the first
	cpu    time.Duration
	peak   float64 // MiB
}

// total adds up what clients came to, unless the watch failed.
func total(of target, workers []*worker, lasts time.Duration, seen watched, err error) (tally, error) {
	if err != nil {
		return tally{}, err
	}
	t := tally{lasts: lasts, cpu: seen.cpu, peak: seen.peak}
	for _, w := range workers {
		t.took, t.errors, t.err = append(t.took, w.took...), t.errors+w.errors, firstOf(t.err, w.err)
	}
	return t, t.check(of)
}

// check wants every call answered.
func (t tally) check(of target) error {
	if t.errors > 0 || len(t.took) == 0 {
		return fmt.Errorf("%s: %d calls failed and %d did not; the first failure: %w", of.name, t.errors, len(t.took), t.err)
	}
	return nil
}

func (t tally) p50() float64    { return figures.Quantile(t.took, 50) }
func (t tally) p99() float64    { return figures.Quantile(t.took, 99) }
func (t tally) most() float64   { return t.peak }
func (t tally) each() float64   { return float64(t.cpu.Microseconds()) / float64(len(t.took)) }
func (t tally) second() float64 { return float64(len(t.took)) / t.lasts.Seconds() }

// rounds are the tallies of one target, a round each.
type rounds []tally

// median is the middle one of a figure.
func (r rounds) median(of func(tally) float64) float64 {
	values := make([]float64, 0, len(r))
	for _, t := range r {
		values = append(values, of(t))
	}
	return figures.Quantile(values, 50)
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

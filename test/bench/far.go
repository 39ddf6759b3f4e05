package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// farBench is one or two builds of fiskl-mcp, and the company that every job
// begins with.
type farBench struct {
	options
	dir      string
	programs []string // the other build, if there is one, then ours
	demo     *sandbox.Server
	now      func() time.Time // the company's clock
	identity *identity        // nil when the API speaks HTTP/1.1
}

// far measures what a person waits for when the API is far away. The builds
// take turns, and each does every job in a process of its own.
func far(ctx context.Context, o options, dir string, t *figures.Table) error {
	f, err := newFarBench(ctx, o, dir)
	if err != nil {
		return err
	}
	all, err := jobs(o.only)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("no job has %q in its name", o.only)
	}
	var sums [2]outcome
	for _, j := range all {
		took, err := f.rounds(ctx, j)
		if err != nil {
			return fmt.Errorf("%s: %w", j.name, err)
		}
		tell(t, j.name, j.aims, took)
		for i := range took {
			if j.prompt && !j.ours {
				sums[i].add(took[i])
			}
		}
	}
	if o.only == "" {
		tell(t, "the prompts that both have", aims{wallTimes: maxPromptTimes, requestTimes: maxPromptRequests}, sums)
	}
	return nil
}

func newFarBench(ctx context.Context, o options, dir string) (*farBench, error) {
	f := &farBench{options: o, dir: dir, demo: sandbox.New(sandbox.Options{}), now: time.Now}
	if o.http2 {
		as, err := identify(dir)
		if err != nil {
			return nil, err
		}
		f.identity = as
	}
	if o.baseline != "" {
		f.programs = append(f.programs, o.baseline)
	}
	ours, err := build(ctx, o.server, dir, "fiskl-mcp", "./cmd/fiskl-mcp")
	if err != nil {
		return nil, err
	}
	f.programs = append(f.programs, ours)
	return f, nil
}

// company is the API of a company that nobody has touched yet.
func (f *farBench) company(j job) http.Handler {
	own := sandbox.New(sandbox.Options{Now: f.now, Like: f.demo})
	if j.clients == 0 {
		return own
	}
	return crowded(own, j.clients)
}

// rounds has every build do a job as often as there are rounds. It returns the
// medians: of the other build, zeros if there is none, and of ours.
func (f *farBench) rounds(ctx context.Context, j job) ([2]outcome, error) {
	programs := f.programs
	if j.ours {
		programs = programs[len(programs)-1:]
	}
	taken := make([][]outcome, len(programs))
	for round := range f.options.rounds {
		for k := range programs {
			i := (k + round) % len(programs) // neither is always first
			o, err := f.converse(ctx, programs[i], j)
			if err != nil {
				return [2]outcome{}, fmt.Errorf("%s: %w", programs[i], err)
			}
			taken[i] = append(taken[i], o)
		}
	}
	both := [2]outcome{1: middle(taken[len(taken)-1])}
	if len(taken) > 1 {
		both[0] = middle(taken[0])
	}
	return both, nil
}

// middle is the median of each figure.
func middle(all []outcome) outcome {
	of := func(figure func(outcome) float64) float64 {
		var values []float64
		for _, o := range all {
			values = append(values, figure(o))
		}
		return figures.Quantile(values, 50)
	}
	return outcome{
		wall:     of(func(o outcome) float64 { return o.wall }),
		sequence: of(func(o outcome) float64 { return o.sequence }),
		requests: of(func(o outcome) float64 { return o.requests }),
	}
}

func (o *outcome) add(more outcome) {
	o.wall += more.wall
	o.sequence += more.sequence
	o.requests += more.requests
}

// tell puts what a job took into the table.
func tell(t *figures.Table, name string, a aims, took [2]outcome) {
	rows := []figures.Row{
		{What: name + ", in sequence", Unit: "requests", Base: took[0].sequence, Ours: took[1].sequence, Most: a.sequence},
		{What: name + ", in all", Unit: "requests", Base: took[0].requests, Ours: took[1].requests, Most: a.requests, MostTimes: a.requestTimes},
		{What: name + ", time", Unit: "ms", Base: took[0].wall, Ours: took[1].wall, Most: a.wall, MostTimes: a.wallTimes},
	}
	for _, r := range rows {
		if r.Base > 0 {
			r.Beside = baseline
		} else {
			r.MostTimes = 0 // there is nothing to hold it against
		}
		t.Add(r)
	}
}

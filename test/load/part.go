package main

import (
	"context"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// part is something that is measured with servers of its own.
type part struct {
	name    string
	measure func(context.Context, options, *stage, *figures.Table) error
}

func parts() []part {
	return []part{
		{"speed", speed},
		{"distant", distant},
		{"schedule", schedule},
		{"list", list},
		{"sessions", sessions},
		{"waiting", waiting},
		{"floods", floods},
		{"steady", steady},
	}
}

func names() []string {
	var all []string
	for _, p := range parts() {
		all = append(all, p.name)
	}
	return all
}

// direct and least are whose figures ours are held against.
const (
	direct = "direct"
	least  = "least server"
)

// pair is the least server and ours, before an API that takes its time.
func (s *stage) pair(ctx context.Context, after time.Duration) (base, ours server, err error) {
	if base, err = s.baseline(ctx, after, 1, 2); err != nil {
		return base, ours, err
	}
	ours, err = s.ours(ctx, after)
	return base, ours, err
}

// turns puts a load on targets in turn, in every round.
func turns(ctx context.Context, o options, d load, targets ...target) ([]rounds, error) {
	all := make([]rounds, len(targets))
	for range o.rounds {
		for i, t := range targets {
			one, err := d.on(ctx, t)
			if err != nil {
				return nil, err
			}
			all[i] = append(all[i], one)
		}
	}
	return all, nil
}

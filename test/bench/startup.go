package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// sample is what one start shows.
type sample struct {
	start, exit, cpu float64 // ms
	peak             float64 // MiB
	well             bool    // it ended with status 0
}

// kind is one way to start a server.
type kind struct {
	what   string
	server server
	era    string
	first  bool // in a home where nothing is known
	beside int  // index of the kind it is held against
	all    []sample
}

func (b *bench) kinds() []kind {
	return []kind{
		{server: b.base, era: legacy},
		{server: b.base, era: modern},
		{what: "warm", server: b.ours, era: legacy, beside: 0},
		{what: "warm", server: b.ours, era: modern, beside: 1},
		{what: "first ever", server: b.ours, era: legacy, first: true, beside: 0},
		{what: "first ever", server: b.ours, era: modern, first: true, beside: 1},
		{what: "sandbox", server: b.sandbox, era: legacy, beside: 0},
		{what: "sandbox", server: b.sandbox, era: modern, beside: 1},
	}
}

// startUp measures from the start of the process to the answer to tools/list,
// its peak memory by then, and how long it takes to end when its input does.
// Every round starts each kind once.
func (b *bench) startUp(ctx context.Context, t *figures.Table) error {
	if _, err := b.once(ctx, kind{server: b.ours, era: legacy}); err != nil { // makes the warm home warm
		return err
	}
	kinds := b.kinds()
	for range b.starts {
		for i := range kinds {
			s, err := b.once(ctx, kinds[i])
			if err != nil {
				return err
			}
			kinds[i].all = append(kinds[i].all, s)
		}
	}
	well, ended := 0, 0
	for _, k := range kinds {
		if k.what == "" {
			continue
		}
		k.tell(kinds[k.beside].all, t)
		for _, s := range k.all {
			ended++
			if s.well {
				well++
			}
		}
	}
	t.Add(figures.Row{What: "starts that ended with status 0", Unit: "%", Ours: float64(100*well) / float64(ended), Least: 100})
	return nil
}

// tell puts the medians into the table, beside those of the least server.
func (k kind) tell(base []sample, t *figures.Table) {
	name := k.what + ", " + k.era
	add := func(r figures.Row, of func(sample) float64) {
		r.What, r.Beside, r.Base, r.Ours = r.What+", "+name, baseline, median(base, of), median(k.all, of)
		t.Add(r)
	}
	add(figures.Row{What: "start to tools/list", Unit: "ms", MostTimes: maxStart}, func(s sample) float64 { return s.start })
	add(figures.Row{What: "peak memory by then", Unit: "MiB", Most: maxMiB}, func(s sample) float64 { return s.peak })
	add(figures.Row{What: "end of input to end", Unit: "ms"}, func(s sample) float64 { return s.exit })
	add(figures.Row{What: "CPU in all", Unit: "ms"}, func(s sample) float64 { return s.cpu })
}

// once starts a server, has it list its tools and ends it.
func (b *bench) once(ctx context.Context, k kind) (sample, error) {
	home, err := b.home(k.first)
	if err != nil {
		return sample{}, err
	}
	c, err := start(ctx, k.server, k.era, home)
	if err != nil {
		return sample{}, err
	}
	raw, err := c.spell("tools/list", nil).ask()
	took := time.Since(c.begun)
	var list toolList
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err == nil && len(list.Tools) == 0 {
		err = errors.New("the list of tools is empty")
	}
	peak, peakErr := c.peak()
	exit, well := c.end()
	return sample{start: ms(took), exit: ms(exit), cpu: ms(c.cpu()), peak: peak, well: well}, errors.Join(err, peakErr)
}

func median(all []sample, of func(sample) float64) float64 {
	values := make([]float64, 0, len(all))
	for _, s := range all {
		values = append(values, of(s))
	}
	return figures.Quantile(values, 50)
}

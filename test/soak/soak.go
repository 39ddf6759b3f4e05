package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

const (
	slots   = 3    // processes at a time
	models  = 10   // at each process
	mortal  = 0.05 // how often a process dies at a line of the journal, of the faults
	maxADay = 200  // sent invoices, and payments
	roundOf = 300  // writes in a round
)

// soak is everything that is written, and to what.
type soak struct {
	options
	dir    string
	clock  *clock
	road   *road
	slots  []*slot
	pool   *pool
	wishes atomic.Int64

	mu     sync.Mutex
	dice   *rand.Rand // of the processes' fate
	mortal bool       // processes die
	begun  time.Time  // when the models began
	tries  []*try
	passed int // tries that the guard let pass
	deaths int
	told   map[answer]int // what the models were told
}

func newSoak(o options, dir string) *soak {
	c := newClock()
	s := &soak{
		options: o, dir: dir, clock: c, road: newRoad(c, o.seed), pool: &pool{}, begun: c.Now(),
		dice: rand.New(rand.NewPCG(o.seed, 1)), told: make(map[answer]int), //nolint:gosec // dice
	}
	for range slots {
		s.slots = append(s.slots, &slot{start: func() (*process, error) { return s.start(s.dies) }})
	}
	return s
}

func (s *soak) start(dies func() bool) (*process, error) {
	return newProcess(s.dir, s.clock, s.road, writepolicy.Limits{SendsPerDay: maxADay, PaymentsPerDay: maxADay, WritesPerHour: -1}, dies)
}

// dies throws the dice for a process.
func (s *soak) dies() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.mortal || s.dice.Float64() >= mortal*s.faults {
		return false
	}
	s.deaths++
	return true
}

// write has the models write until it is enough, and everything settle.
func (s *soak) write(ctx context.Context) error {
	if err := s.furnish(ctx); err != nil {
		return err
	}
	s.road.worsen(s.faults)
	s.mu.Lock()
	s.mortal = true
	s.mu.Unlock()
	var wishes [slots * models][]*wish // those that are carried over
	for round := uint64(1); s.written() < s.writes; round++ {
		enough := min(s.writes, s.written()+roundOf)
		if err := s.round(ctx, round, enough, &wishes); err != nil {
			return err
		}
		forgotten, err := s.rest()
		if err != nil {
			return err
		}
		if forgotten {
			clear(wishes[:])
		}
	}
	return s.settle(ctx)
}

// furnish opens the books with something to work on.
func (s *soak) furnish(ctx context.Context) error {
	m := s.model(0)
	for range 10 {
		for _, make := range []func(*model, int) (*wish, bool){
			(*model).newClient, (*model).newVendor, (*model).newProduct, (*model).newInvoice, (*model).newInvoice, (*model).send,
		} {
			id := int(s.wishes.Add(1))
			w, _ := make(m, id)
			w.id = id
			if err := s.attempt(ctx, s.slots[0], w.next(s.clock)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *soak) model(stream uint64) *model {
	return &model{pool: s.pool, clock: s.clock, dice: rand.New(rand.NewPCG(s.seed, stream)), count: &s.wishes, road: s.road} //nolint:gosec // dice
}

// round lets all models wish at once.
func (s *soak) round(ctx context.Context, n uint64, enough int, wishes *[slots * models][]*wish) error {
	var all sync.WaitGroup
	errs := make([]error, slots*models)
	for i := range wishes {
		m := s.model(n)
		m.meddles = true
		n += 1 << 32 // each throws dice of its own
		all.Go(func() {
			wishes[i], errs[i] = s.live(ctx, m, s.slots[i%slots], wishes[i], enough)
		})
	}
	all.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return errors.Join(errs...)
}

// live lets one model wish until enough was written, beginning with what is left
// of its wishes. It returns those that it will come back to.
func (s *soak) live(ctx context.Context, m *model, at *slot, left []*wish, enough int) (again []*wish, err error) {
	for s.written() < enough {
		var w *wish
		if len(left) > 0 {
			w, left = left[0], left[1:]
		} else {
			w = m.wish()
		}
		comesBack, err := s.insist(ctx, m, at, w)
		if err != nil {
			return nil, err
		}
		if comesBack {
			again = append(again, w)
		}
	}
	return append(again, left...), nil
}

// insist tries a wish until the model is content or comes back to it later.
func (s *soak) insist(ctx context.Context, m *model, at *slot, w *wish) (later bool, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		var told error
		t := w.next(s.clock)
		if err := at.use(func(p *process) { told = s.call(ctx, p, t) }); err != nil {
			return false, err
		}
		s.note(t, told)
		switch m.mood(t, told) {
		case satisfied:
			return false, nil
		case patient:
			return true, nil
		case impatient:
		}
	}
}

func (s *soak) call(ctx context.Context, p *process, t *try) error {
	ctx, over := p.during(t.under(ctx), t)
	defer over()
	return t.wish.do(ctx, p.client)
}

// attempt is one try that must not fail: a person agreed to it.
func (s *soak) attempt(ctx context.Context, at *slot, t *try) error {
	var told error
	t.agreed = true
	err := at.use(func(p *process) { told = s.call(ctx, p, t) })
	if err = errors.Join(err, told); err != nil {
		return fmt.Errorf("%s on a good road: %w", t.wish.kind, err)
	}
	s.note(t, nil)
	return nil
}

func (s *soak) note(t *try, told error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries = append(s.tries, t)
	if t.passed {
		s.passed++
	}
	t.told = answerOf(told)
	s.told[t.told]++
}

// written is how many writes the guard let pass.
func (s *soak) written() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.passed
}

// rest lets some minutes or hours pass between rounds, or a night, over which
// models forget what they were about to do.
func (s *soak) rest() (forgotten bool, err error) {
	if err := s.road.clear(); err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	pause := time.Duration(70+s.dice.IntN(500)) * time.Second
	if s.dice.IntN(2) == 0 {
		pause = time.Duration(60+s.dice.IntN(120)) * time.Minute
	}
	before := s.clock.Now()
	if forgotten = before.Add(pause+time.Hour).Day() != before.Day(); forgotten {
		pause = 12 * time.Hour
	}
	s.clock.step(pause)
	return forgotten, nil
}

// settle ends all processes and has new ones look up what is left.
func (s *soak) settle(ctx context.Context) error {
	s.road.worsen(0)
	if err := s.road.clear(); err != nil {
		return err
	}
	for _, at := range s.slots {
		if at.process == nil {
			continue
		}
		if err := at.close(); err != nil {
			return err
		}
	}
	for range 2 {
		s.clock.step(2 * time.Minute)
		if _, err := s.entries(ctx); err != nil {
			return err
		}
	}
	return nil
}

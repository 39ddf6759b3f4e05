package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// process stands for one run of the program: a client and the controls over
// it, which share nothing with other processes but the folder of journals.
type process struct {
	client   *fisklapi.Client
	controls *writepolicy.Policy
	close    func() error // gives its journal up, as its end does
	dies     func() bool  // throws the dice

	mu   sync.Mutex
	dead bool
	stop map[*try]context.CancelFunc // of what is under way
}

func newProcess(dir string, c *clock, r *road, limits writepolicy.Limits, dies func() bool) (*process, error) {
	p := &process{dies: dies, stop: make(map[*try]context.CancelFunc)}
	p.controls = writepolicy.New(writepolicy.Options{
		Dir: filepath.Join(dir, "journal"), Heads: []string{filepath.Join(dir, "heads")}, Company: p.company, Limits: limits, Now: c.Now, Logger: slog.New(slog.DiscardHandler),
		LookBack: func(ctx context.Context, w fisklapi.Write, begun time.Time) (fisklapi.Result, error) {
			return p.client.LookBack(ctx, w, begun)
		},
	})
	p.close = p.controls.Close
	var err error
	p.client, err = fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: r, Rate: -1, Guard: p.guard, Now: c.Now,
	})
	return p, err
}

func (p *process) company(ctx context.Context) (writepolicy.Company, error) {
	c, err := p.client.Companies.Get(ctx)
	if err != nil {
		return writepolicy.Company{}, err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	return writepolicy.Company{Key: string(c.ID), Name: c.Name, Zone: zone}, err
}

// guard is the controls' own, but for a process that dies between the two
// lines of an entry: before the request, or after it.
func (p *process) guard(ctx context.Context, w fisklapi.Write) (func(fisklapi.Result) fisklapi.Result, error) {
	t := tryOf(ctx)
	t.asks()
	end, err := p.controls.Guard(ctx, w)
	if err != nil {
		return nil, err
	}
	t.passes()
	if p.dies() {
		p.kill()
	}
	return func(r fisklapi.Result) fisklapi.Result {
		if p.dies() {
			p.kill()
		}
		if p.alive() {
			r = end(r)
			t.ends(r.Outcome)
		}
		return r
	}, nil
}

// kill ends the process: whatever it has under way is given up, and no line is
// written any more.
func (p *process) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dead = true
	for _, stop := range p.stop {
		stop()
	}
}

func (p *process) alive() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.dead
}

// during is ctx for as long as the process lives, and until the try is over.
func (p *process) during(ctx context.Context, t *try) (context.Context, func()) {
	ctx, stop := context.WithCancel(ctx)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stop[t] = stop
	if p.dead {
		stop()
	}
	return ctx, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.stop, t)
		stop()
	}
}

// slot is where a process runs; when it has died, another one.
type slot struct {
	start func() (*process, error)

	mu sync.RWMutex // held for reading by whoever uses the process
	*process
}

// use lends the process to one try.
func (s *slot) use(do func(*process)) error {
	if err := s.revive(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	do(s.process)
	return nil
}

// revive starts a new process when nobody is left in one that died.
func (s *slot) revive() error {
	s.mu.RLock()
	well := s.process != nil && s.alive()
	s.mu.RUnlock()
	if well {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process != nil && s.alive() {
		return nil
	}
	if s.process != nil {
		if err := s.close(); err != nil {
			return err
		}
	}
	var err error
	s.process, err = s.start()
	return err
}

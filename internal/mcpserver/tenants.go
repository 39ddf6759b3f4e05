package mcpserver

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// Each caller of the shared endpoint has companies of their own: clients,
// caches, limits, tokens. Nothing that one caller's calls leave behind can
// reach another.
const (
	maxTenants = 1000
	tenantIdle = 15 * time.Minute
)

// Tenants are the callers that were here lately. It may be used by several
// goroutines at once.
type Tenants struct {
	open func(principal.Principal) (Companies, error)
	now  func() time.Time

	mu   sync.Mutex
	kept map[string]*tenant
}

// tenant is one caller's companies. They are closed once nobody uses them and
// the caller is forgotten.
type tenant struct {
	Companies

	id   string
	once sync.Once
	err  error
	uses int
	last time.Time
}

// errCrowded is told to new callers while all places are taken.
var errCrowded = errors.New("too many callers at once; try again in a moment")

// NewTenants has nobody yet. Open opens the companies of a caller, and now tells
// the time.
func NewTenants(open func(principal.Principal) (Companies, error), now func() time.Time) *Tenants {
	return &Tenants{open: open, now: now, kept: make(map[string]*tenant)}
}

// Books are those of whoever calls, as the context says. They are in use until
// done is called. It fails when nobody was recognised as the caller, when too
// many are here, or when their companies cannot be opened.
func (ts *Tenants) Books(ctx context.Context) (p Companies, done func(), err error) {
	who, ok := principal.From(ctx)
	if !ok {
		return Companies{}, nil, errors.New("nobody was recognised as the caller")
	}
	t, err := ts.enter(who)
	if err != nil {
		return Companies{}, nil, err
	}
	done = func() { ts.leave(t) }
	t.once.Do(func() { t.Companies, t.err = ts.open(who) })
	if t.err != nil {
		done()
		return Companies{}, nil, t.err
	}
	return t.Companies, done, nil
}

func (ts *Tenants) enter(p principal.Principal) (*tenant, error) {
	id := p.ID
	if !p.Write {
		id += " read-only"
	}
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t, ok := ts.kept[id]
	if !ok {
		ts.forget()
		if len(ts.kept) >= maxTenants {
			return nil, errCrowded
		}
		t = &tenant{id: id}
		ts.kept[id] = t
	}
	t.uses++
	t.last = ts.now()
	return t, nil
}

// leave ends a use. Companies that could not be opened are tried anew next
// time.
func (ts *Tenants) leave(t *tenant) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t.uses--
	t.last = ts.now()
	if t.err != nil && t.uses == 0 && ts.kept[t.id] == t {
		ts.drop(t.id)
	}
}

// KeepSwept drops callers who were idle for long, until ctx ends: the keys that
// they brought are theirs, and are not kept because nobody else calls.
func (ts *Tenants) KeepSwept(ctx context.Context) {
	often := time.NewTicker(tenantIdle / 15)
	defer often.Stop()
	for {
		select {
		case <-often.C:
			ts.mu.Lock()
			ts.sweep()
			ts.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// sweep drops callers who were idle for long. It returns the one of the others
// that was so the longest; empty when all are busy.
func (ts *Tenants) sweep() (oldest string) {
	for id, t := range ts.kept {
		switch {
		case t.uses > 0:
		case ts.now().Sub(t.last) >= tenantIdle:
			ts.drop(id)
		case oldest == "" || t.last.Before(ts.kept[oldest].last):
			oldest = id
		}
	}
	return oldest
}

// forget drops callers who are gone: those that were idle for long, and the
// one that was so the longest when all places are taken.
func (ts *Tenants) forget() {
	oldest := ts.sweep()
	if len(ts.kept) >= maxTenants && oldest != "" {
		ts.drop(oldest)
	}
}

func (ts *Tenants) drop(id string) {
	t := ts.kept[id]
	delete(ts.kept, id)
	if t.Close != nil {
		t.Close()
	}
}

// Close drops all callers, at the end of the server.
func (ts *Tenants) Close() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for id := range ts.kept {
		ts.drop(id)
	}
}

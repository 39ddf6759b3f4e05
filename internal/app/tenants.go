package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// Each caller of the shared endpoint has companies of their own: clients,
// caches, limits, tokens. Nothing that one caller's calls leave behind can
// reach another.
const (
	maxTenants = 1000
	tenantIdle = 15 * time.Minute
)

// tenants are the callers that were here lately.
type tenants struct {
	open func(principal.Principal) (practice, error)
	now  func() time.Time

	mu   sync.Mutex
	kept map[string]*tenant
}

// tenant is one caller's companies. They are closed once nobody uses them and
// the caller is forgotten.
type tenant struct {
	practice

	id   string
	once sync.Once
	err  error
	uses int
	last time.Time
}

// errCrowded is told to new callers while all places are taken.
var errCrowded = errors.New("too many callers at once; try again in a moment")

// books are those of whoever calls.
func (ts *tenants) books(ctx context.Context) (practice, func(), error) {
	p, ok := principal.From(ctx)
	if !ok {
		return practice{}, nil, errors.New("nobody was recognised as the caller")
	}
	t, err := ts.enter(p) //nolint:contextcheck // who leaves is not cut short by who comes
	if err != nil {
		return practice{}, nil, err
	}
	done := func() { ts.leave(t) } //nolint:contextcheck // as above
	t.once.Do(func() { t.practice, t.err = ts.open(p) })
	if t.err != nil {
		done()
		return practice{}, nil, t.err
	}
	return t.practice, done, nil
}

func (ts *tenants) enter(p principal.Principal) (*tenant, error) {
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
func (ts *tenants) leave(t *tenant) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	t.uses--
	t.last = ts.now()
	if t.err != nil && t.uses == 0 && ts.kept[t.id] == t {
		ts.drop(t.id)
	}
}

// keepSwept drops callers who were idle for long, until ctx ends: the keys that
// they brought are theirs, and are not kept because nobody else calls.
func (ts *tenants) keepSwept(ctx context.Context) {
	often := time.NewTicker(tenantIdle / 15)
	defer often.Stop()
	for {
		select {
		case <-often.C:
			ts.mu.Lock()
			ts.sweep() //nolint:contextcheck // what they hold is given up in any case
			ts.mu.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// sweep drops callers who were idle for long. It returns the one of the others
// that was so the longest; empty when all are busy.
func (ts *tenants) sweep() (oldest string) {
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
func (ts *tenants) forget() {
	oldest := ts.sweep()
	if len(ts.kept) >= maxTenants && oldest != "" {
		ts.drop(oldest)
	}
}

func (ts *tenants) drop(id string) {
	t := ts.kept[id]
	delete(ts.kept, id)
	for _, co := range t.companies {
		co.leave()
	}
}

// close drops all callers, at the end.
func (ts *tenants) close() {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for id := range ts.kept {
		ts.drop(id)
	}
}

// leave gives up what a company holds on to. Its journal has nothing open.
func (co company) leave() {
	co.stopLook()
	_ = co.guard.policy.Close() // an end that could not be written is found by the next start
}

// opener opens the companies of a caller, with the caller's own key where
// callers bring one.
func opener(ctx context.Context, cfg config.Config, logger *slog.Logger) func(principal.Principal) (practice, error) {
	return func(p principal.Principal) (practice, error) {
		theirs := cfg
		theirs.Companies = append([]config.Company(nil), cfg.Companies...)
		theirs.Caller = p.ID
		theirs.ExportDir = "" // a folder of this machine's is nobody's who calls from another
		for i := range theirs.Companies {
			one := &theirs.Companies[i]
			one.Reader = !one.ReadOnly && !p.Write
			one.ReadOnly = one.ReadOnly || !p.Write
			if !p.Key.IsZero() {
				one.Key, one.KeyProblem = p.Key, ""
				one.Title = "" // it is of one company, and these may be others' books
			}
		}
		opened, err := open(theirs, logger)
		if err != nil {
			return practice{}, err
		}
		for i := range opened.companies {
			opened.companies[i].startLook(ctx, "", logger)
		}
		return opened, nil
	}
}

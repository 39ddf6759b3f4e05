// Package writepolicy has the internal controls over what an agent does to a
// company's books, in the accountant's sense: limits, no payment twice, no
// confirmation used twice, and a journal without which nothing is written.
package writepolicy

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// Options say whose books are watched, and how.
type Options struct {
	// Dir is the folder of the journals. Empty keeps the journal in memory.
	Dir string

	// Heads are folders, apart from Dir, for records of the journals' last
	// lines: see [journal.Options].
	Heads []string

	// Retention is how long the journal is kept; 0 is for ever.
	Retention time.Duration

	// Problem says why nothing can be written down, such as a folder that is
	// not known; empty when it can. Every write is refused with it.
	Problem string

	// Company tells whose books these are.
	Company func(ctx context.Context) (Company, error)

	// LookBack finds out what became of a write.
	LookBack func(ctx context.Context, w fisklapi.Write, begun time.Time) (fisklapi.Result, error)

	// Caller is who makes the calls, where there are several.
	Caller string

	// Apart says that each caller has a credential of their own, which may see
	// less of the company than another's.
	Apart bool

	Limits Limits
	DryRun bool

	// Person refuses every write that no person agreed to.
	Person bool

	Logger *slog.Logger
	Now    func() time.Time
}

// Company is whose books a write concerns.
type Company struct {
	Key  string         // names its journal's file; never another company's
	Name string         // as Fiskl has it
	Zone *time.Location // decides when its day begins

	// Alone says that the company could not be read: this is the journal of the
	// one credential, and what others do in the same books is not in it.
	Alone bool
}

// whose says for whom a limit counts.
func (c Company) whose() string {
	if c.Alone {
		return "for this credential, which alone is counted because it may not read which company it is of"
	}
	return "for this company"
}

// Policy watch over one company's books. They are safe for concurrent use,
// and hold across processes that share a folder.
type Policy struct {
	o Options

	mu      sync.Mutex
	journal *journal.Journal // nil until the company is known
	company Company
	looks   map[string]look // by the id of the entry
}

// New returns the controls. It touches nothing until the first write.
func New(o Options) *Policy {
	return &Policy{o: o, looks: make(map[string]look)}
}

// Close gives the journal up.
func (c *Policy) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.journal == nil {
		return nil
	}
	return c.journal.Close()
}

// Error is a refusal to write. Nothing was sent.
type Error struct {
	Problem string // a clause that says what to do
}

func (e *Error) Error() string { return e.Problem }

// DryRunError is a write that was kept from being sent because only its preview is
// wanted.
type DryRunError struct{ Write fisklapi.Write }

func (*DryRunError) Error() string { return "this server is on a dry run" }

// lockTimeout is how long the end of a write waits for others at the journal.
// After it, it is written before the next write.
const lockTimeout = 5 * time.Second

// Guard decides on a write and keeps the journal of it: it is a
// [fisklapi.Guard].
func (c *Policy) Guard(ctx context.Context, w fisklapi.Write) (func(fisklapi.Result) fisklapi.Result, error) {
	call := callOf(ctx)
	if c.o.DryRun || call.rehearsed {
		return nil, &DryRunError{w}
	}
	if err := c.agreed(call, w); err != nil {
		return nil, err
	}
	j, company, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	left := c.settle(ctx, j)
	opening := journal.Opening{Company: company.Name, Caller: c.o.Caller, Tool: call.Tool, Arguments: call.Arguments, Confirmation: call.Confirmation, Write: w}
	shared := false // the reference, with an older entry
	id, err := j.Begin(ctx, opening, func(entries []journal.Entry) error {
		shared = w.Reference != "" && slices.ContainsFunc(entries, func(o journal.Entry) bool { return o.Write.Reference == w.Reference })
		return c.allows(entries, opening, company, false)
	})
	if err != nil {
		return nil, err
	}
	e := journal.Entry{ID: id, Begun: c.o.Now(), Opening: opening}
	return func(r fisklapi.Result) fisklapi.Result {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lockTimeout)
		defer cancel()
		if r.Outcome == fisklapi.Done && (r.Found != "" || shared) {
			r, _ = attributed(ctx, j, left, e, r)
		}
		c.end(ctx, j, e, r)
		return r
	}, nil
}

// end writes down how a write ended.
func (c *Policy) end(ctx context.Context, j *journal.Journal, e journal.Entry, r fisklapi.Result) {
	if err := j.End(ctx, e.ID, r); err != nil {
		c.o.Logger.ErrorContext(ctx, "the journal could not take the end of a write; it is tried again before the next one", "entry", e.ID, "problem", err.Error())
	}
}

// allows holds a write against what was done before. It is asked under the
// lock that all processes share.
func (c *Policy) allows(entries []journal.Entry, o journal.Opening, company Company, beforehand bool) error {
	now := c.o.Now()
	if err := unused(entries, o.Confirmation); err != nil {
		return err
	}
	if err := notTwice(entries, o.Write, o.Confirmation == "" && !beforehand, now); err != nil {
		return err
	}
	if err := checkConflict(entries, o.Write, now); err != nil {
		return err
	}
	return c.o.Limits.allow(entries, o.Write, now, company)
}

// Entries are the writes that the journal holds, newest first, those whose
// outcome was unknown looked up where that was possible.
func (c *Policy) Entries(ctx context.Context) ([]journal.Entry, error) {
	j, _, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	c.settle(ctx, j)
	entries, err := j.Entries(ctx)
	if err != nil {
		return nil, err
	}
	unsettled, err := j.Unsettled(ctx)
	if err != nil {
		return nil, err
	}
	for i, e := range entries {
		if e.Open() && slices.ContainsFunc(unsettled, func(u journal.Entry) bool { return u.ID == e.ID }) {
			entries[i].Result.Outcome = fisklapi.Unknown // its process is gone
		}
	}
	return entries, nil
}

// Foreign reports that an entry is of another credential than the caller's.
func (c *Policy) Foreign(e journal.Entry) bool {
	return c.o.Apart && e.Caller != c.o.Caller
}

// Settle looks up the writes of which an earlier process did not say how they
// ended, because it crashed or its answer was lost, and closes them.
func (c *Policy) Settle(ctx context.Context) error {
	j, _, err := c.open(ctx)
	if err == nil {
		c.settle(ctx, j)
	}
	return err
}

// open opens the journal of the company, once it is known which that is.
func (c *Policy) open(ctx context.Context) (*journal.Journal, Company, error) {
	if c.o.Problem != "" {
		return nil, Company{}, &Error{c.o.Problem}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.journal != nil {
		return c.journal, c.company, nil
	}
	company, err := c.o.Company(ctx)
	if err != nil {
		return nil, Company{}, err
	}
	o := journal.Options{Now: c.o.Now, Retention: c.o.Retention}
	if c.o.Dir != "" {
		o.Path = filepath.Join(c.o.Dir, company.Key+journal.Suffix)
		for _, folder := range c.o.Heads {
			o.Heads = append(o.Heads, filepath.Join(folder, company.Key+journal.HeadSuffix))
		}
	}
	j, err := journal.Open(o)
	if err != nil {
		return nil, Company{}, fmt.Errorf("open the journal: %w", err)
	}
	c.journal, c.company = j, company
	return j, company, nil
}

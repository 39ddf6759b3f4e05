package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// evidence is what is left when all is over.
type evidence struct {
	changes    []change         // in Fiskl's audit trail since the models began
	invoices   []invoice        // in Fiskl's books
	contacts   map[setting]bool // in Fiskl's books: what is set
	arrivals   map[int64]*try   // by the second at which Fiskl carried them out
	entries    []journal.Entry  // in the journal
	tries      map[string]*try  // by name
	carriedOut map[string]bool  // tries that arrived, by name
	effects    map[string]int   // how often Fiskl did what a try asked, by name
	others     map[int64]bool   // seconds at which somebody else changed something
	unseen     []string         // e-mails to whom nobody was shown
}

// change is a line of Fiskl's audit trail, as far as it is looked at.
type change struct {
	ID       int64      `json:"id"`
	At       time.Time  `json:"at"`
	Action   string     `json:"action"`
	Type     string     `json:"type"`
	RecordID schemas.ID `json:"recordId"`
}

// invoice is an invoice of Fiskl's books, as far as it is looked at.
type invoice struct {
	ID         schemas.ID `json:"id"`
	ExternalID string     `json:"externalId"`
}

// evidence gathers what Fiskl's books and the journal say.
func (s *soak) evidence(ctx context.Context) (*evidence, error) {
	e := &evidence{arrivals: s.road.arrivals, tries: make(map[string]*try), carriedOut: make(map[string]bool)}
	e.effects, e.others, e.unseen = s.road.effects, s.road.others, s.road.unseen
	for _, t := range s.tries {
		e.tries[t.name] = t
	}
	for _, t := range e.arrivals {
		e.carriedOut[t.name] = true
	}
	var err error
	if e.changes, err = whole[change](ctx, s.road, "/v1/audit?sort=id,asc"); err != nil {
		return nil, err
	}
	e.changes = slices.DeleteFunc(e.changes, func(c change) bool { return !c.At.After(s.begun) })
	if e.invoices, err = whole[invoice](ctx, s.road, "/v1/invoices?sort=id,asc"); err != nil {
		return nil, err
	}
	if e.contacts, err = contacts(ctx, s.road); err != nil {
		return nil, err
	}
	e.entries, err = s.entries(ctx)
	return e, err
}

// contacts reads what is set in clients and vendors.
func contacts(ctx context.Context, r *road) (map[setting]bool, error) {
	set := make(map[setting]bool)
	for _, kind := range []string{"clients", "vendors"} {
		all, err := whole[struct {
			ID      schemas.ID `json:"id"`
			Notes   string     `json:"notes"`
			Address string     `json:"address"`
		}](ctx, r, "/v1/"+kind+"?sort=id,asc")
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			set[setting{kind, c.ID, "notes", c.Notes}], set[setting{kind, c.ID, "address", c.Address}] = true, true
		}
	}
	return set, nil
}

// entries reads the journal as a new process does, which looks up what it
// finds unsettled.
func (s *soak) entries(ctx context.Context) (_ []journal.Entry, err error) {
	p, err := s.start(func() bool { return false })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	all, err := p.controls.Entries(ctx)
	if err != nil {
		return nil, err
	}
	r, err := p.controls.Verify(ctx)
	if err == nil && !r.Sound() {
		err = fmt.Errorf("the journal is not as it was written: %s", r.Findings[0].Says)
	}
	return all, err
}

// whole reads a list of Fiskl's to its end.
func whole[T any](ctx context.Context, r *road, path string) ([]T, error) {
	const size = 100
	var all []T
	for page := 0; ; page++ {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("http://127.0.0.1%s&page=%d&size=%d", path, page, size), http.NoBody)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
		res, err := r.end.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		var some []T
		err = json.NewDecoder(res.Body).Decode(&some)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, some...)
		if len(some) < size {
			return all, nil
		}
	}
}

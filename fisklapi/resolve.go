package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// finder looks up one record by what a person calls it.
type finder[W any] struct {
	noun   string // "client"
	plural string // "clients"
	get    Operation
	search Operation

	// candidates lists the records whose name may match; all of them when it
	// is empty, except of exact finders.
	candidates func(ctx context.Context, name string) ([]W, error)

	// exact finders match whole names only, such as document numbers.
	exact bool

	name     func(W) string
	id       func(W) schemas.ID
	email    func(W) string // nil where there is none
	describe func(W) string // what tells it from others, for "several match"
}

// find returns the one record that ref means. Digits or a UUID are an id first
// and a name second; digits with leading zeros are a name. A name counts when
// it is equal but for case; else when it is part of exactly one record's name.
// Several are an Ambiguous error that lists them, because a guess could write
// to the wrong record.
func (f finder[W]) find(ctx context.Context, c *Client, ref string) (W, error) {
	r, err := f.look(ctx, c, ref)
	return r.wire, err
}

// whole returns everything about the record that ref means: a list may hold
// less.
func (f finder[W]) whole(ctx context.Context, c *Client, ref string) (record[W], error) {
	if r, ok, err := f.hinted(ctx, c, ref); ok || err != nil {
		return r, err
	}
	r, err := f.look(ctx, c, ref)
	if err != nil || r.raw != nil {
		return r, err
	}
	r, err = fetch[W](ctx, c, f.get, f.id(r.wire))
	return r, c.missed(err)
}

// look finds a record, read whole if it was found by its id.
func (f finder[W]) look(ctx context.Context, c *Client, ref string) (record[W], error) {
	ref = strings.TrimSpace(ref)
	if ref == "" {
		return record[W]{}, &schemas.ArgumentError{Argument: f.noun, Problem: "is empty; say which one is meant"}
	}
	if key := schemas.ID(ref); key.Distinct() {
		if r, found, err := f.byID(ctx, c, key, ref); found || err != nil {
			return r, err
		}
	}
	all, err := f.candidates(ctx, ref)
	if err != nil {
		return record[W]{}, err
	}
	w, err := f.choose(ctx, c, all, ref)
	return record[W]{wire: w}, err
}

// byID looks a record up by its id: at its own path or, where that is missing,
// in the list.
func (f finder[W]) byID(ctx context.Context, c *Client, key schemas.ID, ref string) (r record[W], found bool, err error) {
	r, err = fetch[W](ctx, c, f.get, key)
	switch {
	case err == nil:
		return r, true, f.notAnother(ctx, c, r.wire, ref)
	case bare(err), errors.Is(err, NoPath):
		w, found, err := f.inList(ctx, c, key)
		if found {
			err = f.notAnother(ctx, c, w, ref)
		}
		return record[W]{wire: w}, found, err
	case errors.Is(err, NotFound), errors.Is(err, Invalid): // 400 is what a server says of an id whose form is not that of its own
		return record[W]{}, false, nil
	default:
		return record[W]{}, false, err
	}
}

// inList looks an id up in the list.
func (f finder[W]) inList(ctx context.Context, c *Client, key schemas.ID) (found W, ok bool, err error) {
	err = f.all(ctx, c, func(w W) bool {
		if ok = f.id(w) == key; ok {
			found = w
		}
		return !ok
	})
	return found, ok, err
}

// all goes through the list until more returns false.
func (f finder[W]) all(ctx context.Context, c *Client, more func(W) bool) error {
	if f.exact {
		return scan(ctx, c, f.search, url.Values{"sort": {newestFirst}}, more)
	}
	all, err := f.candidates(ctx, "")
	for _, w := range all {
		if !more(w) {
			return nil
		}
	}
	return err
}

// notAnother refuses an id that is also the number of another document. Only
// where numbers are all digits can that be, so only there it is looked up.
func (f finder[W]) notAnother(ctx context.Context, c *Client, found W, ref string) error {
	name := f.name(found)
	if !f.exact || name == ref || strings.Trim(name, "0123456789") != "" {
		return nil
	}
	all, err := f.candidates(ctx, ref)
	if err != nil {
		return err
	}
	others, _ := f.matches(all, ref)
	if len(others) == 0 {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: c.endpoints[f.search], Message: fmt.Sprintf(
		"%s is the id of one %s and the number of another: %s, %s. Name the first by its number or the second by its id",
		schemas.Quoted(ref, 60), f.noun, f.listed([]W{found}), f.listed(others[:1]),
	)}
}

func (f finder[W]) choose(ctx context.Context, c *Client, all []W, ref string) (W, error) {
	equal, partial := f.matches(all, ref)
	if len(equal) == 0 && !f.exact {
		equal = partial
	}
	switch len(equal) {
	case 1:
		return equal[0], nil
	case 0:
		var none W
		return none, &Error{Kind: NotFound, Endpoint: c.endpoints[f.search], Message: f.missing(ctx, all, ref)}
	default:
		var none W
		return none, &Error{Kind: Ambiguous, Endpoint: c.endpoints[f.search], Message: fmt.Sprintf(
			"%d %s match %s: %s", len(equal), f.plural, schemas.Quoted(ref, 60), f.listed(equal),
		)}
	}
}

func (f finder[W]) matches(all []W, ref string) (equal, partial []W) {
	seen := make(map[schemas.ID]bool)
	for _, w := range all {
		if seen[f.id(w)] {
			continue
		}
		seen[f.id(w)] = true
		switch name := strings.TrimSpace(f.name(w)); {
		case strings.EqualFold(name, ref):
			equal = append(equal, w)
		case ref != "" && strings.Contains(strings.ToLower(name), strings.ToLower(ref)):
			partial = append(partial, w)
		}
	}
	return equal, partial
}

// missing says that nothing matched, and what comes nearest.
func (f finder[W]) missing(ctx context.Context, all []W, ref string) string {
	s := fmt.Sprintf("no %s is called %s and none has that id", f.noun, schemas.Quoted(ref, 60))
	near := all // of documents the candidates are those numbered alike
	if !f.exact {
		near = f.near(ctx, ref)
	}
	if len(near) == 0 {
		return s
	}
	return s + "; nearest: " + f.listed(near)
}

// near are the records that share the first word, or else those whose name
// holds the whole when accents and quotes do not count. Fiskl's search may
// know only the exact spelling, so for the latter all names are read.
func (f finder[W]) near(ctx context.Context, ref string) []W {
	ref = strings.TrimSpace(ref)
	if word, rest, _ := strings.Cut(ref, " "); rest != "" && len(word) >= 3 {
		all, err := f.candidates(ctx, word)
		if err != nil {
			return nil
		}
		equal, near := f.matches(all, word)
		if near = append(equal, near...); len(near) > 0 {
			return near
		}
	}
	want := looseSpelling(ref)
	if utf8.RuneCountInString(want) < 3 {
		return nil
	}
	all, err := f.candidates(ctx, "")
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), func(w W) bool { return !strings.Contains(looseSpelling(f.name(w)), want) })
}

const maxListed = 8

func (f finder[W]) listed(all []W) string {
	var parts []string
	for i, w := range all {
		if i == maxListed {
			parts = append(parts, fmt.Sprintf("and %d more", len(all)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", schemas.Quoted(f.name(w), 60), f.describe(w)))
	}
	return strings.Join(parts, ", ")
}

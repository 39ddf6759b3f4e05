package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// directory remembers for a short while which record a name or a number meant.
// What it says is a guess: who follows it reads the record by its id and looks
// whether it is still called so. No write goes by it.
type directory struct {
	mu      sync.Mutex
	entries map[heading]entry
}

// heading is what a record was asked for by.
type heading struct {
	list Operation // which the record stands in
	ref  string    // in lower case
}

type entry struct {
	id    schemas.ID
	name  string // in full; the record has another if it is not the one that was meant
	hint  bool   // seen beside other things: whether it alone is called so was not looked at
	until time.Time
}

const (
	directoryTTL = 5 * time.Minute
	maxEntries   = 1000
)

func under(list Operation, ref string) heading {
	return heading{list, strings.ToLower(strings.TrimSpace(ref))}
}

func (d *directory) find(h heading, now time.Time) (entry, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.entries[h]
	return e, ok && now.Before(e.until)
}

func (d *directory) add(h heading, id schemas.ID, name string, now time.Time) {
	if id == "" || name == "" || h.ref == "" || schemas.ID(h.ref).Distinct() {
		return // an id is looked up by itself
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.makeRoom(now)
	d.entries[h] = entry{id: id, name: name, until: now.Add(directoryTTL)}
}

// makeRoom makes room for one more entry. Hints go first: one long list gives
// more of them than there is room for, and they save less.
func (d *directory) makeRoom(now time.Time) {
	if d.entries == nil {
		d.entries = make(map[heading]entry)
	}
	if len(d.entries) >= maxEntries {
		maps.DeleteFunc(d.entries, func(_ heading, e entry) bool { return e.hint || !now.Before(e.until) })
	}
	if len(d.entries) >= maxEntries {
		clear(d.entries)
	}
}

// hint notes what is likely to be meant. It takes no looking up away: it lets a
// record be read while its name is looked up.
func (d *directory) hint(h heading, id schemas.ID, now time.Time) {
	if id == "" || h.ref == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if e, there := d.entries[h]; !there || !now.Before(e.until) {
		d.makeRoom(now)
		d.entries[h] = entry{id: id, hint: true, until: now.Add(directoryTTL)}
	}
}

func (d *directory) drop(h heading) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.entries, h)
}

// clear forgets everything: a write may have given a record another name.
func (d *directory) clear() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.entries = nil
}

// shown returns everything about the record that ref means, for reading. One
// that was found before is read at once by its id.
func (f finder[W]) shown(ctx context.Context, c *Client, ref string) (record[W], error) {
	h := under(f.search, ref)
	if e, ok := c.directory.find(h, c.now()); ok && !e.hint {
		if r, err := f.expected(ctx, c, h, e); !errors.Is(err, errMoved) {
			return r, err
		}
	}
	r, err := f.whole(ctx, c, ref)
	if err == nil {
		f.remember(c, h, r.wire)
	}
	return r, err
}

// known returns the record that ref means, for reading; a list may hold less.
func (f finder[W]) known(ctx context.Context, c *Client, ref string) (W, error) {
	h := under(f.search, ref)
	if e, ok := c.directory.find(h, c.now()); ok && !e.hint {
		if r, err := f.expected(ctx, c, h, e); !errors.Is(err, errMoved) {
			return r.wire, err
		}
	}
	w, err := f.find(ctx, c, ref)
	if err == nil {
		f.remember(c, h, w)
	}
	return w, err
}

// errMoved is a record that is not what the directory says.
var errMoved = errors.New("it is another record now, or none")

// expected reads the record of an entry. Where it is called otherwise by now, or
// cannot be read, the entry is dropped: the list has to say.
func (f finder[W]) expected(ctx context.Context, c *Client, h heading, e entry) (record[W], error) {
	r, err := fetch[W](ctx, c, f.get, e.id)
	switch {
	case err == nil && f.id(r.wire) == e.id && f.name(r.wire) == e.name:
		return r, nil
	case err != nil && passes(err):
		return r, err
	}
	c.directory.drop(h)
	return r, errMoved
}

func (f finder[W]) remember(c *Client, h heading, w W) {
	if f.get != "" {
		c.directory.add(h, f.id(w), f.name(w), c.now())
	}
}

// reading finds the record that ref means and has read read what needs its id.
// Where the directory knows it, both are done at once, and what was read counts
// if it was for the right record.
func reading[W, T any](ctx context.Context, c *Client, f finder[W], ref string, read func(context.Context, schemas.ID) (T, error)) (W, T, error) {
	var out T
	h := under(f.search, ref)
	if e, ok := c.directory.find(h, c.now()); ok && !e.hint {
		var found record[W]
		var failed error
		err := c.Together(ctx,
			func(ctx context.Context) (err error) { found, err = f.expected(ctx, c, h, e); return err },
			func(ctx context.Context) error { out, failed = read(ctx, e.id); return nil },
		)
		if !errors.Is(err, errMoved) {
			return found.wire, out, cmp.Or(err, failed)
		}
		out = *new(T) // what was read is another's
	}
	w, err := f.find(ctx, c, ref)
	if err != nil {
		return w, out, err
	}
	f.remember(c, h, w)
	out, err = read(ctx, f.id(w))
	return w, out, err
}

// hinted is the record that ref means, read by a hint while its name is looked
// up, and read again if another is meant. ok is false where there is no hint.
func (f finder[W]) hinted(ctx context.Context, c *Client, ref string) (r record[W], ok bool, err error) {
	e, known := c.directory.find(under(f.search, ref), c.now())
	if !known {
		return r, false, nil
	}
	var meant W
	var unread error
	err = c.Together(ctx,
		func(ctx context.Context) (err error) { meant, err = f.find(ctx, c, ref); return err },
		func(ctx context.Context) error { r, unread = fetch[W](ctx, c, f.get, e.id); return nil },
	)
	if err == nil && (unread != nil || f.id(meant) != e.id || f.name(r.wire) != f.name(meant)) {
		r, err = fetch[W](ctx, c, f.get, f.id(meant))
		err = c.missed(err)
	}
	return r, true, err
}

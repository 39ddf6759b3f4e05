package journal

import (
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Entries are the entries of the last files, newest first: all of them, unless
// the journal is very long.
func (j *Journal) Entries(ctx context.Context) ([]Entry, error) {
	if !j.door.used() {
		return nil, nil
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return nil, j.unreadable(err)
	}
	defer leave()
	_ = j.flush() // what stays unwritten is added below
	h, err := whole(ctx, j.shelf, j.listed)
	if err != nil {
		return nil, j.unreadable(err)
	}
	for _, l := range j.remembered() {
		h.take(l)
	}
	all := h.entries()
	slices.Reverse(all)
	return all, nil
}

// Orphans are the open entries whose process is gone, because it crashed, was
// killed or closed its journal, oldest first. Whoever learns how they ended
// says so with End.
func (j *Journal) Orphans(ctx context.Context) ([]Entry, error) {
	return j.recent(ctx, Entry.abandoned)
}

// Recent are all open entries and those of the [Window] at least, oldest
// first.
func (j *Journal) Recent(ctx context.Context) ([]Entry, error) {
	return j.recent(ctx, func(Entry, map[string]bool) bool { return true })
}

// Unsettled are the orphans and the entries that ended with an unknown
// outcome, oldest first: it is worth finding out what became of them.
func (j *Journal) Unsettled(ctx context.Context) ([]Entry, error) {
	return j.recent(ctx, func(e Entry, living map[string]bool) bool {
		return e.abandoned(living) || e.Result.Outcome == fisklapi.Unknown
	})
}

// abandoned reports an entry that is open though its process is gone.
func (e Entry) abandoned(living map[string]bool) bool { return e.Open() && !living[e.Process] }

// recent are those of the open entries and of the last days' that pick takes.
func (j *Journal) recent(ctx context.Context, pick func(e Entry, living map[string]bool) bool) ([]Entry, error) {
	if !j.door.used() {
		return nil, nil
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return nil, j.unreadable(err)
	}
	defer leave()
	_ = j.flush() // what stays unwritten is of this process, so no orphan
	if err := j.past.catchUp(j.shelf, j.now()); err != nil {
		return nil, j.unreadable(err)
	}
	living, err := j.door.living()
	if err != nil {
		return nil, j.unreadable(err)
	}
	var picked []Entry
	for _, r := range j.past.records {
		if pick(r.Entry, living) {
			picked = append(picked, r.Entry)
		}
	}
	return picked, nil
}

package journal

import (
	"bytes"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// history is what lines amount to when they are read in their order.
type history struct {
	records []*record // oldest first
	byID    map[string]*record
	old     int // how many of the records are known only because they were carried
}

// record is an entry and whether the current file has it.
type record struct {
	Entry
	here bool
}

// read takes in the lines of a file, or those that were appended to it.
func (h *history) read(b []byte) {
	for l := range bytes.Lines(b) {
		if l, ok := parse(l); ok {
			h.take(l)
		}
	}
}

func (h *history) take(l line) {
	if l.Event == ended {
		h.end(l)
		return
	}
	if r, known := h.byID[l.ID]; known {
		r.here = true
		return
	}
	r := &record{here: true, Entry: Entry{ID: l.ID, Begun: l.Time, Process: l.Process, Opening: *l.Opening}}
	if h.byID == nil {
		h.byID = make(map[string]*record)
	}
	h.byID[l.ID] = r
	if l.Event == begun {
		h.records = append(h.records, r)
		return
	}
	// It was begun in a file that was not read, so before everything that was.
	h.records = slices.Insert(h.records, h.old, r)
	h.old++
}

func (h *history) end(l line) {
	r, known := h.byID[l.ID]
	if known && (r.Open() || r.Result.Outcome == fisklapi.Unknown) {
		r.Ended, r.Result = l.Time, *l.Result
	}
}

// turn tells that the lines to come are of another file.
func (h *history) turn() {
	for _, r := range h.records {
		r.here = false
	}
}

// entries are copies, newest last.
func (h *history) entries() []Entry {
	all := make([]Entry, len(h.records))
	for i, r := range h.records {
		all[i] = r.Entry
	}
	return all
}

// strangers are the entries that are open and not in the current file.
func (h *history) strangers() []Entry {
	var some []Entry
	for _, r := range h.records {
		if r.Open() && !r.here {
			some = append(some, r.Entry)
		}
	}
	return some
}

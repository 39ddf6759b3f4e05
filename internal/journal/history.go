package journal

import (
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// history is what lines amount to when they are read in their order.
type history struct {
	records []*record // oldest first
	byID    map[string]*record
	old     int             // how many of the records are known only because they were carried
	drops   map[string]bool // older files that are to go, by their times
}

// record is an entry, whether the current file has it, and where it stands in
// the chain.
type record struct {
	Entry
	here       bool
	first, end int64 // numbers of its lines; 0 in lines of earlier versions
}

// take takes in the next line.
func (h *history) take(l line) {
	switch l.Event {
	case begun, carried:
		h.begin(l)
	case ended:
		h.end(l)
	case dropped:
		if h.drops == nil {
			h.drops = make(map[string]bool)
		}
		h.drops[l.Dropped.File] = true
	default: // tells of no write
	}
}

func (h *history) begin(l line) {
	if r, known := h.byID[l.ID]; known {
		r.here = true
		return
	}
	r := &record{here: true, first: l.Seq, Entry: Entry{ID: l.ID, Begun: l.Time, Process: l.Process, Opening: *l.Opening}}
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
		r.Ended, r.Result, r.end = l.Time, *l.Result, l.Seq
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

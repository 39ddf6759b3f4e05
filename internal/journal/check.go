package journal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"slices"
	"time"
)

// spot is a place in a file, for people.
type spot struct {
	file string
	line int
}

// link is a line of the chain, and what stands before it, as a check finds
// them.
type link struct {
	line
	spot

	fits  bool   // what stands before it is what it was
	has   string // hash of what stands before it now
	own   string // hash of the line with its end
	loose []spot // what stands before it and cannot be read
}

// checker follows a chain from its first line to its last. It judges each line
// when it has seen the next: a line whose number was changed is told from one
// that was moved by how the chain goes on.
type checker struct {
	r       Report
	partial bool // the files do not begin with the first that is kept

	at    spot
	since hash.Hash // of the bytes since the last line of the chain began
	loose []spot    // that cannot be read, since then

	first   *link // of the chain
	last    *link // the one that is judged next
	judged  *link // the one before it
	least   int64 // the lowest number judged; 0 before the first
	most    int64 // the highest
	missing []Finding
	heads   []noted

	accepted map[string]time.Time // what somebody knows, and since when
}

// noted is a line that somebody keeps in mind.
type noted struct {
	Head
	where string // empty for one that was asked for
	seen  bool
}

func newChecker(partial bool, heads []noted) *checker {
	return &checker{r: Report{Findings: []Finding{}}, partial: partial, since: sha256.New(), heads: heads, accepted: make(map[string]time.Time)}
}

// file tells that the lines to come are of another file.
func (c *checker) file(name string, b []byte) {
	c.r.Files++
	c.at = spot{file: name}
	for b := range bytes.Lines(b) {
		c.at.line++
		c.take(b)
	}
}

func (c *checker) take(b []byte) {
	l, known := decode(b)
	if known {
		if c.r.From.IsZero() {
			c.r.From = l.Time
		}
		c.r.To = l.Time
		if l.Opening != nil {
			c.r.Company = l.Company
		}
	}
	switch {
	case l.linked():
		c.linked(b, l)
	case known:
		c.unlinked(l)
	case len(bytes.TrimSpace(b)) > 0:
		c.loose = append(c.loose, c.at)
	}
	_, _ = c.since.Write(b) // a hash takes everything
}

// unlinked counts a line that the chain does not have.
func (c *checker) unlinked(l line) {
	if c.last == nil {
		c.r.Before++
		return
	}
	if n := len(c.r.Findings); n > 0 && c.r.Findings[n-1].Kind == Unnumbered && c.r.Findings[n-1].First == c.last.Seq {
		f := &c.r.Findings[n-1]
		f.Count++
		f.Before = l.Time
		f.Says = f.sentence()
		return
	}
	c.r.add(Finding{Kind: Unnumbered, First: c.last.Seq, Last: c.last.Seq, Count: 1, File: c.at.file, Line: c.at.line, After: c.last.Time, Before: l.Time})
}

func (c *checker) linked(b []byte, l line) {
	has := hex.EncodeToString(c.since.Sum(nil))
	k := &link{
		line: l, spot: c.at, loose: c.loose, fits: l.Prev == has, has: has,
		own: digest(append(bytes.Clone(bytes.TrimSuffix(b, []byte("\n"))), '\n')),
	}
	c.loose = nil
	c.since.Reset()
	c.r.Lines++
	if c.first == nil {
		c.first = k
	} else {
		c.judge(c.last, k)
	}
	c.last = k
}

// judge holds a line against those before it.
func (c *checker) judge(k, next *link) {
	defer func() { c.judged, c.most, c.least = k, max(c.most, k.Seq), min(cmp.Or(c.least, k.Seq), k.Seq) }()
	c.told(k)
	before := c.judged
	expected := c.most + 1
	c.renumbered(k, next, expected)
	c.noted(k)
	switch {
	case k == c.first: // judged at the end, when it is known what was dropped
	case k.Event == gap && k.Lost != nil && k.Lost.Seq >= c.most:
		c.r.add(Finding{Kind: Restored, First: min(c.most+1, k.Lost.Seq), Last: k.Lost.Seq, File: k.file, Line: k.spot.line, After: before.Time, Before: k.Time})
		c.follows(before, k)
	case k.Seq > expected:
		c.missing = append(c.missing, Finding{Kind: Missing, First: expected, Last: k.Seq - 1, File: k.file, Line: k.spot.line, After: before.Time, Before: k.Time})
	case k.Seq < expected:
		c.moved(k, before)
	case before.Seq == k.Seq-1:
		c.follows(before, k)
	}
}

// told takes in what a line says of the journal itself.
func (c *checker) told(k *link) {
	if k.Event == dropped && k.Dropped != nil {
		c.r.Dropped = append(c.r.Dropped, *k.Dropped)
	}
	for _, found := range k.Accepted {
		c.accepted[found] = k.Time
	}
	if k.Event == unheld {
		c.r.add(Finding{Kind: Headless, First: k.Seq - 1, Last: k.Seq, File: k.file, Line: k.spot.line, Before: k.Time})
	}
}

// renumbered gives a line its number back if it was changed: then the chain goes
// on as if it had another.
func (c *checker) renumbered(k, next *link, expected int64) {
	switch {
	case next == nil:
	case k == c.first:
		if k.Seq > next.Seq && next.Seq > 1 {
			k.Seq = next.Seq - 1
			c.changed(k.Seq, k, k.own, time.Time{}, next.Time)
		}
	case k.Seq != expected && next.Seq == expected+1:
		k.Seq = expected
		c.changed(k.Seq, k, k.own, c.judged.Time, next.Time)
	}
}

// follows holds what stands between two lines in order against what the second
// has of it.
func (c *checker) follows(before, k *link) {
	switch {
	case k.fits:
	case k.Prev == before.own:
		c.added(before, k)
		return
	default:
		c.changed(k.Seq-1, before, k.has, before.Time, k.Time)
		return
	}
	for _, at := range k.loose {
		c.r.add(Finding{Kind: Torn, File: at.file, Line: at.line, After: before.Time, Before: k.Time})
	}
}

// added notes what stands between two lines that are as they were.
func (c *checker) added(before, k *link) {
	if n := len(c.r.Findings); n > 0 && c.r.Findings[n-1].Kind == Unnumbered && c.r.Findings[n-1].First == before.Seq {
		c.r.Findings = c.r.Findings[:n-1]
	}
	c.r.add(Finding{Kind: Added, First: before.Seq, Last: before.Seq, File: k.file, Line: k.spot.line, After: before.Time, Before: k.Time, has: k.has})
}

// changed notes a line that is not as it was, together with its neighbour: where
// both seem to be changed it may be what the second has of the first.
func (c *checker) changed(seq int64, k *link, has string, after, before time.Time) {
	if n := len(c.r.Findings); n > 0 {
		f := &c.r.Findings[n-1]
		if f.Kind == Changed && f.Last >= seq-1 && f.First <= seq {
			f.Last, f.Before, f.has = max(f.Last, seq), before, digest([]byte(f.has+has))
			f.Says = f.sentence()
			return
		}
	}
	c.r.add(Finding{Kind: Changed, First: seq, Last: seq, File: k.file, Line: k.spot.line, After: after, Before: before, has: has})
}

// moved notes a line that stands after one with a higher number.
func (c *checker) moved(k, before *link) {
	for i, m := range c.missing {
		if k.Seq < m.First || k.Seq > m.Last {
			continue
		}
		rest := slices.Clone(c.missing[:i])
		if low := m; m.First < k.Seq {
			low.Last = k.Seq - 1
			rest = append(rest, low)
		}
		if high := m; m.Last > k.Seq {
			high.First = k.Seq + 1
			rest = append(rest, high)
		}
		c.missing = append(rest, c.missing[i+1:]...)
		break
	}
	if n := len(c.r.Findings); n > 0 {
		f := &c.r.Findings[n-1]
		if f.Kind == Moved && f.Last == k.Seq-1 {
			f.Last = k.Seq
			f.Says = f.sentence()
			return
		}
	}
	c.r.add(Finding{Kind: Moved, First: k.Seq, Last: k.Seq, File: k.file, Line: k.spot.line, After: before.Time, Before: k.Time})
}

// noted holds a line against what is kept in mind of it.
func (c *checker) noted(k *link) {
	for i := range c.heads {
		h := &c.heads[i]
		if h.Seq != k.Seq {
			continue
		}
		switch {
		case h.Hash == k.own:
			h.seen = true
		case h.where != "":
			h.seen = true
			c.changed(k.Seq, k, k.own, k.Time, time.Time{})
		}
	}
}

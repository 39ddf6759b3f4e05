package journal

import (
	"slices"
	"time"
)

// end is what all lines come to.
func (c *checker) end() Report {
	if c.last != nil {
		c.judge(c.last, nil)
		c.begin()
		c.r.Head = Head{Seq: c.last.Seq, Hash: c.last.own, Time: c.last.Time}
	}
	for _, f := range c.missing {
		c.r.add(f)
	}
	for _, at := range c.loose {
		if c.first != nil {
			c.r.add(Finding{Kind: Torn, File: at.file, Line: at.line, After: c.last.Time})
		}
	}
	c.cut()
	c.r.Partial = c.partial
	for _, h := range c.heads {
		switch {
		case h.where != "":
		case h.seen:
			c.r.Found = true
		default:
			c.r.add(Finding{Kind: NotThere, First: h.Seq, Last: h.Seq})
		}
	}
	for i := range c.r.Findings {
		f := &c.r.Findings[i]
		f.Accepted = c.accepted[f.key()]
	}
	slices.SortStableFunc(c.r.Findings, func(a, b Finding) int { return int(min(max(a.First-b.First, -1), 1)) })
	return c.r
}

// begin judges the first line that is there: what stood before it went as the
// settings want, or stands there and is what it was.
func (c *checker) begin() {
	k, last := c.first, c.latestDrop()
	switch {
	case c.partial:
	case k.Event == gap && k.Lost != nil:
		c.r.add(Finding{Kind: Restored, First: 1, Last: k.Lost.Seq, File: k.file, Line: k.spot.line, Before: k.Time})
	case c.least < k.Seq && c.least <= last.Last+1: // it was moved, which is told
	case k.Seq == 1:
		c.covered(k)
	case k.Seq > last.Last+1:
		c.r.add(Finding{Kind: Missing, First: last.Last + 1, Last: c.least - 1, File: k.file, Line: k.spot.line, Before: k.Time})
	case k.Seq == last.Last+1 && last.Link != k.Prev:
		c.changed(k.Seq, k, k.own, time.Time{}, k.Time)
	}
}

// covered holds what stands before the first line of all against what that has
// of it, unless some of it was dropped.
func (c *checker) covered(k *link) {
	dropped := slices.ContainsFunc(c.r.Dropped, func(d Dropped) bool { return d.Last == 0 })
	if !k.fits && !dropped {
		c.r.add(Finding{Kind: Earlier, File: k.file, Line: k.spot.line, has: k.has})
	}
}

// latestDrop is the dropped file after which the kept ones begin.
func (c *checker) latestDrop() Dropped {
	var last Dropped
	for _, d := range c.r.Dropped {
		if d.Last >= last.Last {
			last = d
		}
	}
	return last
}

// cut tells of lines that were known and are not there.
func (c *checker) cut() {
	most := Finding{Kind: Cut, Last: c.most}
	for _, h := range c.heads {
		if h.where != "" && h.Seq > most.Last {
			most.Last, most.Before, most.Where = h.Seq, h.Time, h.where
		}
	}
	if most.Last == c.most {
		return
	}
	most.First = c.most + 1
	if c.last != nil {
		most.After = c.last.Time
	}
	c.r.add(most)
}

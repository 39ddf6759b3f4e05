package writepolicy

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// graceWindow is how long a request whose answer was lost may still be under way
// to Fiskl. Until then "not there" does not mean "will not come".
const graceWindow = time.Minute

// lookWindow is how far back outcomes are looked up: later, too much else
// happened to the record.
const lookWindow = 72 * time.Hour

// look is how far this process is with looking an entry up.
type look struct {
	at   time.Time // when it last looked; zero before the first time
	busy bool
	over bool // nothing better can be found
}

// settle looks unsettled writes up, and returns them. What cannot be found out
// now is left for the next time.
func (c *Policy) settle(ctx context.Context, j *journal.Journal) []journal.Entry {
	entries, err := j.Unsettled(ctx)
	if err != nil {
		c.o.Logger.WarnContext(ctx, "the journal could not be read", "problem", err.Error())
		return nil
	}
	for _, e := range entries {
		again, due := c.take(e)
		if !due {
			continue
		}
		r, verdict := c.found(ctx, j, entries, e, again)
		r.RequestID, r.Problem = e.Result.RequestID, e.Result.Problem // as far as its end was known
		if verdict == closes {
			if err := j.End(ctx, e.ID, r); err != nil {
				c.o.Logger.WarnContext(ctx, "the journal could not take the end of a write", "entry", e.ID, "problem", err.Error())
			}
		}
		c.put(e, verdict != later)
	}
	return entries
}

// verdict is what becomes of an entry that was looked up.
type verdict int

const (
	later  verdict = iota // look again
	closes                // write down what was found
	stays                 // nothing better can be found
)

// take reports whether an entry is to be looked up now, and whether this
// process did so before. Nobody else in this process looks until put.
func (c *Policy) take(e journal.Entry) (again, due bool) {
	now := c.o.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.looks[e.ID]
	switch age := now.Sub(e.Begun); {
	case l.busy || l.over:
		return false, false
	case !l.at.IsZero() && now.Sub(l.at).Abs() < graceWindow:
		return false, false
	case !e.Open() && age >= 0 && age < graceWindow:
		return false, false // it was looked up when its answer was lost
	}
	c.looks[e.ID] = look{at: now, busy: true}
	return !l.at.IsZero(), true
}

func (c *Policy) put(e journal.Entry, over bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks[e.ID] = look{at: c.looks[e.ID].at, over: over}
}

// found says what became of a write, one of those that are left unsettled.
func (c *Policy) found(ctx context.Context, j *journal.Journal, left []journal.Entry, e journal.Entry, again bool) (fisklapi.Result, verdict) {
	age := c.o.Now().Sub(e.Begun)
	if age > lookWindow {
		return fisklapi.Result{Outcome: fisklapi.Unknown, Found: "It was not looked up in time."}, once(e.Open())
	}
	r, err := c.o.LookBack(ctx, e.Write, e.Begun)
	if err != nil {
		c.o.Logger.InfoContext(ctx, "a write of unknown outcome could not be looked up yet", "entry", e.ID)
		return r, later
	}
	// After the clock was set back, an age tells nothing; a second look does.
	young := age < graceWindow && (age >= 0 || !again)
	switch r.Outcome {
	case fisklapi.Done, fisklapi.Existed:
		return attributed(ctx, j, left, e, r)
	case fisklapi.NotDone:
		return r, unless(young, closes)
	default:
		return r, unless(young, once(e.Open() || r.Found != e.Result.Found))
	}
}

func unless(young bool, v verdict) verdict {
	if young {
		return later
	}
	return v
}

// once closes an entry as unknown if that is news, and leaves it else.
func once(news bool) verdict {
	if news {
		return closes
	}
	return stays
}

// anothers is what is said of what was found and may be another's doing.
const anothers = "A look-up shows what was asked for, but another write may have done it: do not repeat it before you have looked at it."

// attributed credits an entry with what a look-up found, or Fiskl answered,
// unless another write did it or may have.
func attributed(ctx context.Context, j *journal.Journal, left []journal.Entry, e journal.Entry, r fisklapi.Result) (fisklapi.Result, verdict) {
	all, err := j.Recent(ctx)
	if err != nil {
		r.Outcome = fisklapi.Unknown
		if e.Write.Reference == "" {
			r.Found = anothers
		}
		return r, later
	}
	if e.Write.Reference != "" {
		return madeOnce(all, left, e, r)
	}
	if !slices.ContainsFunc(all, func(o journal.Entry) bool { return explains(o, e, r) }) {
		return r, closes
	}
	r.Outcome, r.Found = fisklapi.Unknown, anothers
	return r, once(e.Open() || r.Found != e.Result.Found)
}

// madeOnce credits one of the entries under a reference with the invoice, which
// is made once however often it is asked for.
func madeOnce(all, left []journal.Entry, e journal.Entry, r fisklapi.Result) (fisklapi.Result, verdict) {
	older, waits := true, false
	for _, o := range all {
		switch {
		case o.ID == e.ID:
			older = false
		case o.Write.Reference != e.Write.Reference:
		case o.Result.Outcome == fisklapi.Done:
			r.Outcome = fisklapi.Existed
			return r, closes
		default:
			waits = waits || comesFirst(o, left, older, r.Found != "")
		}
	}
	if waits {
		r.Outcome = fisklapi.Unknown
		return r, later
	}
	return r, closes
}

// comesFirst reports that another entry under the same reference is to be
// settled first: an older one, and before what only a look-up tells of also one
// that is under way.
func comesFirst(o journal.Entry, left []journal.Entry, older, found bool) bool {
	abandoned := slices.ContainsFunc(left, func(l journal.Entry) bool { return l.ID == o.ID })
	underway := o.Open() && !abandoned
	return underway && (older || found) || older && found && unsure(o)
}

// explains reports that what was found of e may be the doing of another entry.
func explains(o, e journal.Entry, r fisklapi.Result) bool {
	switch {
	case o.ID == e.ID || !possiblyApplied(o):
		return false
	case e.Write.ID == "":
		return o.Write.Operation == e.Write.Operation && makes(o, e, r)
	case o.Write.ID != e.Write.ID || over(o, e.Begun.Add(-graceWindow)):
		return false
	default:
		return alike(o.Write, e.Write)
	}
}

// makes reports that another entry made, or may have made, the record that was
// found of e. It is told by its id where that is known, and else by its name.
func makes(o, e journal.Entry, r fisklapi.Result) bool {
	if !unsure(o) && o.Result.ID != "" {
		return o.Result.ID == r.ID
	}
	return strings.EqualFold(o.Write.Name, e.Write.Name)
}

// over reports that nothing could come of an entry any more by then.
func over(e journal.Entry, by time.Time) bool {
	switch {
	case e.Open() || !e.Ended.Before(by):
		return false
	case e.Result.Outcome == fisklapi.Unknown:
		return e.Begun.Add(graceWindow).Before(by)
	default:
		return true
	}
}

// alike reports that a write to a record can leave behind what another one
// does. Marking an invoice as paid pays what is left when it arrives, which
// need not be what was left when it was asked for.
func alike(w, other fisklapi.Write) bool {
	switch {
	case sends(other):
		return sends(w)
	case pays(other):
		return pays(w) && w.Amount == other.Amount || w.Operation == fisklapi.OpMarkInvoicePaid
	default:
		return w.Operation == other.Operation && sets(w, other)
	}
}

// sets reports that a write sets some field to what another one does. The rest
// of what that one sets can be the doing of a third.
func sets(w, other fisklapi.Write) bool {
	for field, value := range other.Sets {
		if w.Sets[field] == value {
			return true
		}
	}
	return false
}

package journal

import (
	"fmt"
	"time"
)

// Kind is what is wrong with a chain.
type Kind string

// The kinds.
const (
	Changed    Kind = "changed"    // a line is not what was written
	Earlier    Kind = "earlier"    // what stood before the chain began is not what it was
	Missing    Kind = "missing"    // lines were taken out
	Added      Kind = "added"      // something stands between two lines that was not there
	Moved      Kind = "moved"      // a line stands in another place, or a second time
	Cut        Kind = "cut"        // the end is missing
	Restored   Kind = "restored"   // the end was missing when a line was written; the journal went on from there
	Unnumbered Kind = "unnumbered" // lines that the chain does not have
	Headless   Kind = "headless"   // whether the end is missing cannot be told
	NotThere   Kind = "not there"  // a line that somebody noted is not in the journal
	Torn       Kind = "torn"       // a crash cut a line short; nothing is wrong
)

// Finding is one thing that a check found.
type Finding struct {
	Kind   Kind      `json:"kind"`
	First  int64     `json:"first,omitempty"` // number in the chain of the first line that it is about; 0 where they have none
	Last   int64     `json:"last,omitempty"`  // of the last
	File   string    `json:"file,omitempty"`  // where it shows: the file's name without its folder
	Line   int       `json:"line,omitempty"`  // and the line of that file, from 1
	After  time.Time `json:"after,omitzero"`  // time of the last line before
	Before time.Time `json:"before,omitzero"` // time of the first line after
	Count  int       `json:"count,omitempty"` // of lines without a number
	Where  string    `json:"where,omitempty"` // path of the record of the last line that tells
	Says   string    `json:"says,omitempty"`  // all that in a sentence

	// has is the hash of what was found. Who knows it knows nothing of what it is
	// changed into later.
	has string

	// Accepted is when somebody said that it is known; zero if nobody did.
	Accepted time.Time `json:"accepted,omitzero"`
}

// Harmless reports what is worth knowing and no sign of a change, or known.
func (f Finding) Harmless() bool { return f.Kind == Torn || !f.Accepted.IsZero() }

// Report is what checking a journal comes to.
type Report struct {
	Partial  bool      `json:"-"` // there are older files, which were not looked at
	Files    int       `json:"files"`
	Lines    int64     `json:"lines"`             // of the chain that are there
	Before   int       `json:"before"`            // lines from before the chain began
	From     time.Time `json:"from,omitzero"`     // the first line that is there
	To       time.Time `json:"to,omitzero"`       // the last
	Head     Head      `json:"head"`              // the last line of the chain
	Company  string    `json:"company,omitempty"` // as the last write names it
	Dropped  []Dropped `json:"dropped,omitempty"` // files that went as the settings want
	Found    bool      `json:"found,omitempty"`   // the line that was asked for is there as it was
	Findings []Finding `json:"findings"`
	More     int       `json:"more,omitempty"` // findings beyond those
}

// Sound reports that nothing was found that is not harmless.
func (r *Report) Sound() bool { return r.Grave() == 0 }

// Grave is how many findings are not harmless.
func (r *Report) Grave() int {
	n := r.More
	for _, f := range r.Findings {
		if !f.Harmless() {
			n++
		}
	}
	return n
}

// maxFindings is how many findings a report lists.
const maxFindings = 100

func (r *Report) add(f Finding) {
	if len(r.Findings) >= maxFindings {
		r.More++
		return
	}
	f.Says = f.sentence()
	r.Findings = append(r.Findings, f)
}

func (f Finding) sentence() string {
	switch f.Kind {
	case Changed:
		return f.lines() + " not as written: changed afterwards" + f.between() + f.at() + "."
	case Earlier:
		return "What was written before the lines were linked to one another is not what it was: something there was changed, added or taken out" + f.at() + "."
	case Missing:
		return f.lines() + " missing: taken out or made unreadable" + f.between() + f.at() + "." + f.unvouched()
	case Added:
		return fmt.Sprintf("What stands after line %d was added by hand%s%s.", f.First, f.between(), f.at())
	case Moved:
		return f.lines() + " out of order or there a second time" + f.at() + "."
	case Cut:
		return fmt.Sprintf("%s missing at the end: the journal was cut short, or an older copy was put back. The record of its last line knows line %d of %s; %s.",
			f.lines(), f.Last, clock(f.Before), f.lastHere())
	case Restored:
		return fmt.Sprintf("%s missing or not as written, which was noticed at %s when the next line was written: the journal had been cut short, or an older copy had been put back; %s%s.",
			f.lines(), clock(f.Before), f.lastHere(), f.at())
	default:
		return f.note()
	}
}

// note is a sentence on what need not be a change.
func (f Finding) note() string {
	switch f.Kind {
	case Unnumbered:
		return fmt.Sprintf("%s without a number%s%s: written by an earlier version of this program, or by hand.", counted(f.Count), f.between(), f.at())
	case Headless:
		if f.Last > 0 {
			return fmt.Sprintf("The record of the last line was missing at %s, when line %d was written, so that lines missing before it were not noticed%s.", clock(f.Before), f.Last, f.at())
		}
		return "The record of the last line is missing or cannot be read, so that lines missing at the end would not be noticed."
	case NotThere:
		return fmt.Sprintf("Line %d with that hash is not in the journal: it was changed, or another journal was put in its place.", f.First)
	case Torn:
		return fmt.Sprintf("A line was cut short when the program or the computer stopped%s%s. It counts for nothing.", f.between(), f.at())
	default:
		return string(f.Kind)
	}
}

// lines names the lines, with the verb.
func (f Finding) lines() string {
	switch {
	case f.First == f.Last:
		return fmt.Sprintf("Line %d is", f.First)
	case f.Kind == Changed:
		return fmt.Sprintf("Some of lines %d to %d are", f.First, f.Last)
	default:
		return fmt.Sprintf("Lines %d to %d are", f.First, f.Last)
	}
}

// unvouched names the line that only the first of those missing has a hash of.
func (f Finding) unvouched() string {
	if f.First <= 1 || f.After.IsZero() {
		return ""
	}
	return fmt.Sprintf(" Whether line %d was changed cannot be told without them.", f.First-1)
}

func (f Finding) lastHere() string {
	if f.After.IsZero() {
		return "no line before it is here"
	}
	return "the last line before it that is here is of " + clock(f.After)
}

func (f Finding) between() string {
	switch {
	case f.After.IsZero() && f.Before.IsZero():
		return ""
	case f.After.IsZero():
		return ", before " + clock(f.Before)
	case f.Before.IsZero():
		return ", after " + clock(f.After)
	default:
		return fmt.Sprintf(", between %s and %s", clock(f.After), clock(f.Before))
	}
}

func (f Finding) at() string {
	if f.File == "" {
		return ""
	}
	return fmt.Sprintf(" (at line %d of %s)", f.Line, f.File)
}

func counted(n int) string {
	if n == 1 {
		return "One line"
	}
	return fmt.Sprintf("%d lines", n)
}

func clock(t time.Time) string {
	return t.UTC().Format("2006-01-02 15:04:05") + " UTC"
}

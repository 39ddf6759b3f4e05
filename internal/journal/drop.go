package journal

import (
	"bytes"
	"time"
)

// Dropped is what the journal notes of an older file before it goes, so that
// what is left can still be checked.
type Dropped struct {
	File string    `json:"file"`           // when it was put away, as its name tells
	Hash string    `json:"hash"`           // SHA-256 of the file, in hex digits
	Size int       `json:"lines"`          // how many lines it had
	From time.Time `json:"from,omitzero"`  // its first line
	To   time.Time `json:"to,omitzero"`    // its last line
	Last int64     `json:"last,omitempty"` // the number before the first line that is kept; 0 before the chain began
	Link string    `json:"link,omitempty"` // what that line has of what stood before it
}

// age is into how many parts the time for which lines are kept is divided: a
// file that is as old as one of them is put away, so that it can go as a whole
// in time.
const age = 12

// due reports that the current file is to be put away for its age.
func (j *Journal) due(now time.Time) bool {
	return j.retention > 0 && !j.past.began.IsZero() && now.Sub(j.past.began) > j.retention/age
}

// prune drops the older files that were put away longer ago than lines are to be
// kept. The newest of them stays, for what is open is in it or in the current
// file; and so does what Begin shows.
func (j *Journal) prune(now time.Time) error {
	if j.retention <= 0 {
		return nil
	}
	until := now.Add(-max(j.retention, Window))
	for len(j.past.olds) > 1 && j.past.olds[0].Before(until) {
		if err := j.drop(j.past.olds); err != nil {
			return err
		}
		if err := j.past.catchUp(j.shelf, now); err != nil {
			return err
		}
	}
	return nil
}

// drop notes that the first of the older files goes, and removes it. When the
// program is killed in between, the file is removed the next time.
func (j *Journal) drop(olds []time.Time) error {
	name := olds[0].UTC().Format(stamp)
	if !j.past.drops[name] {
		b, err := j.shelf.read(olds[0])
		if err != nil {
			return err
		}
		d := summary(b)
		d.File = name
		if d.Last, d.Link, err = j.after(olds[1:]); err != nil {
			return err
		}
		id, err := random(8)
		if err != nil {
			return err
		}
		if _, err := j.put(line{common: j.common(dropped, id), Dropped: &d}); err != nil {
			return err
		}
	}
	return j.shelf.remove(olds[0])
}

func summary(b []byte) Dropped {
	d := Dropped{Hash: digest(b)}
	for b := range bytes.Lines(b) {
		l, known := parse(b)
		if !known {
			continue
		}
		d.Size++
		d.To = l.Time
		if d.From.IsZero() {
			d.From = l.Time
		}
	}
	return d
}

// after finds where the chain goes on in the files that are kept.
func (j *Journal) after(olds []time.Time) (last int64, link string, err error) {
	for _, at := range olds {
		b, err := j.shelf.read(at)
		if err != nil {
			return 0, "", err
		}
		if l, is := firstLinked(b); is {
			return l.Seq - 1, l.Prev, nil
		}
	}
	b, _, err := j.shelf.proceed(place{})
	if l, is := firstLinked(b); is {
		return l.Seq - 1, l.Prev, err
	}
	return 0, "", err
}

func firstLinked(b []byte) (line, bool) {
	for b := range bytes.Lines(b) {
		if l, _ := decode(b); l.linked() {
			return l, true
		}
	}
	return line{}, false
}

package journal

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"time"
)

// Verify follows the chain through every file that is kept, and finds lines
// that were changed, taken out, moved or added, and an end that is missing. It
// makes no files.
func (j *Journal) Verify(ctx context.Context, known ...Head) (Report, error) {
	return j.verify(ctx, math.MaxInt, known)
}

// VerifyListed is Verify of those files that Entries reads.
func (j *Journal) VerifyListed(ctx context.Context) (Report, error) {
	return j.verify(ctx, j.listed, nil)
}

func (j *Journal) verify(ctx context.Context, most int, known []Head) (Report, error) {
	if !j.kept() {
		return newChecker(false, j.noted(known)).end(), nil
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return Report{}, j.unreadable(err)
	}
	defer leave()
	olds, err := j.shelf.olds()
	if err != nil {
		return Report{}, j.unreadable(err)
	}
	some := olds[max(0, len(olds)-most):]
	c := newChecker(len(some) < len(olds), j.noted(known))
	for _, at := range some {
		b, err := j.shelf.read(at)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return Report{}, j.unreadable(err)
		}
		c.file(j.name(at), b)
	}
	b, _, err := j.shelf.proceed(place{})
	if err != nil {
		return Report{}, j.unreadable(err)
	}
	if len(b) > 0 {
		c.file(filepath.Base(j.place()), b)
	}
	r := c.end()
	j.headless(&r)
	return r, nil
}

// kept reports that there is something to read.
func (j *Journal) kept() bool {
	if j.door.used() {
		return true
	}
	olds, err := j.shelf.olds()
	return err == nil && len(olds) > 0
}

// name is of an older file, for people.
func (j *Journal) name(at time.Time) string {
	if d, is := j.shelf.(*disk); is {
		return filepath.Base(d.name(at))
	}
	return at.Format(stamp)
}

// noted are the lines that are kept in mind.
func (j *Journal) noted(known []Head) []noted {
	var all []noted
	for _, path := range j.heads {
		if h, err := readHead(path); err == nil && h.Seq > 0 {
			all = append(all, noted{Head: h, where: path})
		}
	}
	for _, h := range known {
		all = append(all, noted{Head: h})
	}
	return all
}

// fresh is how many lines a journal may have before the record of its last line
// was ever written: a crash may have come between.
const fresh = 3

// headless tells of the record that must be there and is not. Whoever noted a
// line knows as much as it does.
func (j *Journal) headless(r *Report) {
	if len(j.heads) == 0 || r.Head.Seq <= fresh || r.Found {
		return
	}
	if h, err := readHead(j.heads[0]); err != nil || h.Seq == 0 {
		r.add(Finding{Kind: Headless, Where: j.heads[0]})
	}
}

// Accept notes in the journal that somebody knows what a check finds, so that
// from then on only other findings count. It returns how many there were. What
// it is about is found all the same, and told as known.
func (j *Journal) Accept(ctx context.Context) (int, error) {
	r, err := j.Verify(ctx)
	if err != nil {
		return 0, err
	}
	if r.Sound() {
		return 0, nil
	}
	id, err := random(8)
	if err != nil {
		return 0, err
	}
	if err := j.door.furnish(); err != nil {
		return 0, j.unwritable(err, "")
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return 0, j.unwritable(err, "")
	}
	defer leave()
	if _, err := j.put(line{common: j.common(agreed, id), Accepted: r.keys()}); err != nil {
		return 0, j.unwritable(err, "")
	}
	return r.Grave(), nil
}

// keys name what is to be accepted.
func (r *Report) keys() []string {
	var found []string
	for _, f := range r.Findings {
		if !f.Harmless() { // a missing record is mended by the next line
			found = append(found, f.key())
		}
		if f.Kind == Cut || f.Kind == Changed && f.Last == r.Head.Seq {
			f.Kind, f.has = Restored, "" // as the journal itself tells it, once there is a line after it
			found = append(found, f.key())
		}
	}
	return found
}

// key names a finding in the journal.
func (f Finding) key() string {
	key := fmt.Sprintf("%s %d-%d", f.Kind, f.First, f.Last)
	if f.has != "" {
		key += " " + f.has
	}
	return key
}

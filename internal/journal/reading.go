package journal

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"
)

// reading is the history that Begin decides by, and how far it was read.
type reading struct {
	history
	chain  tail
	loaded bool
	olds   []time.Time // the older files, when they were last looked for
	newest time.Time   // of the older files, when they were read
	upTo   place       // in the current file
	began  time.Time   // the first line of the current file; zero while there is none
}

// read takes in the lines of a file, or those that were appended to it.
func (r *reading) read(b []byte) {
	for b := range bytes.Lines(b) {
		l, known := decode(b)
		r.chain.read(b, l)
		if !known {
			continue
		}
		r.take(l)
		if r.began.IsZero() {
			r.began = l.Time
		}
	}
}

// turn tells that the lines to come are of another file.
func (r *reading) turn() {
	r.history.turn()
	r.chain.torn = false
	r.began = time.Time{}
}

// catchUp reads what was appended since the last time; everything that is
// still of interest when a new file was begun meanwhile.
func (r *reading) catchUp(s shelf, now time.Time) error {
	olds, err := s.olds()
	if err != nil {
		return err
	}
	r.olds = olds
	if r.loaded && r.newest.Equal(newest(olds)) {
		err = r.proceed(s)
		if !errors.Is(err, errReplaced) {
			return err
		}
	}
	return r.reload(s, olds, now)
}

func (r *reading) reload(s shelf, olds []time.Time, now time.Time) error {
	some := recent(olds, now)
	if err := r.load(s, some); err != nil {
		return err
	}
	if r.chain.seq == 0 && len(some) < len(olds) {
		// The first line of a chain covers all that stands before it.
		var all reading
		if err := all.load(s, olds); err != nil {
			return err
		}
		r.chain = all.chain
	}
	r.olds, r.newest, r.loaded = olds, newest(olds), true
	return nil
}

// load reads some of the older files and the current one.
func (r *reading) load(s shelf, olds []time.Time) error {
	*r = reading{}
	for _, at := range olds {
		b, err := s.read(at)
		if err != nil {
			return err
		}
		r.read(b)
	}
	r.turn()
	return r.proceed(s)
}

func (r *reading) proceed(s shelf) error {
	b, upTo, err := s.proceed(r.upTo)
	if err != nil {
		return err
	}
	r.read(b)
	r.upTo = upTo
	return nil
}

// whole reads the files that are kept, or only the last of them.
func whole(ctx context.Context, s shelf, most int) (*history, error) {
	olds, err := s.olds()
	if err != nil {
		return nil, err
	}
	var r reading
	for _, at := range olds[max(0, len(olds)-most):] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := s.read(at)
		if err != nil {
			return nil, err
		}
		r.read(b)
	}
	return &r.history, r.proceed(s)
}

// recent are the older files that may hold entries of the window. The newest is
// always among them: it repeats, at its end, all that was open.
func recent(olds []time.Time, now time.Time) []time.Time {
	first, _ := slices.BinarySearchFunc(olds, now.Add(-Window), time.Time.Compare)
	return olds[max(0, min(first, len(olds)-1)):]
}

func newest(olds []time.Time) time.Time {
	if len(olds) == 0 {
		return time.Time{}
	}
	return olds[len(olds)-1]
}

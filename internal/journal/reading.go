package journal

import (
	"context"
	"errors"
	"slices"
	"time"
)

// reading is the history that Begin decides by, and how far it was read.
type reading struct {
	history
	loaded bool
	newest time.Time // of the older files, when they were read
	upTo   place     // in the current file
}

// catchUp reads what was appended since the last time; everything that is
// still of interest when a new file was begun meanwhile.
func (r *reading) catchUp(s shelf, now time.Time) error {
	olds, err := s.olds()
	if err != nil {
		return err
	}
	if r.loaded && r.newest.Equal(newest(olds)) {
		err = r.proceed(s)
		if !errors.Is(err, errReplaced) {
			return err
		}
	}
	return r.reload(s, olds, now)
}

func (r *reading) reload(s shelf, olds []time.Time, now time.Time) error {
	*r = reading{newest: newest(olds)}
	for _, at := range recent(olds, now) {
		b, err := s.read(at)
		if err != nil {
			return err
		}
		r.read(b)
	}
	r.turn()
	if err := r.proceed(s); err != nil {
		return err
	}
	r.loaded = true
	return nil
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

// whole reads every file that is kept.
func whole(ctx context.Context, s shelf) (*history, error) {
	olds, err := s.olds()
	if err != nil {
		return nil, err
	}
	var r reading
	for _, at := range olds {
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

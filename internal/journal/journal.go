// Package journal keeps account of a company's writes: one line before each,
// one after it.
//
// The first line is on the disk before anything is sent, so that a write whose
// answer was lost, or whose process was killed, is known to the next one. All
// processes on a computer share the file: what one of them decides under its
// lock, such as that nobody paid this yet, holds for all. The lines hold
// digests and what identifies a record, neither notes nor secrets.
package journal

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Window is how far back [Journal.Begin] shows entries at least.
const Window = 48 * time.Hour

const (
	defaultSize   = 4 << 20
	defaultListed = 24
	// farewell is how long Close may wait for others to write the last lines.
	farewell = time.Second
)

// Options say where a journal is kept. The zero value keeps it in memory.
type Options struct {
	Path    string           // of the current file, in a folder that only journals use; empty keeps the journal in memory
	Now     func() time.Time // nil is time.Now
	MaxSize int64            // in bytes, after which a new file is begun; 0 is 4 MiB
	Listed  int              // how many of the older files Entries reads at most; 0 is 24

	// Retention is how long lines are kept at least, and never less than
	// Window; 0 keeps them for ever.
	Retention time.Duration

	// Heads are files, apart from the journal, that keep its last line in mind,
	// by which [Journal.Verify] sees that the end is missing. The first must be
	// writable; the others are for places that are not restored with it, and
	// may fail. None in memory.
	Heads []string
}

// Journal is the journal of one company as one process sees it. It is safe for
// concurrent use, here and by other processes.
type Journal struct {
	now     func() time.Time
	maxSize int64
	listed  int
	process string
	path    string
	heads   heads

	retention time.Duration

	door  *door
	shelf shelf
	turn  chan struct{} // held by whoever is at the journal
	past  reading       // guarded by turn

	mu        sync.Mutex
	unwritten []line // end lines that are still to be written
}

// Open returns the journal at o.Path. It creates nothing and reads nothing:
// the first Begin does.
func Open(o Options) (*Journal, error) {
	suffix, err := random(6)
	if err != nil {
		return nil, err
	}
	process := fmt.Sprintf("%d-%s", os.Getpid(), suffix)
	j := &Journal{
		now: o.Now, maxSize: o.MaxSize, listed: o.Listed, path: o.Path, process: process, retention: o.Retention,
		door: &door{path: o.Path, process: process},
		turn: make(chan struct{}, 1),
	}
	if j.now == nil {
		j.now = time.Now
	}
	if j.maxSize <= 0 {
		j.maxSize = defaultSize
	}
	if j.listed <= 0 {
		j.listed = defaultListed
	}
	j.shelf = &memory{}
	if o.Path != "" {
		j.shelf, j.heads = &disk{path: o.Path, commit: commit}, o.Heads
	}
	return j, nil
}

// Close writes what End could not, as far as it can be written now, and tells
// other processes that this one is gone: entries that it leaves open are
// orphans to them. A closed journal can still be read and ended in, but begins
// nothing.
func (j *Journal) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	err := j.settle(ctx)
	if left := j.door.leave(); err == nil && left != nil {
		err = j.unwritable(left, "")
	}
	return err
}

// Begin writes the line before a write and returns the id that End wants. It
// is on the disk when Begin returns.
//
// Check sees all open entries and those of the [Window] at least, newest last,
// under the lock that all processes share: nobody can begin in between. What it
// refuses is not written, and its error is returned as it is; nil allows all.
// A line that cannot be written whole is an [*Error] and leaves no entry.
func (j *Journal) Begin(ctx context.Context, o Opening, check func([]Entry) error) (string, error) {
	id, err := random(8)
	if err != nil {
		return "", err
	}
	if err := j.door.furnish(); err != nil {
		return "", j.unwritable(err, unchanged)
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return "", j.unwritable(err, unchanged)
	}
	defer leave()
	if err := j.ready(); err != nil {
		return "", j.unwritable(err, unchanged)
	}
	if check != nil {
		if err := check(j.past.entries()); err != nil {
			return "", err
		}
	}
	if err := j.begin(id, o); err != nil {
		return "", j.unwritable(err, unchanged)
	}
	return id, nil
}

// ready brings everything up to date before a check looks at it.
func (j *Journal) ready() error {
	if err := j.door.mark(); err != nil {
		return err
	}
	if err := j.flush(); err != nil {
		return err
	}
	return j.past.catchUp(j.shelf, j.now())
}

func (j *Journal) begin(id string, o Opening) error {
	l := line{common: j.common(begun, id), Process: j.process, Opening: &o}
	b, err := encode(l)
	if err != nil {
		return err
	}
	// A file that cannot be put away is written on: it is only longer than it
	// should be, and the next Begin tries again.
	_ = j.tend(len(b))
	left, err := j.put(l)
	if err != nil && left {
		// The line may have stayed although it must not count, so it ends as
		// not done.
		j.remember(line{common: j.common(ended, id), Result: &fisklapi.Result{Outcome: fisklapi.NotDone, Problem: "journal"}})
	}
	return err
}

// End writes how the write with the id of its Begin ended. When that fails, the
// [*Error] tells why, and the line is remembered: the next call of any method
// of this journal writes it first. What is known of an end stays: only an
// unknown outcome gives way to a later one.
func (j *Journal) End(ctx context.Context, id string, r fisklapi.Result) error {
	l := line{common: j.common(ended, id), Result: &r}
	if _, err := encode(l); err != nil {
		return j.unwritable(err, "")
	}
	j.remember(l)
	return j.settle(ctx)
}

// remember keeps an end line until it is written.
func (j *Journal) remember(l line) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.unwritten = append(j.unwritten, l)
}

func (j *Journal) remembered() []line {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.unwritten
}

// settle writes the end lines that are remembered, if there are any.
func (j *Journal) settle(ctx context.Context) error {
	if len(j.remembered()) == 0 {
		return nil
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return j.unwritable(err, later)
	}
	defer leave()
	if err := j.flush(); err != nil {
		return j.unwritable(err, later)
	}
	return nil
}

// flush is settle for one who has the turn.
func (j *Journal) flush() error {
	lines := j.remembered()
	if len(lines) == 0 {
		return nil
	}
	// Whether a failed line stayed does not matter: a second end of the same
	// kind changes nothing.
	if _, err := j.put(lines...); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.unwritten = j.unwritten[len(lines):]
	return nil
}

// enter waits until nobody else is at the journal, here or elsewhere.
func (j *Journal) enter(ctx context.Context) (leave func(), err error) {
	select {
	case j.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, waiting(ctx.Err())
	}
	unlock, err := j.door.lock(ctx)
	if err != nil {
		<-j.turn
		return nil, err
	}
	return func() {
		unlock()
		<-j.turn
	}, nil
}

func random(bytes int) (string, error) {
	b := make([]byte, bytes)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("no random number for the journal: %w", err)
	}
	return hex.EncodeToString(b), nil
}

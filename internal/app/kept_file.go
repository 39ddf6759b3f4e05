package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// What is kept of a sandbox.
const (
	mostKept    = 500     // changes
	mostBytes   = 4 << 20 // of a file
	keptFor     = 30 * 24 * time.Hour
	keptVersion = 1
)

// keptBooks are the changes of a sandbox since it was begun.
type keptBooks struct {
	Version int          `json:"version"`
	Begun   time.Time    `json:"begun"`
	Changes []keptChange `json:"changes"`
}

// keptChange is a request that changed something. No key is kept.
type keptChange struct {
	At     time.Time `json:"at"`
	Method string    `json:"method"`
	Path   string    `json:"path"`
	Body   string    `json:"body"`
}

func (b keptBooks) full() bool {
	size := 0
	for _, c := range b.Changes {
		size += len(c.Body)
	}
	return len(b.Changes) >= mostKept || size >= mostBytes/4 // written as JSON it grows
}

// continues reports that these are the others and perhaps more.
func (b keptBooks) continues(others keptBooks) bool {
	n := len(others.Changes)
	return len(b.Changes) >= n && (n == 0 || b.Begun.Equal(others.Begun) && b.Changes[n-1] == others.Changes[n-1]) && (n > 0 || len(b.Changes) == 0)
}

// keptFile is the file of a sandbox. Without a path nothing is kept. Its problems
// are clauses for people.
type keptFile struct {
	path string
	now  func() time.Time
}

// lock has other programs wait until unlock is called.
func (f keptFile) lock(ctx context.Context) (unlock func(), err error) {
	nothing := func() {}
	if f.path == "" {
		return nothing, nil
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return nothing, fmt.Errorf("its changes are not kept: %w", err)
	}
	const patience, pause = 5 * time.Second, 20 * time.Millisecond
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	l := flock.New(f.path + ".lock")
	if ok, err := l.TryLockContext(ctx, pause); err != nil || !ok {
		return nothing, fmt.Errorf("its changes are not kept: %w", errors.Join(err))
	}
	return func() { _ = l.Close() }, nil // the end of the program gives it up too
}

// load reads what is kept. What cannot be read is set aside, and what is old
// does not count: the demo company has a past of its own, which would end there.
func (f keptFile) load() (keptBooks, string) {
	if f.path == "" {
		return keptBooks{}, ""
	}
	if info, err := os.Stat(f.path); err == nil && info.Size() > mostBytes {
		return keptBooks{}, f.setAside("its file is too large")
	}
	content, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return keptBooks{}, ""
	}
	if err != nil {
		return keptBooks{}, "its changes are not kept: " + err.Error()
	}
	var b keptBooks
	if json.Unmarshal(content, &b) != nil || !b.sound() {
		return keptBooks{}, f.setAside("its file cannot be read")
	}
	if n := len(b.Changes); n == 0 || f.now().Sub(b.Changes[n-1].At) > keptFor {
		return keptBooks{}, ""
	}
	return b, ""
}

// sound reports what this version wrote.
func (b keptBooks) sound() bool {
	return b.Version == keptVersion && !b.Begun.IsZero() && len(b.Changes) <= mostKept
}

// save writes what is kept, whole or not at all.
func (f keptFile) save(b keptBooks) string {
	if f.path == "" {
		return "its changes are not kept, as there is no folder for them. Set FISKL_STATE_DIR"
	}
	b.Version = keptVersion
	content, err := json.Marshal(b)
	if err == nil {
		err = atomicfile.Write(f.path, content)
	}
	if err != nil && !errors.Is(err, atomicfile.ErrUnsynced) {
		return "its changes are not kept: " + err.Error()
	}
	f.sweep()
	return ""
}

// sweep removes what is too old to be read, that of other pinned days too.
func (f keptFile) sweep() {
	others, err := filepath.Glob(filepath.Join(filepath.Dir(f.path), "sandbox*"))
	if err != nil {
		return
	}
	for _, other := range others {
		if info, err := os.Stat(other); err == nil && time.Since(info.ModTime()) > keptFor {
			_ = os.Remove(other) // the next time
		}
	}
}

// setAside gives the file another name, and says why.
func (f keptFile) setAside(why string) string {
	aside := f.path + ".unread"
	if err := os.Rename(f.path, aside); err != nil {
		return why + ", and it cannot be set aside: " + err.Error()
	}
	return why + "; a new one was begun, and the file is now " + aside
}

func (f keptFile) remove() string {
	if f.path == "" {
		return ""
	}
	if err := os.Remove(f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "it could not be begun anew: " + err.Error()
	}
	return ""
}

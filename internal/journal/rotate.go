package journal

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// stamp is how the name of an older file tells when it was put away, in UTC.
const stamp = "20060102T150405.000Z"

// linking is how much longer a line is with its number and its link.
const linking = 110

// tend keeps the journal's files in order: it puts the current one away when n
// bytes would make it too long, or when it is old, and drops what is not to be
// kept any longer. The caller has caught up.
func (j *Journal) tend(n int) error {
	now := j.now().UTC().Truncate(time.Millisecond)
	if size := j.past.upTo.offset; size > 0 && (size+int64(n+linking) > j.maxSize || j.due(now)) {
		if err := j.rotate(now); err != nil {
			return err
		}
	}
	return j.prune(now)
}

// rotate puts the current file away.
//
// What is open and not in the file is repeated at its end first, so that the
// newest of the older files and the current one always have all open entries
// between them, whenever the process is killed.
func (j *Journal) rotate(now time.Time) error {
	if err := j.carry(); err != nil {
		return err
	}
	at := now
	if !at.After(j.past.newest) {
		// The clock was set back, or two files were filled in a millisecond.
		at = j.past.newest.Add(time.Millisecond)
	}
	if err := j.shelf.putAway(at); err != nil {
		return err
	}
	return j.past.catchUp(j.shelf, now)
}

func (j *Journal) carry() error {
	var lines []line
	for _, e := range j.past.strangers() {
		lines = append(lines, line{
			common:  common{V: version, Event: carried, ID: e.ID, Time: e.Begun},
			Process: e.Process, Opening: &e.Opening,
		})
	}
	if len(lines) == 0 {
		return nil
	}
	_, err := j.put(lines...)
	return err
}

func (d *disk) putAway(at time.Time) error {
	if err := os.Rename(d.path, d.name(at)); err != nil {
		return err
	}
	return atomicfile.SyncFolder(filepath.Dir(d.path))
}

func (d *disk) remove(at time.Time) error { return os.Remove(d.name(at)) }

// name is of an older file: a-20261122T183300.123Z.jsonl for a.jsonl.
func (d *disk) name(at time.Time) string {
	ext := filepath.Ext(d.path)
	return strings.TrimSuffix(d.path, ext) + "-" + at.Format(stamp) + ext
}

func (d *disk) olds() ([]time.Time, error) {
	all, err := os.ReadDir(filepath.Dir(d.path))
	if err != nil {
		return nil, err
	}
	ext := filepath.Ext(d.path)
	prefix := strings.TrimSuffix(filepath.Base(d.path), ext) + "-"
	var olds []time.Time
	for _, f := range all {
		stem, isSheet := strings.CutSuffix(f.Name(), ext)
		when, isOurs := strings.CutPrefix(stem, prefix)
		at, err := time.Parse(stamp, when)
		if isSheet && isOurs && err == nil {
			olds = append(olds, at)
		}
	}
	slices.SortFunc(olds, time.Time.Compare)
	return olds, nil
}

package journal

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Suffixes of files' names.
const (
	Suffix     = ".jsonl" // of a journal
	HeadSuffix = ".head"  // of the record of its last line
)

// List names the journals of a folder, without their suffix, and those of which
// only the record of the last line is left.
func List(folder, heads string) ([]string, error) {
	old := regexp.MustCompile(`-[0-9]{8}T[0-9]{6}\.[0-9]{3}Z$`)
	var names []string
	for dir, suffix := range map[string]string{folder: Suffix, heads: HeadSuffix} {
		files, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, f := range files {
			if name, is := strings.CutSuffix(f.Name(), suffix); is && filepath.Ext(f.Name()) == suffix {
				names = append(names, old.ReplaceAllString(name, ""))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// Record is an entry and where it stands in the chain.
type Record struct {
	Entry
	First int64 // number of the line before the write; 0 in lines of earlier versions
	Last  int64 // of the line that tells how it ended; 0 likewise, and while it is open
}

// Records are all entries that are kept, oldest first.
func (j *Journal) Records(ctx context.Context) ([]Record, error) {
	if !j.kept() {
		return nil, nil
	}
	leave, err := j.enter(ctx)
	if err != nil {
		return nil, j.unreadable(err)
	}
	defer leave()
	h, err := whole(ctx, j.shelf, math.MaxInt)
	if err != nil {
		return nil, j.unreadable(err)
	}
	all := make([]Record, len(h.records))
	for i, r := range h.records {
		all[i] = Record{Entry: r.Entry, First: r.first, Last: r.end}
	}
	return all, nil
}

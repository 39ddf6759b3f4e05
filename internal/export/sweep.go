package export

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Sweep removes what has expired below a folder, whoever's it is. What cannot
// be removed now is removed by a later sweep, and is not read until then.
func Sweep(dir string, now time.Time) {
	folders, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, folder := range folders {
		path := filepath.Join(dir, folder.Name())
		files, err := os.ReadDir(path)
		if err != nil {
			continue
		}
		for _, f := range files {
			if info, err := f.Info(); err == nil && expired(info, now) {
				_ = os.Remove(filepath.Join(path, f.Name()))
			}
		}
		if info, err := folder.Info(); err == nil && expired(info, now) {
			_ = os.Remove(path) // only when it is empty
		}
	}
}

func expired(info fs.FileInfo, now time.Time) bool { return now.Sub(info.ModTime()) >= Life }

// pause is how long it is from one sweep to the next.
const pause = 10 * time.Minute

// KeepSwept sweeps now and then until ctx ends.
func KeepSwept(ctx context.Context, dir string, now func() time.Time) {
	if dir == "" {
		return
	}
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		Sweep(dir, now())
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

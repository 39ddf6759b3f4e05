//go:build !windows && !plan9

package secret

import (
	"io/fs"
	"syscall"
)

// modesCount says that the mode of a file decides who can read it.
const modesCount = true

func ownedByRoot(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && stat.Uid == 0
}

package atomicfile

import (
	"errors"
	"os"
	"syscall"
	"time"
)

// errSharing is ERROR_SHARING_VIOLATION.
const errSharing = syscall.Errno(32)

// rename tries for a second. Windows does not replace a file that somebody
// reads at that moment, another process of ours or a virus scanner, and says
// that access is denied.
func rename(part, path string) error {
	const first, longest = time.Millisecond, 512 * time.Millisecond
	for pause := first; ; pause *= 2 {
		err := os.Rename(part, path)
		held := errors.Is(err, syscall.ERROR_ACCESS_DENIED) || errors.Is(err, errSharing)
		if !held || pause > longest {
			return err
		}
		time.Sleep(pause)
	}
}

// SyncFolder does nothing: Windows writes the names of files down with them.
func SyncFolder(string) error { return nil }

package secret

import (
	"io/fs"
	"path/filepath"
)

// Exposed reports that others than its owner can read a file that holds a
// secret.
//
// A service manager gives a program secrets as files of root, directly in a
// folder that nobody else can enter, here credentials. From version 254 on
// systemd lets the program in by an access list, which shows as the mode 0440:
// there, and exactly so, the file is not exposed. Windows guards a person's
// folders by other means than modes.
func Exposed(path string, info fs.FileInfo, credentials string) bool {
	mode := info.Mode().Perm()
	if mode&0o077 == 0 || !modesCount {
		return false
	}
	inside := credentials != "" && filepath.IsAbs(path) && filepath.Dir(path) == filepath.Clean(credentials)
	return !inside || mode != 0o440 || !ownedByRoot(info)
}

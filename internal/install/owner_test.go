//go:build !windows

package install_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

// TestApplyOwner keeps the owner when somebody else, who may, runs it.
func TestApplyOwner(t *testing.T) {
	t.Parallel()
	c, path := client(t, "gemini", someone)
	if os.Geteuid() == 0 {
		if err := os.Chown(path, 4711, 4712); err != nil {
			t.Fatal(err)
		}
	}
	before := owner(t, path)
	backup, err := planned(t, c, wish()).Apply(present())
	if err != nil {
		t.Fatal(err)
	}
	if owner(t, path) != before || owner(t, backup) != before {
		t.Errorf("the file is %s's and the copy %s's; it was %s's", owner(t, path), owner(t, backup), before)
	}
}

// owner is whose a file is.
func owner(t *testing.T, path string) string {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		t.Fatal("no owner")
	}
	return fmt.Sprintf("%d:%d", stat.Uid, stat.Gid)
}

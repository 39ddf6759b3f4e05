package permissions_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
)

// asking is a look-up that takes its time.
func asking(took time.Duration, held []string, err error) func(context.Context) ([]string, error) {
	return func(ctx context.Context) ([]string, error) {
		select {
		case <-time.After(took):
			return held, err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// TestPatience asks at once for permissions that were never looked up before.
func TestPatience(t *testing.T) {
	t.Parallel()
	held := []string{"client.read"}
	cases := map[string]struct {
		took   time.Duration
		err    error
		known  bool
		waited time.Duration
	}{
		"quick":  {100 * time.Millisecond, nil, true, 100 * time.Millisecond},
		"slow":   {time.Minute, nil, false, permissions.Patience},
		"failed": {100 * time.Millisecond, errors.New("refused"), false, 100 * time.Millisecond},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				defer stop()
				l := permissions.Start(ctx, "", asking(c.took, held, c.err), quiet())
				start := time.Now()
				got, known := l.Held(ctx)
				if waited := time.Since(start); known != c.known || waited != c.waited || known && !slices.Equal(got, held) {
					t.Errorf("got %v, known %t, after %v, want %v, %t, %v", got, known, waited, held, c.known, c.waited)
				}
			})
		})
	}
}

// TestLater finds that an answer which came after the first patience counts.
func TestLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := permissions.Start(t.Context(), "", asking(time.Second, []string{"client.read"}, nil), quiet())
		_, first := l.Held(t.Context())
		gone, stop := context.WithCancel(t.Context())
		stop()
		start := time.Now()
		_, left := l.Held(gone)
		if first || left || time.Since(start) != 0 {
			t.Errorf("known %t, then %t after %v for a caller who has gone", first, left, time.Since(start))
		}
		time.Sleep(time.Second)
		if got, known := l.Held(t.Context()); !known || len(got) != 1 {
			t.Errorf("got %v, known %t, want one that is known", got, known)
		}
	})
}

// TestFile finds that what was found once is known at once the next time, and
// brought up to date behind it.
func TestFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "fiskl-mcp", "permissions", "digest.json")
	look(t, file, []string{"client.read"})
	for path, want := range map[string]os.FileMode{file: 0o600, filepath.Dir(file): 0o700} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want && runtime.GOOS != "windows" {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	l := permissions.Start(ctx, file, asking(time.Hour, nil, nil), quiet())
	if got, known := l.Held(ctx); !known || !slices.Equal(got, []string{"client.read"}) {
		t.Errorf("got %v, known %t from the file, want client.read, known", got, known)
	}
	stop()
	look(t, file, []string{"client.read", "client.write"})
	if got := kept(t, file); len(got) != 2 {
		t.Errorf("got %v in the file after the second look, want two", got)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestBadFile finds that a file which cannot be read or written stops nothing.
func TestBadFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte(`["client.re`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"broken":     broken,
		"no folder":  filepath.Join(broken, "under", "a", "file.json"),
		"is one":     dir,
		"not wanted": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			look(t, file, []string{"client.read"})
		})
	}
	t.Cleanup(func() {
		if got := kept(t, broken); len(got) != 1 {
			t.Errorf("got %v in the broken file, want one", got)
		}
	})
}

// look starts a look, lets it end and finds what it found.
func look(t *testing.T, file string, held []string) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := permissions.Start(t.Context(), file, asking(0, held, nil), quiet())
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if got, known := l.Held(t.Context()); !known || !slices.Equal(got, held) {
			t.Errorf("got %v, known %t, want %v", got, known, held)
		}
	})
}

func kept(t *testing.T, file string) []string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var held []string
	if err := json.Unmarshal(b, &held); err != nil {
		t.Fatal(err)
	}
	return held
}

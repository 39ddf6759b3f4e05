package ttlmap_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/ttlmap"
)

func TestMap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := ttlmap.New[int, string](3, time.Minute)
		put := func(k int, v string) string {
			return m.GetOrMake(k, ttlmap.Always, func() string { return v })
		}
		if got := put(1, "one") + put(1, "another"); got != "oneone" {
			t.Errorf("got %s", got)
		}
		if got := m.GetOrMake(1, func(string) bool { return false }, func() string { return "new" }); got != "new" {
			t.Errorf("one that is not kept: got %s", got)
		}
		for k := 2; k <= 4; k++ {
			time.Sleep(time.Second)
			put(k, "more")
		}
		if _, ok := m.Get(1); ok || m.Len() != 3 {
			t.Errorf("the oldest is still there among %d", m.Len())
		}
		time.Sleep(59 * time.Second)
		if _, ok := m.Get(4); !ok {
			t.Error("forgotten too early")
		}
		if _, ok := m.Get(2); ok {
			t.Error("not forgotten in time")
		}
		put(5, "five")
		if m.Len() != 2 {
			t.Errorf("%d are held, want those of 4 and 5", m.Len())
		}
	})
}

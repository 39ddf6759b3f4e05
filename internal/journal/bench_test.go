package journal_test

import (
	"strconv"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
)

// BenchmarkWrite begins and ends a write, with what the disk takes for it, in a
// short journal and in a long one.
func BenchmarkWrite(b *testing.B) {
	for _, lines := range []int{0, 5000} {
		b.Run(strconv.Itoa(lines), func(b *testing.B) {
			path := place(b)
			j := open(b, headed(path, journal.Options{}))
			for n := range lines / 2 {
				end(b, j, begin(b, j, "before"), done(n))
			}
			for n := 0; b.Loop(); n++ {
				end(b, j, begin(b, j, "a"), done(n))
			}
		})
	}
}

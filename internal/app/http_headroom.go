package app

import (
	"runtime"
	"runtime/debug"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// A shared endpoint is alone with its memory, so it may have more of it before
// it collects; and when many call at once, less in proportion. A share of what
// is alive gives the one or the other. So the share is small, and is taken of
// headroom too: memory that counts as alive and is never touched, for which
// the system gives none. See docs/performance.md.
const (
	headroom        = 16 << 20
	sharedGCPercent = 75
)

// takeHeadroom sets the collector up for a shared endpoint until done is
// called, unless somebody else set it up.
func takeHeadroom(env config.Variables) (done func()) {
	if env.Get("GOGC") != "" || env.Get("GOMEMLIMIT") != "" {
		return func() {}
	}
	untouched := make([]byte, headroom)
	before := debug.SetGCPercent(sharedGCPercent)
	return func() {
		debug.SetGCPercent(before)
		runtime.KeepAlive(untouched)
	}
}

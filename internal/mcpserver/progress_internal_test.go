package mcpserver

import (
	"math"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"
)

// TestProgressToken finds which tokens can be sent back.
func TestProgressToken(t *testing.T) {
	t.Parallel()
	for token, want := range map[any]bool{
		"a": true, "": true, 7.0: true, -1.5: true, float64(1 << 53): false, math.Inf(1): false, true: false, nil: false, strings.Repeat("a", longestToken): true,
		strings.Repeat("a", longestToken+1): false,
	} {
		if got := progressToken(&mcp.Meta{ProgressToken: token}); (got != nil) != want || want && got != token {
			t.Errorf("%v comes back as %v", token, got)
		}
	}
	if progressToken(nil) != nil {
		t.Error("a call that has none has one")
	}
}

package freeport_test

import (
	"net"
	"strconv"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/freeport"
)

// TestTake takes ports that differ, and listens on each.
func TestTake(t *testing.T) {
	t.Parallel()
	taken := make(map[int]bool)
	for range 50 {
		port := freeport.Take(t)
		if taken[port] {
			t.Errorf("%d was given twice", port)
		}
		taken[port] = true
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

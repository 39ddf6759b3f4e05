// Package freeport finds ports for tests that have to name one before anybody
// listens on it.
package freeport

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// Take returns a port of the loopback that nobody listens on, for as long as
// the test runs. It is below those that systems give out by themselves, to
// anybody who connects or listens, so that nobody gets it in the meantime;
// other tests are kept away by its UDP twin.
func Take(tb testing.TB) int {
	tb.Helper()
	const first, ports, tries = 20000, 10000, 100
	for range tries {
		port := first + rand.IntN(ports) //nolint:gosec // dice
		address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
		twin, err := (&net.ListenConfig{}).ListenPacket(tb.Context(), "udp", address)
		if err != nil {
			continue
		}
		if l, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", address); err == nil {
			tb.Cleanup(func() { _ = twin.Close() })
			_ = l.Close()
			return port
		}
		_ = twin.Close()
	}
	tb.Fatal("no port is free")
	return 0
}

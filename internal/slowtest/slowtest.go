// Package slowtest tells tests which form of a suite is asked for. Suites that take
// long have two: go test runs a sample of each in seconds, and with
// SLOW_TESTS=1, as make slow sets it, all of it runs.
package slowtest

import (
	"flag"
	"os"
	"strconv"
	"testing"
)

// Asked reports that suites are to run in full.
func Asked() bool {
	return os.Getenv("SLOW_TESTS") != "" //nolint:forbidigo // for tests only
}

// Only skips a test unless suites are to run in full.
func Only(tb testing.TB) {
	tb.Helper()
	if !Asked() {
		tb.Skip("slow: make slow runs it")
	}
}

// Of is all of the cases when suites are to run in full, and otherwise one in
// so many of them, the first included.
func Of[T any](oneIn int, all []T) []T {
	if Asked() {
		return all
	}
	var some []T
	for i := 0; i < len(all); i += oneIn {
		some = append(some, all[i])
	}
	return some
}

// Times is how often something is repeated: much when suites are to run in
// full, otherwise little.
func Times(little, much int) int {
	if Asked() {
		return much
	}
	return little
}

// Main runs the tests of a package with random ones in it: unless suites are to
// run in full, rapid tries so many cases of each where it would try a hundred.
func Main(m *testing.M, checks int) int {
	if f := flag.Lookup("rapid.checks"); f != nil && f.Value.String() == f.DefValue && !Asked() {
		_ = f.Value.Set(strconv.Itoa(checks)) // a number is one
	}
	return m.Run()
}

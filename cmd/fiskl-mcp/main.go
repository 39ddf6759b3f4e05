// Command fiskl-mcp gives AI agents the Fiskl accounting product through the
// Model Context Protocol. It is unofficial.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// main lends run the outside world; tests lend it another.
func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, world{args: os.Args[1:], env: os.Environ(), in: os.Stdin, out: os.Stdout, err: os.Stderr})
	stop()
	os.Exit(code)
}

// world is what the program touches of the outside.
type world struct {
	args     []string
	env      []string
	in       io.Reader
	out, err io.Writer
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // the call did not succeed
	exitUsage  = 2 // the command line or a setting is wrong
)

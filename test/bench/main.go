// Command bench measures fiskl-mcp from outside, beside the least server that
// the same protocol library makes: how fast it starts, how long a call takes,
// how much memory and disk it needs and what it costs a model's context.
//
//	go run ./test/bench
//	go run ./test/bench -latency 150ms -baseline OLD
//
// The second measures something else: what a person waits for when the API is
// far away, which is requests one after the other, beside another build.
//
// It needs Linux (for /proc) and no network: the API is a fake one on a
// loopback address, or the sandbox where it is far away. The two servers take
// turns, so that a busy machine slows both, and limits are ratios between them.
// docs/performance.md has the figures.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// longest bounds the whole program.
const longest = 15 * time.Minute

// options say how much is measured, and of what.
type options struct {
	starts, rounds, calls int
	server, baseline      string // programs to measure; empty to build them
	strict                bool
	latency               time.Duration // of the API; 0 for the near one
	only                  string        // a part of the names of the jobs to measure over a far API
	http2                 bool          // that API speaks HTTP/2
	show                  bool          // tell of every request of theirs
}

func main() {
	o := options{}
	flag.IntVar(&o.starts, "starts", 15, "starts of each kind (at most 200)")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds of calls (at most 20)")
	flag.IntVar(&o.calls, "calls", 1000, "calls of each kind in a round (at most 10000)")
	flag.StringVar(&o.server, "server", "", "measure this fiskl-mcp instead of building one")
	flag.StringVar(&o.baseline, "baseline", "", "measure it beside this program, another fiskl-mcp say, instead of the least server")
	flag.BoolVar(&o.strict, "strict", false, "exit with status 1 when a limit is missed")
	flag.DurationVar(&o.latency, "latency", 0, "measure jobs over an API that is so far away (at most 1s), such as 150ms, instead: the time each takes,\n"+
		"its requests, and how many of them wait for another; -baseline is the build to measure it beside, -rounds counts,\n-starts and -calls do not")
	flag.StringVar(&o.only, "only", "", "with -latency: only the jobs with this in their names, such as month_end")
	flag.BoolVar(&o.http2, "http2", false, "with -latency: the API speaks HTTP/2, so that requests side by side share a connection; one takes two latencies to set up then")
	flag.BoolVar(&o.show, "show", false, "with -latency: tell on standard error of every request, when it began and ended")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	missed, err := run(ctx, o, os.Stdout)
	cancel()
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "bench:", err) // nowhere else to say it
	}
	if err != nil || o.strict && missed > 0 {
		os.Exit(1) //nolint:forbidigo // a program of its own, which no other code calls
	}
}

// check refuses numbers that would make the program run for ever.
func (o options) check() error {
	between := func(n, most int) bool { return n >= 1 && n <= most }
	if !between(o.starts, 200) || !between(o.rounds, 20) || !between(o.calls, 10000) {
		return errors.New("-starts, -rounds or -calls is out of its bounds")
	}
	return o.checkFar()
}

func (o options) checkFar() error {
	if o.latency < 0 || o.latency > time.Second {
		return errors.New("-latency is out of its bounds")
	}
	if o.latency == 0 && (o.only != "" || o.http2 || o.show) {
		return errors.New("-only, -http2 and -show are for -latency")
	}
	return nil
}

// run measures everything and prints it. It returns how many limits were
// missed.
func run(ctx context.Context, o options, out io.Writer) (missed int, err error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "fiskl-bench-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	var t figures.Table
	measure := near
	if o.latency > 0 {
		measure = far
	}
	if err := measure(ctx, o, dir, &t); err != nil {
		return 0, err
	}
	return t.Print(out)
}

// near measures all that an API close by shows.
func near(ctx context.Context, o options, dir string, t *figures.Table) (err error) {
	up, err := serveUpstream(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, up.Close()) }()
	b, err := newBench(ctx, o, dir, up.url)
	if err != nil {
		return err
	}
	for _, measure := range []func(context.Context, *figures.Table) error{b.size, b.startUp, b.callTimes, b.context} {
		if err := measure(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// Command load measures the shared HTTP endpoint from outside, beside the
// least server that the same protocol library makes and beside the API itself:
// what a call takes, how many there are in a second, and what is left in memory
// when clients come by the thousand or mean no good.
//
//	go run ./test/load                                        # some ten minutes
//	go run ./test/load -rounds 1 -for 1s -schedule 5s         # some minutes
//	go run ./test/load -parts speed,list
//
// It needs Linux (for /proc) and no network: the API is a fake one, and all
// addresses are loopback ones. The servers take turns, so that a busy machine
// slows them all, and limits are ratios where they can be. It fails when a call
// is not answered as it should be; a limit that is missed is only told.
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
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// longest bounds the whole program.
const longest = 90 * time.Minute

// options say how much is measured, and of what.
type options struct {
	parts    string
	rounds   int
	lasts    time.Duration
	schedule time.Duration
	flood    time.Duration
	steady   time.Duration
	sessions int
	waiting  int
	server   string // the program to measure; empty to build it
}

func main() {
	o := options{}
	flag.StringVar(&o.parts, "parts", "", "only these parts, comma-separated: "+strings.Join(names(), ", "))
	flag.IntVar(&o.rounds, "rounds", 3, "rounds of each load (at most 20)")
	flag.DurationVar(&o.lasts, "for", 2*time.Second, "how long each load lasts (at most 1m)")
	flag.DurationVar(&o.schedule, "schedule", 20*time.Second, "how long calls come on schedule (at most 5m)")
	flag.DurationVar(&o.flood, "flood", 5*time.Second, "how long each flood lasts (at most 1m)")
	flag.DurationVar(&o.steady, "steady", 2*time.Minute, "how long memory is watched under a steady load (at most 1h)")
	flag.IntVar(&o.sessions, "sessions", 10_000, "clients that initialize and vanish (at most 20000)")
	flag.IntVar(&o.waiting, "waiting", 1000, "calls that wait at once (at most 2000)")
	flag.StringVar(&o.server, "server", "", "measure this fiskl-mcp instead of building one")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	err := run(ctx, o, os.Stdout)
	cancel()
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "load:", err) // nowhere else to say it
		os.Exit(1)                                   //nolint:forbidigo // a program of its own, which no other code calls
	}
}

// check refuses what would make the program run for ever.
func (o options) check() error {
	between := func(n, low, high int) bool { return low <= n && n <= high }
	lasts := func(d, most time.Duration) bool { return 100*time.Millisecond <= d && d <= most }
	counts := between(o.rounds, 1, 20) && between(o.sessions, 100, 20_000) && between(o.waiting, 1, 2000)
	times := lasts(o.lasts, time.Minute) && lasts(o.schedule, 5*time.Minute) && lasts(o.flood, time.Minute) && lasts(o.steady, time.Hour)
	if !counts || !times {
		return errors.New("a flag is out of its bounds")
	}
	return nil
}

// wanted are the parts that were asked for.
func (o options) wanted() ([]part, error) {
	all := parts()
	if o.parts == "" {
		return all, nil
	}
	var some []part
	for name := range strings.SplitSeq(o.parts, ",") {
		i := slices.IndexFunc(all, func(p part) bool { return p.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no part %q; there are: %s", name, strings.Join(names(), ", "))
		}
		some = append(some, all[i])
	}
	return some, nil
}

// run measures everything and prints it, also what was measured before
// something failed.
func run(ctx context.Context, o options, out io.Writer) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	wanted, err := o.wanted()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "fiskl-load-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	built, err := build(ctx, dir, o.server)
	if err != nil {
		return err
	}
	s, err := newStage(ctx, built)
	if err != nil {
		return err
	}
	defer s.close()
	var t figures.Table
	for _, p := range wanted {
		err = p.measure(ctx, o, s, &t)
		s.clear()
		if err != nil {
			err = fmt.Errorf("%s: %w", p.name, err)
			break
		}
	}
	_, unprinted := t.Print(out)
	return errors.Join(err, unprinted)
}

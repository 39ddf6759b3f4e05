// Command soak lets impatient models write to a made-up company over a bad
// road, from several processes that die now and then, and holds the journal
// against the company's books afterwards.
//
//	go run ./test/soak -writes 10000 -faults 0.1 -seed 1
//
// It needs no network. The same seed asks for the same things, but who comes
// first differs from run to run. It exits with status 1 when a figure that must
// be 0 is not.
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
)

// longest bounds the whole program.
const longest = time.Hour

// options say how much is written, and how bad the road is.
type options struct {
	writes int     // that the controls let pass, at least
	faults float64 // the part of the requests that meets one
	seed   uint64
}

func main() {
	o := options{}
	flag.IntVar(&o.writes, "writes", 10000, "writes that the controls let pass (at most 1000000)")
	flag.Float64Var(&o.faults, "faults", 0.1, "part of the requests that meets a fault (at most 0.5)")
	flag.Uint64Var(&o.seed, "seed", 1, "of the dice")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(ctx, longest)
	wrong, err := run(ctx, o, os.Stdout)
	cancel()
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "soak:", err) // nowhere else to say it
	}
	if err != nil || wrong > 0 {
		os.Exit(1) //nolint:forbidigo // a program of its own, which no other code calls
	}
}

func (o options) check() error {
	if o.writes < 1 || o.writes > 1e6 || o.faults < 0 || o.faults > 0.5 {
		return errors.New("-writes or -faults is out of its bounds")
	}
	return nil
}

// run soaks, compares and prints. It returns how many things are wrong.
func run(ctx context.Context, o options, out io.Writer) (wrong int, err error) {
	if err := o.check(); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "fiskl-soak-")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	begun := time.Now()
	s := newSoak(o, dir)
	if err := s.write(ctx); err != nil {
		return 0, err
	}
	e, err := s.evidence(ctx)
	if err != nil {
		return 0, err
	}
	v := e.judge()
	return v.wrong(), s.print(out, v, time.Since(begun))
}

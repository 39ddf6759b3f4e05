package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"
	"time"
)

// print writes the figures, and of what is wrong the first few.
func (s *soak) print(out io.Writer, v verdict, took time.Duration) error {
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	p := &printer{out: w}
	p.row("seed", s.seed)
	p.row("tries to write", len(s.tries))
	rows(p, "  told: ", s.told)
	met := 0
	for _, n := range s.road.met {
		met += n
	}
	p.row("faults met", met)
	rows(p, "  ", s.road.met)
	p.row("processes that died", s.deaths)
	p.row("changes in the books", v.changes)
	p.row("entries in the journal", sum(v.outcomes)+len(v.open))
	rows(p, "  ", v.outcomes)
	p.row("  of these, end not known at first", sum(v.settled))
	rows(p, "    found ", v.settled)
	rows(p, "  stayed unknown: ", v.unknown)
	p.row("done, and changed nothing new", v.idle)
	p.row("e-mailed twice for one wish", v.resent)
	p.wrong("duplicates", v.duplicates)
	p.wrong("lost", v.lost)
	p.wrong("unjournalled", v.unjournaled)
	p.wrong("open", v.open)
	p.wrong("told as done that were not", v.toldDone)
	p.wrong("done told as not done", v.toldNot)
	p.wrong("unseen recipients", v.unseen)
	p.wrong("days above the limits", v.over)
	p.row("time", took.Round(time.Second/10))
	return cmp.Or(p.err, w.Flush())
}

// printer keeps the first failure.
type printer struct {
	out io.Writer
	err error
}

func (p *printer) row(what string, figure any) {
	_, err := fmt.Fprintf(p.out, "%s\t%v\n", what, figure)
	p.err = cmp.Or(p.err, err)
}

// wrong prints a figure that must be 0.
func (p *printer) wrong(what string, cases []string) {
	const most = 10
	p.row(what, len(cases))
	for _, c := range cases[:min(len(cases), most)] {
		p.row("  "+c, "")
	}
}

// rows prints figures by name.
func rows[K ~string](p *printer, before string, figures map[K]int) {
	for _, name := range slices.Sorted(maps.Keys(figures)) {
		p.row(before+string(name), figures[name])
	}
}

func sum[K comparable](figures map[K]int) int {
	n := 0
	for _, each := range figures {
		n += each
	}
	return n
}

package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// flood is many clients that mean no good.
type flood struct {
	name    string
	clients int
	attack  func(context.Context, *line) // until it is refused
}

// floods measures whether others are still served, and what a flood takes of
// memory.
func floods(ctx context.Context, o options, s *stage, t *figures.Table) error {
	for _, f := range []flood{
		{"initialize", 32, initialize},
		{"40 MB bodies", 8, stated},
		{"40 MB bodies of no stated length", 8, unstated},
		{"headers that never end", 500, dawdle},
	} {
		ours, err := s.ours(ctx, 0)
		if err != nil {
			return err
		}
		served, err := f.over(ctx, o, ours)
		if err != nil {
			return err
		}
		t.Add(figures.Row{What: "flood of " + f.name + ": memory", Unit: "MiB", Ours: served.peak, Most: maxFloodMiB})
		t.Add(figures.Row{What: "flood of " + f.name + ": calls of others, all answered", Ours: float64(len(served.took))})
		t.Add(figures.Row{What: "flood of " + f.name + ": their p99", Unit: "ms", Ours: served.p99()})
		s.clear()
	}
	return nil
}

// over has the flood come over a server, and others with it who ask politely.
func (f flood) over(ctx context.Context, o options, s server) (tally, error) {
	others := load{clients: 4, lasts: o.flood, rate: 40}
	attacking, stop := context.WithTimeout(ctx, warm+o.flood)
	defer stop()
	var all sync.WaitGroup
	for range f.clients {
		all.Go(func() {
			for attacking.Err() == nil {
				f.once(attacking, s.process.url)
			}
		})
	}
	served, err := others.on(ctx, s.call(modern))
	stop()
	all.Wait()
	return served, err
}

// once attacks by one connection. That it is refused is what should happen.
func (f flood) once(ctx context.Context, url string) {
	l, err := dial(ctx, url)
	if err != nil {
		time.Sleep(10 * time.Millisecond)
		return
	}
	defer l.close()
	defer context.AfterFunc(ctx, l.close)()
	f.attack(ctx, l)
}

// initialize opens sessions and never uses them.
func initialize(ctx context.Context, l *line) {
	request := l.post(greeting())
	for ctx.Err() == nil {
		if _, err := l.exchange(request); err != nil {
			return
		}
	}
}

const large = 40 << 20

// stated sends a large body that says how large it is.
func stated(_ context.Context, l *line) {
	head := spell(http.MethodPost, l.url.Host, l.url.RequestURI(), []string{"Content-Type: application/json", "Content-Length: 41943040"}, nil)
	if _, err := l.conn.Write(head); err != nil {
		return
	}
	l.pour(strings.Repeat(" ", 64<<10))
}

// unstated sends a large body in pieces.
func unstated(_ context.Context, l *line) {
	head := spell(http.MethodPost, l.url.Host, l.url.RequestURI(), []string{"Content-Type: application/json", "Transfer-Encoding: chunked"}, nil)
	if _, err := l.conn.Write(head); err != nil {
		return
	}
	l.pour("10000\r\n" + strings.Repeat(" ", 64<<10) + "\r\n")
}

// pour sends a piece until all is sent or nobody takes it.
func (l *line) pour(piece string) {
	for sent := 0; sent < large; sent += len(piece) {
		if _, err := l.conn.Write([]byte(piece)); err != nil {
			return
		}
	}
}

// dawdle sends headers, a little at a time.
func dawdle(ctx context.Context, l *line) {
	if _, err := l.conn.Write([]byte("POST " + l.url.RequestURI() + " HTTP/1.1\r\nHost: " + l.url.Host + "\r\n")); err != nil {
		return
	}
	for ctx.Err() == nil {
		if _, err := l.conn.Write([]byte("X-More: 1\r\n")); err != nil {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}

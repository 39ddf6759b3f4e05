package main

import (
	"context"
	"sync"
	"time"
)

// warm is how long clients ask before their calls count.
const warm = 300 * time.Millisecond

// load is how much clients ask, and for how long.
type load struct {
	clients int
	lasts   time.Duration
	rate    float64 // calls a second of all clients, on schedule; 0 is as fast as they are answered
}

// on puts the load on a target and wants every call answered.
func (d load) on(ctx context.Context, t target) (tally, error) {
	workers, err := crew(ctx, t, d.clients)
	defer dismiss(workers)
	if err != nil {
		return tally{}, err
	}
	start := time.Now()
	from, until := start.Add(warm), start.Add(warm+d.lasts)
	var all sync.WaitGroup
	for i, w := range workers {
		w.from, w.until, w.next = from, until, start
		if d.rate > 0 {
			w.every = time.Duration(float64(d.clients) / d.rate * float64(time.Second))
			w.next = start.Add(w.every * time.Duration(i) / time.Duration(d.clients))
		}
		all.Go(func() { w.work(ctx) })
	}
	seen, err := watch(t.server, from, until)
	all.Wait()
	return total(t, workers, d.lasts, seen, err)
}

// once has so many clients ask once, all together, and watches for as long as
// an answer takes.
func once(ctx context.Context, t target, clients int, lasts time.Duration) (tally, error) {
	workers, err := crew(ctx, t, clients)
	defer dismiss(workers)
	if err != nil {
		return tally{}, err
	}
	start := time.Now()
	var all sync.WaitGroup
	for _, w := range workers {
		w.from, w.until = start, start.Add(patience)
		all.Go(func() { w.call(ctx, time.Now()) })
	}
	seen, err := watch(t.server, start, start.Add(lasts))
	all.Wait()
	return total(t, workers, lasts, seen, err)
}

// worker is one client.
type worker struct {
	target  target
	line    *line
	request []byte

	from, until time.Time     // what is answered between counts
	next        time.Time     // when the next call is due
	every       time.Duration // how often one is, on schedule

	took   []float64 // ms
	errors int
	err    error // the first
}

// crew connects clients.
func crew(ctx context.Context, t target, clients int) ([]*worker, error) {
	var all []*worker
	for range clients {
		l, request, err := t.open(ctx)
		if err != nil {
			return all, err
		}
		all = append(all, &worker{target: t, line: l, request: request})
	}
	return all, nil
}

func dismiss(all []*worker) {
	for _, w := range all {
		w.line.close()
	}
}

// work calls until it is time to go.
func (w *worker) work(ctx context.Context) {
	for ctx.Err() == nil {
		sent := time.Now()
		if w.every > 0 {
			time.Sleep(w.next.Sub(sent))
			sent, w.next = w.next, w.next.Add(w.every)
		}
		if !sent.Before(w.until) {
			return
		}
		w.call(ctx, sent)
	}
}

func (w *worker) call(ctx context.Context, sent time.Time) {
	a, err := w.line.ask(ctx, w.request)
	w.note(sent, time.Now(), w.target.wrong(a, err))
}

// note counts a call. On schedule its time begins when it was due, so that a
// server that falls behind cannot hide it.
func (w *worker) note(sent, end time.Time, wrong error) {
	if end.Before(w.from) || w.every == 0 && end.After(w.until) {
		return
	}
	if wrong != nil {
		w.errors, w.err = w.errors+1, firstOf(w.err, wrong)
		return
	}
	w.took = append(w.took, ms(end.Sub(sent)))
}

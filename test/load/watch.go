package main

import "time"

// watched is what a process took between two times.
type watched struct {
	cpu  time.Duration
	peak float64 // MiB
}

func watch(p *process, from, until time.Time) (watched, error) {
	if p == nil {
		return watched{}, nil
	}
	time.Sleep(time.Until(from))
	before, err := p.cpu()
	if err != nil {
		return watched{}, err
	}
	var w watched
	for now := from; now.Before(until); now = time.Now() {
		time.Sleep(min(time.Until(until), 100*time.Millisecond))
		mib, err := p.memory()
		if err != nil {
			return watched{}, err
		}
		w.peak = max(w.peak, mib)
	}
	after, err := p.cpu()
	w.cpu = after - before
	return w, err
}

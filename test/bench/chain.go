package main

import (
	"cmp"
	"slices"
	"time"
)

// trip is one request as the API saw it, its way there and back included.
type trip struct {
	what         string // "GET /v1/company"
	began, ended time.Time
}

// inSequence is the length of the longest chain of requests of which each began
// when the one before it had ended: how often somebody who waits has to wait
// for the API's distance. Requests side by side count once.
func inSequence(trips []trip) int {
	sorted := slices.SortedFunc(slices.Values(trips), func(a, b trip) int {
		return cmp.Or(a.ended.Compare(b.ended), a.began.Compare(b.began))
	})
	n := 0
	var last time.Time
	for _, t := range sorted {
		if n == 0 || !t.began.Before(last) { // the next to end of those that can follow leaves most room for others
			n, last = n+1, t.ended
		}
	}
	return n
}

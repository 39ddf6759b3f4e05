package main

import (
	"testing"
	"time"
)

// TestInSequence counts the waits of requests that are given as when they
// began and ended, in ms.
func TestInSequence(t *testing.T) {
	t.Parallel()
	zero := time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		trips [][2]int
		want  int
	}{
		"none":                        {nil, 0},
		"one":                         {[][2]int{{0, 150}}, 1},
		"one after the other":         {[][2]int{{0, 150}, {151, 301}, {302, 452}}, 3},
		"at the moment of the end":    {[][2]int{{0, 150}, {150, 300}}, 2},
		"side by side":                {[][2]int{{0, 150}, {0, 150}, {2, 152}}, 1},
		"begun just before the end":   {[][2]int{{0, 150}, {149, 299}}, 1},
		"one, then three":             {[][2]int{{0, 150}, {151, 301}, {152, 302}, {153, 303}}, 2},
		"two at a time":               {[][2]int{{0, 150}, {0, 151}, {150, 300}, {151, 301}, {301, 451}}, 3},
		"a long one over two":         {[][2]int{{0, 500}, {0, 150}, {151, 301}}, 2},
		"a long one first, then more": {[][2]int{{0, 500}, {10, 160}, {161, 311}, {501, 651}}, 3},
		"in any order":                {[][2]int{{302, 452}, {0, 150}, {151, 301}}, 3},
		"that took no time":           {[][2]int{{5, 5}, {5, 5}}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var trips []trip
			for _, ms := range c.trips {
				trips = append(trips, trip{
					began: zero.Add(time.Duration(ms[0]) * time.Millisecond), ended: zero.Add(time.Duration(ms[1]) * time.Millisecond),
				})
			}
			if got := inSequence(trips); got != c.want {
				t.Errorf("%d in sequence, want %d", got, c.want)
			}
		})
	}
}

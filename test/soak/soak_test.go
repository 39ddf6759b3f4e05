package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestSoak is the program at a small scale.
func TestSoak(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	wrong, err := run(t.Context(), options{writes: 300, faults: 0.1, seed: 2}, &out)
	if err != nil || wrong != 0 {
		t.Errorf("got %d wrong and error %v\n%s", wrong, err, &out)
	}
	for _, figure := range []string{"duplicates  ", "lost  ", "unjournalled  ", "open  ", "days above the limits  ", "told as done that were not  ", "done told as not done  ", "unseen recipients  ", "GOAWAY after  ", "recipients changed meanwhile  ", "cut after  ", "time  "} {
		if !strings.Contains(out.String(), figure) {
			t.Errorf("the figure %q is missing in\n%s", figure, &out)
		}
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	for _, o := range []options{{}, {writes: -1}, {writes: 1e7}, {writes: 1, faults: -0.1}, {writes: 1, faults: 0.6}} {
		if _, err := run(t.Context(), o, nil); err == nil {
			t.Errorf("%+v was run", o)
		}
	}
}

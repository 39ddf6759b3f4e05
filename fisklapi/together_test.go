package fisklapi_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// TestTogetherFails holds that the failure of several reads is that of the first in order, whichever came first, and that
// all have ended by then.
func TestTogetherFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := answered(t, http.NotFound)
		first, second := errors.New("first"), errors.New("second")
		ended := make([]bool, 6) // a read that goes on when the caller looks is a race
		next := 0
		after := func(d time.Duration, err error) func(context.Context) error {
			own := &ended[next]
			next++
			return func(context.Context) error {
				time.Sleep(d)
				*own = true
				return err
			}
		}
		err := w.Together(t.Context(), after(1, nil), after(3, first), after(2, second), after(4, nil))
		if !errors.Is(err, first) || errors.Is(err, second) || slices.Contains(ended[:4], false) {
			t.Errorf("got %v after %v reads, want the first of all four", err, ended)
		}
		if err := w.Together(t.Context(), after(2, nil), after(1, nil)); err != nil || slices.Contains(ended, false) {
			t.Errorf("got %v after %v reads", err, ended)
		}
		if err := w.Together(t.Context()); err != nil {
			t.Errorf("got %v of nothing", err)
		}
	})
}

// TestTogetherPanics holds that a panic in any of several reads is the caller's, after the others have ended.
func TestTogetherPanics(t *testing.T) {
	t.Parallel()
	for at := range 3 {
		synctest.Test(t, func(t *testing.T) {
			w := answered(t, http.NotFound)
			ended := make([]bool, 3)
			var reads []func(context.Context) error
			for i := range 3 {
				reads = append(reads, func(context.Context) error {
					if i == at {
						panic("mine")
					}
					time.Sleep(time.Duration(i+1) * time.Second)
					ended[i] = true
					return nil
				})
			}
			defer func() {
				if p := recover(); p != "mine" || slices.Index(ended, false) != at || slices.Contains(ended[at+1:], false) {
					t.Errorf("read %d: got panic %v after %v", at, p, ended)
				}
			}()
			_ = w.Together(t.Context(), reads...)
			t.Error("it did not panic")
		})
	}
}

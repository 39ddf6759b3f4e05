package fisklapi

import (
	"context"
	"sync"
)

// Together makes reads that do not need one another side by side, and returns
// the error of the first of them that failed, in the order given. What they read
// they keep themselves. Where the API turns requests away that come at once, they
// are made one after the other, and none after one that failed.
func (c *Client) Together(ctx context.Context, reads ...func(context.Context) error) error {
	if len(reads) < 2 || c.crowd.unwanted() {
		for _, read := range reads {
			if err := read(ctx); err != nil {
				return err
			}
		}
		return nil
	}
	failed := make([]error, len(reads))
	sideBySide(ctx, reads, failed)
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// sideBySide runs reads and waits for all of them. A panic is the caller's, as
// it would be without another goroutine.
func sideBySide(ctx context.Context, reads []func(context.Context) error, failed []error) {
	var all sync.WaitGroup
	panics := make([]any, len(reads))
	for i, read := range reads[1:] {
		all.Go(func() {
			defer func() { panics[i+1] = recover() }()
			failed[i+1] = read(ctx)
		})
	}
	func() {
		defer all.Wait() // what the others write to is the caller's
		failed[0] = reads[0](ctx)
	}()
	for _, p := range panics {
		if p != nil {
			panic(p)
		}
	}
}

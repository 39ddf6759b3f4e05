// Package progress says how far a call has come, to whoever waits for it.
package progress

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// State is how far a call has come. It holds nothing that anybody wrote.
type State struct {
	Rows  int // read so far
	Total int // with those that are yet to be read; 0 where the API does not say
}

// String says it in words.
func (s State) String() string {
	if s.Total > 0 {
		return fmt.Sprintf("%d of %d rows read", s.Rows, s.Total)
	}
	return strconv.Itoa(s.Rows) + " rows read"
}

// Watch has told be called as the reads under the context go on, with rows that
// only ever become more. Lists of one page are not told of.
func Watch(ctx context.Context, told func(State)) context.Context {
	c := &count{lists: make(map[fisklapi.Operation]*list), told: told}
	return fisklapi.WithProgress(ctx, c.add)
}

// count adds up the lists that a call reads.
type count struct {
	told func(State)

	mu    sync.Mutex
	lists map[fisklapi.Operation]*list
}

// list is one of them.
type list struct {
	rows int
	rest int
	long bool // a read took more than one page of it
}

// add counts a page, and tells of it once its list has several.
func (c *count) add(p fisklapi.Progress) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := c.lists[p.Operation]
	if l == nil {
		l = &list{}
		c.lists[p.Operation] = l
	}
	l.rows, l.rest, l.long = l.rows+p.Rows, p.Rest, l.long || p.Page > 1
	if l.long && p.Rows > 0 {
		c.told(c.state())
	}
}

// state is that of all lists of several pages together.
func (c *count) state() State {
	var s State
	told := true
	for _, l := range c.lists {
		if !l.long {
			continue
		}
		s.Rows, s.Total = s.Rows+l.rows, s.Total+l.rows+l.rest
		told = told && l.rest >= 0
	}
	if !told {
		s.Total = 0
	}
	return s
}

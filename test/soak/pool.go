package main

import (
	"math/rand/v2"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// pool is what the models know to be in the books.
type pool struct {
	mu       sync.Mutex
	clients  []schemas.ID
	vendors  []schemas.ID
	products []schemas.ID
	drafts   []schemas.ID
	sent     []schemas.ID
	contents []content
	payments []schemas.NewPayment
}

// content is an invoice that somebody wished for.
type content struct {
	once  string
	draft schemas.InvoiceDraft
}

// add notes what came to be.
func add[T any](p *pool, list *[]T, one T) {
	p.mu.Lock()
	defer p.mu.Unlock()
	*list = append(*list, one)
}

// recentOf picks one of the last things noted. Nothing happens to old ones.
func recentOf[T any](p *pool, dice *rand.Rand, list *[]T) (one T, ok bool) {
	return oneOf(p, dice, list, 60)
}

// latestOf picks one of so few that several models are at the same one.
func latestOf[T any](p *pool, dice *rand.Rand, list *[]T) (one T, ok bool) {
	return oneOf(p, dice, list, 3)
}

func oneOf[T any](p *pool, dice *rand.Rand, list *[]T, last int) (one T, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(*list)
	if n == 0 {
		return one, false
	}
	return (*list)[n-1-dice.IntN(min(n, last))], true
}

func ref(id schemas.ID) string { return string(id) }

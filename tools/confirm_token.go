package tools

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// confirmer lets through what a person agreed to.
type confirmer struct {
	mode     Confirm
	dryRun   bool
	sealer   func() (*seal.Sealer, error)
	identity string
	now      func() time.Time

	// check says beforehand whether a write would be refused.
	check func(ctx context.Context, w fisklapi.Write, confirmation string) error

	// lately are the writes of the last day to what a write concerns.
	lately func(ctx context.Context, w fisklapi.Write) ([]journal.Entry, error)
}

func newGate(o Options) *confirmer {
	g := &confirmer{mode: cmp.Or(o.Confirm, ConfirmAsk), dryRun: o.DryRun, sealer: o.Sealer, identity: cmp.Or(o.Identity, "the only one"), now: o.Now}
	if g.now == nil {
		g.now = time.Now
	}
	g.check = func(context.Context, fisklapi.Write, string) error { return nil }
	g.lately = func(context.Context, fisklapi.Write) ([]journal.Entry, error) { return nil, nil }
	if o.Policy != nil {
		g.check, g.lately = o.Policy.Check, o.Policy.Lately
	}
	if g.sealer == nil {
		g.sealer = sync.OnceValues(func() (*seal.Sealer, error) { return passing(g.now) })
	}
	return g
}

// passing makes tokens with a key that ends with the program.
func passing(now func() time.Time) (*seal.Sealer, error) {
	var key [32]byte
	_, _ = rand.Read(key[:]) // never fails: it ends the program instead
	s, err := seal.New(secret.New(string(key[:])), now)
	if err != nil {
		return nil, fmt.Errorf("make tokens: %w", err)
	}
	return s, nil
}

// asks reports that the client puts the question to the person.
func (g *confirmer) asks(req Request) bool {
	return req.Asks && (g.mode == ConfirmAsk || g.mode == ConfirmPerson)
}

// personal reports that a write needs a person's own answer, whatever it is.
func (g *confirmer) personal(e Effect) bool { return e != Read && g.mode == ConfirmPerson && !g.dryRun }

// seal makes a token that is bound to this company and credential.
func (g *confirmer) seal(c seal.Claims, life time.Duration) (string, error) {
	s, err := g.sealer()
	if err != nil {
		return "", err
	}
	c.Company = g.identity
	return s.Seal(c, life)
}

// open opens a token that was bound to them.
func (g *confirmer) open(token string, p seal.Purpose, tool string) (seal.Opened, error) {
	s, err := g.sealer()
	if err != nil {
		return seal.Opened{}, err
	}
	return s.Open(token, p, g.identity, tool)
}

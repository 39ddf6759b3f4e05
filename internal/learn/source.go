package learn

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// Source reads an operation where an endpoint has it, and returns the body of
// its answer as it came. ids fill the path's parameters.
type Source interface {
	Read(ctx context.Context, e fisklapi.Endpoint, ids []string, query url.Values) ([]byte, error)
}

// Over is a source that reads through clients. open makes one that finds its
// operations where these endpoints have them; a client that speaks no dialect
// is wanted.
func Over(open func(moved []fisklapi.Endpoint) (*fisklapi.Client, error)) Source {
	return &clients{open: open, made: make(map[string]*fisklapi.Client)}
}

type clients struct {
	open func([]fisklapi.Endpoint) (*fisklapi.Client, error)

	mu   sync.Mutex
	made map[string]*fisklapi.Client // by operation and path
}

func (c *clients) Read(ctx context.Context, e fisklapi.Endpoint, ids []string, query url.Values) ([]byte, error) {
	api, err := c.at(e)
	if err != nil {
		return nil, err
	}
	return api.Raw(ctx, e.Operation, ids, query)
}

func (c *clients) at(e fisklapi.Endpoint) (*fisklapi.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := string(e.Operation) + " " + e.Path
	if api, ok := c.made[key]; ok {
		return api, nil
	}
	api, err := c.open([]fisklapi.Endpoint{{Operation: e.Operation, Path: e.Path}})
	if err == nil {
		c.made[key] = api
	}
	return api, err
}

// errSpent is why nothing is asked any more.
var errSpent = errors.New("the requests that may be made are used up")

// asker counts the requests.
type asker struct {
	source Source
	most   int
	asked  int
	over   error // why no more is asked
	failed int   // requests in a row without an answer
}

// ask reads an operation. An answer that is an error by its content counts as
// a failure.
func (a *asker) ask(ctx context.Context, e fisklapi.Endpoint, ids []string, query url.Values) (*dialect.Node, error) {
	if a.over == nil && a.asked >= a.most {
		a.over = errSpent
	}
	if a.over == nil && ctx.Err() != nil {
		a.over = ctx.Err()
	}
	if a.over != nil {
		return nil, a.over
	}
	a.asked++
	body, err := a.source.Read(ctx, e, ids, query)
	if a.judge(err); err != nil {
		return nil, err
	}
	n, err := dialect.Parse(body)
	if err != nil {
		return nil, err
	}
	if dialect.Refused(&n) {
		return nil, dialect.ErrRefused
	}
	return &n, nil
}

// patience is how many requests in a row may stay without an answer.
const patience = 4

// judge stops asking where it cannot help: the credential is refused, or the
// API is not there or wants to be left alone.
func (a *asker) judge(err error) {
	switch {
	case errors.Is(err, fisklapi.Unauthorized), errors.Is(err, fisklapi.Subscription), errors.Is(err, fisklapi.WrongHost):
		a.over = err
	case errors.Is(err, fisklapi.Unavailable), errors.Is(err, fisklapi.RateLimited):
		if a.failed++; a.failed >= patience {
			a.over = err
		}
	default:
		a.failed = 0
	}
}

// gone reports that there is nothing at a path.
func gone(err error) bool {
	var failed *fisklapi.Error
	return errors.As(err, &failed) && (failed.Status == http.StatusNotFound || failed.Status == http.StatusMethodNotAllowed || failed.Status == http.StatusGone)
}

// turnedDown reports that the API did not like how it was asked.
func turnedDown(err error) bool {
	var failed *fisklapi.Error
	return errors.As(err, &failed) && failed.Kind == fisklapi.Invalid && failed.Status != http.StatusMethodNotAllowed
}

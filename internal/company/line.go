package company

import (
	"context"
	"errors"
	"net/http"

	"golang.org/x/time/rate"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// Line is how requests of a company reach the API. The zero value is one of its
// own.
type Line struct {
	Transport http.RoundTripper // nil means one of its own
	Pace      *rate.Limiter     // of all callers who share the key; nil means one each
	Marked    bool              // answers say beside the company's name that it is the sandbox
}

// Sandbox is the way to a sandbox of its own, whose clock is the program's.
func Sandbox(all config.Program) http.RoundTripper {
	return inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: all.Now})}
}

// Ping asks the API of a company for anything, without a key, over a line that
// has a transport. That the API refuses is an answer; it fails when none comes, or
// one of a broken server.
func Ping(ctx context.Context, c config.Company, line Line) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.Root()+"/v1/me/permissions", http.NoBody)
	if err != nil {
		return err
	}
	res, err := line.Transport.RoundTrip(req)
	if err != nil {
		return err
	}
	_ = res.Body.Close() // what it says does not matter
	if res.StatusCode >= http.StatusInternalServerError {
		return errors.New("the API answered " + res.Status)
	}
	return nil
}

package login

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// callbackPath is where the browser comes back to. The whole address is
// registered with Fiskl, letter by letter.
const callbackPath = "/callback"

// expectation is what a callback must bring.
type expectation struct {
	state    string
	issuer   string // empty if it is not known
	mustName bool   // the issuer says who it is in every callback
}

// outcome is what a callback brought.
type outcome struct {
	code string
	err  error
}

// callback waits for the browser to come back, once.
type callback struct {
	expectation

	port    int
	servers []*http.Server
	result  chan outcome
	once    sync.Once
	strays  atomic.Int32 // callbacks of other sign-ins
}

// listen waits on both loopback addresses: which of them a browser means by
// localhost cannot be known.
func listen(ctx context.Context, port int, e expectation) (*callback, error) {
	const onWindows = syscall.Errno(10048) // WSAEADDRINUSE
	c := &callback{expectation: e, port: port, result: make(chan outcome, 1)}
	var last error
	for _, host := range []string{"127.0.0.1", "::1"} {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, onWindows) {
			c.close(ctx)
			return nil, inUse(port)
		}
		if err != nil {
			last = err // this machine does not have that kind of address
			continue
		}
		s := &http.Server{Handler: c, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
		c.servers = append(c.servers, s)
		go func() { _ = s.Serve(l) }() // it ends when it is closed
	}
	if len(c.servers) == 0 {
		return nil, fmt.Errorf("the page for the browser to come back to cannot be opened: %w", last)
	}
	return c, nil
}

func inUse(port int) error {
	return fmt.Errorf("port %d is in use by another program, perhaps another fiskl-mcp login. End it, or set FISKL_OAUTH_REDIRECT_PORT to a port for which http://localhost:PORT%s is registered as a redirect URI in Fiskl", port, callbackPath)
}

// wait returns the code that the browser brings.
func (c *callback) wait(ctx context.Context, patience time.Duration) (string, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case o := <-c.result:
		return o.code, o.err
	case <-ctx.Done():
		return "", errors.New("signing in was given up. Nothing was saved")
	case <-timer.C:
		stray := ""
		if c.strays.Load() > 0 {
			stray = "; a page of another sign-in did, and was refused"
		}
		return "", fmt.Errorf("the browser did not come back within %s%s. Nothing was saved. Run fiskl-mcp login --oauth again, with --no-browser if no page was opened", patience, stray)
	}
}

// close lets the last page be delivered.
func (c *callback) close(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	for _, s := range c.servers {
		_ = s.Shutdown(ctx) // what has not been read by then is lost
	}
}

// ServeHTTP takes the callback. One with the state of another sign-in is
// refused and ends nothing: any page can send the browser here.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch {
	case !c.addressed(r), r.URL.Path != callbackPath:
		page(w, http.StatusNotFound, "Nothing is here.")
	case r.Method != http.MethodGet:
		page(w, http.StatusMethodNotAllowed, "Nothing is here.")
	case subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(c.state)) != 1:
		c.strays.Add(1)
		page(w, http.StatusBadRequest, "This page belongs to another sign-in, and was not used. Go on in the page that fiskl-mcp login opened last.")
	default:
		first := false
		c.once.Do(func() { first = true })
		if !first {
			page(w, http.StatusGone, "This sign-in is over. You can close this page.")
			return
		}
		o := c.judge(q)
		if o.err != nil {
			page(w, http.StatusBadRequest, "You are not signed in: the place where you ran fiskl-mcp login says why. You can close this page.")
		} else {
			page(w, http.StatusOK, "Fiskl has answered. You can close this page: the place where you ran fiskl-mcp login says how it went on.")
		}
		c.result <- o
	}
}

// addressed refuses requests under a name that somebody else gave this machine.
func (c *callback) addressed(r *http.Request) bool {
	port := strconv.Itoa(c.port)
	return slices.ContainsFunc([]string{"localhost", "127.0.0.1", "::1"}, func(host string) bool {
		return r.Host == net.JoinHostPort(host, port)
	})
}

// judge reads a callback with the right state.
func (c *callback) judge(q url.Values) outcome {
	for _, name := range []string{"code", "state", "iss", "error"} {
		if len(q[name]) > 1 {
			return outcome{err: errors.New("the answer that the browser brought is not well formed. Nothing was saved")}
		}
	}
	iss := q.Get("iss")
	switch {
	case iss != "" && c.issuer != "" && iss != c.issuer, iss == "" && c.mustName:
		return outcome{err: fmt.Errorf("the answer that the browser brought is not from %s, where you were sent (it names %q as its issuer). Nothing was saved", c.issuer, schemas.Clean(iss, 100))}
	case q.Get("error") != "":
		return outcome{err: denied(q)}
	case q.Get("code") == "":
		return outcome{err: errors.New("the browser came back without a code. Nothing was saved")}
	default:
		return outcome{code: q.Get("code")}
	}
}

// denied says why the server gave no code.
func denied(q url.Values) error {
	if q.Get("error") == "access_denied" {
		return errors.New("access was not allowed. Nothing was saved")
	}
	said := schemas.Clean(q.Get("error"), 60)
	if text := schemas.Clean(q.Get("error_description"), 200); text != "" {
		said += ": " + text
	}
	return fmt.Errorf("the authorization server refused (%s). Nothing was saved", said)
}

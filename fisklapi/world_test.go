package fisklapi_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/internal/contracttest"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// noon is the moment at which every test takes place.
func noon() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: noon})

// world is a client of something that answers like Fiskl, with a record of what went between.
type world struct {
	*fisklapi.Client
	tape *tape
}

// adjust changes the options that a client is made with.
type adjust func(*fisklapi.Options)

// sandboxed returns a client of a sandbox. Every exchange must keep the contract.
func sandboxed(tb testing.TB, adjusts ...adjust) (world, *sandbox.Server) {
	tb.Helper()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	return connect(tb, contracttest.Transport(wholeRecords{tb}, inprocess.Transport{Handler: inside}), adjusts...), inside
}

// wholeRecords lets an update carry all that was read, also the fields that the contract does not name for writing.
type wholeRecords struct{ testing.TB }

func (w wholeRecords) Errorf(format string, args ...any) {
	w.Helper()
	fault := fmt.Sprintf(format, args...)
	if strings.HasPrefix(fault, "PUT ") && strings.Contains(fault, "request property") && strings.Contains(fault, "is not declared in schema") {
		return
	}
	w.Error(fault)
}

// faulty returns a client of a sandbox whose answers go wrong, and so need not keep the contract.
func faulty(tb testing.TB, fault sandbox.Fault, adjusts ...adjust) (world, *sandbox.Server) {
	tb.Helper()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	inside.Inject(fault)
	return connect(tb, inprocess.Transport{Handler: inside}, adjusts...), inside
}

// answered returns a client to which a function gives every answer.
func answered(tb testing.TB, answer http.HandlerFunc, adjusts ...adjust) world {
	tb.Helper()
	return connect(tb, inprocess.Transport{Handler: answer}, adjusts...)
}

// connect returns a client that speaks over a road, without waiting for its own limit on requests.
func connect(tb testing.TB, road http.RoundTripper, adjusts ...adjust) world {
	tb.Helper()
	recorder := &tape{next: road}
	options := fisklapi.Options{TokenSource: fisklapi.Key(sandbox.KeyOwner), Transport: recorder, Rate: -1, Now: noon}
	for _, adjust := range adjusts {
		adjust(&options)
	}
	client, err := fisklapi.New(options)
	if err != nil {
		tb.Fatal(err)
	}
	return world{client, recorder}
}

// tape records requests and the answers to them on their way.
type tape struct {
	next http.RoundTripper

	mu        sync.Mutex
	exchanges []exchange
}

// exchange is one request and its answer, of which there may be none.
type exchange struct {
	req      *http.Request
	sent     []byte
	received []byte
}

// line is the request as one line: method, path, query and body.
func (e exchange) line() string {
	s := e.req.Method + " " + e.req.URL.RequestURI()
	if len(e.sent) > 0 {
		s += " " + string(e.sent)
	}
	return s
}

// RoundTrip passes a request on.
func (t *tape) RoundTrip(req *http.Request) (*http.Response, error) {
	one := exchange{req: req}
	passed := req.Clone(req.Context())
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err := errors.Join(err, req.Body.Close()); err != nil {
			return nil, err
		}
		one.sent, passed.Body = body, io.NopCloser(bytes.NewReader(body))
	}
	resp, err := t.next.RoundTrip(passed)
	if err == nil {
		var body []byte
		body, err = io.ReadAll(resp.Body)
		one.received, resp.Body = body, io.NopCloser(bytes.NewReader(body))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.exchanges = append(t.exchanges, one)
	return resp, err
}

// rewind forgets what is on the tape.
func (t *tape) rewind() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.exchanges = nil
}

func (t *tape) all() []exchange {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.exchanges)
}

// answer returns what came last from a path, but for what only finds out how the API answers.
func (t *tape) answer(tb testing.TB, path string) []byte {
	tb.Helper()
	for _, one := range slices.Backward(t.all()) {
		if one.req.URL.Path == path && !probes(one.req) {
			return one.received
		}
	}
	tb.Fatalf("nothing was asked of %s", path)
	return nil
}

// asked is the last request, but for those that only find out how the API answers.
func (t *tape) asked(tb testing.TB) exchange {
	tb.Helper()
	for _, one := range slices.Backward(t.all()) {
		if !probes(one.req) {
			return one
		}
	}
	tb.Fatal("nothing was asked")
	return exchange{}
}

// lines returns the requests as lines.
func (t *tape) lines() []string {
	lines := []string{}
	for _, one := range t.all() {
		lines = append(lines, one.line())
	}
	return lines
}

// count returns how many requests of a method and path were sent.
func (t *tape) count(method, path string) int {
	n := 0
	for _, one := range t.all() {
		if one.req.Method == method && one.req.URL.Path == path {
			n++
		}
	}
	return n
}

// writes returns how many requests were sent that are not reads.
func (t *tape) writes() int {
	n := 0
	for _, one := range t.all() {
		if one.req.Method != http.MethodGet {
			n++
		}
	}
	return n
}

package fisklapi_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/internal/contracttest"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// box speaks raw JSON to a sandbox, by way of the contract.
type box struct {
	tb        testing.TB
	transport http.RoundTripper
	host      string
	token     string
}

// open starts a sandbox of its own on a fixed day, with its owner's key.
func open(tb testing.TB, faults ...sandbox.Fault) box {
	tb.Helper()
	day := time.Date(2026, time.June, 15, 12, 0, 0, 0, time.UTC)
	inside := sandbox.New(sandbox.Options{Now: func() time.Time { return day }})
	for _, fault := range faults {
		inside.Inject(fault)
	}
	server := httptest.NewServer(inside)
	tb.Cleanup(server.Close)
	return box{host: server.URL, token: sandbox.KeyOwner}.in(tb)
}

// in returns the same sandbox, reporting to another test.
func (b box) in(tb testing.TB) box {
	tb.Helper()
	b.tb, b.transport = tb, contracttest.Transport(tb, nil)
	return b
}

// call makes one request and returns the bytes of an answer that has the status wanted.
func (b box) call(method, path, body string, want int) []byte {
	b.tb.Helper()
	req, err := http.NewRequestWithContext(b.tb.Context(), method, b.host+path, strings.NewReader(body))
	if err != nil {
		b.tb.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+b.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := b.transport.RoundTrip(req)
	if err != nil {
		b.tb.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		b.tb.Fatal(err)
	}
	if resp.StatusCode != want {
		b.tb.Fatalf("%s %s: got %d %s, want %d", method, path, resp.StatusCode, got, want)
	}
	return got
}

func (b box) get(path string) object {
	b.tb.Helper()
	return decode[object](b.tb, b.call(http.MethodGet, path, "", http.StatusOK))
}

func (b box) post(path, body string, want int) object {
	b.tb.Helper()
	return decode[object](b.tb, b.call(http.MethodPost, path, body, want))
}

func (b box) put(path, body string, want int) object {
	b.tb.Helper()
	return decode[object](b.tb, b.call(http.MethodPut, path, body, want))
}

// rows returns a list, which must not be empty: nothing proves nothing.
func (b box) rows(path string) []object {
	b.tb.Helper()
	rows := decode[[]object](b.tb, b.call(http.MethodGet, path, "", http.StatusOK))
	if len(rows) == 0 {
		b.tb.Errorf("%s: got no rows", path)
	}
	return rows
}

// first returns the id of a list's first record.
func (b box) first(path string) string {
	b.tb.Helper()
	rows := b.rows(path)
	if len(rows) == 0 {
		b.tb.FailNow()
	}
	return rows[0].text("id")
}

func (b box) hasStatus(document object, want string) {
	b.tb.Helper()
	if got := document.text("status"); got != want {
		b.tb.Errorf("got status %q, want %q", got, want)
	}
}

// object is any JSON object, its numbers as they were written.
type object map[string]any

func (o object) text(name string) string { return fmt.Sprint(o[name]) }

func decode[T any](tb testing.TB, source []byte) T {
	tb.Helper()
	decoder := json.NewDecoder(bytes.NewReader(source))
	decoder.UseNumber()
	var value T
	if err := decoder.Decode(&value); err != nil {
		tb.Fatalf("%s: %v", source, err)
	}
	return value
}

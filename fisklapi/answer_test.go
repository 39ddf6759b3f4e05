package fisklapi_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestOddAnswers(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandbox.FaultKind]fisklapi.Kind{
		sandbox.HTML: fisklapi.WrongHost, sandbox.Redirect: fisklapi.WrongHost, sandbox.Truncated: fisklapi.Unavailable, sandbox.Huge: fisklapi.TooLarge,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			world, _ := faulty(t, sandbox.Fault{Kind: kind})
			_, err := world.Clients.List(t.Context(), schemas.ContactFilter{})
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %s", err, want)
			}
		})
	}
}

// TestRedirectIsNotFollowed holds that no other host ever sees the token.
func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(other.Close)
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		first := httptest.NewServer(http.RedirectHandler(other.URL, status))
		t.Cleanup(first.Close)
		client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_secret"), BaseURL: first.URL, Rate: -1})
		if err != nil {
			t.Fatal(err)
		}
		_, read := client.Companies.Fresh(t.Context())
		_, write := client.Features.Request(t.Context(), schemas.NewFeatureRequest{})
		if !errors.Is(read, fisklapi.WrongHost) || !errors.Is(write, fisklapi.WrongHost) {
			t.Errorf("%d: got %v and %v, want wrong host", status, read, write)
		}
	}
	if n := elsewhere.Load(); n != 0 {
		t.Errorf("another host was called %d times", n)
	}
}

// endlessBody is an answer without an end, which counts what is taken of it.
type endlessBody struct{ taken *atomic.Int64 }

func (b endlessBody) Read(p []byte) (int, error) {
	b.taken.Add(int64(len(p)))
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func (endlessBody) Close() error { return nil }

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestHugeAnswerIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	var taken atomic.Int64
	client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_x"), Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: endlessBody{&taken}, Request: req}, nil
	})})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Companies.Fresh(t.Context()); !errors.Is(err, fisklapi.TooLarge) {
		t.Errorf("got %v, want too large", err)
	}
	if n := taken.Load(); n > 12<<20 {
		t.Errorf("took %d bytes", n)
	}
}

func TestConnectionBreaksInTheAnswer(t *testing.T) {
	t.Parallel()
	client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_x"), Transport: roundTrip(func(req *http.Request) (*http.Response, error) {
		body := io.MultiReader(strings.NewReader(`{"id":7`), roundTripBroken{})
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(body), Request: req}, nil
	})})
	if err != nil {
		t.Fatal(err)
	}
	_, read := client.Companies.Fresh(t.Context())
	_, write := client.Features.Request(t.Context(), schemas.NewFeatureRequest{})
	var lostWrite *fisklapi.Error
	if !errors.Is(read, fisklapi.Unavailable) || !errors.Is(read, io.ErrUnexpectedEOF) || !errors.As(write, &lostWrite) || !lostWrite.OutcomeUnknown {
		t.Errorf("got %v and %v, want both unavailable and the write's outcome unknown", read, write)
	}
}

// roundTripBroken is the end of an answer that was cut.
type roundTripBroken struct{}

func (roundTripBroken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, _ := faulty(t, sandbox.Fault{Kind: sandbox.Hang, Times: -1}, func(o *fisklapi.Options) { o.Timeout = 3 * time.Second })
		start := time.Now()
		err := company(t, world)
		if err.Kind != fisklapi.Unavailable || !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Message, "in time") {
			t.Errorf("got %v, want that no answer came in time", err)
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("it took %s, want 3s", took)
		}
	})
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	world, _ := faulty(t, sandbox.Fault{Kind: sandbox.Hang, Times: -1})
	_, read := world.Companies.Fresh(ctx)
	if !errors.Is(read, context.Canceled) || !errors.Is(read, fisklapi.Unavailable) {
		t.Errorf("got %v, want a call that was cancelled", read)
	}
}

// TestUnreachable is about hosts that no connection is made to: whatever was asked was not done.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	for name, cause := range map[string]error{
		"dial": &net.OpError{Op: "dial", Err: errors.New("connection refused")},
		"DNS":  &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "api.fiskl.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_x"), Transport: roundTrip(func(*http.Request) (*http.Response, error) { return nil, cause })})
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.Features.Request(t.Context(), schemas.NewFeatureRequest{})
			var e *fisklapi.Error
			if !errors.As(err, &e) || e.Kind != fisklapi.Unavailable || e.OutcomeUnknown || !strings.Contains(e.Message, "host") || !errors.Is(err, cause) {
				t.Errorf("got %+v, want a host that cannot be reached and nothing sent", e)
			}
		})
	}
}

package fisklapi_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestGuardIsAskedBefore makes every write end in every way. The guard is asked once before the request leaves, and
// learns once how it ended.
func TestGuardIsAskedBefore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault   sandbox.Fault
		outcome fisklapi.Outcome
		problem fisklapi.Kind
	}{
		"success":              {sandbox.Fault{}, fisklapi.Done, ""},
		"400":                  {sandbox.Fault{Status: 400}, fisklapi.NotDone, fisklapi.Invalid},
		"401":                  {sandbox.Fault{Status: 401}, fisklapi.NotDone, fisklapi.Unauthorized},
		"402":                  {sandbox.Fault{Status: 402}, fisklapi.NotDone, fisklapi.Subscription},
		"403":                  {sandbox.Fault{Status: 403}, fisklapi.NotDone, fisklapi.Forbidden},
		"404":                  {sandbox.Fault{Status: 404}, fisklapi.NotDone, fisklapi.NotFound},
		"409":                  {sandbox.Fault{Status: 409}, fisklapi.NotDone, fisklapi.Conflict},
		"422":                  {sandbox.Fault{Status: 422}, fisklapi.NotDone, fisklapi.Invalid},
		"429":                  {sandbox.Fault{Status: 429, RetryAfter: time.Second}, fisklapi.NotDone, fisklapi.RateLimited},
		"redirect":             {sandbox.Fault{Kind: sandbox.Redirect}, fisklapi.NotDone, fisklapi.WrongHost},
		"500":                  {sandbox.Fault{Status: 500}, fisklapi.Unknown, fisklapi.Unavailable},
		"503":                  {sandbox.Fault{Status: 503}, fisklapi.Unknown, fisklapi.Unavailable},
		"page":                 {sandbox.Fault{Kind: sandbox.HTML}, fisklapi.Unknown, fisklapi.WrongHost},
		"cut before":           {sandbox.Fault{Kind: sandbox.CutBefore}, fisklapi.Unknown, fisklapi.Unavailable},
		"no answer":            {sandbox.Fault{Kind: sandbox.Hang}, fisklapi.Unknown, fisklapi.Unavailable},
		"cut after":            {sandbox.Fault{Kind: sandbox.CutAfter}, fisklapi.Done, fisklapi.Unavailable},
		"half an answer":       {sandbox.Fault{Kind: sandbox.Truncated}, fisklapi.Done, ""},
		"fields we know not":   {sandbox.Fault{Kind: sandbox.UnknownFields}, fisklapi.Done, ""},
		"answer after a while": {sandbox.Fault{Latency: 20 * time.Second}, fisklapi.Done, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := demo()
				world, watch := watched(t, server)
				for _, w := range everyWriting() {
					watch.forget()
					server.ClearFaults()
					fault := test.fault
					fault.Method, fault.Path, fault.Times = w.method, w.path, -1
					server.Inject(fault)
					_, err := w.call(t.Context(), world.Client)
					outcome, problem := test.outcome, test.problem
					if (test.problem != "" || fault.Kind == sandbox.Truncated) && w.op == fisklapi.OpCreateFeatureRequest && outcome == fisklapi.Done {
						outcome, problem = fisklapi.Unknown, cmp.Or(problem, fisklapi.Unproven) // there is no list of them
					}
					if w.op == fisklapi.OpCreateFeatureRequest && slices.Contains([]string{"409", "redirect"}, name) {
						outcome = fisklapi.Unknown // an earlier copy may have been taken, and nothing can tell
					}
					if got, want := watch.order(), []string{"asked " + string(w.op), w.line(), "ended " + string(w.op) + ": " + string(outcome)}; !slices.Equal(got, want) {
						t.Errorf("%s: got %q, want %q", w.name, got, want)
					}
					if got := watch.result(t).Problem; got != string(problem) || problem != "" && !errors.Is(err, problem) {
						t.Errorf("%s: got problem %q and error %v, want %q", w.name, got, err, problem)
					}
					if answered := fault.Kind != sandbox.CutBefore && fault.Kind != sandbox.CutAfter && fault.Kind != sandbox.Hang; answered != (watch.result(t).RequestID != "") {
						t.Errorf("%s: got request id %q, answered: %t", w.name, watch.result(t).RequestID, answered)
					}
				}
			})
		})
	}
}

// TestGuardRefuses holds that no write leaves when the guard says no, and that its words reach the caller as they are.
func TestGuardRefuses(t *testing.T) {
	t.Parallel()
	refusal := errors.New("the limit is reached")
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			watch.refusal = refusal
			_, err := w.call(t.Context(), world.Client)
			if !errors.Is(err, refusal) || err.Error() != refusal.Error() {
				t.Errorf("got %v, want %v as it is", err, refusal)
			}
			if got, want := watch.order(), []string{"asked " + string(w.op)}; !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestGuardIsAskedUnderTheCall holds that a guard can tell whose call a write is part of, and that a client that only
// reads does not ask it.
func TestGuardIsAskedUnderTheCall(t *testing.T) {
	t.Parallel()
	type key struct{}
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			var got any
			guard := func(o *fisklapi.Options) {
				o.Guard = func(ctx context.Context, _ fisklapi.Write) (func(fisklapi.Result) fisklapi.Result, error) {
					got = ctx.Value(key{})
					return func(r fisklapi.Result) fisklapi.Result { return r }, nil
				}
			}
			world, _ := watched(t, demo(), guard)
			if _, err := w.call(context.WithValue(t.Context(), key{}, "call"), world.Client); err != nil || got != "call" {
				t.Errorf("got %v and error %v, want the call's own value", got, err)
			}
			world, watch := watched(t, demo(), func(o *fisklapi.Options) { o.ReadOnly = true })
			if _, err := w.call(t.Context(), world.Client); !errors.Is(err, fisklapi.ReadOnly) || len(watch.order()) > 0 {
				t.Errorf("got %v after %q, want a client that does not write", err, watch.order())
			}
		})
	}
}

// TestGuardLearnsOfACancelledCall is about a caller who gives up while a write is under way.
func TestGuardLearnsOfACancelledCall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		server := demo()
		world, watch := watched(t, server)
		for _, w := range everyWriting() {
			watch.forget()
			server.ClearFaults()
			server.Inject(sandbox.Fault{Method: w.method, Path: w.path, Latency: time.Minute})
			ctx, cancel := context.WithCancel(t.Context())
			stop := time.AfterFunc(time.Second, cancel)
			_, err := w.call(ctx, world.Client)
			stop.Stop()
			cancel()
			var e *fisklapi.Error
			if !errors.Is(err, context.Canceled) || !errors.As(err, &e) || !e.OutcomeUnknown || e.Found == "" {
				t.Errorf("%s: got %v, want the call cancelled and its outcome looked up", w.name, err)
			}
			if got, want := watch.order(), []string{"asked " + string(w.op), w.line(), "ended " + string(w.op) + ": unknown"}; !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", w.name, got, want)
			}
		}
	})
}

// TestGuardLearnsOfADefect makes the road out panic under every write.
func TestGuardLearnsOfADefect(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			watch.meddle = func(r *http.Request) *http.Response {
				if r.Method == w.method && r.URL.Path == w.path {
					panic("a defect")
				}
				return nil
			}
			func() {
				defer func() {
					if got := recover(); got != "a defect" {
						t.Errorf("got %v, want the panic passed on", got)
					}
				}()
				_, _ = w.call(t.Context(), world.Client)
			}()
			if got := watch.result(t); got.Outcome != fisklapi.Unknown || got.Problem != "defect" {
				t.Errorf("got %+v, want its outcome unknown", got)
			}
		})
	}
}

// TestGuardLearnsOfAStrangeAnswer is about a write that is acknowledged in a form that cannot be read, and of which the
// books show nothing.
func TestGuardLearnsOfAStrangeAnswer(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		for _, body := range []string{"", "[]", `"ok"`, `{"id":{}}`, `{"id":1`} {
			t.Run(w.name+" "+body, func(t *testing.T) {
				t.Parallel()
				world, watch := watched(t, demo())
				watch.meddle = func(r *http.Request) *http.Response {
					if r.Method != w.method || r.URL.Path != w.path {
						return nil
					}
					return &http.Response{StatusCode: http.StatusOK, Header: make(http.Header), Body: io.NopCloser(bytes.NewBufferString(body)), Request: r}
				}
				_, err := w.call(t.Context(), world.Client)
				if got := watch.result(t); got.Outcome != fisklapi.Unknown || got.Problem != string(fisklapi.Unproven) {
					t.Errorf("got %+v, want it unknown", got)
				}
				var e *fisklapi.Error
				if !errors.As(err, &e) || !e.OutcomeUnknown || e.Done || e.Kind != fisklapi.Unproven {
					t.Errorf("got %v, want it said that nothing shows that it was done", err)
				}
			})
		}
	}
}

// TestGuardLearnsOfABrokenAnswer is about a connection that breaks in the middle of the answer to a write that was
// carried out.
func TestGuardLearnsOfABrokenAnswer(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			watch := &watch{next: inprocess.Transport{Handler: demo()}}
			watch.meddle = func(r *http.Request) *http.Response {
				if r.Method != w.method || r.URL.Path != w.path {
					return nil
				}
				res, err := watch.next.RoundTrip(r)
				if err == nil {
					half := io.LimitReader(res.Body, 9)
					res.Body = io.NopCloser(io.MultiReader(half, iotest.ErrReader(io.ErrUnexpectedEOF)))
				}
				return res
			}
			client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key(sandbox.KeyOwner), Transport: watch, Guard: watch.guard, Rate: -1, Now: noon})
			if err != nil {
				t.Fatal(err)
			}
			want := fisklapi.Done
			if w.op == fisklapi.OpCreateFeatureRequest {
				want = fisklapi.Unknown
			}
			_, err = w.call(t.Context(), client)
			var e *fisklapi.Error
			if got := watch.result(t); got.Outcome != want || !errors.As(err, &e) || !e.OutcomeUnknown || e.Done != (want == fisklapi.Done) {
				t.Errorf("got %+v and error %+v, want %s", got, e, want)
			}
		})
	}
}

// TestGuardLearnsOfAnInvoiceThatExisted creates the same invoice twice.
func TestGuardLearnsOfAnInvoiceThatExisted(t *testing.T) {
	t.Parallel()
	world, watch := watched(t, demo())
	var first schemas.ID
	for _, want := range []fisklapi.Outcome{fisklapi.Done, fisklapi.Existed} {
		watch.forget()
		made, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("1", "10")})
		got := watch.result(t)
		if err != nil || got.Outcome != want || made.AlreadyExisted != (want == fisklapi.Existed) {
			t.Fatalf("got %+v and error %v, want %s", got, err, want)
		}
		if first == "" {
			first = made.ID
		}
		if got.ID != first || got.Name != made.Number || got.Amount != made.Total || got.Currency != "GBP" {
			t.Errorf("got %+v, want invoice %s", got, first)
		}
	}
}

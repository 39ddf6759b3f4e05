package fisklapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/oauth2"
	"golang.org/x/time/rate"
)

// transport is the road out, outermost first. The order matters: a retry is
// signed anew, waits for its turn again, and every attempt is logged.
func transport(o Options, many *crowd) http.RoundTripper {
	base := o.Transport
	if base == nil {
		base = NewTransport()
	}
	logger := o.Logger
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	var road http.RoundTripper = crowded{logged{trailed{unrepeated{base}}, logger}, many}
	road = renewing(o.TokenSource, signed{road, o.TokenSource})
	if pace := cmp.Or(o.Pace, NewPace(o.Rate)); pace != nil {
		road = limited{road, pace}
	}
	return retrying{once: road, again: retrier(resumed{road})}
}

// NewPace lets so many requests a second through in the long run, and as many as
// make three seconds at once; 0 means DefaultRate. It is nil, no limit, for a negative number.
func NewPace(perSecond float64) *rate.Limiter {
	limit := cmp.Or(perSecond, DefaultRate)
	if limit < 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(limit), int(3*limit)+1)
}

// NewTransport returns a pooled transport of the kind that a client has unless
// it is given one. Several clients can share it.
func NewTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: DefaultTimeout,
	}
}

// retrying tries again what is safe to try again: reads, and writes that were
// marked by withRetry. A second POST would be a second payment.
type retrying struct {
	once, again http.RoundTripper
}

func (t retrying) RoundTrip(req *http.Request) (*http.Response, error) {
	switch {
	case hasOneTry(req.Context()):
		return t.once.RoundTrip(req)
	case req.Method == http.MethodGet && req.Body == nil:
		return t.read(req)
	case req.Method == http.MethodGet, mayRetry(req.Context()):
		return t.again.RoundTrip(req)
	default:
		return t.once.RoundTrip(req)
	}
}

// read makes the first attempt at a read by itself. Hardly any needs another,
// and what makes those costs more than all else on this road.
func (t retrying) read(req *http.Request) (*http.Response, error) {
	res, err := t.once.RoundTrip(req)
	worth, failed := worthRetry(req.Context(), res, err)
	switch {
	case failed != nil:
		return nil, failed
	case !worth:
		return res, err
	}
	trailOf(req.Context()).first = &attempt{res, err}
	return t.again.RoundTrip(req)
}

// resumed hands the retries the first attempt, where it was made already.
type resumed struct{ next http.RoundTripper }

func (t resumed) RoundTrip(req *http.Request) (*http.Response, error) {
	all := trailOf(req.Context())
	if made := all.first; made != nil {
		all.first = nil
		return made.res, made.err
	}
	return t.next.RoundTrip(req)
}

// retryKey rides in the request's context, as [trailKey] does.
type retryKey struct{}

func withRetry(ctx context.Context) context.Context {
	return context.WithValue(ctx, retryKey{}, true)
}

func mayRetry(ctx context.Context) bool {
	_, ok := ctx.Value(retryKey{}).(bool)
	return ok
}

// oneTryKey rides there for a read that nobody waits for yet: what it is for
// will ask again.
type oneTryKey struct{}

func withOneTry(ctx context.Context) context.Context {
	return context.WithValue(ctx, oneTryKey{}, true)
}

func hasOneTry(ctx context.Context) bool {
	_, ok := ctx.Value(oneTryKey{}).(bool)
	return ok
}

// longestWait is how long a Retry-After is waited for; longer ones are
// reported, because somebody is waiting for the answer.
const longestWait = 5 * time.Second

func retrier(road http.RoundTripper) http.RoundTripper {
	c := retryablehttp.NewClient()
	c.HTTPClient = &http.Client{Transport: road, CheckRedirect: noRedirect}
	c.Logger = nil
	c.RetryMax = 3
	c.RetryWaitMin, c.RetryWaitMax = 150*time.Millisecond, 400*time.Millisecond
	c.Backoff = retryablehttp.RateLimitLinearJitterBackoff
	c.CheckRetry = worthRetry
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	return &retryablehttp.RoundTripper{Client: c}
}

func worthRetry(ctx context.Context, res *http.Response, err error) (bool, error) {
	if ctx.Err() != nil && res != nil {
		return false, nil // the answer is there; an error beside it would be one too many
	}
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		var credential *CredentialError
		return !errors.As(err, &credential), nil
	}
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return retryAfter(res.Header) <= longestWait, nil
	case http.StatusConflict, http.StatusLocked, http.StatusTooEarly:
		// A refusal of its own, unless it was for the company that it came in.
		return trailOf(ctx).crowded.Load(), nil
	default:
		return false, nil
	}
}

// signed puts the token on each attempt. The first is the client's own request;
// later ones get a copy, because the one before may still be on its way out.
type signed struct {
	next   http.RoundTripper
	source oauth2.TokenSource
}

func (t signed) RoundTrip(req *http.Request) (*http.Response, error) {
	token, err := t.source.Token()
	if err != nil {
		if req.Body != nil {
			_ = req.Body.Close() // nothing was read of it
		}
		return nil, err
	}
	if req.Header.Get("Authorization") != "" {
		req = req.Clone(req.Context())
	}
	token.SetAuthHeader(req)
	return t.next.RoundTrip(req)
}

// errNoTurn is why a request was not sent: its turn would come too late.
var errNoTurn = errors.New("no turn within the time given")

// limited sends no more requests a second than its limiter allows.
type limited struct {
	next    http.RoundTripper
	limiter *rate.Limiter
}

func (t limited) RoundTrip(req *http.Request) (*http.Response, error) {
	trailOf(req.Context()).info.Queued = time.Now()
	err := t.limiter.Wait(req.Context())
	switch {
	case err != nil && req.Context().Err() == nil:
		return nil, fmt.Errorf("%w: %w", errNoTurn, err)
	case err != nil:
		return nil, err
	}
	return t.next.RoundTrip(req)
}

// logged writes one debug record for each attempt. Queries hold names, headers
// hold the token and bodies hold the books: none of them is logged.
type logged struct {
	next   http.RoundTripper
	logger *slog.Logger
}

func (t logged) RoundTrip(req *http.Request) (*http.Response, error) {
	if !t.logger.Enabled(req.Context(), slog.LevelDebug) {
		return t.next.RoundTrip(req)
	}
	start := time.Now()
	res, err := t.next.RoundTrip(req)
	attrs := []slog.Attr{
		slog.String("method", req.Method),
		slog.String("path", req.URL.Path),
		slog.Duration("took", time.Since(start)),
	}
	if err != nil {
		attrs = append(attrs, slog.Bool("answered", false))
	} else {
		attrs = append(attrs, slog.Int("status", res.StatusCode), slog.String("request_id", res.Header.Get("X-Request-Id")))
	}
	t.logger.LogAttrs(req.Context(), slog.LevelDebug, "fiskl request", attrs...)
	return res, err
}

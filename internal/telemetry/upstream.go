package telemetry

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Transport observes the requests that go through next to Fiskl, each attempt
// for itself. It belongs innermost, below retries. No trace context goes to
// Fiskl, which is somebody else's house.
func (t *Telemetry) Transport(next http.RoundTripper) http.RoundTripper {
	if t.idle() {
		return next
	}
	return &observed{next: next, telemetry: t}
}

type observed struct {
	next      http.RoundTripper
	telemetry *Telemetry

	// failed counts the attempts that failed by their context. All attempts at
	// an operation have one context, and no two operations share it.
	failed sync.Map
}

func (o *observed) RoundTrip(req *http.Request) (*http.Response, error) {
	t, ctx := o.telemetry, req.Context()
	e := t.endpoint(req)
	resends := o.resends(ctx)
	if resends > 0 {
		t.meters.retries.WithLabelValues(string(e.Operation)).Inc()
	}
	span := t.open.beginUpstream(ctx, req, e, resends)
	t.meters.upstreamInFlight.Inc()
	start := time.Now()
	res, err := o.next.RoundTrip(req)
	took := time.Since(start)
	t.meters.upstreamInFlight.Dec()
	status := 0
	if err == nil {
		status = res.StatusCode
	}
	if err != nil || status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
		o.remember(ctx, resends+1)
	}
	if status == http.StatusTooManyRequests {
		t.LimitHit(upstream)
	}
	t.meters.upstream.WithLabelValues(string(e.Operation), class(status)).Inc()
	t.meters.upstreamDuration.WithLabelValues(string(e.Operation)).Observe(took.Seconds())
	t.open.endUpstream(req, span, e, status, took)
	return res, err
}

// resends is how many attempts at the operation failed before this one.
func (o *observed) resends(ctx context.Context) int {
	failed, _ := o.failed.Load(ctx)
	n, _ := failed.(int)
	return n
}

// remember keeps a count until the operation ends. One that cannot end is not
// remembered.
func (o *observed) remember(ctx context.Context, failed int) {
	if ctx.Done() == nil {
		return
	}
	if _, known := o.failed.Swap(ctx, failed); !known {
		context.AfterFunc(ctx, func() { o.failed.Delete(ctx) })
	}
}

// class is the status label; no status is an error.
func class(status int) string {
	switch {
	case status == 0:
		return "error"
	case status/100 == 2:
		return "2xx"
	default:
		return strconv.Itoa(status/100) + "xx"
	}
}

// routes finds the endpoint of a request: its pattern is that endpoint's
// method and path.
func routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, e := range fisklapi.Endpoints() {
		mux.Handle(e.Method+" "+e.Path, route{endpoint: e})
	}
	return mux
}

// plain is the method and path of an endpoint that has no ids in its path.
type plain struct{ method, path string }

// plains finds those endpoints in no time; most requests are for one of them.
func plains() map[plain]fisklapi.Endpoint {
	all := make(map[plain]fisklapi.Endpoint)
	for _, e := range fisklapi.Endpoints() {
		if !strings.Contains(e.Path, "{") {
			all[plain{e.Method, e.Path}] = e
		}
	}
	return all
}

// route is a handler that is only ever found, never called.
type route struct {
	http.Handler

	endpoint fisklapi.Endpoint
}

// endpoint is the one that a request is for. Its ids and its query are left
// behind here. The API's root may have a path of its own.
func (t *Telemetry) endpoint(req *http.Request) fisklapi.Endpoint {
	path := req.URL.EscapedPath()
	if i := strings.Index(path, "/v1/"); i >= 0 {
		path = path[i:]
	}
	if e, ok := t.plain[plain{req.Method, path}]; ok {
		return e
	}
	found, _ := t.routes.Handler(&http.Request{Method: req.Method, URL: &url.URL{Path: path}})
	if r, ok := found.(route); ok {
		return r.endpoint
	}
	return fisklapi.Endpoint{Operation: other, Method: other, Path: other}
}

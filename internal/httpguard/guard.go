// Package httpguard stands between the network and the MCP library. The
// library answers well-behaved clients; the guard answers all others, so that
// the library is reached only by requests of known callers that are small,
// well formed and no danger to anybody else's.
//
// From the outside in, a request passes: peer, Host, Origin, method, headers
// that are given twice, content encoding and type; who the caller is; how much
// the caller may do; the body, read once and only so far; the one JSON-RPC
// message in it; the session of an older era. What fails is answered at once
// with a status and a JSON-RPC error.
//
// On the way back the writer mends what the library cannot say: errors of a
// handler's choosing, plain text where JSON-RPC is due, streams that proxies
// would buffer or cut.
package httpguard

import (
	"cmp"
	"context"
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// guard is the handler that New makes.
type guard struct {
	next  http.Handler
	o     Options
	steps []step

	hosts     hosts
	origins   origins
	callers   *callers
	strangers *failedAuth
	flights   *inflight
	questions *questions
	memory    *memory
}

// step looks at one thing. What it refuses goes no further.
type step func(*exchange, *http.Request) *rpcerror.Refusal

// New puts a guard before next, which is the library's handler made with
// o.Sessions.ServerOptions.
func New(next http.Handler, o Options) http.Handler {
	o = o.withDefaults()
	g := &guard{
		next: next, o: o,
		hosts:     newHosts(o.Hosts, o.Loopback),
		origins:   newOrigins(o.Origins, o.LoopbackOrigins),
		callers:   newCallers(o.Limits),
		strangers: newStrangers(o.Limits, o.TrustedProxies),
		flights:   newFlights(),
		questions: newQuestions(),
		memory:    &memory{most: o.MaxBodies},
	}
	g.steps = []step{
		g.checkPeer, g.checkHost, g.checkOrigin, g.checkMethod, g.checkRepeats, g.checkContent,
		g.recognise, g.checkRate,
		g.readBody, g.readMessage, g.checkSession, g.checkTwice, g.takeSlot,
		g.repair,
	}
	return g
}

// ServeHTTP answers r.
func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := newExchange(g, w, r)
	defer g.observe(x, r)
	defer x.out.close()
	defer x.release()
	defer g.recoverFrom(x, r)
	if g.preflight(x, r) {
		return
	}
	for _, look := range g.steps {
		if refusal := look(x, r); refusal != nil {
			x.refuse(refusal)
			return
		}
	}
	if x.dropped() || g.questions.take(x) {
		x.out.WriteHeader(http.StatusAccepted)
		return
	}
	if refusal := x.unasked(); refusal != nil {
		x.refuse(refusal)
		return
	}
	g.pass(x, r)
	x.answerUnanswered(r.Context())
}

// pass hands the request to the library.
func (g *guard) pass(x *exchange, r *http.Request) {
	ctx := x.within(r.Context())
	if x.message.method == methodListen {
		var cancel context.CancelFunc
		ctx, cancel = endWithDrain(ctx)
		defer cancel()
	}
	r = r.WithContext(ctx)
	r.Body = &x.body
	g.next.ServeHTTP(&x.out, r)
	if x.message.method == methodInitialize {
		g.o.Sessions.forget(g.next, r, x.out.Header().Get(sessionHeader))
	}
}

// recognise finds out who calls.
func (g *guard) recognise(x *exchange, r *http.Request) *rpcerror.Refusal {
	if g.o.Authenticator == nil {
		p, ok := principal.From(r.Context())
		if !ok {
			return principal.Refusal(nil)
		}
		x.caller = p
		return nil
	}
	suspected := g.strangers.check(r)
	asking := r
	if suspected != nil {
		asking = r.WithContext(principal.WithoutLook(r.Context()))
	}
	p, err := g.o.Authenticator.Authenticate(asking)
	if err != nil {
		refusal := principal.Refusal(err)
		switch {
		case refusal.Status == http.StatusUnauthorized:
			g.strangers.failed(r)
			return cmp.Or(suspected, refusal)
		case refusal.Reason == principal.Unanswered: // it was a question all the same
			g.strangers.failed(r)
		}
		return refusal
	}
	principal.Strip(r)
	x.caller = p
	return nil
}

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// arrivesWithin is how long after its journal line a request that was given up
// may still arrive. It is less than what the controls wait for.
const arrivesWithin = 50 * time.Second

// road leads to the sandbox, one request at a time. It writes down which try
// each write belongs to.
type road struct {
	clock *clock
	box   *sandbox.Server
	end   inprocess.Transport

	agreed sync.RWMutex // held for reading while what a person agreed to is done

	mu       sync.Mutex
	rate     float64 // of faults
	dice     *rand.Rand
	met      map[string]int
	arrivals map[int64]*try // by the second at which they were carried out
	effects  map[string]int // how often a try was carried out, by its name
	others   map[int64]bool // seconds at which somebody else changed something
	unseen   []string       // e-mails to whom nobody was shown
	underway []delivery
}

// delivery is a write that was given up and is still under way.
type delivery struct {
	req *http.Request
	try *try
	due time.Time
}

func newRoad(c *clock, seed uint64) *road {
	box := sandbox.New(sandbox.Options{Now: c.Now, Empty: true})
	return &road{
		clock: c, box: box, end: inprocess.Transport{Handler: box}, dice: rand.New(rand.NewPCG(seed, 0)), //nolint:gosec // dice
		met: untroubled(), arrivals: make(map[int64]*try), effects: make(map[string]int), others: make(map[int64]bool),
	}
}

// worsen sets how many requests meet a fault.
func (r *road) worsen(rate float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rate = rate
}

// RoundTrip passes a request on, unless its caller has gone.
func (r *road) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	t := r.trouble(isWrite(req))
	if !isWrite(req) {
		return r.meet(req, t)
	}
	if err := r.deliver(r.clock.step(time.Second)); err != nil {
		return nil, err
	}
	who := tryOf(req.Context())
	if left := who.left(r.clock.Now()); t.late && left > 0 {
		return nil, r.delay(req, delivery{try: who, due: r.clock.Now().Add(time.Duration(r.dice.Int64N(int64(left))))})
	} else if t.late {
		t = trouble{timeout: true}
	}
	if !t.before {
		r.arrivals[r.clock.Now().Unix()] = who
	}
	return r.meet(req, t)
}

// isWrite reports a request that changes something.
func isWrite(req *http.Request) bool {
	return req.Method != http.MethodGet && !strings.HasSuffix(req.URL.Path, "/preview")
}

// trouble throws the dice.
func (r *road) trouble(write bool) trouble {
	if r.dice.Float64() >= r.rate {
		return trouble{}
	}
	all := troubles()
	if !write {
		all = slices.DeleteFunc(all, func(t trouble) bool { return t.says != 0 || t.goAway }) // these are ways to answer a write
	}
	t := all[r.dice.IntN(len(all))]
	if !write && t.late {
		t = trouble{name: "timeout", timeout: true}
	}
	r.met[t.name]++
	return t
}

// meet carries a request to the sandbox and into trouble.
func (r *road) meet(req *http.Request, t trouble) (*http.Response, error) {
	if t.before && (t.says != 0 || t.goAway) {
		return t.answer(req)
	}
	if isWrite(req) && strings.HasSuffix(req.URL.Path, "/send") {
		if err := r.addressed(req, tryOf(req.Context())); err != nil {
			return nil, err
		}
	}
	if t.fault != (sandbox.Fault{}) {
		r.box.Inject(t.fault)
		defer r.box.ClearFaults()
	}
	res, err := r.carryOut(req.WithContext(context.WithoutCancel(req.Context())))
	if err != nil {
		return nil, err
	}
	return t.passOn(req, res)
}

// passOn is what becomes of the sandbox's answer on its way back.
func (t trouble) passOn(req *http.Request, res *http.Response) (*http.Response, error) {
	gone := req.Context().Err()
	switch {
	case t.timeout:
		return nil, errors.Join(context.DeadlineExceeded, res.Body.Close())
	case t.cut:
		return nil, errors.Join(io.ErrUnexpectedEOF, res.Body.Close())
	case gone != nil:
		return nil, errors.Join(gone, res.Body.Close())
	case t.gateway:
		return badGateway(req), res.Body.Close()
	case t.goAway, t.says != 0 && res.StatusCode < http.StatusMultipleChoices: // a refusal is passed on as it is
		if err := res.Body.Close(); err != nil {
			return nil, err
		}
		return t.answer(req)
	default:
		return res, nil
	}
}

// carryOut hands a request to the sandbox and notes what it did.
func (r *road) carryOut(req *http.Request) (*http.Response, error) {
	res, err := r.end.RoundTrip(req)
	if err != nil || !isWrite(req) {
		return res, err
	}
	who := tryOf(req.Context())
	replay := res.StatusCode == http.StatusOK && req.URL.Path == "/v1/invoices" // of an invoice that was there
	if res.StatusCode < http.StatusMultipleChoices && !replay {
		r.effects[who.name]++
	}
	return res, nil
}

// delay keeps a write for later and has its caller give up.
func (r *road) delay(req *http.Request, d delivery) error {
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		if err := errors.Join(err, req.Body.Close()); err != nil {
			return err
		}
	}
	d.req = req.Clone(context.WithoutCancel(req.Context()))
	d.req.Body = io.NopCloser(bytes.NewReader(body))
	r.underway = append(r.underway, d)
	return context.DeadlineExceeded
}

// deliver lets the writes arrive that are due, each in a second of its own.
func (r *road) deliver(now time.Time) error {
	var left []delivery
	for _, d := range r.underway {
		if d.due.After(now) {
			left = append(left, d)
			continue
		}
		r.arrivals[r.clock.Now().Unix()] = d.try
		res, err := r.carryOut(d.req)
		if err == nil {
			err = res.Body.Close()
		}
		if err != nil {
			return err
		}
		r.clock.step(time.Second)
	}
	r.underway = left
	return nil
}

// clear lets everything arrive that is under way.
func (r *road) clear() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.deliver(r.clock.step(time.Second).Add(arrivesWithin))
}

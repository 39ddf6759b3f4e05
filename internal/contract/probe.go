package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// Verdict is what came of asking one operation.
type Verdict string

// The verdicts.
const (
	Kept     Verdict = "ok"        // the answer is as the contract says
	Differs  Verdict = "differs"   // it is not
	Moved    Verdict = "moved"     // there is nothing where the contract has the operation
	Refused  Verdict = "refused"   // the credential may not read it
	Failed   Verdict = "failed"    // no answer that could be looked at
	NotAsked Verdict = "not asked" // nothing to ask with
)

// Outcome is one operation that reads, and how its answer compares with the
// contract. Fields are named by their place, such as items[].taxIds; nothing
// of what they hold is kept.
type Outcome struct {
	Operation fisklapi.Operation `json:"operation"`
	Method    string             `json:"method"`
	Path      string             `json:"path"`
	Verdict   Verdict            `json:"verdict"`
	Unknown   []string           `json:"unknown,omitempty"` // came, and the contract does not know it
	Missing   []string           `json:"missing,omitempty"` // did not come, and the contract counts on it
	Changed   []string           `json:"changed,omitempty"` // came in another form, as sentences
	Unseen    []string           `json:"unseen,omitempty"`  // may come, and did not in what was read
	Why       string             `json:"why,omitempty"`     // for an operation that was not compared
}

// Sound reports that nothing the contract counts on was found wanting.
func (o Outcome) Sound() bool {
	return o.Verdict != Moved && o.Verdict != Failed && len(o.Missing) == 0 && len(o.Changed) == 0
}

// together is how many operations are asked at a time.
const together = 4

// Probe asks every operation that reads once and compares what comes with the
// contract. held are the permissions of the credential; nil means that they are
// not known. The outcomes are in the contract's order.
func (c *Contract) Probe(ctx context.Context, api *fisklapi.Client, held []string) []Outcome {
	p := probe{api: api, held: held, found: make(map[string]any), outcomes: make(map[fisklapi.Operation]Outcome)}
	all := c.inquiries(api.Endpoints())
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(i inquiry) bool { return i.depth() != all[0].depth() })
		if n < 0 {
			n = len(all)
		}
		p.askAll(ctx, all[:n])
		all = all[n:]
	}
	var outcomes []Outcome
	for _, e := range api.Endpoints() {
		if o, asked := p.outcomes[e.Operation]; asked {
			outcomes = append(outcomes, o)
		}
	}
	return outcomes
}

type probe struct {
	api  *fisklapi.Client
	held []string

	mu       sync.Mutex
	found    map[string]any // answers by their path in the contract
	outcomes map[fisklapi.Operation]Outcome
}

// askAll asks operations of which none needs another's answer.
func (p *probe) askAll(ctx context.Context, all []inquiry) {
	turns := make(chan struct{}, together)
	var asked sync.WaitGroup
	for _, i := range all {
		asked.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			o, found := p.ask(ctx, i)
			p.mu.Lock()
			defer p.mu.Unlock()
			p.outcomes[i.endpoint.Operation] = o
			p.found[i.place] = found
		})
	}
	asked.Wait()
}

// ask asks one operation and returns what came beside what is thought of it.
func (p *probe) ask(ctx context.Context, i inquiry) (Outcome, any) {
	e := i.endpoint
	o := Outcome{Operation: e.Operation, Method: e.Method, Path: e.Path, Verdict: NotAsked}
	if e.Permission != "" && p.held != nil && !slices.Contains(p.held, e.Permission) {
		o.Why = "the credential lacks " + e.Permission
		return o, nil
	}
	ids, query, lacks := p.fill(i)
	if lacks != "" {
		o.Why = "no " + lacks + " to ask with"
		return o, nil
	}
	body, err := p.api.Raw(ctx, e.Operation, ids, query)
	if err != nil {
		o.Verdict, o.Why = unanswered(err)
		return o, nil
	}
	return i.judge(o, p.api.Canonical(e.Operation, body))
}

// judge compares an answer with the contract.
func (i inquiry) judge(o Outcome, body []byte) (Outcome, any) {
	var found any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&found); err != nil {
		o.Verdict, o.Why = Failed, "the answer is not JSON"
		return o, nil
	}
	o.Verdict = Kept
	if i.answer == nil {
		return o, found
	}
	w := newWalk()
	w.value(i.answer, found, "")
	o.Unknown, o.Missing, o.Changed, o.Unseen = names(w.unknown), names(w.missing), names(w.changed), w.unseen()
	if len(o.Unknown)+len(o.Missing)+len(o.Changed) > 0 {
		o.Verdict = Differs
	}
	return o, found
}

// unanswered says why there is nothing to compare. What Fiskl itself said is
// left out: it may hold somebody's names.
func unanswered(err error) (Verdict, string) {
	var failed *fisklapi.Error
	if !errors.As(err, &failed) {
		return Failed, "it could not be asked"
	}
	switch failed.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return Moved, fmt.Sprintf("HTTP %d: there is nothing", failed.Status)
	case http.StatusForbidden:
		return Refused, "HTTP 403: the credential may not read it"
	case 0:
		return Failed, strings.TrimSuffix(failed.Message, ".") // our own words
	default:
		return Failed, fmt.Sprintf("HTTP %d: %s", failed.Status, failed.Kind)
	}
}

// Sentence says what came of it, in one line; empty when all is as it should
// be.
func (o Outcome) Sentence() string {
	if o.Why != "" {
		return o.Why
	}
	var parts []string
	if len(o.Missing) > 0 {
		parts = append(parts, "lacks "+some(o.Missing))
	}
	if len(o.Changed) > 0 {
		parts = append(parts, some(o.Changed))
	}
	if len(o.Unknown) > 0 {
		parts = append(parts, "also sends "+some(o.Unknown))
	}
	if len(parts) > 0 && len(o.Unseen) > 0 {
		parts = append(parts, "did not send "+some(o.Unseen))
	}
	return strings.Join(parts, "; ")
}

// some lists names, but not too many.
func some(all []string) string {
	const most = 8
	if len(all) <= most {
		return strings.Join(all, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most], ", "), len(all)-most)
}

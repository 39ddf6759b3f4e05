package sandbox

import (
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// FaultKind is a way for an answer to go wrong that is more than a status.
type FaultKind string

// The ways an answer can go wrong.
const (
	CutBefore     FaultKind = "CutBefore"     // The connection is cut before anything happened.
	CutAfter      FaultKind = "CutAfter"      // The request is carried out, then the connection is cut without an answer.
	HTML          FaultKind = "HTML"          // A web page with status 200, as a wrong host answers.
	Redirect      FaultKind = "Redirect"      // A redirect to a sign-in page.
	Truncated     FaultKind = "Truncated"     // The request is carried out, the JSON of its answer stops in the middle.
	Envelope      FaultKind = "Envelope"      // Lists come wrapped in an object, as Spring does it.
	UnknownFields FaultKind = "UnknownFields" // Every object carries fields the contract does not know.
	Huge          FaultKind = "Huge"          // An answer of 16 MiB.
	Hang          FaultKind = "Hang"          // No answer until the caller gives up.
)

// FaultKinds are all kinds of fault.
func FaultKinds() []FaultKind {
	return []FaultKind{CutBefore, CutAfter, HTML, Redirect, Truncated, Envelope, UnknownFields, Huge, Hang}
}

// Fault makes requests fail on purpose. Of several faults a request meets the first that matches it and is not used up.
type Fault struct {
	Method     string        // Of the requests to hit; empty means any.
	Path       string        // Exact or a pattern of [path.Match], in which * stops at a slash; empty means any.
	Times      int           // How many matching requests are hit: 0 means one, -1 all.
	After      int           // How many matching requests are let through first.
	Latency    time.Duration // What the answer is delayed by, also without any other fault.
	Status     int           // Answer with this status and Fiskl's error body instead of carrying out the request.
	RetryAfter time.Duration // Sent with Status as Retry-After in whole seconds, rounded up; 0 sends none.
	Kind       FaultKind     // Empty means none but the above.
}

// faults are those that wait for a request.
type faults struct {
	mu      sync.Mutex
	waiting []*Fault
}

func (f *faults) add(fault Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fault.Times == 0 {
		fault.Times = 1
	}
	f.waiting = append(f.waiting, &fault)
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = nil
}

// match takes the fault a request meets, if any.
func (f *faults) match(r *http.Request) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range f.waiting {
		if fault.Times == 0 || !fault.matches(r) {
			continue
		}
		if fault.After > 0 {
			fault.After--
			continue
		}
		if fault.Times > 0 {
			fault.Times--
		}
		return *fault, true
	}
	return Fault{}, false
}

func (f *Fault) matches(r *http.Request) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, r.Method) {
		return false
	}
	if f.Path == "" || f.Path == r.URL.Path {
		return true
	}
	matched, err := path.Match(f.Path, r.URL.Path)
	return err == nil && matched
}

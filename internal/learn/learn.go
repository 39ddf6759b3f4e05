package learn

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// Options says how to learn. The zero value of all but Base works.
type Options struct {
	Base      string              // the API's root, which the dialect is for
	Endpoints []fisklapi.Endpoint // where the operations are thought to be; nil is [fisklapi.Endpoints]
	Places    func(currency string) int
	Now       time.Time // today; the zero time is the present
	Requests  int       // the most that are made; 0 is [DefaultRequests]
}

// DefaultRequests is the most requests that are made.
const DefaultRequests = 120

// Why nothing can be learned.
var (
	ErrNothing  = errors.New("nothing could be read, so nothing was learned")
	ErrUnsteady = errors.New("the API answers the same question in different forms, so nothing was learned")
)

// Learn finds out how an API differs from the canonical form. What it could not
// find out is in the report. It asks one thing after the other.
func Learn(ctx context.Context, source Source, o Options) (dialect.Dialect, Report, error) {
	s := newSession(source, o)
	s.gather(ctx)
	if !s.anything() {
		return dialect.Dialect{}, s.finished(), s.nothing()
	}
	if !s.steady(ctx) {
		return dialect.Dialect{}, s.finished(), ErrUnsteady
	}
	s.settle()
	s.tryPages(ctx)
	s.tryParameters(ctx)
	s.learnWords(ctx)
	s.learnFactors()
	s.doubts()
	d := s.dialect(o)
	if err := d.Validate(); err != nil {
		return dialect.Dialect{}, s.finished(), fmt.Errorf("what was learned contradicts itself: %w", err)
	}
	return d, s.finished(), nil
}

// session is one time of learning.
type session struct {
	asker
	now       time.Time
	places    func(string) int
	endpoints map[fisklapi.Operation]fisklapi.Endpoint
	readings  map[fisklapi.Operation]*reading
	order     []fisklapi.Operation

	money dialect.Money
	days  dialect.Days
	pages dialect.Pages
	words map[string]map[string]string // by vocabulary: theirs to ours
	usual map[string]string            // our name to the place it has in most operations

	heads    map[string]string // first parts of paths, and what they are called
	searched int               // requests for other places
	vain     int               // operations whose period was looked for under all names in vain
	spoken   map[string]bool   // vocabularies of which the API is asked for our words

	start, end string // a period in which there is something
	pair       pair   // the names of the two parameters of a period
	parameters map[fisklapi.Operation]map[string]string
	report     Report
}

func newSession(source Source, o Options) *session {
	s := &session{
		asker: asker{source: source, most: cmp.Or(o.Requests, DefaultRequests)},
		now:   o.Now, places: o.Places, pair: pair{"start", "end"},
		endpoints:  make(map[fisklapi.Operation]fisklapi.Endpoint),
		readings:   make(map[fisklapi.Operation]*reading),
		words:      make(map[string]map[string]string),
		heads:      make(map[string]string),
		spoken:     make(map[string]bool),
		parameters: make(map[fisklapi.Operation]map[string]string),
	}
	if s.now.IsZero() {
		s.now = time.Now()
	}
	if o.Endpoints == nil {
		o.Endpoints = fisklapi.Endpoints()
	}
	for _, e := range o.Endpoints {
		s.endpoints[e.Operation] = e
	}
	return s
}

// anything reports that some operation was answered.
func (s *session) anything() bool {
	for _, r := range s.readings {
		if len(r.bodies) > 0 {
			return true
		}
	}
	return false
}

// nothing says why nothing was answered.
func (s *session) nothing() error {
	if s.over != nil && !errors.Is(s.over, errSpent) {
		return fmt.Errorf("%w: %w", ErrNothing, s.over)
	}
	return ErrNothing
}

// finished is the report with what became of each operation.
func (s *session) finished() Report {
	r := s.report
	r.Requests = s.asked
	for _, op := range s.order {
		one := s.readings[op]
		r.Operations = append(r.Operations, Learned{
			Operation: op, Path: one.endpoint.Path, Read: one.sound(), Why: one.problem, Missing: one.missing, Evidence: one.evidence,
		})
	}
	if s.over != nil {
		r.Stopped = reason(s.over)
	}
	return r
}

// reason says in our own words why something was not answered.
func reason(err error) string {
	var failed *fisklapi.Error
	switch {
	case errors.As(err, &failed) && failed.Status != 0:
		return fmt.Sprintf("HTTP %d, %s", failed.Status, failed.Kind)
	case errors.As(err, &failed):
		return failed.Message
	case errors.Is(err, context.DeadlineExceeded):
		return "the time was up"
	default:
		return err.Error()
	}
}

func (s *session) note(format string, args ...any) {
	s.report.Facts = append(s.report.Facts, fmt.Sprintf(format, args...))
}

func (s *session) doubt(op fisklapi.Operation, what string, candidates ...string) {
	s.report.Doubts = append(s.report.Doubts, Doubt{op, what, candidates})
}

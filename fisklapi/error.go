package fisklapi

import (
	"fmt"
	"log/slog"
	"time"
)

// Error is a request that did not succeed.
type Error struct {
	Kind       Kind
	Endpoint   Endpoint      // what was asked, with the permission and scope it needs
	Status     int           // HTTP status; 0 when there was no answer
	Message    string        // Fiskl's own words or ours, cleaned of what could mislead
	RequestID  string        // Fiskl's id of the request, for its support
	RetryAfter time.Duration // how long Fiskl asked to wait; 0 when it did not say

	// Ours says that Message is this client's own words though Fiskl answered.
	Ours bool

	// OutcomeUnknown is set when a write was sent and its answer was lost: it
	// may or may not have been carried out.
	OutcomeUnknown bool

	// Done is set when the write was carried out, because Fiskl acknowledged it
	// or a look-up showed it, and only its result could not be read.
	Done bool

	// Found is what a look-up after a lost answer showed, as a sentence.
	Found string

	bare  bool // a 404 at a record's path, without a word
	cause error
}

// Error describes the failure in one line for logs and developers.
func (e *Error) Error() string {
	s := fmt.Sprintf("%s: %s", e.Endpoint.Operation, e.Kind)
	if e.Status != 0 {
		s += fmt.Sprintf(" (HTTP %d)", e.Status)
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	return s
}

// Is reports whether target is the error's kind.
func (e *Error) Is(target error) bool { return target == e.Kind }

// Unwrap returns what caused the error: a context's end, a network error.
func (e *Error) Unwrap() error { return e.cause }

// LogValue logs an error by its facts. Messages can hold names and amounts,
// which are somebody's books, and stay out.
func (e *Error) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("operation", string(e.Endpoint.Operation)),
		slog.String("kind", string(e.Kind)),
		slog.Int("status", e.Status),
		slog.String("request_id", e.RequestID),
		slog.Bool("outcome_unknown", e.OutcomeUnknown),
	)
}

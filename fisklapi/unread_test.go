package fisklapi_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// untold reports that the caller is told that nobody knows whether it was done.
func untold(err error) bool {
	e, failed := errors.AsType[*fisklapi.Error](err)
	return failed && e.OutcomeUnknown
}

// TestRefusedAndUnread refuses a write that cannot be read back. It is told as not done only where the refusal is of
// the request itself or of its pace.
func TestRefusedAndUnread(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]fisklapi.Outcome{
		http.StatusBadRequest:          fisklapi.NotDone,
		http.StatusUnauthorized:        fisklapi.NotDone,
		http.StatusForbidden:           fisklapi.NotDone,
		http.StatusNotFound:            fisklapi.NotDone,
		http.StatusUnprocessableEntity: fisklapi.NotDone,
		http.StatusSeeOther:            fisklapi.Unknown,
		http.StatusRequestTimeout:      fisklapi.Unknown,
		http.StatusConflict:            fisklapi.Unknown,
		http.StatusPreconditionFailed:  fisklapi.Unknown,
		http.StatusLocked:              fisklapi.Unknown,
		http.StatusTooEarly:            fisklapi.Unknown,
		http.StatusTooManyRequests:     fisklapi.NotDone,
		499:                            fisklapi.Unknown,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			server := demo()
			server.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/feature-requests", Status: status, Times: -1})
			world, watch := watched(t, server)
			_, err := world.Features.Request(t.Context(), schemas.NewFeatureRequest{Title: "Quotes", Description: "Making them."})
			got := watch.result(t)
			if got.Outcome != want || untold(err) != (want == fisklapi.Unknown) {
				t.Errorf("got %+v and error %v, want %s", got, err, want)
			}
		})
	}
}

// TestRefusedWithoutLooking refuses a new client of a credential that may not list clients.
func TestRefusedWithoutLooking(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]fisklapi.Outcome{
		http.StatusUnprocessableEntity: fisklapi.NotDone,
		http.StatusConflict:            fisklapi.Unknown,
	} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			server := demo()
			server.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/clients", Status: status, Times: -1})
			world, watch := watched(t, server)
			watch.meddle = func(req *http.Request) *http.Response {
				if req.Method == http.MethodPost {
					server.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/clients", Status: http.StatusForbidden, Times: -1})
				}
				return nil
			}
			_, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed Ltd"}})
			if got := watch.result(t); got.Outcome != want || untold(err) != (want == fisklapi.Unknown) {
				t.Errorf("got %+v and error %v, want %s", got, err, want)
			}
		})
	}
}

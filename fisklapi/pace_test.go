package fisklapi_test

import (
	"errors"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// TestSharedPace finds that clients with one pace take turns, and that others
// do not.
func TestSharedPace(t *testing.T) {
	t.Parallel()
	const hardly = 0.001 // requests a second: the first goes through at once, and the next is due tomorrow
	box := sandbox.New(sandbox.Options{})
	for name, second := range map[string]bool{"shared": false, "apart": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pace := fisklapi.NewPace(hardly)
			for i, want := range []bool{true, second} {
				o := fisklapi.Options{
					TokenSource: fisklapi.Key(sandbox.KeyOwner), Transport: inprocess.Transport{Handler: box},
					BaseURL: "http://127.0.0.1", Rate: hardly, Timeout: time.Minute,
				}
				if name == "shared" {
					o.Pace = pace
				}
				client, err := fisklapi.New(o)
				if err != nil {
					t.Fatal(err)
				}
				_, err = client.Permissions.List(t.Context())
				if got := err == nil; got != want || err != nil && !errors.Is(err, fisklapi.RateLimited) {
					t.Errorf("client %d: got %v, want an answer: %t", i+1, err, want)
				}
			}
		})
	}
	if fisklapi.NewPace(-1) != nil {
		t.Error("a negative rate is a limit")
	}
}

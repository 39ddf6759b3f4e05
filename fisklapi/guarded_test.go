package fisklapi_test

import (
	"context"
	"errors"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestGuarded has a guard that reads the books through the client that it was made over: what that client knows, the
// guarded one knows too, and every write of it is asked about.
func TestGuarded(t *testing.T) {
	t.Parallel()
	reader, watch := watched(t, demo())
	refusal := errors.New("not in these books")
	var asked []string
	guarded := reader.Guarded(func(ctx context.Context, w fisklapi.Write) (func(fisklapi.Result) fisklapi.Result, error) {
		company, err := reader.Companies.Get(ctx)
		asked = append(asked, string(w.Operation)+" at "+company.Name)
		return nil, errors.Join(err, refusal)
	})
	if _, err := guarded.Companies.Get(t.Context()); err != nil {
		t.Fatal(err)
	}
	read := len(reader.tape.all())
	_, err := guarded.Features.Request(t.Context(), schemas.NewFeatureRequest{Title: "Quotes", Description: "Making them."})
	if !errors.Is(err, refusal) || len(asked) != 1 || asked[0] != "createFeatureRequest at Harbour & Finch Studio Ltd" {
		t.Errorf("got %v after %q, want the guard asked once", err, asked)
	}
	if len(reader.tape.all()) != read || len(watch.order()) != 0 {
		t.Errorf("sent %d requests more and saw %q, want the company remembered, and nothing written", len(reader.tape.all())-read, watch.order())
	}
}

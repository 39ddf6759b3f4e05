package fisklapi_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func logTo(out *bytes.Buffer, level slog.Level) adjust {
	return func(o *fisklapi.Options) {
		o.Logger = slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: level}))
	}
}

// TestLog holds that the log says what was asked of whom, and nothing of what was said.
func TestLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	world, _ := sandboxed(t, logTo(&out, slog.LevelDebug))
	if _, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "Northwind"}); err != nil {
		t.Fatal(err)
	}
	if _, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Quiet Ltd", Email: "hush@quiet.example"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "1024"}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(world.tape.all()) {
		t.Errorf("got %d lines for %d requests:\n%s", len(lines), len(world.tape.all()), &out)
	}
	for _, want := range []string{"method=GET path=/v1/clients ", "method=POST path=/v1/clients ", "path=/v1/clients/1024 ", "status=201", "request_id=sandbox-000001", "took="} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("got\n%s\nwant it to hold %q", &out, want)
		}
	}
	for _, secret := range []string{"fsk_", "Bearer", "Northwind", "name=", "Quiet", "hush", "Acme", "?"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("got\n%s\nwhich holds %q", &out, secret)
		}
	}
}

func TestLogOfNoAnswer(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	world, _ := faulty(t, sandbox.Fault{Kind: sandbox.CutBefore}, logTo(&out, slog.LevelDebug))
	if _, err := world.Features.Request(t.Context(), schemas.NewFeatureRequest{Title: "Quiet"}); err == nil {
		t.Error("got no error")
	}
	if s := out.String(); !strings.Contains(s, "answered=false") || strings.Contains(s, "Quiet") || strings.Contains(s, "fsk_") {
		t.Errorf("got %s", s)
	}
}

func TestNoLogAboveDebug(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	world, _ := sandboxed(t, logTo(&out, slog.LevelInfo))
	if _, err := world.Companies.Fresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 0 {
		t.Errorf("got %s, want nothing", &out)
	}
}

package shapes_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: present})

func newSandbox() *sandbox.Server {
	return sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
}

// server is the catalogue of tools over an API that speaks a dialect, or nil for
// one of which nothing is known. Nobody is asked to confirm.
func server(t *testing.T, api http.Handler, d *fisklapi.Dialect) *tools.Catalog {
	t.Helper()
	var client *fisklapi.Client
	o := tools.Options{Mode: "sandbox", Confirm: tools.ConfirmOff, Now: present}
	o.Policy = writepolicy.New(writepolicy.Options{
		Limits: writepolicy.Unlimited(), Logger: slog.New(slog.DiscardHandler), Now: present,
		Company: func(context.Context) (writepolicy.Company, error) {
			return writepolicy.Company{Key: "demo", Name: "Demo", Zone: time.UTC}, nil
		},
		LookBack: func(ctx context.Context, w fisklapi.Write, begun time.Time) (fisklapi.Result, error) {
			return client.LookBack(ctx, w, begun)
		},
	})
	t.Cleanup(func() {
		if err := o.Policy.Close(); err != nil {
			t.Error(err)
		}
	})
	o.Exports = export.New(export.Options{Dir: t.TempDir(), Owner: sandbox.KeyOwner, Now: present})
	client, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: api}, Rate: -1,
		MinorUnits: fisklapi.Hundredths, Now: present, Guard: o.Policy.Guard, Dialect: d,
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := tools.New(client, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// call is one question.
type call struct{ tool, args string }

func (c call) String() string { return c.tool + " " + c.args }

// told is what a call came to.
type told struct {
	failed bool
	text   string
	answer any
}

func ask(t *testing.T, c *tools.Catalog, q call) told {
	t.Helper()
	tool, ok := c.Find(q.tool)
	if !ok {
		t.Fatalf("there is no tool %s", q.tool)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	a := c.Call(ctx, tool, tools.Request{Args: json.RawMessage(q.args)})
	got := told{failed: a.Err != nil, text: a.Text}
	if !got.failed {
		if err := json.Unmarshal(a.Structured, &got.answer); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	return got
}

func askAll(t *testing.T, c *tools.Catalog, calls []call) []told {
	t.Helper()
	all := make([]told, 0, len(calls))
	for _, q := range calls {
		all = append(all, ask(t, c, q))
	}
	return all
}

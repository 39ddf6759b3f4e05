// Package replicas_test plays whole conversations with several replicas of the
// shared endpoint behind a real nginx.
package replicas_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// client is one that plays the scenario.
type client struct {
	fleet   *fleet
	call    func(t *testing.T, tool string, arguments map[string]any) *mcp.CallToolResult
	asks    bool // it can put questions to the person, who agrees
	travels bool // each of its requests goes to another replica
}

// connect is the official client at the public address.
func (f *fleet) connect(t *testing.T, asks bool) *mcp.ClientSession {
	t.Helper()
	options := &mcp.ClientOptions{}
	if asks {
		options.ElicitationHandler = func(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"confirm": true}}, nil
		}
	}
	// The session is closed in a cleanup, when t.Context is already over.
	ctx := context.WithoutCancel(t.Context())
	maker := mcp.NewClient(&mcp.Implementation{Name: "replicas", Version: "1"}, options)
	s, err := maker.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: "https://" + public + "/mcp", HTTPClient: f.client, MaxRetries: -1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // the replicas may be gone
	return s
}

// take makes the call of a step, in two where it needs a yes. The two must
// land on different replicas, where requests travel.
func (c client) take(t *testing.T, one scenario.Step) *mcp.CallToolResult {
	t.Helper()
	begun := len(c.fleet.visited.since(0))
	arguments := maps.Clone(one.Arguments)
	if one.Confirm && !c.asks {
		first := c.call(t, one.Tool, arguments)
		arguments["confirm_token"] = scenario.At(first, "confirm_token")
		if first.IsError || arguments["confirm_token"] == nil {
			t.Errorf("%s: %s", one.Tool, scenario.Text(first))
		}
	}
	result := c.call(t, one.Tool, arguments)
	if went := c.fleet.visited.since(begun); one.Confirm && c.travels && (len(went) != 2 || went[0] == went[1]) {
		t.Errorf("%s went to %q: want two replicas", one.Tool, went)
	}
	return result
}

// TestEveryTool calls every tool in revision 2026-07-28, without stickiness:
// every request goes to another replica than the one before. Invoices are
// created, sent and paid, agreed to by question and by token.
func TestEveryTool(t *testing.T) {
	t.Parallel()
	for name, asks := range map[string]bool{"by question": true, "by token": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := launch(t, false)
			s := f.connect(t, asks)
			if got := s.InitializeResult().ProtocolVersion; got != "2026-07-28" {
				t.Errorf("the revision is %s", got)
			}
			c := client{fleet: f, asks: asks, travels: true}
			c.call = func(t *testing.T, tool string, arguments map[string]any) *mcp.CallToolResult {
				t.Helper()
				result, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
				if err != nil {
					t.Fatalf("%s %v: %v", tool, arguments, err)
				}
				return result
			}
			c.play(t)
			var listed []string
			for tool, err := range s.Tools(t.Context(), nil) {
				if err != nil {
					t.Fatal(err)
				}
				listed = append(listed, tool.Name)
			}
			scenario.AssertCovered(t, steps(t), listed)
			went := f.visited.since(0)
			for _, replica := range f.replicas {
				if n := len(slices.DeleteFunc(slices.Clone(went), func(to string) bool { return to != replica })); n < len(went)/4 {
					t.Errorf("%d of %d requests went to %s", n, len(went), replica)
				}
			}
		})
	}
}

// steps are those that test/clients plays.
func steps(t *testing.T) []scenario.Step {
	t.Helper()
	return scenario.Load(t, "../clients/scenario.json")
}

// play plays the scenario.
func (c client) play(t *testing.T) {
	t.Helper()
	captured := make(map[string]string)
	previewed := map[string]any{}
	for _, one := range steps(t) {
		one = one.Fill(t, captured)
		if one.Tool == "preview_invoice" {
			previewed = one.Arguments
		}
		if one.Arguments["preview_token"] != nil && c.travels {
			c.elsewhere(t, one)
			maps.Copy(one.Arguments, previewed)
		}
		// Here it is a live API, as far as the program knows.
		one.Text = slices.DeleteFunc(one.Text, func(s string) bool { return s == "sandbox" })
		result := c.take(t, one)
		one.Check(t, result)
		one.Keep(t, result, captured)
	}
}

// elsewhere creates an invoice by the token of a preview alone, on a replica
// that did not make it: the content, which stays with the one that did, is
// asked for, and nothing is created.
func (c client) elsewhere(t *testing.T, one scenario.Step) {
	t.Helper()
	result := c.call(t, one.Tool, one.Arguments)
	if said := scenario.Text(result); !result.IsError || !strings.HasPrefix(said, "Not done, nothing was changed: ") {
		t.Errorf("got %s", said)
	}
}

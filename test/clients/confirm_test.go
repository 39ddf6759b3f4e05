package clients_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/scenario"
)

// person is whom a client with a handler for elicitation asks.
type person struct {
	asked []string
	reply *mcp.ElicitResult
}

func (p *person) handle(_ context.Context, req *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
	p.asked = append(p.asked, req.Params.Message)
	return p.reply, nil
}

// noes are replies that are no yes.
func noes() []*mcp.ElicitResult {
	return []*mcp.ElicitResult{{Action: "decline"}, {Action: "cancel"}, {Action: "accept", Content: map[string]any{"confirm": false}}}
}

func yes() *mcp.ElicitResult {
	return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"confirm": true}}
}

// client is a session, and the person whom it asks, if there is one.
type client struct {
	*mcp.ClientSession

	person *person
}

// patience is how long a call may take before the test says which one it was.
const patience = 30 * time.Second

func (c client) call(t *testing.T, tool string, arguments map[string]any) *mcp.CallToolResult {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	result, err := c.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	return result
}

// take makes the call of a step. Where it needs a yes, it is made without one
// first.
func (c client) take(t *testing.T, s scenario.Step) *mcp.CallToolResult {
	t.Helper()
	if !s.Confirm {
		return c.call(t, s.Tool, s.Arguments)
	}
	look := map[string]any{"invoice": s.Arguments["invoice"]}
	before := c.call(t, "get_invoice", look).StructuredContent
	arguments := maps.Clone(s.Arguments)
	if c.person != nil {
		c.refuse(t, s)
	} else {
		arguments["confirm_token"] = c.hold(t, s)
	}
	if after := c.call(t, "get_invoice", look).StructuredContent; !reflect.DeepEqual(after, before) {
		t.Errorf("%s did something without a yes: %v", s, after)
	}
	return c.call(t, s.Tool, arguments)
}

// refuse has the person say anything but yes, and leaves them willing.
func (c client) refuse(t *testing.T, s scenario.Step) {
	t.Helper()
	for _, c.person.reply = range noes() {
		c.person.asked = nil
		result := c.call(t, s.Tool, s.Arguments)
		if !result.IsError || !strings.HasPrefix(scenario.Text(result), "Not done, nothing was changed: ") {
			t.Errorf("%s: %s", s, scenario.Text(result))
		}
		if len(c.person.asked) != 1 || !strings.Contains(c.person.asked[0], fmt.Sprint(s.Arguments["invoice"])) {
			t.Errorf("%s asked the person %q", s, c.person.asked)
		}
	}
	c.person.reply = yes()
}

// hold makes the first of two calls, and returns the token for the second.
func (c client) hold(t *testing.T, s scenario.Step) any {
	t.Helper()
	result := c.call(t, s.Tool, s.Arguments)
	if result.IsError || !strings.HasPrefix(scenario.Text(result), "Nothing has been ") || scenario.At(result, "not_done") != scenario.Text(result) {
		t.Errorf("%s: %s", s, scenario.Text(result))
	}
	return scenario.At(result, "confirm_token")
}

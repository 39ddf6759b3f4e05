package mcpserver

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// confirmID names the question in a request for input, and the box in it.
const confirmID = "confirm"

// conduct carries a tool out and, where the person is to be asked first, has
// the client ask. From revision 2026-07-28 on a question is the answer to the
// call, which the client makes again with the reply; before, the server asks
// while the call waits.
func (d dispatcher) conduct(ctx context.Context, p Companies, t tools.Tool, req mcp.CallToolRequest, args []byte) *mcp.CallToolResult {
	r := tools.Request{Args: args, Asks: canAsk(ctx)}
	modern := server.IsModernRequest(ctx)
	if modern {
		r.State, r.Reply = req.Params.RequestState, replied(server.ElicitationResponse(req.Params.InputResponses, confirmID))
	}
	answer := d.timed(ctx, p, t, r)
	switch {
	case answer.Question == nil:
		return result(ctx, answer)
	case modern:
		return server.NewInputRequestBuilder(answer.Question.State).Elicit(confirmID, elicitation(*answer.Question)).ToolResult()
	}
	reply, err := d.ask(ctx, *answer.Question)
	if httpguard.Unasked(err) {
		return mcp.NewToolResultError("Not done, nothing was changed: " + err.Error() + ".") // no fault of the client's
	}
	if err != nil {
		d.Logger.WarnContext(ctx, "the client could not ask the person", "tool", t.Name)
	}
	if cannotAsk(err) { // whatever it declared
		r.Asks, r.Unable = false, true
		return result(ctx, d.timed(ctx, p, t, r))
	}
	r.State, r.Reply = answer.Question.State, replied(reply)
	if r.Reply == nil {
		r.Reply = &tools.Reply{Failed: true}
	}
	return result(ctx, d.timed(ctx, p, t, r))
}

// ask has the client put a question, unless too many have no reply yet: each
// holds one of the calls that run at once.
func (d dispatcher) ask(ctx context.Context, q tools.Question) (*mcp.ElicitationResult, error) {
	if d.questions != nil {
		select {
		case d.questions <- struct{}{}:
			defer func() { <-d.questions }()
		default:
			return nil, httpguard.ErrManyQuestions
		}
	}
	return httpguard.Ask(ctx, elicitation(q))
}

// result is an answer in the protocol's words. The guard puts it in as it is
// written: the library would marshal and compact it three times over.
func result(ctx context.Context, a tools.Answer) *mcp.CallToolResult {
	if a.Err != nil || !httpguard.Fill(ctx, "content", func() ([]byte, error) { return a.Members(), nil }) {
		return a.Result()
	}
	return &mcp.CallToolResult{Content: []mcp.Content{}}
}

// elicitation is a question in the protocol's words: one box, not ticked.
func elicitation(q tools.Question) mcp.ElicitationParams {
	return mcp.ElicitationParams{
		Message: q.Message,
		RequestedSchema: map[string]any{
			"type":       "object",
			"properties": map[string]any{confirmID: map[string]any{"type": "boolean", "title": q.Label, "default": false}},
			"required":   []string{confirmID},
		},
	}
}

// replied reads what came back. Only a ticked box is a yes.
func replied(e *mcp.ElicitationResult) *tools.Reply {
	if e == nil {
		return nil
	}
	accepted := e.Action == mcp.ElicitationResponseActionAccept
	content, _ := e.Content.(map[string]any)
	return &tools.Reply{Agreed: accepted && content[confirmID] == true, Declined: !accepted}
}

// canAsk reports that the client declared that it can put a form to the
// person: from revision 2026-07-28 on with each request, before once for the
// session.
func canAsk(ctx context.Context) bool {
	var declared *mcp.ElicitationCapability
	if info := server.RequestProtocolInfoFromContext(ctx); info != nil && info.Modern {
		if info.ClientCapabilities != nil {
			declared = info.ClientCapabilities.Elicitation
		}
	} else if s, ok := server.ClientSessionFromContext(ctx).(server.SessionWithClientInfo); ok {
		declared = s.GetClientCapabilities().Elicitation
	}
	return declared != nil && (declared.Form != nil || declared.URL == nil)
}

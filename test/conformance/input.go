package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// inputs are tools that ask by their answer: the client calls again with what
// they need, and with the state that they gave it.
func inputs(state sealer) []fixture {
	return []fixture{
		{name: "test_input_required_result_elicitation", does: "Asks for a name.", call: greet},
		{name: "test_input_required_result_sampling", does: "Has the client's model answer.", call: askModel},
		{name: "test_input_required_result_list_roots", does: "Counts the client's roots.", call: countRoots},
		{name: "test_input_required_result_multiple_inputs", does: "Asks for several things at once.", call: state.askAll},
		{name: "test_input_required_result_request_state", does: "Asks, and wants its state back.", call: state.confirm},
		{name: "test_input_required_result_tampered_state", does: "Asks, and refuses a state that is not its own.", call: state.confirm},
		{name: "test_input_required_result_multi_round", does: "Asks twice.", call: state.askTwice},
		{name: "test_input_required_result_capabilities", does: "Asks for what the client can do.", call: askWhatClientCan},
		{name: "test_missing_capability", does: "Needs a client with a model.", call: needSampling},
	}
}

func greet(_ context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if name, ok := typed(req.Params.InputResponses, "user_name", "name"); ok {
		return mcp.NewToolResultText("Hello, " + name + "!"), nil
	}
	return server.NewInputRequestBuilder("").Elicit("user_name", askFor("name", "What is your name?")).ToolResult(), nil
}

func askModel(_ context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if answer := server.SamplingResponse(req.Params.InputResponses, "capital_question"); answer != nil {
		return mcp.NewToolResultText("The model said: " + spoken(answer.Content)), nil
	}
	return server.NewInputRequestBuilder("").Sample("capital_question", said("What is the capital of France?")).ToolResult(), nil
}

func countRoots(_ context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if answer := server.RootsResponse(req.Params.InputResponses, "client_roots"); answer != nil {
		return mcp.NewToolResultText(fmt.Sprintf("There are %d roots.", len(answer.Roots))), nil
	}
	return server.NewInputRequestBuilder("").Roots("client_roots").ToolResult(), nil
}

func (s sealer) askAll(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	answers := req.Params.InputResponses
	name, named := typed(answers, "user_name", "name")
	greeting := server.SamplingResponse(answers, "greeting")
	roots := server.RootsResponse(answers, "client_roots")
	if !named || greeting == nil || roots == nil {
		return server.NewInputRequestBuilder(s.seal(progressState{Round: 1})).
			Elicit("user_name", askFor("name", "What is your name?")).
			Sample("greeting", said("Greet somebody.")).
			Roots("client_roots").
			ToolResult(), nil
	}
	if _, ok := s.open(req.Params.RequestState); !ok {
		return nil, strange(ctx)
	}
	return mcp.NewToolResultText(fmt.Sprintf("%s %s, you have %d roots.", spoken(greeting.Content), name, len(roots.Roots))), nil
}

// confirm asks for a tick. It takes one only with the state that went with the
// question.
func (s sealer) confirm(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	given := req.Params.RequestState
	if _, ok := s.open(given); given != "" && !ok {
		return nil, strange(ctx)
	}
	if filled := content(req.Params.InputResponses, "confirm"); given != "" && filled["ok"] == true {
		return mcp.NewToolResultText("state-ok: it is the one that was sent"), nil
	}
	tick := form{"ok": map[string]any{"type": "boolean"}}
	return server.NewInputRequestBuilder(s.seal(progressState{Round: 1})).
		Elicit("confirm", tick.ask("Do you agree?", "ok")).ToolResult(), nil
}

func (s sealer) askTwice(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	state, ok := s.open(req.Params.RequestState)
	if req.Params.RequestState != "" && !ok {
		return nil, strange(ctx)
	}
	if color, ok := typed(req.Params.InputResponses, "step2", "color"); ok && state.Round == 2 {
		return mcp.NewToolResultText(state.Name + " likes " + color + "."), nil
	}
	if name, ok := typed(req.Params.InputResponses, "step1", "name"); ok && state.Round == 1 {
		return server.NewInputRequestBuilder(s.seal(progressState{Round: 2, Name: name})).
			Elicit("step2", askFor("color", "Which color do you like?")).ToolResult(), nil
	}
	return server.NewInputRequestBuilder(s.seal(progressState{Round: 1})).
		Elicit("step1", askFor("name", "What is your name?")).ToolResult(), nil
}

func askWhatClientCan(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if answers := req.Params.InputResponses; len(answers) > 0 {
		var names []string
		for name := range answers {
			names = append(names, name)
		}
		slices.Sort(names)
		return mcp.NewToolResultText("There came " + strings.Join(names, " and ") + "."), nil
	}
	can := capabilities(ctx)
	if can.Elicitation == nil && can.Sampling == nil {
		return mcp.NewToolResultText("The client can do nothing."), nil
	}
	b := server.NewInputRequestBuilder("")
	if can.Elicitation != nil {
		b.Elicit("elicit_input", askFor("value", "Anything?"))
	}
	if can.Sampling != nil {
		b.Sample("sample_input", said("Say anything."))
	}
	return b.ToolResult(), nil
}

func needSampling(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if capabilities(ctx).Sampling == nil {
		return nil, httpguard.Fail(ctx, mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, "the client must be able to sample",
			map[string]any{"requiredCapabilities": map[string]any{"sampling": map[string]any{}}})
	}
	return mcp.NewToolResultText("Called."), nil
}

// strange refuses a state that somebody changed.
func strange(ctx context.Context) error {
	return httpguard.Fail(ctx, mcp.INVALID_PARAMS, "requestState is not what was sent", nil)
}

// capabilities are what the client says it can do.
func capabilities(ctx context.Context) mcp.ClientCapabilities {
	if info := server.RequestProtocolInfoFromContext(ctx); info != nil && info.ClientCapabilities != nil {
		return *info.ClientCapabilities
	}
	return mcp.ClientCapabilities{}
}

// askFor asks for one text.
func askFor(field, question string) mcp.ElicitationParams {
	return form{field: map[string]any{"type": "string"}}.ask(question, field)
}

// typed is the text that a person typed into a field.
func typed(answers mcp.InputResponses, id, field string) (string, bool) {
	words, ok := content(answers, id)[field].(string)
	return words, ok
}

// content is a form that a person filled in, empty if nobody did.
func content(answers mcp.InputResponses, id string) map[string]any {
	answer := server.ElicitationResponse(answers, id)
	if answer == nil || answer.Action != mcp.ElicitationResponseActionAccept {
		return nil
	}
	filled, _ := answer.Content.(map[string]any)
	return filled
}

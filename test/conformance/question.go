package main

import (
	"context"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// questions are tools that ask the client while the call waits, as servers
// did before 2026-07-28.
func questions() []fixture {
	return []fixture{
		{name: "test_sampling", does: "Has the client's model answer a prompt.", input: one("prompt"), call: sampling},
		{name: "test_elicitation", does: "Asks the person something.", input: one("message"), call: eliciting(form{
			"username": text("Your name"), "email": text("Your email address"),
		}, "username", "email")},
		{name: "test_elicitation_sep1034_defaults", does: "Asks with answers filled in.", call: eliciting(filledIn())},
		{name: "test_elicitation_sep1330_enums", does: "Asks to choose.", call: eliciting(choices())},
	}
}

// one is the schema of a tool with one argument.
func one(name string) string {
	return `{"type":"object","properties":{"` + name + `":{"type":"string"}},"required":["` + name + `"]}`
}

// eliciting asks the question of the argument message.
func eliciting(fields form, required ...string) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		result, err := httpguard.Ask(ctx, fields.ask(req.GetString("message", "Please fill in the form."), required...))
		if err != nil {
			return mcp.NewToolResultError(err.Error()), nil
		}
		return mcp.NewToolResultText(fmt.Sprintf("User response: action=%s, content=%v", result.Action, result.Content)), nil
	}
}

// said is what a person says to a model.
func said(words string) mcp.CreateMessageParams {
	const brief = 100
	return mcp.CreateMessageParams{
		Messages:  []mcp.SamplingMessage{{Role: mcp.RoleUser, Content: mcp.NewTextContent(words)}},
		MaxTokens: brief,
	}
}

// spoken is the text of what a model said.
func spoken(content any) string {
	switch c := content.(type) {
	case mcp.TextContent:
		return c.Text
	case map[string]any:
		return fmt.Sprint(c["text"])
	}
	return "nothing"
}

// form is what a person is asked to fill in.
type form map[string]any

func (f form) ask(message string, required ...string) mcp.ElicitationParams {
	schema := map[string]any{"type": "object", "properties": f}
	if len(required) > 0 {
		schema["required"] = required
	}
	return mcp.ElicitationParams{Message: message, RequestedSchema: schema}
}

func text(title string) map[string]any { return map[string]any{"type": "string", "title": title} }

// filledIn has a default of each type.
func filledIn() form {
	return form{
		"name":     map[string]any{"type": "string", "default": "John Doe"},
		"age":      map[string]any{"type": "integer", "default": 30},
		"score":    map[string]any{"type": "number", "default": 95.5},
		"status":   map[string]any{"type": "string", "enum": []string{"active", "inactive", "pending"}, "default": "active"},
		"verified": map[string]any{"type": "boolean", "default": true},
	}
}

// choices has each way to offer some.
func choices() form {
	untitled := []string{"option1", "option2", "option3"}
	titled := []map[string]string{
		{"const": "value1", "title": "First"}, {"const": "value2", "title": "Second"}, {"const": "value3", "title": "Third"},
	}
	return form{
		"untitledSingle": map[string]any{"type": "string", "enum": untitled},
		"titledSingle":   map[string]any{"type": "string", "oneOf": titled},
		"legacyEnum":     map[string]any{"type": "string", "enum": []string{"opt1", "opt2"}, "enumNames": []string{"One", "Two"}},
		"untitledMulti":  map[string]any{"type": "array", "items": map[string]any{"type": "string", "enum": untitled}},
		"titledMulti":    map[string]any{"type": "array", "items": map[string]any{"anyOf": titled}},
	}
}

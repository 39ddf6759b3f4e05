package clients_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// found is prompts.json: what every client finds of prompts and completions.
type found struct {
	Prompts []struct {
		Name      string            `json:"name"`
		Title     string            `json:"title"`
		Arguments map[string]string `json:"arguments"`
		Text      []string          `json:"text"`
	} `json:"prompts"`
	Errors []struct {
		Name      string            `json:"name"`
		Arguments map[string]string `json:"arguments"`
		Message   string            `json:"message"`
	} `json:"errors"`
	Completions []struct {
		Prompt   string   `json:"prompt"`
		URI      string   `json:"uri"`
		Argument string   `json:"argument"`
		Typed    string   `json:"typed"`
		Values   []string `json:"values"`
		Total    int      `json:"total"`
		Message  string   `json:"message"`
	} `json:"completions"`
}

// assertPrompts checks the menu, every job in it, the errors and suggestions.
func assertPrompts(t *testing.T, session *mcp.ClientSession) {
	t.Helper()
	data, err := os.ReadFile("prompts.json")
	if err != nil {
		t.Fatal(err)
	}
	var want found
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	menu, err := session.ListPrompts(t.Context(), nil)
	if err != nil {
		t.Fatalf("list prompts: %v", err)
	}
	if len(menu.Prompts) != len(want.Prompts) {
		t.Errorf("the menu has %d prompts, want %d", len(menu.Prompts), len(want.Prompts))
	}
	for i, p := range want.Prompts {
		if i < len(menu.Prompts) && (menu.Prompts[i].Name != p.Name || menu.Prompts[i].Title != p.Title) {
			t.Errorf("the menu has %s in place of %s", menu.Prompts[i].Name, p.Name)
		}
		got, err := session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name, Arguments: p.Arguments})
		if err != nil || len(got.Messages) != 1 {
			t.Errorf("%s: %v, %+v", p.Name, err, got)
			continue
		}
		content, _ := got.Messages[0].Content.(*mcp.TextContent)
		for _, word := range p.Text {
			if content == nil || !strings.Contains(content.Text, word) {
				t.Errorf("%s lacks %s: %+v", p.Name, word, content)
			}
		}
	}
	for _, p := range want.Errors {
		_, err := session.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: p.Name, Arguments: p.Arguments})
		refused(t, p.Name, err, p.Message)
	}
	assertCompletions(t, session, want)
}

func assertCompletions(t *testing.T, session *mcp.ClientSession, want found) {
	t.Helper()
	for _, c := range want.Completions {
		ref := &mcp.CompleteReference{Type: "ref/prompt", Name: c.Prompt}
		if c.URI != "" {
			ref = &mcp.CompleteReference{Type: "ref/resource", URI: c.URI}
		}
		got, err := session.Complete(t.Context(), &mcp.CompleteParams{Ref: ref, Argument: mcp.CompleteParamsArgument{Name: c.Argument, Value: c.Typed}})
		if c.Message != "" {
			refused(t, c.Prompt, err, c.Message)
			continue
		}
		if err != nil || !slices.Equal(got.Completion.Values, c.Values) || got.Completion.Total != c.Total || got.Completion.HasMore {
			t.Errorf("%s%s %s %q: %v, %+v", c.Prompt, c.URI, c.Argument, c.Typed, err, got)
		}
	}
}

// refused fails unless an error says what is wrong with the parameters. Over
// HTTP the client wraps it, and its code with it, as a bad request.
func refused(t *testing.T, name string, err error, message string) {
	t.Helper()
	var wire *jsonrpc.Error
	if err == nil || !strings.Contains(err.Error(), message) || errors.As(err, &wire) && wire.Code != jsonrpc.CodeInvalidParams {
		t.Errorf("%s: got %v, want %s", name, err, message)
	}
}

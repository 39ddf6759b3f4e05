package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// visitor is one client of an endpoint, who speaks 2026-07-28.
type visitor struct {
	*host

	header   []string // what the visitor presents
	declares string
}

// by is a visitor with such headers.
func (h *host) by(header ...string) visitor { return visitor{h, header, asksPeople} }

// bearing is a visitor with a token.
func (h *host) bearing(token string) visitor { return h.by("Authorization", "Bearer "+token) }

// request is a message with the headers that go with it.
func (v visitor) request(method, name, params string) (body string, header []string) {
	meta := `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":` + v.declares + `,"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}`
	if params != "" {
		params += ","
	}
	header = append([]string{
		"Content-Type", "application/json", "Accept", "application/json, text/event-stream",
		"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", method,
	}, v.header...)
	if name != "" {
		header = append(header, "Mcp-Name", name)
	}
	return `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":{` + params + meta + `}}`, header
}

// post says a message.
func (v visitor) post(method, name, params string) said {
	v.t.Helper()
	body, header := v.request(method, name, params)
	return v.send(http.MethodPost, v.url, body, header...)
}

// call calls a tool with more parameters, if any.
func (v visitor) call(tool, args string, more ...string) said {
	v.t.Helper()
	params := append([]string{fmt.Sprintf(`"name":%q,"arguments":%s`, tool, args)}, more...)
	return v.post("tools/call", tool, strings.Join(params, ","))
}

// told makes a call that must come to an answer of the tool.
func (v visitor) told(tool, args string, more ...string) answer {
	v.t.Helper()
	return v.call(tool, args, more...).answer(v.t)
}

// answer reads what a tool answered.
func (s said) answer(t *testing.T) answer {
	t.Helper()
	var read struct {
		Result *struct {
			Content []struct {
				Text string `json:"text"`
			} `json:"content"`
			IsError           bool           `json:"isError"`
			StructuredContent map[string]any `json:"structuredContent"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(s.message()), &read); err != nil || read.Result == nil || len(read.Result.Content) == 0 {
		t.Fatalf("no answer of a tool: %d %s", s.status, s.body)
	}
	return answer{1, read.Result.Content[0].Text, read.Result.IsError, read.Result.StructuredContent}
}

// asks makes a call that must come to a question, and returns its state.
func (v visitor) asks(tool, args string) string {
	v.t.Helper()
	got := v.call(tool, args)
	state, _ := member(v.t, got.message(), "result", "requestState").(string)
	if state == "" {
		v.t.Fatalf("%s %s came to %d %s", tool, args, got.status, got.body)
	}
	return state
}

// tools are the names of those that the visitor is offered.
func (v visitor) tools() []string {
	v.t.Helper()
	var read struct {
		Result struct {
			Tools []struct {
				Name string `json:"name"`
			} `json:"tools"`
		} `json:"result"`
	}
	got := v.post("tools/list", "", "")
	if err := json.Unmarshal([]byte(got.message()), &read); err != nil || len(read.Result.Tools) == 0 {
		v.t.Fatalf("no tools: %d %s", got.status, got.body)
	}
	var names []string
	for _, tool := range read.Result.Tools {
		names = append(names, tool.Name)
	}
	return names
}

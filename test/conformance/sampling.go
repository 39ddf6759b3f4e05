package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// Before 2026-07-28 a server could have the client's model answer. The library
// asks for that on the stream of a GET only, which the guard does not offer
// and fiskl-mcp has no use for: it never samples. What the library does ask on
// the stream of the call are questions to a person. So the one fixture that
// samples asks such a question, under a title that nobody else gives it, and
// carrier makes it what it is meant to be on the way out. The way through the
// guard and back is that of every question.
const carried = "sampling/createMessage, carried by elicitation/create"

func sampling(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	result, err := server.ServerFromContext(ctx).RequestElicitation(ctx, mcp.ElicitationRequest{
		Request: mcp.Request{Method: string(mcp.MethodElicitationCreate)},
		Params:  mcp.ElicitationParams{Message: carried, RequestedSchema: said(req.GetString("prompt", ""))},
	})
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("LLM response: " + spoken(result.Content)), nil
}

// carrier stands between the guard and the library.
type carrier struct{ next http.Handler }

// ServeHTTP answers r.
func (c carrier) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.next.ServeHTTP(&carrying{w}, r)
}

// carrying is what the library writes to, each message whole.
type carrying struct{ http.ResponseWriter }

// Write sends p, or what it carries.
func (c *carrying) Write(p []byte) (int, error) {
	if request, ok := unpack(p); ok {
		_, err := c.ResponseWriter.Write(request)
		return len(p), err
	}
	return c.ResponseWriter.Write(p)
}

// Flush sends what was written so far.
func (c *carrying) Flush() {
	_ = http.NewResponseController(c.ResponseWriter).Flush() // the guard's writer can
}

// unpack finds what an event carries.
func unpack(event []byte) ([]byte, bool) {
	if !bytes.Contains(event, []byte(carried)) {
		return nil, false
	}
	_, data, _ := bytes.Cut(event, []byte("data: "))
	var question struct {
		ID     json.RawMessage `json:"id"`
		Params struct {
			RequestedSchema json.RawMessage `json:"requestedSchema"`
		} `json:"params"`
	}
	if json.Unmarshal(data, &question) != nil || len(question.ID) == 0 {
		return nil, false
	}
	request, err := json.Marshal(map[string]any{
		"jsonrpc": mcp.JSONRPC_VERSION, "id": question.ID,
		"method": mcp.MethodSamplingCreateMessage, "params": question.Params.RequestedSchema,
	})
	return append(append([]byte("event: message\ndata: "), request...), "\n\n"...), err == nil
}

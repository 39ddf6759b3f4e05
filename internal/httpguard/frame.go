package httpguard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// frame is an answer of the library's, with room for the request's id and for
// members of the result.
type frame struct{ before, between, after []byte }

// errUnframed says that the library writes answers in a form of its own.
var errUnframed = errors.New("httpguard: the library's answer has no place for an id or for content")

// framing is the name of a tool that is there for as long as it takes to see
// how the library answers.
const framing = "httpguard_frame"

// NewDirect makes a way past s, the library's server, for the tools that find
// knows. What stands around a result the library says itself: it is asked here,
// once for each era, before s serves anybody.
func NewDirect(ctx context.Context, s *server.MCPServer, find func(tool string) Handler) (*Direct, error) {
	s.AddTool(mcp.NewTool(framing), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return &mcp.CallToolResult{Content: []mcp.Content{}}, nil
	})
	defer s.DeleteTools(framing)
	legacy, err := frameOf(ctx, s, `{}`)
	if err != nil {
		return nil, err
	}
	modern, err := frameOf(ctx, s, `{"`+mcp.MetaKeyProtocolVersion+`":"`+firstModern+`","`+mcp.MetaKeyClientCapabilities+`":{}}`)
	return &Direct{find, legacy, modern}, err
}

// frameOf has s answer a call, and cuts the answer open.
func frameOf(ctx context.Context, s *server.MCPServer, meta string) (frame, error) {
	call := `{"jsonrpc":"2.0","id":"` + framing + `","method":"tools/call","params":{"name":"` + framing + `","_meta":` + meta + `}}`
	answer, err := json.Marshal(s.HandleMessage(ctx, []byte(call)))
	if err != nil {
		return frame{}, fmt.Errorf("frame an answer: %w", err)
	}
	before, rest, hasID := bytes.Cut(append(answer, '\n'), []byte(`"`+framing+`"`))
	between, after, hasContent := bytes.Cut(rest, []byte(`"content":[]`))
	if !hasID || !hasContent {
		return frame{}, errUnframed
	}
	return frame{before, between, after}, nil
}

package httpguard_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// written leaves its content to the guard, unless it fails after all.
func written(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if r.GetBool("stream", false) {
		params := map[string]any{"progress": 1, "progressToken": `"content":[]`}
		if err := httpguard.Notify(ctx, "notifications/progress", params); err != nil {
			return nil, err
		}
	}
	filled := httpguard.Fill(ctx, "content", func() ([]byte, error) {
		if r.GetBool("broken", false) {
			return nil, errors.New("broken")
		}
		return []byte(`"content":[{"type":"text","text":"written & done"}],"structuredContent":{"rows":[1]}`), nil
	})
	if !filled {
		return mcp.NewToolResultText("nobody writes for me"), nil
	}
	if r.GetBool("fail", false) {
		failure := httpguard.Fail(ctx, -32602, "no such invoice", nil)
		if !r.GetBool("anyway", false) {
			return nil, failure
		}
	}
	return &mcp.CallToolResult{Content: []mcp.Content{}}, nil
}

// TestFill finds that an answer which is filled in says what one that the
// library wrote would, whatever else is in it.
func TestFill(t *testing.T) {
	t.Parallel()
	h := guarded(newTools())
	id := session(t, h, "ann", "{}")
	for name, r := range map[string]request{
		"modern":           callModern(7, "written", `{}`),
		"modern, streamed": callModern(7, "written", `{"stream":true}`),
		"legacy":           callLegacy(id, 7, "written", `{}`),
		"legacy, streamed": callLegacy(id, 7, "written", `{"stream":true}`),
		"after a failure":  callModern(7, "written", `{"fail":true,"anyway":true}`),
		"a trap":           callModern(`"content":[]`, "written", `{}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := do(t, h, r.as("ann"))
			body := got.body[strings.LastIndex(got.body, `{"jsonrpc"`):]
			var read struct {
				ID     any `json:"id"`
				Result struct {
					Content []struct {
						Text string `json:"text"`
					} `json:"content"`
					Structured struct {
						Rows []int `json:"rows"`
					} `json:"structuredContent"`
				} `json:"result"`
			}
			if err := json.Unmarshal([]byte(body), &read); err != nil {
				t.Fatalf("%v in %s", err, got.body)
			}
			if len(read.Result.Content) != 1 || read.Result.Content[0].Text != "written & done" || len(read.Result.Structured.Rows) != 1 {
				t.Errorf("got %s", got.body)
			}
			if read.ID != 7.0 && read.ID != `"content":[]` {
				t.Errorf("the id came back as %v", read.ID)
			}
		})
	}
}

// TestFillFailed finds that an error is not filled in.
func TestFillFailed(t *testing.T) {
	t.Parallel()
	got := do(t, guarded(newTools()), callModern(7, "written", `{"fail":true}`).as("ann"))
	if got.code(t) != -32602 || strings.Contains(got.body, "written") {
		t.Errorf("got %d %s", got.status, got.body)
	}
}

// TestFillInVain finds that a handler whose content cannot be written, or that
// has no guard, gives it to the library.
func TestFillInVain(t *testing.T) {
	t.Parallel()
	for name, got := range map[string]reply{
		"broken":   do(t, guarded(newTools()), callModern(7, "written", `{"broken":true}`).as("ann")),
		"no guard": do(t, bare(newTools()), callModern(7, "written", `{}`)),
	} {
		if !strings.Contains(got.body, "nobody writes for me") {
			t.Errorf("%s: got %d %s", name, got.status, got.body)
		}
	}
}

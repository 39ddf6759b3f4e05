package main

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// streams are tools that say something before they answer. They answer right
// after the last they said, which the library would lose.
func streams() []fixture {
	return []fixture{
		{name: "test_tool_with_progress", does: "Tells how far it is.", call: progressing},
		{name: "test_tool_with_logging", does: "Logs what it does.", call: logging},
		{name: "test_logging_tool", does: "Logs if the caller wants it.", call: loggingIfAsked},
		{name: "test_streaming_elicitation", does: "Tells how far it is, and then asks for a name.", call: progressingToAsk},
	}
}

func progressing(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if err := progress(ctx, req, 0, 50, 100); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("Done."), nil
}

func progressingToAsk(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if err := progress(ctx, req, 50); err != nil {
		return nil, err
	}
	return greet(ctx, req)
}

// progress tells callers who want to know.
func progress(ctx context.Context, req mcp.CallToolRequest, percent ...int) error {
	if req.Params.Meta == nil || req.Params.Meta.ProgressToken == nil {
		return nil
	}
	for _, p := range percent {
		err := httpguard.Notify(ctx, string(mcp.MethodNotificationProgress), map[string]any{
			"progressToken": req.Params.Meta.ProgressToken, "progress": p, "total": 100,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func logging(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	for _, line := range [...]string{"Tool execution started", "Tool processing data", "Tool execution completed"} {
		if err := log(ctx, line); err != nil {
			return nil, err
		}
	}
	return mcp.NewToolResultText("Logged."), nil
}

// loggingIfAsked logs for those who set a level, which from 2026-07-28 on each
// request does for itself.
func loggingIfAsked(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if info := server.RequestProtocolInfoFromContext(ctx); info != nil && info.LogLevel != "" {
		if err := log(ctx, "Logging was asked for"); err != nil {
			return nil, err
		}
	}
	return mcp.NewToolResultText("Called."), nil
}

func log(ctx context.Context, line string) error {
	return httpguard.Notify(ctx, string(mcp.MethodNotificationMessage), map[string]any{"level": mcp.LoggingLevelInfo, "data": line})
}

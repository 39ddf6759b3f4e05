// Command baseline is the least MCP server that the protocol library makes
// with as many tools as a real one: each of its 40 tools takes eight arguments,
// gets the URL that the program was given and passes the body on. What another
// server takes beyond it, it adds itself.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const (
	tools      = 40
	parameters = 8
)

func main() {
	if err := serve(os.Args[1:]); err != nil {
		slog.New(slog.NewTextHandler(os.Stderr, nil)).Error("baseline ended", "error", err)
		os.Exit(1) //nolint:forbidigo // a program of its own, which no other code calls
	}
}

func serve(args []string) error {
	if len(args) != 1 {
		return errors.New("usage: baseline URL")
	}
	s := server.NewMCPServer("baseline", "1", server.WithToolCapabilities(false))
	for i := range tools {
		s.AddTool(tool(i), getter(&http.Client{Transport: &http.Transport{}}, args[0]))
	}
	return server.ServeStdio(s)
}

func tool(i int) mcp.Tool {
	options := []mcp.ToolOption{mcp.WithDescription("List items, newest first, a page at a time.")}
	for p := range parameters {
		options = append(options, mcp.WithString(fmt.Sprintf("filter_%d", p), mcp.Description("Only items whose field has this value")))
	}
	return mcp.NewTool(fmt.Sprintf("get_items_%d", i), options...)
}

func getter(client *http.Client, url string) server.ToolHandlerFunc {
	return func(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil) //nolint:gosec // bench gives the URL, a loopback one
		if err != nil {
			return nil, err
		}
		res, err := client.Do(req) //nolint:gosec // as above
		if err != nil {
			return nil, err
		}
		defer func() { _ = res.Body.Close() }() // its bytes were read or are given up
		body, err := io.ReadAll(res.Body)
		if err != nil {
			return nil, err
		}
		return mcp.NewToolResultText(string(body)), nil
	}
}

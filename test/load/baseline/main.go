// Command baseline is the least MCP server over HTTP that the protocol library
// makes: its first tool gets the URL that the program was given and passes the
// body on, and the others are there to be listed. It has no guard, no limits,
// no log and no metrics. What another server takes beyond it, it adds itself.
//
// It prints the address that it listens on.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

// connections is how many to the API stay open: as many as there are clients.
const connections = 256

func main() {
	if err := serve(os.Args[1:]); err != nil {
		slog.New(slog.NewTextHandler(os.Stderr, nil)).Error("baseline ended", "error", err)
		os.Exit(1) //nolint:forbidigo // a program of its own, which no other code calls
	}
}

func serve(args []string) error {
	if len(args) != 3 {
		return errors.New("usage: baseline URL TOOLS ARGUMENTS")
	}
	tools, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	arguments, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, IdleConnTimeout: time.Minute}}
	s := server.NewMCPServer("baseline", "1", server.WithToolCapabilities(false))
	for i := range tools {
		s.AddTool(tool("get_items_"+strconv.Itoa(i), arguments), getter(client, args[0]))
	}
	mux := http.NewServeMux()
	mux.Handle("/mcp", server.NewStreamableHTTPServer(s))
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(os.Stdout, "http://%s/mcp\n", l.Addr()); err != nil {
		return err
	}
	return (&http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}).Serve(l)
}

func tool(name string, arguments int) mcp.Tool {
	options := []mcp.ToolOption{mcp.WithDescription("List items, newest first, a page at a time.")}
	for i := range arguments {
		options = append(options, mcp.WithString("filter_"+strconv.Itoa(i), mcp.Description("Only items whose field has this value")))
	}
	return mcp.NewTool(name, options...)
}

func getter(client *http.Client, url string) server.ToolHandlerFunc {
	return func(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil) //nolint:gosec // load gives the URL, a loopback one
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

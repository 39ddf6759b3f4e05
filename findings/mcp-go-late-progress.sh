#!/usr/bin/env bash
# mcp-go's stdio server writes progress notifications after the answer to the call
# that they belong to, though the tool sent all of them before it returned.
#
# SendNotificationToClient only puts a notification into a channel, from which
# another goroutine writes; the answer is written by the goroutine of the request.
# MCP has it that progress notifications must stop after completion, and a client
# may by then have forgotten the token. A tool that waits a moment before it
# returns hides it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat >go.mod <<'GO'
module finding

go 1.25
GO
cat >main.go <<'GO'
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const told = 50

// report sends its progress, and then returns.
func report(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	for i := range told {
		err := server.ServerFromContext(ctx).SendNotificationToClient(ctx, "notifications/progress", map[string]any{
			"progressToken": req.Params.Meta.ProgressToken, "progress": i + 1, "total": told,
		})
		if err != nil {
			return nil, err
		}
	}
	return mcp.NewToolResultText("done"), nil
}

func main() {
	s := server.NewMCPServer("finding", "1")
	s.AddTool(mcp.NewTool("report"), report)
	in, client := io.Pipe()
	answers, out := io.Pipe()
	go server.NewStdioServer(s).Listen(context.Background(), in, out)
	lines := bufio.NewScanner(answers)
	say := func(line string) { io.WriteString(client, line+"\n") }
	say(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}`)
	lines.Scan()
	say(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	calls, late := 20, 0
	for id := 1; id <= calls; id++ {
		say(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"report","arguments":{},"_meta":{"progressToken":%d}}}`, id, id))
		answered := false
		for got := 0; (got < told || !answered) && lines.Scan(); {
			switch {
			case strings.Contains(lines.Text(), "notifications/progress") && answered:
				late, got = late+1, got+1
			case strings.Contains(lines.Text(), "notifications/progress"):
				got++
			default:
				answered = true
			}
		}
	}
	fmt.Println("some of it after the answer:", late > 0)
}
GO
go get github.com/mark3labs/mcp-go/server@v1.2.1 >/dev/null 2>&1
got=$(go run .)
echo "$got"
# seen: mcp-go v1.2.1, some of it after the answer: true (in most of 20 calls)
[ "$got" = "some of it after the answer: true" ]

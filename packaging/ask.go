package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// start is how a client starts a server.
type start struct {
	command string
	args    []string
	env     []string
}

// answer is what a server said of itself.
type answer struct {
	name, version string
	tools         []tool
	prompts       int
	question      string // the answer to a question about the demo company
}

type tool struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// ask starts a server as a client would, asks for what it has, and puts a
// question to it. Then it lets it go.
func (s start) ask(ctx context.Context) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	home, err := os.MkdirTemp("", "packaging-home-*")
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = os.RemoveAll(home) }()           // it is a temporary one
	c := exec.CommandContext(ctx, s.command, s.args...) //nolint:gosec // a program of this build
	c.Env = append(slices.DeleteFunc(c.Environ(), func(pair string) bool { return !strings.HasPrefix(pair, "PATH=") }), append(s.env, "HOME="+home)...)
	c.Stdin = strings.NewReader(strings.Join(requests(), "\n") + "\n")
	var out, log bytes.Buffer
	c.Stdout, c.Stderr = &out, &log
	if err := c.Run(); err != nil {
		return answer{}, fmt.Errorf("%s: %w: %s", s.command, err, log.String())
	}
	return decode(out.Bytes())
}

// requests are the messages of the client, one a line.
func requests() []string {
	return []string{
		`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"packaging","version":"1"}}}`,
		`{"jsonrpc":"2.0","method":"notifications/initialized"}`,
		`{"jsonrpc":"2.0","id":2,"method":"tools/list"}`,
		`{"jsonrpc":"2.0","id":3,"method":"prompts/list"}`,
		`{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"list_invoices","arguments":{"status":"overdue"}}}`,
	}
}

// reply is any answer to one of the requests.
type reply struct {
	ID     int `json:"id"`
	Result struct {
		ServerInfo struct {
			Name    string `json:"name"`
			Version string `json:"version"`
		} `json:"serverInfo"`
		Tools   []tool            `json:"tools"`
		Prompts []json.RawMessage `json:"prompts"`
		IsError bool              `json:"isError"`
		Content []struct {
			Text string `json:"text"`
		} `json:"content"`
	} `json:"result"`
}

func decode(out []byte) (answer, error) {
	var a answer
	for line := range bytes.Lines(out) {
		var r reply
		if err := json.Unmarshal(line, &r); err != nil {
			return a, fmt.Errorf("the server said %q: %w", line, err)
		}
		a.take(r)
	}
	if a.name == "" || len(a.tools) == 0 {
		return a, errors.New("the server does not say what it has")
	}
	return a, nil
}

// take keeps what is wanted of one reply.
func (a *answer) take(r reply) {
	switch r.ID {
	case 1:
		a.name, a.version = r.Result.ServerInfo.Name, r.Result.ServerInfo.Version
	case 2:
		a.tools = r.Result.Tools
	case 3:
		a.prompts = len(r.Result.Prompts)
	case 4:
		if len(r.Result.Content) > 0 && !r.Result.IsError {
			a.question = r.Result.Content[0].Text
		}
	}
}

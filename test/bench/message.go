package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"
)

// The protocol's two eras: one that begins with a handshake, and one in which
// every request says all that is needed.
const (
	legacy = "2025-11-25"
	modern = "2026-07-28"
)

// request is one line of JSON-RPC. A modern request carries its era and who
// asks.
func request(era string, id int, method string, params map[string]any) []byte {
	all := make(map[string]any, len(params)+1)
	maps.Copy(all, params)
	if era == modern {
		all["_meta"] = map[string]any{
			"io.modelcontextprotocol/protocolVersion":    modern,
			"io.modelcontextprotocol/clientInfo":         client(),
			"io.modelcontextprotocol/clientCapabilities": map[string]any{},
		}
	}
	return line(map[string]any{"jsonrpc": "2.0", "id": id, "method": method, "params": all})
}

// greeting opens a conversation in the older era.
func greeting(id int) []byte {
	return request(legacy, id, "initialize", map[string]any{
		"protocolVersion": legacy, "capabilities": map[string]any{}, "clientInfo": client(),
	})
}

// greeted acknowledges the answer to it.
func greeted() []byte {
	return line(map[string]any{"jsonrpc": "2.0", "method": "notifications/initialized"})
}

func client() map[string]any { return map[string]any{"name": "bench", "version": "1"} }

func line(message map[string]any) []byte {
	b, err := json.Marshal(message)
	if err != nil {
		panic(err) // only maps of plain values come here
	}
	return append(b, '\n')
}

// result reads an answer. What is no answer to this id has none.
func result(b []byte, id int) (json.RawMessage, bool, error) {
	var m struct {
		ID     json.RawMessage `json:"id"`
		Method string          `json:"method"`
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, false, fmt.Errorf("%w in %.200q", err, b)
	}
	if m.Method != "" || string(m.ID) != strconv.Itoa(id) {
		return nil, false, nil
	}
	if m.Error != nil {
		return nil, true, errors.New(string(m.Error))
	}
	return m.Result, true, nil
}

// toolList is a list of tools as far as it is looked into.
type toolList struct {
	Tools []struct {
		Name        string          `json:"name"`
		Description string          `json:"description"`
		InputSchema json.RawMessage `json:"inputSchema"`
		Annotations struct {
			ReadOnly bool `json:"readOnlyHint"`
		} `json:"annotations"`
	} `json:"tools"`
}

// toolResult is an answer of a tool as far as it is looked into.
type toolResult struct {
	Content []struct {
		Text string `json:"text"`
	} `json:"content"`
	Structured json.RawMessage `json:"structuredContent"`
	IsError    bool            `json:"isError"`
}

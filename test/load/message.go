package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"strconv"
)

// era is a revision of the protocol: the last that begins with a handshake, or
// the first in which every request says all that is needed.
type era string

const (
	legacy era = "2025-11-25"
	modern era = "2026-07-28"
)

func eras() []era { return []era{legacy, modern} }

// message is a JSON-RPC request with the headers that belong to it.
type message struct {
	header []string // whole lines
	body   []byte
}

// greeting opens a conversation in the older era, greeted ends the handshake.
func greeting() message {
	return request(legacy, "initialize", "", map[string]any{
		"protocolVersion": legacy, "capabilities": map[string]any{}, "clientInfo": client(),
	})
}

func greeted() message {
	return message{body: []byte(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)}
}

func listTools(e era) message { return request(e, "tools/list", "", nil) }

func callTool(e era, name string) message {
	return request(e, "tools/call", name, map[string]any{"name": name, "arguments": map[string]any{}})
}

// request writes a request. A modern one carries its era and who asks, and
// says in its headers what it is about.
func request(e era, method, name string, params map[string]any) message {
	all := make(map[string]any, len(params)+1)
	maps.Copy(all, params)
	var m message
	if e == modern {
		all["_meta"] = map[string]any{
			"io.modelcontextprotocol/protocolVersion":    modern,
			"io.modelcontextprotocol/clientInfo":         client(),
			"io.modelcontextprotocol/clientCapabilities": map[string]any{},
		}
		m.header = []string{"Mcp-Protocol-Version: " + string(modern), "Mcp-Method: " + method}
		if name != "" {
			m.header = append(m.header, "Mcp-Name: "+name)
		}
	}
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": 1, "method": method, "params": all})
	if err != nil {
		panic(err) // only maps of plain values come here
	}
	m.body = body
	return m
}

func client() map[string]any { return map[string]any{"name": "load", "version": "1"} }

// spell writes a request as it goes over the wire.
func spell(method, host, path string, header []string, body []byte) []byte {
	var b bytes.Buffer
	b.WriteString(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n")
	for _, line := range header {
		b.WriteString(line + "\r\n")
	}
	if body != nil {
		b.WriteString("Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n" +
			"Content-Length: " + strconv.Itoa(len(body)) + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}

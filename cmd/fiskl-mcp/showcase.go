package main

import (
	"encoding/json"
	"sync"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// showcase is all tools as clients are told of them.
type showcase struct {
	tools map[string]mcp.Tool

	// written are their definitions as JSON. The first list over HTTP writes
	// them: a program on standard input would start later for it.
	written func() (map[string]json.RawMessage, error)
}

func newShowcase(p practice) showcase {
	s := showcase{tools: make(map[string]mcp.Tool)}
	for _, t := range p.All() {
		s.tools[t.Name] = p.Definition(t)
	}
	s.written = sync.OnceValues(func() (map[string]json.RawMessage, error) {
		all := make(map[string]json.RawMessage)
		for name, t := range s.tools {
			b, err := json.Marshal(t)
			if err != nil {
				return nil, err
			}
			all[name] = b
		}
		return all, nil
	})
	return s
}

// named is a tool as the library knows it. With every call over HTTP it marshals
// and reads back what it knows of the arguments, in search of headers that
// stand for them, of which there are none.
func named(t tools.Tool) mcp.Tool {
	return mcp.NewToolWithRawSchema(t.Name, "", json.RawMessage(`{}`))
}

// whole puts the definitions in the place of names.
func (s showcase) whole(all []mcp.Tool) []mcp.Tool {
	for i, t := range all {
		all[i] = s.tools[t.Name]
	}
	return all
}

// write writes a list of tools as a member of JSON.
func (s showcase) write(all []mcp.Tool) ([]byte, error) {
	written, err := s.written()
	if err != nil {
		return nil, err
	}
	b := []byte(`"tools":[`)
	for i, t := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, written[t.Name]...)
	}
	return append(b, ']'), nil
}

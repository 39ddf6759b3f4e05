package install_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/install"
)

// TestJSON edits files of every kind, once to add the entry and once to take
// it out again, which leaves the file as it was unless the case says what.
func TestJSON(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after, removed string }{
		"empty file": {
			before:  "",
			after:   "{\n  \"mcpServers\": {\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    }\n  }\n}\n",
			removed: "{\n  \"mcpServers\": {\n  }\n}\n",
		},
		"empty object": {
			before:  `{}`,
			after:   "{\n  \"mcpServers\": {\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    }\n  }\n}",
			removed: "{\n  \"mcpServers\": {\n  }\n}",
		},
		"others before": {
			before: "{\n\t\"a\": 1.50,\n\t\"mcpServers\": {\n\t\t\"x\": {\"command\": \"x\"}\n\t}\n}\n",
			after:  "{\n\t\"a\": 1.50,\n\t\"mcpServers\": {\n\t\t\"x\": {\"command\": \"x\"},\n\t\t\"fiskl\": {\n\t\t\t\"command\": \"/opt/fiskl/fiskl-mcp\",\n\t\t\t\"args\": [\"stdio\", \"--sandbox\"]\n\t\t}\n\t}\n}\n",
		},
		"one line": {
			before: `{"a": 1, "mcpServers": {"x": {"command": "x"}}}`,
			after:  `{"a": 1, "mcpServers": {"x": {"command": "x"}, "fiskl": {"command": "/opt/fiskl/fiskl-mcp", "args": ["stdio", "--sandbox"]}}}`,
		},
		"comments and a trailing comma": {
			before: "// mine\n{\n  \"mcpServers\": {\n    \"x\": {}, // the x\n    /* last */\n  },\n} // end",
			after:  "// mine\n{\n  \"mcpServers\": {\n    \"x\": {}, // the x\n    /* last */\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    },\n  },\n} // end",
		},
		"a comment behind the last": {
			before: "{\n  \"mcpServers\": {\n    \"x\": {} // the x\n  }\n}\n",
			after:  "{\n  \"mcpServers\": {\n    \"x\": {}, // the x\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    }\n  }\n}\n",
		},
		"CRLF and a byte order mark": {
			before: "\xef\xbb\xbf{\r\n    \"mcpServers\": {\r\n        \"x\": {}\r\n    }\r\n}\r\n",
			after:  "\xef\xbb\xbf{\r\n    \"mcpServers\": {\r\n        \"x\": {},\r\n        \"fiskl\": {\r\n            \"command\": \"/opt/fiskl/fiskl-mcp\",\r\n            \"args\": [\"stdio\", \"--sandbox\"]\r\n        }\r\n    }\r\n}\r\n",
		},
		"no servers yet": {
			before:  "{\n  \"theme\": \"dark\"\n}\n",
			after:   "{\n  \"theme\": \"dark\",\n  \"mcpServers\": {\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    }\n  }\n}\n",
			removed: "{\n  \"theme\": \"dark\",\n  \"mcpServers\": {\n  }\n}\n",
		},
		"an empty table": {
			before:  "{\n  \"mcpServers\": {}\n}\n",
			after:   "{\n  \"mcpServers\": {\n    \"fiskl\": {\n      \"command\": \"/opt/fiskl/fiskl-mcp\",\n      \"args\": [\"stdio\", \"--sandbox\"]\n    }\n  }\n}\n",
			removed: "{\n  \"mcpServers\": {\n  }\n}\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after := edited(t, "claude-desktop", c.before, wish())
			if after != c.after {
				t.Errorf("got\n%s\nwant\n%s", after, c.after)
			}
			if again := edited(t, "claude-desktop", after, wish()); again != after {
				t.Errorf("a second time changes it to\n%s", again)
			}
			want := c.removed
			if want == "" {
				want = c.before
			}
			if removed := edited(t, "claude-desktop", after, removal()); removed != want {
				t.Errorf("taken out it is\n%q\nwant\n%q", removed, want)
			}
		})
	}
}

// TestJSONUpdate changes of an entry what is not as it should be.
func TestJSONUpdate(t *testing.T) {
	t.Parallel()
	before := "{\"mcpServers\": {\"fiskl\": {\n  // old\n  \"command\" : \"C:\\\\old\\\\FISKL-MCP.exe\", \"args\": [ ], /* mine */\n  \"env\": {\"FISKL_LOG_LEVEL\": \"debug\"}}}}"
	want := "{\"mcpServers\": {\"fiskl\": {\n  // old\n  \"command\" : \"/opt/fiskl/fiskl-mcp\", \"args\": [\"stdio\", \"--sandbox\"], /* mine */\n  \"env\": {\"FISKL_LOG_LEVEL\": \"debug\"},\n  \"type\": \"stdio\"}}}"
	if got := edited(t, "cursor", before, wish()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestJSONForeign leaves an entry of the same name alone until it is forced.
func TestJSONForeign(t *testing.T) {
	t.Parallel()
	const before = `{"servers": {"fiskl": {"command": "npx", "args": ["other"], "env": {"A": "b"}}, "y": {}}}`
	if got := refused(t, "vscode", before, wish()); !strings.Contains(got, `"fiskl" there starts something else`) {
		t.Errorf("got %s, want that the entry starts something else", got)
	}
	if got := refused(t, "vscode", before, removal()); !strings.HasSuffix(got, "or remove it all the same (--force)") {
		t.Errorf("got %s, want --force as the remedy", got)
	}
	w := wish()
	w.Force = true
	if got, want := edited(t, "vscode", before, w), `{"servers": {"fiskl": {"type": "stdio", "command": "/opt/fiskl/fiskl-mcp", "args": ["stdio", "--sandbox"]}, "y": {}}}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	w = removal()
	w.Force = true
	if got, want := edited(t, "vscode", before, w), `{"servers": { "y": {}}}`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestJSONRefused does not touch what cannot be understood, and does not
// repeat what stands there.
func TestJSONRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"not JSON":     {`{"mcpServers": {"x": fsk_secret}}`, "it cannot be read as JSON: see line 1, column 22"},
		"cut off":      {"{\n  \"a\": 1,\n", "it cannot be read as JSON: see line 4"},
		"a list":       {`[]`, "not an object"},
		"a wrong kind": {`{"mcpServers": []}`, `"mcpServers" there is not an object`},
		"null":         {`{"mcpServers": null}`, `"mcpServers" there is not an object`},
		"twice":        {`{"mcpServers": {}, "mcp\u0053ervers": {}}`, `it has "mcpServers" twice`},
		"entry twice":  {`{"mcpServers": {"fiskl": {"command": "fiskl-mcp"}, "fiskl": {}}}`, `it has "fiskl" twice`},
		"no object":    {`{"mcpServers": {"fiskl": "fiskl-mcp"}}`, "starts something else"},
		"deep":         {strings.Repeat("[", 1<<20), "more brackets"},
		"nested":       {`{"a":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "it cannot be read as a JSON object"},
		"huge":         {strings.Repeat(" ", 17<<20), "17 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := refused(t, "gemini", c.text, wish())
			if !strings.Contains(got, c.want) || strings.Contains(got, "fsk_") {
				t.Errorf("got %s, want %q and no key", got, c.want)
			}
		})
	}
}

// TestNames refuses names that a client would not take.
func TestNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "a.b", "a b", "../x", "-x", strings.Repeat("x", 65)} {
		w := wish()
		w.Name = name
		if got := refused(t, "codex", "", w); !strings.Contains(got, "cannot be the name of an entry") {
			t.Errorf("%q: got %s, want that it cannot be a name", name, got)
		}
	}
	if _, err := install.Find(nil, "emacs"); err == nil || !strings.Contains(err.Error(), `"emacs" is not a client`) {
		t.Errorf("got error %v, want that emacs is not a client", err)
	}
}

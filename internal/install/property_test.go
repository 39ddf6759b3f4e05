package install_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/tailscale/hujson"
	"pgregory.net/rapid"
)

// gaps are what may stand between any two parts of a text of JSON.
func gaps() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{
			" ", "\n", "\r\n", "\t", "\n    ", "// a , } comment\n", "/* [{\"x\": */", "//\n", "// naïve\r\n", "/**/",
		}), 0, 3).Draw(t, "gap")
		return strings.Join(parts, "")
	})
}

// valueOf writes a value of JSON with comments wherever they may be.
func valueOf(t *rapid.T, depth int) string {
	gap := func() string { return gaps().Draw(t, "gap") }
	kind := rapid.IntRange(0, 6).Draw(t, "kind")
	if depth == 0 {
		kind %= 4
	}
	switch kind {
	case 0:
		return rapid.SampledFrom([]string{"1", "-0.50", "1e400", "12345678901234567890"}).Draw(t, "number")
	case 1:
		return rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "word")
	case 2, 3:
		return rapid.SampledFrom([]string{`""`, `"a // b"`, `"\u007b\"/* */"`, `"été"`, `"C:\\x\\"`}).Draw(t, "text")
	case 4:
		return "[" + sequence(t, func(int) string { return valueOf(t, depth-1) }) + gap() + "]"
	default:
		return objectOf(t, depth, "", "")
	}
}

// sequence writes parts with commas, perhaps with one more than is needed.
func sequence(t *rapid.T, part func(i int) string) string {
	var b strings.Builder
	n := rapid.IntRange(0, 3).Draw(t, "parts")
	for i := range n {
		b.WriteString(gaps().Draw(t, "gap") + part(i) + gaps().Draw(t, "gap"))
		if i < n-1 || rapid.Bool().Draw(t, "comma") {
			b.WriteString(",")
		}
	}
	return b.String()
}

// objectOf writes an object, in which one member may be given.
func objectOf(t *rapid.T, depth int, name, value string) string {
	at := rapid.IntRange(0, 2).Draw(t, "place")
	text := "{" + sequence(t, func(i int) string {
		if name != "" && i == at {
			return `"` + name + `"` + gaps().Draw(t, "gap") + ":" + gaps().Draw(t, "gap") + value
		}
		return fmt.Sprintf(`"m%d"`, i) + gaps().Draw(t, "gap") + ":" + gaps().Draw(t, "gap") + valueOf(t, depth-1)
	})
	return text + gaps().Draw(t, "gap") + "}"
}

// documents are configurations, some of which have an entry of ours.
func documents() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		entry := ""
		if rapid.Bool().Draw(t, "entry") {
			entry = objectOf(t, 1, "command", `"/old/fiskl-mcp"`)
		}
		servers := objectOf(t, 2, map[bool]string{true: "fiskl"}[entry != ""], entry)
		text := gaps().Draw(t, "gap") + objectOf(t, 3, "mcpServers", servers) + gaps().Draw(t, "gap")
		if rapid.Bool().Draw(t, "mark") {
			text = "\xef\xbb\xbf" + text
		}
		return text
	})
}

// TestJSONKeepsBytes adds, changes and removes the entry in any document:
// nothing else of it is changed, and what was only added can be taken out.
func TestJSONKeepsBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		before := documents().Draw(rt, "document")
		had := serversOf(t, before)
		if _, foreign := had["fiskl"]; foreign && !strings.Contains(before, "/old/fiskl-mcp") {
			rt.Skip("somebody else's entry")
		}
		c, _ := client(t, "cursor", before)
		after := plan(rt, c, wish())
		if !reflect.DeepEqual(without(t, before), without(t, after)) {
			rt.Fatalf("%q became %q", before, after)
		}
		if _, ok := had["fiskl"]; !ok && !isSubsequence(before, after) {
			rt.Fatalf("bytes of %q are missing in %q", before, after)
		}
		c, _ = client(t, "cursor", after)
		removed := plan(rt, c, removal())
		if !reflect.DeepEqual(without(t, before), without(t, removed)) || !isSubsequence(removed, after) {
			rt.Fatalf("%q became %q", after, removed)
		}
		if _, ok := had["fiskl"]; !ok && len(had) > 0 && removed != before {
			rt.Fatalf("%q became %q, and without the entry %q", before, after, removed)
		}
	})
}

// TestTOMLKeepsBytes does the same with statements of TOML.
func TestTOMLKeepsBytes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		lines := rapid.SliceOfN(rapid.SampledFrom([]string{
			"", "# [mcp_servers.fiskl]", "k%d = \"# no comment\" # one", "k%d = '''\n[mcp_servers.fiskl]\n\n'''", "k%d = [ # x\n  \"]\",\n\n]",
			"[t%d]", "[[many]]", "[t%d.\"a.b\"]", "[mcp_servers.s%d]", "  [ mcp_servers.s%d . env ]", "k%d = {a = 1, b = \"}\"}", "k%d.x = 2026-11-22",
		}), 0, 12).Draw(rt, "lines")
		var b strings.Builder
		for i, line := range lines {
			b.WriteString(strings.ReplaceAll(line, "%d", strconv.Itoa(i)) + "\n")
		}
		before := b.String()
		if rapid.Bool().Draw(rt, "CRLF") {
			before = strings.ReplaceAll(before, "\n", "\r\n")
		}
		if _, err := toml.Decode(before, &map[string]any{}); err != nil {
			rt.Skip("not TOML")
		}
		c, _ := client(t, "codex", before)
		after := plan(rt, c, wish())
		if !strings.HasPrefix(after, before) {
			rt.Fatalf("%q became %q", before, after)
		}
		c, _ = client(t, "codex", after)
		if removed := plan(rt, c, removal()); removed != before && removed != strings.TrimSuffix(strings.TrimSuffix(before, "\n"), "\r") {
			rt.Fatalf("%q became %q, and without the entry %q", before, after, removed)
		}
	})
}

// without is what a document says apart from our entry.
func without(t *testing.T, text string) map[string]any {
	t.Helper()
	standard, err := hujson.Standardize([]byte(strings.TrimPrefix(text, "\xef\xbb\xbf") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(standard))
	d.UseNumber()
	all := make(map[string]any)
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	servers, _ := all["mcpServers"].(map[string]any)
	delete(servers, "fiskl")
	if len(servers) == 0 {
		delete(all, "mcpServers")
	}
	return all
}

// serversOf are the servers of a document.
func serversOf(t *testing.T, text string) map[string]json.RawMessage {
	t.Helper()
	standard, err := hujson.Standardize([]byte(strings.TrimPrefix(text, "\xef\xbb\xbf") + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Servers map[string]json.RawMessage `json:"mcpServers"`
	}
	if err := json.Unmarshal(standard, &all); err != nil {
		t.Fatal(err)
	}
	return all.Servers
}

// isSubsequence reports that all bytes of one text are in another, in order.
func isSubsequence(part, whole string) bool {
	for i := range len(whole) {
		if part != "" && part[0] == whole[i] {
			part = part[1:]
		}
	}
	return part == ""
}

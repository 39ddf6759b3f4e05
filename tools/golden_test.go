package tools_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

var update = flag.Bool("update", false, "write the generated files anew")

// catalog returns every tool, bound to a client that is never called.
func catalog(tb testing.TB, o tools.Options) *tools.Catalog {
	tb.Helper()
	api, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_test")})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := tools.New(api, o)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestGolden holds each tool, exactly as clients are told of it, against its
// file, and the files against the structs.
func TestGolden(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"README.md": true, "schemas.tsv": true}
	for _, tool := range catalog(t, tools.Options{}).All() {
		name := tool.Name + ".json"
		known[name] = true
		golden(t, filepath.Join("golden", name), tool.Reflect())
	}
	files, err := os.ReadDir("golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !known[f.Name()] {
			t.Errorf("golden/%s belongs to no tool", f.Name())
		}
	}
}

// golden compares a value as JSON with a file, or writes the file with
// -update.
func golden(t *testing.T, path string, value any) {
	t.Helper()
	var want bytes.Buffer
	e := json.NewEncoder(&want)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		t.Fatal(err)
	}
	goldenText(t, path, want.Bytes())
}

func goldenText(t *testing.T, path string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test ./tools -update", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the code says: run go test ./tools -update and read the difference", path)
	}
}

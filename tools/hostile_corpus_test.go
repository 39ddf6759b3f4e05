package tools_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// hostile is one entry of testdata/hostile.
type hostile struct {
	Attack string `json:"attack"`
	Note   string `json:"note"`
	Text   string `json:"text"`
	Times  int    `json:"times"` // how often the text is repeated
	Wire   string `json:"wire"`  // the text as it stands in JSON
	Bytes  string `json:"bytes"` // the same in hexadecimal
}

// piece is an attack as it stands in a JSON answer, without the quotes around
// it.
type piece struct{ name, inner string }

func (p piece) literal() string { return `"` + p.inner + `"` }

// enormous reports a piece that takes up an answer by itself.
func (p piece) enormous() bool { return len(p.inner) > 10_000 }

// corpus reads every attack.
func corpus(t *testing.T) []piece {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	var all []piece
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var attacks []hostile
		if err := json.Unmarshal(b, &attacks); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, a := range attacks {
			if a.Attack == "" || a.Note == "" {
				t.Errorf("%s: %+v has no name or no note", name, a)
			}
			all = append(all, piece{strings.TrimSuffix(filepath.Base(name), ".json") + "/" + a.Attack, a.inner(t)})
		}
	}
	return all
}

// triedPieces are all attacks when suites run in full, and otherwise a part
// without the enormous ones.
func triedPieces(t *testing.T) []piece {
	t.Helper()
	all := corpus(t)
	if slowtest.Asked() {
		return all
	}
	return slowtest.Of(7, slices.DeleteFunc(all, piece.enormous))
}

func (a hostile) inner(t *testing.T) string {
	t.Helper()
	switch {
	case a.Wire != "":
		return strings.Trim(a.Wire, `"`)
	case a.Bytes != "":
		b, err := hex.DecodeString(strings.ReplaceAll(a.Bytes, " ", ""))
		if err != nil {
			t.Fatalf("%s: %v", a.Attack, err)
		}
		return strings.Trim(string(b), `"`)
	default:
		return inJSON(t, strings.Repeat(a.Text, max(1, a.Times)))
	}
}

// inJSON writes a text as it stands between the quotes of a JSON string.
func inJSON(t rapid.TB, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b[1 : len(b)-1])
}

// mixture draws a text made of attacks and of arbitrary characters, with
// something in it that can be seen.
func mixture(pieces []piece) *rapid.Generator[piece] {
	return rapid.Custom(func(t *rapid.T) piece {
		inner := "x"
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			part := inJSON(t, rapid.StringN(0, 12, -1).Draw(t, "noise"))
			if p := rapid.SampledFrom(pieces).Draw(t, "piece"); !p.enormous() {
				part = p.inner
			}
			if rapid.Bool().Draw(t, "front") {
				part, inner = inner, part
			}
			inner += part
		}
		return piece{"mixture", inner}
	})
}

package adopt_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/adopt"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

var update = flag.Bool("update", false, "write the generated files anew")

func operations(t *testing.T, text string) []contract.Operation {
	t.Helper()
	c, err := contract.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Operations()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func adopted(t *testing.T, text string) adopt.Outcome {
	t.Helper()
	return adopt.Adopt(adopt.Documents{Ours: operations(t, fisklapi.Contract()), Theirs: operations(t, text), For: "https://api.example.com", Source: "published.yaml, 2026-11-22"})
}

// TestAdoptOurs finds nothing to say of our own document.
func TestAdoptOurs(t *testing.T) {
	t.Parallel()
	got := adopted(t, fisklapi.Contract())
	var b bytes.Buffer
	if err := got.Dialect.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = "version = 1\nfor = \"https://api.example.com\"\nsource = \"published.yaml, 2026-11-22\"\n"
	if strings.TrimSpace(b.String()) != strings.TrimSpace(want) {
		t.Errorf("got %s", b.String())
	}
	for _, f := range got.Findings {
		t.Errorf("%+v", f)
	}
	if !got.Sound() || got.Same != 47 || got.Others != 0 {
		t.Errorf("%d are the same, %d others", got.Same, got.Others)
	}
	_ = dialect.Version
	_ = update
	_ = os.Args
}

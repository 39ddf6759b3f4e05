package contract_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestCompare finds what a document as Spring writes it says otherwise, in the
// words of testdata/differences.txt.
func TestCompare(t *testing.T) {
	t.Parallel()
	f, err := os.Open("testdata/published.json")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	published, err := contract.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := ours(t).Compare(published)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintf(&b, "%s %s (%s): %s\n", d.Method, d.Path, d.Operation, d.Says)
	}
	const golden = "testdata/differences.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != b.String() {
		t.Errorf("%v: run go test ./internal/contract -update and read the difference. Now it is\n%s", err, b.String())
	}
}

// TestCompareWithItself finds no difference where there is none.
func TestCompareWithItself(t *testing.T) {
	t.Parallel()
	same, err := contract.Read(strings.NewReader(fisklapi.Contract()))
	if err != nil {
		t.Fatal(err)
	}
	if all, err := ours(t).Compare(same); err != nil || len(all) > 0 {
		t.Errorf("got %v, %v", all, err)
	}
}

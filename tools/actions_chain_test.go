package tools_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestActionsTampered changes the journal by hand: whoever reads it is told what
// is wrong, with the first page.
func TestActionsTampered(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	d := newDesk(t, tools.Options{}).beside(t, folder, nil)
	for _, name := range []string{"Able", "Baker", "Charlie"} {
		d.must(t, "create_client", plus(t, `{}`, "name", name))
	}
	if got := actions(t, d, `{}`); got.Note != "" || got.Count != 3 {
		t.Errorf("as it was written: %+v", got)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(text), "Baker", "Bakes")
	if err := os.WriteFile(files[0], []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	got := actions(t, d, `{"limit":1}`)
	for _, want := range []string{"The journal is not as this server wrote it", "Some of lines 3 to 4 are not as written: changed afterwards, between 20", "fiskl-mcp journal check tells all."} {
		if !strings.Contains(got.Note, want) {
			t.Errorf("the note is %q, want %q", got.Note, want)
		}
	}
	if strings.Contains(got.Note, folder) {
		t.Errorf("the note shows a folder of this machine: %q", got.Note)
	}
	if next := actions(t, d, plus(t, `{"limit":1}`, "cursor", got.NextCursor)); next.Note != "" {
		t.Errorf("it is told again: %q", next.Note)
	}
}

package tools_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestCharts finds a picture on the answers that can be drawn and on no other,
// and none unless it was asked for. With -artifacts the pictures are kept.
func TestCharts(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	drawing := with(t, b.road, sandbox.KeyOwner, tools.Options{Charts: true})
	for name, c := range map[string]struct {
		tool, args string
		drawn      bool
	}{
		"profit":             {"get_profit_and_loss", `{"period":"last month","compare":5}`, true},
		"cash":               {"get_cash_flow", `{"period":"last month","compare":5}`, true},
		"ageing":             {"get_receivables_aging", `{}`, true},
		"nothing to compare": {"get_profit_and_loss", `{"period":"last month"}`, false},
		"a list":             {"list_clients", `{}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := call(t, drawing, c.tool, c.args)
			if a.Err != nil || (a.Picture != nil) != c.drawn {
				t.Fatalf("error %v, %d bytes of picture", a.Err, len(a.Picture))
			}
			if plain := call(t, b.Catalog, c.tool, c.args); plain.Picture != nil || plain.Text != a.Text {
				t.Error("a picture that nobody asked for, or another text with one")
			}
			if !c.drawn {
				return
			}
			const most = 40_000 // bytes
			if _, err := png.Decode(bytes.NewReader(a.Picture)); err != nil || len(a.Picture) > most {
				t.Errorf("%d bytes: %v", len(a.Picture), err)
			}
			if wire, err := json.Marshal(a.Result()); err != nil || !bytes.Contains(wire, []byte(`"mimeType":"image/png"`)) {
				t.Errorf("the picture is not on the wire: %v", err)
			}
			if err := os.WriteFile(filepath.Join(t.ArtifactDir(), "chart.png"), a.Picture, 0o600); err != nil {
				t.Fatal(err)
			}
		})
	}
}

package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// FuzzTokens calls every tool that takes a token or a state with whatever
// comes: it never panics, never writes, and never repeats what it was given
// outside quotes.
func FuzzTokens(f *testing.F) {
	d := newDesk(f, tools.Options{})
	const args = `{"invoice":"5268"}`
	foreign := d.beside(f, "", func(o *tools.Options) { o.Identity = "acme" })
	strange := d.beside(f, "", func(o *tools.Options) { o.Sealer = d.strange })
	for _, other := range []*desk{foreign, strange} {
		f.Add(other.propose(f, byToken, "send_invoice", args))
		f.Add(other.propose(f, byAsking, "send_invoice", args))
		f.Add(other.previewed(f, contents()["hours"]).PreviewToken)
	}
	other := d.propose(f, byToken, "send_invoice", `{"invoice":"5262"}`) // of this company and tool, for another record
	for _, seed := range []string{"", " ", "fc_", "fa_", "fp_", "\x00", "\xff\xfe", "fc_\u202e", `"`, other, other[:40], "fa" + other[2:], "fp" + other[2:], strings.Repeat("A", 200)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		reqs := map[string][]tools.Request{}
		for tool, args := range confirmables() {
			reqs[tool] = []tools.Request{agreed(t, byToken, args, token), agreed(t, byAsking, args, token)}
		}
		whole, err := json.Marshal(map[string]any{"preview_token": token, "client": token})
		if err != nil {
			t.Fatal(err)
		}
		reqs["create_invoice"] = []tools.Request{{Args: json.RawMessage(plus(t, `{}`, "preview_token", token))}, {Args: whole}}
		for tool, all := range reqs {
			for _, req := range all {
				a := d.request(t, tool, req)
				if a.Defect || d.writes() != 0 {
					t.Fatalf("%s with %q: written %v, %v", tool, token, d.road.written(), a.Err)
				}
				if held := a.Question != nil || confirmToken(t, a) != ""; token != "" && held || a.Err == nil && !held {
					t.Errorf("%s with %q: %.300s", tool, token, a.Text)
				}
			}
		}
	})
}

package tools_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/uuids"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestUUIDsConfirmed has a yes to one invoice of a Fiskl with UUIDs count for that invoice only, named by number or by id,
// in both ways. A token has no room for a UUID.
func TestUUIDsConfirmed(t *testing.T) {
	t.Parallel()
	ids := strings.NewReplacer("INV-0150", uuids.Of("5268"), "INV-0145", uuids.Of("5253"))
	for _, w := range ways() {
		for tool, args := range confirmables() {
			for named, args := range map[string]string{"number": args, "id": ids.Replace(args)} {
				t.Run(string(w)+"/"+tool+"/"+named, func(t *testing.T) {
					t.Parallel()
					d := newDesk(t, tools.Options{})
					d.meddler.next = inprocess.Transport{Handler: uuids.Handler{Next: d.inside}}
					proof := d.propose(t, w, tool, args)
					other := strings.NewReplacer(uuids.Of("5268"), uuids.Of("5253"), "INV-0150", "INV-0145").Replace(args)
					if other != args {
						d.refused(t, d.agree(t, w, tool, other, proof), 0, "the person agreed to ")
						proof = d.propose(t, w, tool, args)
					}
					a := d.agree(t, w, tool, args, proof)
					d.wrote(t, tool, a, 0)
					if !strings.Contains(string(a.Structured), `"00000000-0000-4000-8000-`) {
						t.Errorf("no UUID in %s", a.Structured)
					}
				})
			}
		}
	}
}

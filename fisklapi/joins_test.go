package fisklapi_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestRenamedIntoAnother warns that a client was given the name of another, and
// says nothing where it keeps its own.
func TestRenamedIntoAnother(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"NORTHWIND  bakery": `another client has that name too: "Northwind Bakery" (id 1035`,
		"Acme Ltd.":         "",
	} {
		world, _ := sandboxed(t)
		got, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: schemas.ContactPatch{Name: &name}})
		warned := strings.Join(got.Warnings, " ")
		if err != nil || !strings.Contains(warned, want) || want == "" && strings.Contains(warned, "another client") {
			t.Errorf("%s: got %q and error %v", name, warned, err)
		}
	}
}

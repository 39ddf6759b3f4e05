package fisklapi_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestTax finds one tax by its id, by its name and by part of it, and tells it
// as the list does: the members of a group by name.
func TestTax(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	list, err := world.Taxes.List(t.Context(), schemas.None{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range list.Rows {
		for _, ref := range []string{string(want.ID), want.Name} {
			got, err := world.Taxes.Get(t.Context(), schemas.TaxRef{Tax: ref})
			if err != nil || got.ID != want.ID || got.Rate != want.Rate || got.Agency != want.Agency || !slices.Equal(got.Members, want.Members) {
				t.Errorf("%s: got %+v and error %v, want %+v", ref, got, err, want)
			}
		}
	}
	if got, err := world.Taxes.Get(t.Context(), schemas.TaxRef{Tax: "reduced"}); err != nil || got.Name != "VAT Reduced 5%" {
		t.Errorf("got %+v and error %v", got, err)
	}
	if _, err := world.Taxes.Get(t.Context(), schemas.TaxRef{Tax: "levy"}); !errors.Is(err, fisklapi.Ambiguous) {
		t.Errorf("got error %v", err)
	}
}

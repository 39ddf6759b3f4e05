package mcpserver

import (
	"context"
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestPermission finds that what a credential lacks is told once its permissions
// are known and not before, and that what is withheld stays so in any case. What
// needs nothing of the API is everybody's.
func TestPermission(t *testing.T) {
	t.Parallel()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("not used"),
		Endpoints:   []fisklapi.Endpoint{{Operation: fisklapi.OpListTaxes, Permission: "taxes.read"}}, // as a person can set it
	})
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := tools.New(api, tools.Options{})
	if err != nil {
		t.Fatal(err)
	}
	holds := func(known bool, held ...string) func(context.Context) ([]string, bool) {
		return func(context.Context) ([]string, bool) { return held, known }
	}
	needs := []fisklapi.Operation{fisklapi.OpListTaxes, fisklapi.OpListInvoices, fisklapi.OpListTaxes}
	for name, c := range map[string]struct {
		held     func(context.Context) ([]string, bool)
		withheld string
		needs    []fisklapi.Operation
		missing  []string
	}{
		"nobody looks":     {nil, "", needs, nil},
		"not known yet":    {holds(false), "", needs, nil},
		"holds none":       {holds(true), "", needs, []string{"invoice.read", "taxes.read"}},
		"holds one":        {holds(true, "invoice.read"), "", needs, []string{"taxes.read"}},
		"holds all":        {holds(true, "taxes.read", "invoice.read"), "", needs, nil},
		"needs nothing":    {holds(true), "", nil, nil},
		"withheld as well": {holds(true), "it is not offered", needs, []string{"invoice.read", "taxes.read"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Company{Catalog: catalog, Held: c.held}.permission(t.Context())(c.withheld, c.needs)
			if got.withheld != c.withheld || !slices.Equal(got.missing, c.missing) {
				t.Errorf("got %+v", got)
			}
			if got.none() != (c.withheld == "" && c.missing == nil) {
				t.Errorf("%+v counts as none: %t", got, got.none())
			}
		})
	}
}

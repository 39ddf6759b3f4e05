package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestUnsettledCurrency finds the note on amounts that may be read wrong, in
// both forms, and none where there is no doubt.
func TestUnsettledCurrency(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		currency string
		units    fisklapi.MinorUnits
		noted    bool
	}{
		{"JPY", fisklapi.Documented, true},
		{"KWD", fisklapi.Documented, true},
		{"JPY", fisklapi.Hundredths, false},
		{"JPY", fisklapi.ISO4217, false},
		{"GBP", fisklapi.Documented, false},
	} {
		api, err := fisklapi.New(fisklapi.Options{
			TokenSource: fisklapi.Key("fsk_test"), Rate: -1, MinorUnits: c.units,
			Transport: canned{
				"/v1/company":      []byte(`{"id":1,"name":"Yen & Co","currency":"GBP"}`),
				"/v1/products":     []byte(`[{"id":7,"name":"Tea","type":"Product","price":150000,"currency":"` + c.currency + `"}]`),
				"/v1/products/7":   []byte(`{"id":7,"name":"Tea","type":"Product","price":150000,"currency":"` + c.currency + `"}`),
				"/v1/date-periods": []byte(`[]`),
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		catalog, err := tools.New(api, tools.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for tool, args := range map[string]string{"list_products": `{}`, "get_product": `{"product":"7"}`} {
			a := call(t, catalog, tool, args)
			var whole map[string]any
			if err := json.Unmarshal(a.Structured, &whole); err != nil {
				t.Fatal(a.Text)
			}
			if _, inJSON := whole["amounts_note"]; inJSON != c.noted || strings.Contains(a.Text, "\namounts_note\tamounts in "+c.currency) != c.noted {
				t.Errorf("%s in %s, units %q: %s\n%s", tool, c.currency, c.units, a.Structured, a.Text)
			}
		}
	}
}

package complete_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
)

// TestAmong finds what holds the typed text: at the beginning first, whatever
// the case, and never more than may be shown.
func TestAmong(t *testing.T) {
	t.Parallel()
	names := []string{"Pacific Trail", "Acme Ltd", "acme retail", "Café Lumière", "Blue"}
	many := make([]string, 250)
	for i := range many {
		many[i] = fmt.Sprintf("INV-%04d", i)
	}
	for name, c := range map[string]struct {
		all   []string
		typed string
		want  string // by commas; of many, the first and the last
		total int
		more  bool
	}{
		"nothing typed":     {names, "", "Pacific Trail,Acme Ltd,acme retail,Café Lumière,Blue", 5, false},
		"beginning first":   {names, "AC", "Acme Ltd,acme retail,Pacific Trail", 3, false},
		"inside":            {names, "retail", "acme retail", 1, false},
		"another script":    {names, "LUMIÈRE", "Café Lumière", 1, false},
		"nobody":            {names, "zebra", "", 0, false},
		"none at all":       {nil, "a", "", 0, false},
		"spaces around":     {names, "  blue ", "Blue", 1, false},
		"cannot be seen":    {names, "bl\u200Bue\u202E", "Blue", 1, false},
		"a line of its own": {names, "blue\nAcme", "", 0, false},
		"too many":          {many, "inv", "INV-0000,INV-0099", 250, true},
		"just enough":       {many, "INV-01", "INV-0100,INV-0199", 100, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := complete.Among(c.all, c.typed)
			shown := got.Values
			if len(shown) > complete.Most {
				t.Errorf("%d values", len(shown))
			}
			if len(shown) > 50 {
				shown = []string{shown[0], shown[len(shown)-1]}
			}
			if strings.Join(shown, ",") != c.want || got.Total != c.total || got.More != c.more {
				t.Errorf("got %q of %d, more %t", shown, got.Total, got.More)
			}
		})
	}
}

// TestTemplate finds where the values of what an address takes come from.
func TestTemplate(t *testing.T) {
	t.Parallel()
	two := []string{"acme", "harbour"}
	for name, c := range map[string]struct {
		uri, argument string
		companies     []string
		source        complete.Source
		choices       []string
		ok            bool
	}{
		"clients":             {"fiskl://clients/{id}", "id", nil, complete.Clients, nil, true},
		"invoices of several": {"fiskl://invoices/{id}{?company}", "id", two, complete.Invoices, nil, true},
		"period of a report":  {"fiskl://reports/{report}{?period,start,end,basis}", "period", nil, complete.Periods, nil, true},
		"basis of a report":   {"fiskl://reports/{report}{?period,start,end,basis,company}", "basis", two, "", []string{"accrual", "cash"}, true},
		"a company":           {"fiskl://company{?company}", "company", two, "", two, true},
		"the only company":    {"fiskl://company", "company", []string{"acme"}, "", nil, true},
		"form of an invoice":  {"fiskl://invoices/{id}{?format}", "format", nil, "", []string{"json", "markdown"}, true},
		"form of a client":    {"fiskl://clients/{id}", "format", nil, "", nil, true},
		"first day":           {"fiskl://reports/{report}{?period,start,end,basis}", "start", nil, "", nil, true},
		"a file":              {"fiskl://exports/{id}", "id", nil, "", nil, true},
		"no argument":         {"fiskl://taxes", "id", nil, "", nil, true},
		"no address":          {"fiskl://bills/{id}", "id", nil, "", nil, false},
		"no address, several": {"fiskl://bills/{id}", "company", two, "", two, false},
		"one record":          {"fiskl://clients/1024", "id", nil, "", nil, false},
		"nothing":             {"", "", nil, "", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, ok := complete.Template(c.uri, c.argument, c.companies)
			if ok != c.ok || got.Source != c.source || !slices.Equal(got.Choices, c.choices) {
				t.Errorf("got %+v, %t", got, ok)
			}
		})
	}
	reports, _ := complete.Template("fiskl://reports/{report}", "report", nil)
	if len(reports.Choices) != 10 {
		t.Errorf("there are the reports %q", reports.Choices)
	}
}

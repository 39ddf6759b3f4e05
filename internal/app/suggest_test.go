package app

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// suggestions is what a completion comes to.
type suggestions struct {
	Values  []string `json:"values"`
	Total   int      `json:"total"`
	HasMore bool     `json:"hasMore"`
}

func suggested(t *testing.T, got said) suggestions {
	t.Helper()
	var read struct {
		Result *struct {
			Completion *suggestions `json:"completion"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(got.message()), &read); err != nil || read.Result == nil || read.Result.Completion == nil || read.Result.Completion.Values == nil {
		t.Fatalf("no suggestions: %d %s", got.status, got.body)
	}
	return *read.Result.Completion
}

// completing is a request for what an argument of a job, or of an address, may
// be.
func completing(ref, argument, typed string, also ...string) string {
	kind := `"type":"ref/prompt","name"`
	if strings.Contains(ref, "://") {
		kind = `"type":"ref/resource","uri"`
	}
	params := fmt.Sprintf(`"ref":{%s:%q},"argument":{"name":%q,"value":%q}`, kind, ref, argument, typed)
	if len(also) > 0 {
		params += `,"context":{"arguments":{` + strings.Join(also, ",") + `}}`
	}
	return params
}

// TestSuggestions finds suggestions for what jobs and addresses take, however
// the program is talked to, and none where there are none.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	for name, way := range everyWay(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct {
				ref, argument, typed string
				first                string
				total                int
				more                 bool
			}{
				{"who_owes_me_money", "client", "ac", "Acme Ltd", 4, false},
				{"who_owes_me_money", "client", "", "Acme Ltd", 12, false},
				{"who_owes_me_money", "client", "zebra", "", 0, false},
				{"month_end_review", "period", "LAST", "Last Week", 6, false},
				{"vat_preparation", "basis", "c", "cash", 2, false},
				{"collections_letters", "tone", "fi", "firm", 2, false},
				{"why_did_it_change", "against", "this fin", "This Financial Quarter", 4, false},
				{"why_did_it_change", "figure", "pro", "", 0, false},
				{"create_and_send_invoice", "items", "", "", 0, false},
				{"who_owes_me_money", "vendor", "a", "", 0, false},
				{"who_owes_me_money", "company", "a", "", 0, false},
				{"fiskl://clients/{id}", "id", "müll", "Müller Maschinenbau AG", 1, false},
				{"fiskl://invoices/{id}{?format}", "id", "inv-014", "INV-0149", 10, false},
				{"fiskl://invoices/{id}", "id", "inv", "INV-0150", 150, true},
				{"fiskl://reports/{report}{?period,start,end,basis,format}", "report", "aging", "receivables_aging", 2, false},
				{"fiskl://reports/{report}{?period,start,end,basis,format}", "period", "today", "Today", 1, false},
				{"fiskl://reports/{report}{?period,start,end,basis,format}", "start", "2026", "", 0, false},
				{"fiskl://exports/{id}", "id", "", "", 0, false},
				{"fiskl://taxes", "id", "", "", 0, false},
			} {
				got := suggested(t, way.post("completion/complete", "", completing(c.ref, c.argument, c.typed)))
				first := ""
				if len(got.Values) > 0 {
					first = got.Values[0]
				}
				if first != c.first || got.Total != c.total || got.HasMore != c.more || len(got.Values) > 100 {
					t.Errorf("%s %s %q: %d of %d, more %t: %q", c.ref, c.argument, c.typed, len(got.Values), got.Total, got.HasMore, got.Values)
				}
			}
			for ref, want := range map[string]string{
				"pay_everybody":            `there is no prompt "pay_everybody"`,
				"":                         `there is no prompt ""`,
				"fiskl://bills/{id}":       `there is no resource or template "fiskl://bills/{id}"`,
				"https://example.com":      "there is no resource or template",
				"file:///etc/" + endless(): "there is no resource or template",
			} {
				refused(t, way, way.post("completion/complete", "", completing(ref, "id", "a")), want)
			}
		})
	}
}

// TestSuggestionsOfOthers finds that everybody is shown their own books alone,
// and of several companies the one that was named.
func TestSuggestionsOfOthers(t *testing.T) {
	t.Parallel()
	clients := func(v visitor, also ...string) []string {
		t.Helper()
		return suggested(t, v.post("completion/complete", "", completing("who_owes_me_money", "client", "", also...))).Values
	}
	w := watch(t)
	h := receptive(t, []string{"FISKL_BASE_URL=" + w.url, "FISKL_RATE_LIMIT=0"}, "--auth", "header")
	if got := clients(h.by("X-Fiskl-Api-Key", sandbox.KeyOwner)); len(got) != 12 {
		t.Errorf("the owner is shown %q", got)
	}
	products := func(key string) []string {
		t.Helper()
		return suggested(t, h.by("X-Fiskl-Api-Key", key).post("completion/complete", "", completing("fiskl://vendors/{id}", "id", ""))).Values
	}
	if got := products(sandbox.KeyOwner); len(got) < 5 {
		t.Errorf("the owner is shown %q", got)
	}
	if got := products(sandbox.KeyInvoiceOnly); len(got) != 0 {
		t.Errorf("a key that may not see vendors is shown %q", got)
	}
	several := receptive(t, []string{companiesFile(t)})
	v := several.by()
	if a := v.told("create_client", `{"company":"harbour","name":"Quayside Cycles"}`); a.failed {
		t.Fatal(a.text)
	}
	if got := clients(v, `"company":"Harbour"`); !slices.Contains(got, "Quayside Cycles") {
		t.Errorf("harbour has %q", got)
	}
	if got := clients(v, `"company":"acme"`); len(got) != 12 || slices.Contains(got, "Quayside Cycles") {
		t.Errorf("acme has %q", got)
	}
	for _, also := range [][]string{nil, {`"company":""`}, {`"company":"acm"`}} {
		if got := clients(v, also...); len(got) != 0 {
			t.Errorf("%v has %q", also, got)
		}
	}
	for _, ref := range []string{"who_owes_me_money", "fiskl://company{?company}"} {
		got := suggested(t, v.post("completion/complete", "", completing(ref, "company", "a")))
		if !slices.Equal(got.Values, []string{"acme", "harbour"}) {
			t.Errorf("%s: the companies are %q", ref, got.Values)
		}
	}
}

// TestSuggestionsSilence finds that where Fiskl fails nothing is suggested, and
// nothing of the books is logged.
func TestSuggestionsSilence(t *testing.T) {
	t.Parallel()
	api := moodyAPI(t)
	api.status.Store(500)
	h := receptive(t, []string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + api.url, "FISKL_TIMEOUT=1s"}, "--log-level", "debug")
	got := suggested(t, h.by().post("completion/complete", "", completing("who_owes_me_money", "client", "secret letters")))
	if len(got.Values) != 0 || got.Total != 0 {
		t.Errorf("got %+v", got)
	}
	if log := h.log.String(); !strings.Contains(log, "nothing to suggest") || strings.Contains(log, "secret letters") {
		t.Errorf("the log says\n%s", log)
	}
}

// TestSuggestedAddresses finds that what is suggested for an address makes one
// that can be read, for every template there is, of one company and of several.
func TestSuggestedAddresses(t *testing.T) {
	t.Parallel()
	for name, company := range map[string]string{"one company": "", "several": "harbour"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			env, args := []string{companiesFile(t)}, []string{"--caller-rate", "0"}
			var also []string
			if company == "" {
				env, args = nil, append(args, "--sandbox")
			} else {
				also = []string{`"company":"` + company + `"`}
			}
			v := receptive(t, env, args...).by()
			for _, template := range templatesOf(t, v) {
				path, query, _ := strings.Cut(strings.TrimSuffix(template, "}"), "{?")
				for argument := range strings.SplitSeq(query, ",") {
					suggested(t, v.post("completion/complete", "", completing(template, argument, "", also...)))
				}
				folder, argument, ok := strings.Cut(strings.Trim(path, "}"), "{")
				if !ok || folder == "fiskl://exports/" {
					continue
				}
				got := suggested(t, v.post("completion/complete", "", completing(template, argument, "", also...)))
				if len(got.Values) < 5 {
					t.Errorf("%s: only %q are suggested", template, got.Values)
				}
				for _, value := range got.Values[:min(5, len(got.Values))] {
					uri := folder + url.PathEscape(value)
					if company != "" {
						uri += "?company=" + company
					}
					if read := v.post("resources/read", uri, fmt.Sprintf(`"uri":%q`, uri)); member(t, read.message(), "result") == nil {
						t.Errorf("%s cannot be read: %s", uri, read.body)
					}
				}
			}
		})
	}
}

// templatesOf are the addresses of resources that take something.
func templatesOf(t *testing.T, v visitor) []string {
	t.Helper()
	var read struct {
		Result struct {
			Templates []struct {
				URI string `json:"uriTemplate"`
			} `json:"resourceTemplates"`
		} `json:"result"`
	}
	got := v.post("resources/templates/list", "", "")
	if err := json.Unmarshal([]byte(got.message()), &read); err != nil || len(read.Result.Templates) < 7 {
		t.Fatalf("no templates: %d %s", got.status, got.body)
	}
	var all []string
	for _, template := range read.Result.Templates {
		all = append(all, template.URI)
	}
	return all
}

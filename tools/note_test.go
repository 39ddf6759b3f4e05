package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestPeriodStillOpen finds that a report says in both forms when it runs to a
// day that has not come, and is quiet when it does not.
func TestPeriodStillOpen(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for _, c := range []struct {
		tool, args string
		noted      string
	}{
		{"get_profit_and_loss", `{"period":"this month","compare":1}`, "2026-11-30"},
		{"compare_periods", `{"period":"this month"}`, "2026-11-30"},
		{"get_balance_sheet", `{"period":"this financial year"}`, "2027-03-31"},
		{"get_receivables_aging", `{"as_of":"2026-11-23"}`, "2026-11-23"},
		{"get_tax_report", `{"period":"this quarter"}`, "2026-12-31"},
		{"export_report", `{"report":"general_ledger","period":"this month"}`, "2026-11-30"},
		{"export_list", `{"list":"payments","period":"this month"}`, ""},
		{"get_profit_and_loss", `{"period":"this month-to-date"}`, ""},
		{"get_balance_sheet", `{}`, ""},
		{"get_trial_balance", `{"period":"last month"}`, ""},
		{"list_invoices", `{"period":"this month"}`, ""},
	} {
		a := call(t, b.Catalog, c.tool, c.args)
		var got struct {
			Note string `json:"period_note"`
		}
		if err := json.Unmarshal(a.Structured, &got); err != nil {
			t.Fatal(a.Text)
		}
		want := ""
		if c.noted != "" {
			want = c.noted + " is still to come, today is 2026-11-22: these are the books so far, not those of a period that is over"
		}
		if got.Note != want || strings.Contains(a.Text, "\nperiod_note\t"+got.Note) != (want != "") {
			t.Errorf("%s %s: got %q, want %q, in\n%s", c.tool, c.args, got.Note, want, a.Text)
		}
	}
}

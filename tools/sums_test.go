package tools_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestEverythingAddsUp finds nothing amiss in any report of the demo company.
func TestEverythingAddsUp(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for tool, args := range map[string]string{
		"get_profit_and_loss":      `{"period":"last financial year","compare":3}`,
		"get_balance_sheet":        `{"compare":3}`,
		"get_cash_flow":            `{"start":"2025-04-01","end":"2026-03-31","compare":2}`,
		"get_trial_balance":        `{"basis":"cash"}`,
		"get_tax_report":           `{"period":"last quarter","detail":true}`,
		"get_receivables_aging":    `{"detail":true}`,
		"get_payables_aging":       `{"detail":true}`,
		"get_general_ledger":       `{"period":"last month"}`,
		"get_statement_of_account": `{"client":"Café Lumière SARL","period":"last financial year"}`,
		"get_invoice":              `{"invoice":"INV-0136"}`,
		"get_quote":                `{"quote":"QUOTE-0001"}`,
		"export_report":            `{"report":"balance_sheet"}`,
	} {
		if a := call(t, b.Catalog, tool, args); a.Err != nil || strings.Contains(a.Text, "sums_note") {
			t.Errorf("%s %s: got %s", tool, args, a.Text)
		}
	}
}

// TestFiguresThatDoNotAddUp has single figures of the API's answers changed, and finds a note in both forms of ours that
// names the place.
func TestFiguresThatDoNotAddUp(t *testing.T) {
	t.Parallel()
	m := &meddler{next: inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}}
	c := on(t, m, sandbox.KeyOwner)
	for _, test := range []struct {
		tool, args, from, to string
		says                 []string
	}{
		{"get_profit_and_loss", `{"period":"last month"}`, `"name":"Bank Charges","amount":`, `"name":"Bank Charges","amount":9`, []string{"total Operating Expenses is ", "its rows come to"}},
		{"get_profit_and_loss", `{"period":"last month"}`, `"netProfit":`, `"netProfit":8`, []string{"net_profit is 8"}},
		{"get_balance_sheet", `{}`, `"liabilities":`, `"liabilities":7`, []string{"liabilities is 7", "liabilities and equity make"}},
		{"get_cash_flow", `{"period":"last month"}`, `"closingCash":`, `"closingCash":6`, []string{"closing_cash is 6"}},
		{"get_tax_report", `{"period":"last quarter"}`, `"closing":`, `"closing":5`, []string{"closing of HMRC is 5"}},
		{"export_report", `{"report":"profit_and_loss","period":"last month"}`, `"netProfit":`, `"netProfit":8`, []string{"net_profit is 8"}},
	} {
		m.meddle(nil, func(_ *http.Request, b []byte) []byte { return bytes.Replace(b, []byte(test.from), []byte(test.to), 1) })
		noted(t, c, test.tool, test.args, test.says)
	}
}

// noted makes a call whose answer has to have a note that says something.
func noted(t *testing.T, c *tools.Catalog, tool, args string, says []string) {
	t.Helper()
	a := call(t, c, tool, args)
	var got struct {
		Note string `json:"sums_note"`
	}
	if err := json.Unmarshal(a.Structured, &got); err != nil {
		t.Fatal(a.Text)
	}
	for _, part := range append(says, "these figures do not add up: ") {
		if !strings.Contains(got.Note, part) || !strings.Contains(a.Text, "\nsums_note\t"+got.Note) {
			t.Errorf("%s: got %q, want %q in both forms of\n%s", tool, got.Note, part, a.Text)
		}
	}
}

// TestUnrealisedTies finds the same retained earnings in balance sheet, trial balance and trace, and the words by which
// they tie. Of the demo company on 22 November 2026, 90.18 of unrealised differences is of the year before.
func TestUnrealisedTies(t *testing.T) {
	t.Parallel()
	c := newBox(t, sandbox.KeyOwner).Catalog
	const retained = "63904.08"
	sheet := call(t, c, "get_balance_sheet", `{}`).Text
	for _, want := range []string{
		"\nRetained Earnings\t3030\t" + retained + "\n", "\nUnrealised exchange differences of earlier years\t\t90.18\n",
		"exchange_note\t", "90.18 is carried forward from earlier years", "tie to the trial balance",
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("%q is not in\n%s", want, sheet)
		}
	}
	trial := call(t, c, "get_trial_balance", `{}`).Text
	if !strings.Contains(trial, "\nRetained Earnings\t3030\t549\t0.00\t"+retained+"\n") || !strings.Contains(trial, "exchange_note\tbalances as posted") {
		t.Errorf("got %s", trial)
	}
	trace := read[schemas.Trace](t, c, "trace_figure", `{"account":"3030"}`)
	if !strings.Contains(trace.Origin, "its balance is of earlier ones") {
		t.Errorf("got %q", trace.Origin)
	}
	for _, want := range []string{"Balance Sheet shows " + retained + ", which is what was posted", "earlier years, 90.18, are in a row of their own there"} {
		if trace.Closing != "-"+retained || !strings.Contains(trace.ReportNote, want) {
			t.Errorf("got %s and %q, want %q", trace.Closing, trace.ReportNote, want)
		}
	}
	for account, want := range map[string]string{
		"8030": "the Profit and Loss shows ", "3040": "where 0.00 was posted: the report computes the rest", "1100": "which is what was posted",
	} {
		if got := read[schemas.Trace](t, c, "trace_figure", `{"account":"`+account+`"}`); !strings.Contains(got.ReportNote, want) {
			t.Errorf("%s: got %q, want %q", account, got.ReportNote, want)
		}
	}
	// A period that holds the end of a year: the entry that closes it is no income.
	across := read[schemas.Trace](t, c, "trace_figure", `{"account":"6080","start":"2025-06-01","end":"2026-10-31"}`)
	if !strings.Contains(across.ReportNote, "which is what was posted") {
		t.Errorf("got %q", across.ReportNote)
	}
}

// TestFirstYearsCash is of books that began on 3 April 2025 with 56,800.00, 4,200.00 and 12,000.00 on three accounts:
// opening cash, and not a flow. The year ends with what the trial balance has of the three.
func TestFirstYearsCash(t *testing.T) {
	t.Parallel()
	day := func() time.Time { return time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC) }
	c := on(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: day})}, sandbox.KeyOwner)
	flow := call(t, c, "get_cash_flow", `{"start":"2025-04-01","end":"2026-03-31"}`).Text
	for _, want := range []string{"\nopening_cash\t\t73000.00\n", "\nnet_change\t\t-16919.18\n", "\nclosing_cash\t\t56080.82"} {
		if !strings.Contains(flow, want) || strings.Contains(flow, "pening balance") {
			t.Errorf("%q is not in\n%s", want, flow)
		}
	}
	cash := decimal.Zero
	for line := range strings.Lines(call(t, c, "get_trial_balance", `{"as_of":"2026-03-31"}`).Text) {
		if cells := strings.Split(line, "\t"); len(cells) > 3 && slices.Contains([]string{"1010", "1020", "1030"}, cells[1]) {
			cash = cash.Add(schemas.Money(cells[3]).Decimal())
		}
	}
	if cash.String() != "56080.82" {
		t.Errorf("the trial balance has %s", cash)
	}
}

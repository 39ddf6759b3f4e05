package tools_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// layouts are the reports whose text is kept for review.
func layouts() map[string][2]string {
	return map[string][2]string{
		"profit_and_loss":      {"get_profit_and_loss", `{"period":"last financial year"}`},
		"profit_and_loss_cash": {"get_profit_and_loss", `{"period":"last quarter","compare":3,"basis":"cash"}`},
		"balance_sheet":        {"get_balance_sheet", `{"period":"last month","compare":1}`},
		"trial_balance":        {"get_trial_balance", `{}`},
		"cash_flow":            {"get_cash_flow", `{"period":"last quarter","compare":2}`},
		"financial_ratios":     {"get_financial_ratios", `{"period":"last financial year"}`},
		"receivables_aging":    {"get_receivables_aging", `{"detail":true}`},
		"payables_aging":       {"get_payables_aging", `{"detail":true}`},
		"general_ledger":       {"get_general_ledger", `{"period":"last month","account":["1020","2200"],"limit":30}`},
		"transaction_detail":   {"get_transaction_detail", `{"period":"last month","contact":"Müller Maschinenbau AG"}`},
		"spend_by_vendor":      {"get_transaction_detail", `{"period":"last quarter","by":"contact","limit":5}`},
		"statement_of_account": {"get_statement_of_account", `{"client":"Müller Maschinenbau AG","period":"last quarter"}`},
		"tax_report":           {"get_tax_report", `{"period":"last quarter"}`},
		"tax_report_detail":    {"get_tax_report", `{"period":"last month","detail":true}`},
		"compare_periods":      {"compare_periods", `{"period":"2026-09-01..2026-09-30","against":"2026-08-01..2026-08-31"}`},
		"trace_figure":         {"trace_figure", `{"account":"5040","period":"last quarter"}`},
	}
}

// TestLayouts holds the text of each report against a file, so that changes of layout are seen in review.
func TestLayouts(t *testing.T) {
	t.Parallel()
	for name, layout := range layouts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := call(t, newBox(t, sandbox.KeyOwner).Catalog, layout[0], layout[1])
			within(t, a)
			goldenText(t, filepath.Join("testdata", "reports", name+".txt"), []byte(layout[0]+" "+layout[1]+"\n"+a.Text+"\n"))
		})
	}
	files, err := os.ReadDir(filepath.Join("testdata", "reports"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := layouts()[strings.TrimSuffix(f.Name(), ".txt")]; !ok {
			t.Errorf("testdata/reports/%s belongs to no report", f.Name())
		}
	}
}

// TestLargestReports asks the demo company for as much as a report can hold.
func TestLargestReports(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for tool, args := range map[string]string{
		"get_profit_and_loss":    `{"period":"last month","compare":20}`,
		"get_balance_sheet":      `{"period":"last month","compare":20,"basis":"cash"}`,
		"get_cash_flow":          `{"period":"last month","compare":20}`,
		"get_trial_balance":      `{}`,
		"get_receivables_aging":  `{"detail":true}`,
		"get_payables_aging":     `{"detail":true}`,
		"get_tax_report":         `{"detail":true}`,
		"get_general_ledger":     `{"start":"2025-01-01","end":"2026-11-22","all":true}`,
		"get_transaction_detail": `{"start":"2025-01-01","end":"2026-11-22","limit":200}`,
		"list_changes":           `{"start":"2025-01-01","end":"2026-11-22","all":true}`,
		"compare_periods":        `{"period":"this financial year","against":"last financial year"}`,
		"trace_figure":           `{"account":"1010","start":"2025-01-01","end":"2026-11-22","limit":100}`,
	} {
		within(t, call(t, b.Catalog, tool, args))
	}
	got := read[struct {
		Columns []struct {
			Start schemas.Date `json:"start"`
		} `json:"columns"`
	}](t, b.Catalog, "get_cash_flow", `{"period":"last month","compare":20}`)
	if len(got.Columns) != 21 || got.Columns[20].Start != "2025-02-01" {
		t.Errorf("got columns %+v", got.Columns)
	}
}

// large is a company whose every report is large.
type large struct{}

func (large) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	many := func(n int, one string) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	q := r.URL.Query()
	earlier, err := strconv.Atoi(q.Get("compare"))
	if err != nil {
		earlier = 0
	}
	head := `{"name":"Report","currency":"GBP","asOf":"2026-11-22",`
	if q.Get("start") != "" {
		head = fmt.Sprintf(`{"name":"Report","currency":"GBP","start":%q,"end":%q,`, q.Get("start"), q.Get("end"))
	}
	totals := func(amount int) string {
		return fmt.Sprintf(`"totals":{"revenue":%[1]d,"costOfSales":0,"grossProfit":%[1]d,"operatingExpenses":0,"operatingProfit":%[1]d,"nonOperating":0,"netProfit":%[1]d}`, amount)
	}
	columns := []string{}
	for i := 0; earlier > 0 && i <= earlier; i++ {
		columns = append(columns, fmt.Sprintf(`{"name":"%[1]d","start":"%[1]d-01-01","end":"%[1]d-12-31",%[2]s}`, 2026-i, totals(300*123456)))
	}
	var accounts, lines []string
	for i := range 400 { // of which one moves
		accounts = append(accounts, fmt.Sprintf(`{"accountId":%d,"code":"%d","name":"An account with a name","opening":0,"debit":%[3]d,"credit":0,"closing":%[3]d}`,
			i+1, 4000+i, max(0, 1-i)))
	}
	for i := range 600 {
		lines = append(lines, fmt.Sprintf(`{"date":"2026-05-01","type":"Invoice","id":%[1]d,"number":"INV-%[1]d","amount":1,"balance":%[1]d}`, i+1))
	}
	rows := many(300, fmt.Sprintf(`{"accountId":1,"code":"4000","name":"An account with a name","amount":123456,"amounts":[%s]}`, many(earlier+1, "123456")))
	bodies := map[string]string{
		"/v1/company":   `{"id":1,"name":"Large Ltd","currency":"GBP"}`,
		"/v1/clients/7": `{"id":7,"name":"Acme"}`,
		"/v1/reports/profit-and-loss": head + `"columns":[` + strings.Join(columns, ",") + `],"sections":[{"name":"Revenue","rows":[` + rows + `],` +
			fmt.Sprintf(`"total":%d,"totals":[%s]}],`, 300*123456, many(earlier+1, strconv.Itoa(300*123456))) + totals(300*123456) + `}`,
		"/v1/reports/receivables-aging": head + `"buckets":["Current"],"amounts":[400],"total":400,"rows":[{"contactId":7,"contactName":"Acme","amounts":[400],"total":400,"documents":[` +
			many(400, `{"type":"Invoice","id":1,"number":"INV-1","date":"2026-05-01","dueDate":"2026-12-01","currency":"GBP","original":1,"remaining":1,"remainingBase":1}`) + `]}]}`,
		"/v1/reports/statement-of-account": head + `"clientId":7,"clientName":"Acme","sections":[{"currency":"GBP","opening":0,"closing":600,"lines":[` + strings.Join(lines, ",") + `]}]}`,
		"/v1/reports/general-ledger":       head + `"accounts":[` + strings.Join(accounts, ",") + `],"lines":[{"date":"2026-05-01","accountId":1,"accountCode":"4000","accountName":"An account with a name","type":"Journal","recordId":1,"amount":1,"balance":1}]}`,
	}
	_, _ = io.WriteString(w, bodies[r.URL.Path])
}

// TestTooLongReports finds that a report no client would take is refused, with advice, and never cut in the middle.
func TestTooLongReports(t *testing.T) {
	t.Parallel()
	c := on(t, inprocess.Transport{Handler: large{}}, sandbox.KeyOwner)
	const year = `"start":"2026-01-01","end":"2026-12-31"`
	for tool, args := range map[string]string{
		"get_receivables_aging":    `{"detail":true}`,
		"get_statement_of_account": `{"client":"7",` + year + `}`,
		"get_general_ledger":       `{` + year + `}`,
	} {
		a := call(t, c, tool, args)
		if a.Err == nil || a.Structured != nil || !strings.HasPrefix(a.Text, "No answer: the answer would be longer than a client takes (") ||
			!strings.HasSuffix(a.Text, " characters). Ask for fewer columns or accounts, a shorter period or no detail, or have export_report write all of it to a file.") {
			t.Errorf("%s: got %.300s", tool, a.Text)
		}
	}
	within(t, call(t, c, "get_profit_and_loss", `{`+year+`}`))
	// One with too many accounts has its sections and totals all the same.
	a := call(t, c, "get_profit_and_loss", `{`+year+`,"compare":20}`)
	within(t, a)
	for _, says := range []string{"accounts_omitted\t300", "export_report", "total Revenue", "net_profit"} {
		if !strings.Contains(a.Text, says) {
			t.Errorf("%q is not in %.600s", says, a.Text)
		}
	}
}

// talkative is a client of whom Fiskl tells more than an answer holds.
type talkative struct{}

func (talkative) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	members := make([]string, 30)
	for i := range members {
		members[i] = fmt.Sprintf(`"more%d":%q`, i, strings.Repeat("x", 1900))
	}
	_, _ = fmt.Fprintf(w, `{"id":7,"name":"Acme",%s}`, strings.Join(members, ","))
}

// TestTooLongIsStillDone finds that a write is told as what it is, however long its answer.
func TestTooLongIsStillDone(t *testing.T) {
	t.Parallel()
	c := on(t, inprocess.Transport{Handler: talkative{}}, sandbox.KeyOwner)
	if a := call(t, c, "get_client", `{"client":"7"}`); a.Err == nil || len(a.Text) > 300 {
		t.Errorf("got %.300s", a.Text)
	}
	if a := call(t, c, "create_client", `{"name":"Acme","allow_duplicate":true}`); a.Err != nil || !bytes.Contains(a.Structured, []byte(`"id":"7"`)) {
		t.Errorf("got %.300s", a.Text)
	}
}

// TestSameFigures holds what different reports say of one thing against one another.
func TestSameFigures(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	total := func(tool, args, name string) schemas.Money {
		t.Helper()
		return read[statement](t, b.Catalog, tool, args).Totals[name]
	}
	receivable := read[schemas.Trace](t, b.Catalog, "trace_figure", `{"account":"1100"}`).Closing
	for what, pair := range map[string][2]schemas.Money{
		"assets, liabilities and equity": {total("get_balance_sheet", `{}`, "assets"), sum(total("get_balance_sheet", `{}`, "liabilities"), total("get_balance_sheet", `{}`, "equity"))},
		"debits and credits":             {total("get_trial_balance", `{}`, "debit"), total("get_trial_balance", `{}`, "credit")},
		"what clients owe":               {total("get_receivables_aging", `{}`, "total"), receivable},
		"outstanding invoices":           {total("get_receivables_aging", `{}`, "total"), read[schemas.InvoiceTotals](t, b.Catalog, "get_invoice_totals", `{}`).Outstanding},
		"cash":                           {total("get_cash_flow", `{"period":"last quarter"}`, "closing_cash"), sum(total("get_cash_flow", `{"period":"last quarter"}`, "opening_cash"), total("get_cash_flow", `{"period":"last quarter"}`, "net_change"))},
	} {
		if !pair[0].Decimal().Equal(pair[1].Decimal()) || pair[0] == "" {
			t.Errorf("%s: %s and %s", what, pair[0], pair[1])
		}
	}
}

func sum(amounts ...schemas.Money) schemas.Money {
	total := amounts[0].Decimal()
	for _, a := range amounts[1:] {
		total = total.Add(a.Decimal())
	}
	return schemas.Money(total.StringFixed(2))
}

// TestReportsLackPermission finds that every tool of both toolsets names what a key lacks.
func TestReportsLackPermission(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyInvoiceOnly)
	for _, tool := range b.All() {
		needs, ok := map[string]string{"reports": "report.read", "audit": "audit.read"}[tool.Toolset]
		if !ok {
			continue
		}
		if len(tool.Needs) == 0 { // it reads what it may
			continue
		}
		if tool.Name == "list_accounts" || tool.Name == "trace_figure" { // which looks its account up first
			needs = "accounting.read"
		}
		t.Run(tool.Name, func(t *testing.T) {
			t.Parallel()
			a := call(t, b.Catalog, tool.Name, arguments(t, tool.Name))
			if a.Err == nil || !strings.Contains(a.Text, "permission "+needs+" ") {
				t.Errorf("got %s", a.Text)
			}
		})
	}
}

// TestQuietReports finds that nothing to report is an answer and no failure.
func TestQuietReports(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for _, test := range []struct{ tool, args, says, empty string }{
		{"get_statement_of_account", `{"client":"Old Mill Press","period":"last month"}`, "Old Mill Press", `"sections":[]`},
		{"get_receivables_aging", `{"client":"Old Mill Press","detail":true}`, "total", `"rows":[]`},
		{"get_payables_aging", `{"vendor":"Metro Broadband","as_of":"2019-01-01"}`, "as of 2019-01-01", `"rows":[]`},
		{"get_profit_and_loss", `{"start":"2031-01-01","end":"2031-01-31"}`, "net_profit", `"net_profit":"0.00"`},
		{"get_cash_flow", `{"start":"2031-01-01","end":"2031-12-31","compare":2}`, "closing_cash", `"net_change":"0.00"`},
		{"get_balance_sheet", `{"as_of":"2031-12-31"}`, "as of 2031-12-31", `"as_of":"2031-12-31"`},
		{"get_general_ledger", `{"start":"2019-01-01","end":"2019-12-31"}`, "0 rows, complete", `"rows":[]`},
		{"get_transaction_detail", `{"contact":"Old Mill Press","period":"last month"}`, "0 rows, complete", `"rows":[]`},
		{"trace_figure", `{"account":"1000","start":"2019-01-01","end":"2019-12-31"}`, "movement\t0.00", `"rows":[]`},
		{"get_top_clients", `{"start":"2019-01-01","end":"2019-12-31"}`, "paid", `"rows":[]`},
		{"get_invoice_totals", `{"start":"2019-01-01","end":"2019-12-31"}`, "0.00", `"paid":"0.00"`},
		{"get_payment_speed", `{"start":"2019-01-01","end":"2019-12-31"}`, "invoices_settled_in_period\t0", `"invoices_settled_in_period":0`},
		{"list_changes", `{"start":"2019-01-01","end":"2019-12-31"}`, "0 rows, complete", `"rows":[]`},
	} {
		a := call(t, b.Catalog, test.tool, test.args)
		if a.Err != nil || !strings.Contains(a.Text, test.says) || !strings.Contains(string(a.Structured), test.empty) {
			t.Errorf("%s %s: got %s\n%s", test.tool, test.args, a.Text, a.Structured)
		}
	}
}

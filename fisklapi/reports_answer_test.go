package fisklapi_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// served returns a client to which each path gives the same answer.
func served(tb testing.TB, answers map[string]string) world {
	tb.Helper()
	return answered(tb, func(w http.ResponseWriter, r *http.Request) {
		body, ok := answers[r.URL.Path]
		if ok && r.URL.Path == "/v1/reports/transaction-detail" && probes(r) {
			body = written(emptyReports()[r.URL.Path])
		}
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	})
}

// year is a period that needs no look-up.
func year() schemas.Period { return schemas.Period{Start: "2026-01-01", End: "2026-12-31"} }

const oneReport = `{
	"name":"Profit and Loss","currency":"GBP","start":"2026-01-01","end":"2026-12-31","basis":"Cash",
	"columns":[
		{"name":"2026","start":"2026-01-01","end":"2026-12-31","totals":{"netProfit":-1,"revenue":5}},
		{"name":"2025","start":"2025-01-01","end":"2025-12-31","totals":{"netProfit":-100005,"revenue":0}}
	],
	"sections":[{"name":"Rev\u202eenue","rows":[
		{"accountId":"553","code":"4020","name":"Sales","amount":-1,"amounts":[-1,-100005]},
		{"name":"Other","amount":0,"amounts":[0,0]}
	],"total":-1,"totals":[-1,-100005]}],
	"totals":{"zebra":-1,"costOfSales":0,"aardvark":123456789,"net\u200bProfit":-9007199254740993,
		"revenue":-1,"grossProfit":-1,"operatingExpenses":0,"operatingProfit":-1,"nonOperating":0}
}`

func TestReportAmounts(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{"/v1/reports/profit-and-loss": oneReport})
	got, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: year(), Compare: 1})
	if err != nil {
		t.Fatal(err)
	}
	section := got.Sections[0]
	if section.Name != "Revenue" || section.Total != "-0.01" || !slices.Equal(section.Amounts, []schemas.Money{"-0.01", "-1000.05"}) {
		t.Errorf("got section %+v", section)
	}
	if want := (schemas.Change{Change: "1000.04", Percent: "100"}); section.Change != want || section.Rows[0].Change != want {
		t.Errorf("got changes %+v and %+v, want %+v", section.Change, section.Rows[0].Change, want)
	}
	if row := section.Rows[0]; row.AccountID != "553" || row.Code != "4020" || row.Amount != "-0.01" {
		t.Errorf("got row %+v", row)
	}
	if want := (schemas.Change{Change: "0.00"}); section.Rows[1].Change != want {
		t.Errorf("got %+v for nothing after nothing, want %+v", section.Rows[1].Change, want)
	}
	written, err := json.Marshal([]schemas.Totals{got.Totals, got.Columns[0].Totals})
	const want = `[{"zebra":"-0.01","cost_of_sales":"0.00","aardvark":"1234567.89","net_profit":"-90071992547409.93","revenue":"-0.01","gross_profit":"-0.01","operating_expenses":"0.00","operating_profit":"-0.01","non_operating":"0.00"},{"net_profit":"-0.01","revenue":"0.05"}]`
	if err != nil || string(written) != want {
		t.Errorf("got totals %s and error %v, want them in Fiskl's order: %s", written, err, want)
	}
}

// TestReportsInYen finds that amounts follow the currency of the report.
func TestReportsInYen(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{"/v1/reports/profit-and-loss": strings.ReplaceAll(oneReport, "GBP", "JPY")})
	got, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: year()})
	if err != nil || got.Totals.Get("aardvark") != "1234567.89" || got.Totals.Get("cost_of_sales") != "0" {
		t.Errorf("got %+v and error %v", got.Totals, err)
	}
}

// everyReport calls reports of every form, of the year where they are of a period.
func everyReport() []method {
	of := schemas.ReportArgs{Period: year()}
	return []method{
		{name: "profit and loss", call: on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: year()})},
		{name: "balance sheet", call: on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{})},
		{name: "cash flow", call: on(reports, fisklapi.Reports.CashFlow, schemas.CashFlowArgs{Period: year()})},
		{name: "trial balance", call: on(reports, fisklapi.Reports.TrialBalance, schemas.TrialBalanceArgs{})},
		{name: "ratios", call: on(reports, fisklapi.Reports.Ratios, of)},
		{name: "receivables", call: on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Detail: true})},
		{name: "payables", call: on(reports, fisklapi.Reports.Payables, schemas.PayablesArgs{})},
		{name: "ledger", call: on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{ReportArgs: of})},
		{name: "transactions", call: on(reports, fisklapi.Reports.Transactions, schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: of}})},
		{name: "statement", call: on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: "7"}, Period: year()})},
		{name: "taxes", call: on(reports, fisklapi.Reports.Tax, schemas.TaxReportArgs{ReportArgs: of})},
	}
}

// reporting returns a client to which reports are given by their paths.
func reporting(tb testing.TB, body func(path string) string) world {
	tb.Helper()
	answers := map[string]string{"/v1/clients/7": `{"id":7,"name":"Zed"}`, "/v1/company": `{"id":1,"name":"N","currency":"GBP","timeZone":"UTC"}`}
	for _, e := range fisklapi.Endpoints() {
		if strings.HasPrefix(e.Path, "/v1/reports/") {
			answers[e.Path] = body(e.Path)
		}
	}
	return served(tb, answers)
}

// TestBareReports holds that a report which leaves out what it has to hold is not taken for one of zeros.
func TestBareReports(t *testing.T) {
	t.Parallel()
	for name, bare := range map[string]string{"empty": `{}`, "null": `{"totals":null,"columns":null,"sections":null,"rows":null,"lines":null,"accounts":null}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := reporting(t, func(string) string { return bare })
			for _, m := range everyReport() {
				if got, err := m.call(t.Context(), world.Client); !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), "looked for ") {
					t.Errorf("%s: got %+v and error %v, want it said what is missed", m.name, got, err)
				}
			}
		})
	}
}

// TestReportsOfNothing reads reports of days on which nothing was: they are shown with zeros and without nulls.
func TestReportsOfNothing(t *testing.T) {
	t.Parallel()
	world := reporting(t, func(path string) string { return written(emptyReports()[path]) })
	for _, m := range everyReport() {
		got, err := m.call(t.Context(), world.Client)
		shown, wrong := json.Marshal(got)
		if err := errors.Join(err, wrong); err != nil || strings.Contains(string(shown), "null") || !strings.Contains(string(shown), `"currency":"GBP"`) {
			t.Errorf("%s: got %s and error %v", m.name, shown, err)
		}
	}
}

// TestReportsMissOneThing takes one member after the other from reports that are whole: what has to be there is named.
func TestReportsMissOneThing(t *testing.T) {
	t.Parallel()
	for path, report := range emptyReports() {
		for name := range report {
			if name == "name" || name == "basis" || name == "clientName" || name == "rows" || name == "accounts" || name == "lines" {
				continue // a report can do without, and without rows where it comes to nothing
			}
			t.Run(path+" "+name, func(t *testing.T) {
				t.Parallel()
				world := reporting(t, func(p string) string {
					if p == path {
						return written(laid(report, fields{name: nil}))
					}
					return written(emptyReports()[p])
				})
				failed := 0
				for _, m := range everyReport() {
					if got, err := m.call(t.Context(), world.Client); err != nil {
						failed++
						if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), name) {
							t.Errorf("%s: got %+v and error %v, want %s named", m.name, got, err, name)
						}
					}
				}
				if failed != 1 {
					t.Errorf("%d reports were refused, want the one", failed)
				}
			})
		}
	}
}

// TestUnknownFieldsOfReports adds fields to every object of an answer. What they are added by puts members in another order.
func TestUnknownFieldsOfReports(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	other, _ := faulty(t, sandbox.Fault{Kind: sandbox.UnknownFields, Times: -1})
	for _, m := range slices.Concat(reportMethods(), insightMethods()) {
		plain, err1 := m.call(t.Context(), world.Client)
		more, err2 := m.call(t.Context(), other.Client)
		want, err3 := json.Marshal(plain)
		got, err4 := json.Marshal(more)
		if err := errors.Join(err1, err2, err3, err4); err != nil || !reflect.DeepEqual(decode[any](t, got), decode[any](t, want)) {
			t.Errorf("%s: got %s and error %v, want %s", m.name, got, err, want)
		}
	}
}

// TestReportsThatAreNot refuses whole reports in which one thing has another shape.
func TestReportsThatAreNot(t *testing.T) {
	t.Parallel()
	whole := written(wholeProfit(nil))
	for name, change := range map[string][2]string{
		"exponent":           {`"revenue":500`, `"revenue":1e300`},
		"too large":          {`"revenue":500`, `"revenue":92233720368547758080`},
		"infinite":           {`"revenue":500`, `"revenue":"Inf"`},
		"words":              {`"revenue":500`, `"revenue":"plenty"`},
		"totals in a list":   {`"totals":{`, `"totals":[1],"more":{`},
		"totals a number":    {`"totals":{`, `"totals":5,"more":{`},
		"currency a list":    {`"currency":"GBP"`, `"currency":["GBP"]`},
		"an id with a point": {`"accountId":553`, `"accountId":{}`},
		"no day":             {`"start":"2026-01-01"`, `"start":"the first"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := strings.Replace(whole, change[0], change[1], 1)
			if body == whole {
				t.Fatalf("no %s in %s", change[0], whole)
			}
			world := served(t, map[string]string{"/v1/reports/profit-and-loss": body})
			got, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: year()})
			if !errors.Is(err, fisklapi.Misread) && !errors.Is(err, fisklapi.Unexpected) || strings.Contains(err.Error(), "%!") || len(got.Totals) > 0 {
				t.Errorf("got %+v and error %v, want it refused", got, err)
			}
		})
	}
	for name, body := range map[string]string{"a list": `[]`, "a list of it": "[" + whole + "," + whole + "]", "cut short": whole[:len(whole)/2]} {
		world := served(t, map[string]string{"/v1/reports/profit-and-loss": body})
		got, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: year()})
		if !errors.Is(err, fisklapi.Misread) && !errors.Is(err, fisklapi.Unavailable) {
			t.Errorf("%s: got %+v and error %v, want it refused", name, got, err)
		}
	}
}

// TestAgingAmounts reads documents in currencies of their own.
func TestAgingAmounts(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/company": `{"currency":"GBP","timeZone":"Europe/London"}`,
		"/v1/reports/receivables-aging": `{"name":"Receivables Aging","currency":"GBP","asOf":"2026-11-22","buckets":["Current","90+"],
			"rows":[{"contactId":7,"contactName":"Zed","amounts":[-500,100],"total":-400,"documents":[
				{"type":"Invoice","id":9,"number":"INV-9","date":"2026-01-01","dueDate":"2026-02-01","daysOverdue":294,
				 "currency":"JPY","original":150000,"remaining":-99900,"remainingBase":-500}]}],
			"amounts":[-500,100],"total":-400}`,
	})
	got, err := world.Reports.Receivables(t.Context(), schemas.ReceivablesArgs{Detail: true})
	if err != nil {
		t.Fatal(err)
	}
	want := schemas.AgingDocument{
		Type: "Invoice", ID: "9", Number: "INV-9", Date: "2026-01-01", DueDate: "2026-02-01", DaysLate: 294,
		Currency: "JPY", Total: "1500", Outstanding: "-999", Base: "-5.00",
	}
	if row := got.Rows[0]; row.Total != "-4.00" || !slices.Equal(row.Amounts, []schemas.Money{"-5.00", "1.00"}) || row.Documents[0] != want {
		t.Errorf("got %+v", row)
	}
	if written, err := json.Marshal(got.Totals); err != nil || string(written) != `{"Current":"-5.00","90+":"1.00","total":"-4.00"}` {
		t.Errorf("got totals %s and error %v", written, err)
	}
}

// TestTaxAmounts reads an agency that is paid in a currency of its own, and a rate with decimals.
func TestTaxAmounts(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/reports/tax-report": `{"name":"Tax Report","currency":"GBP","start":"2026-01-01","end":"2026-12-31","agencies":[
			{"name":"Revenu","taxNumber":"QC1","currency":"CAD","opening":100,"totalTax":-2,"payments":-3,"closing":95,"sections":[
				{"name":"Purchases","gross":-3,"net":-2,"tax":-1,"rows":[
					{"name":"QST","rate":9.9750,"gross":-3,"net":-2,"tax":-1,"lines":[
						{"date":"2026-05-01","number":"B-1","contactName":"Zed","gross":-3,"net":-2,"tax":-1}]}]}]}]}`,
	})
	got, err := world.Reports.Tax(t.Context(), schemas.TaxReportArgs{ReportArgs: schemas.ReportArgs{Period: year()}, Detail: true})
	if err != nil {
		t.Fatal(err)
	}
	agency := got.Agencies[0]
	if agency.Opening != "1.00" || agency.TotalTax != "-0.02" || agency.Payments != "-0.03" || agency.Closing != "0.95" || agency.Currency != "CAD" {
		t.Errorf("got agency %+v", agency)
	}
	section := agency.Sections[0]
	row, line := schemas.TaxRow{Name: "QST", Rate: "9.9750", Gross: "-0.03", Net: "-0.02", Tax: "-0.01"}, schemas.TaxLine{
		Date: "2026-05-01", Number: "B-1", Contact: "Zed", TaxName: "QST", Gross: "-0.03", Net: "-0.02", Tax: "-0.01",
	}
	if section.Rows[0] != row || section.Lines[0] != line || section.Tax != "-0.01" {
		t.Errorf("got %+v", section)
	}
}

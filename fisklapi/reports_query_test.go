package fisklapi_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// query is a report and the last thing that is asked for it.
type query struct {
	name string
	call func(context.Context, *fisklapi.Client) (any, error)
	want string
}

func periodQueries() []query {
	lastQuarter := schemas.Period{Period: "last quarter"}
	return []query{
		{
			"the default period",
			on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{}),
			"profit-and-loss?end=2026-11-22&start=2026-04-01",
		},
		{
			"a period by name, on the cash basis",
			on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: lastQuarter, Basis: "cash", Compare: 3}),
			"profit-and-loss?basis=Cash&compare=3&end=2026-09-30&start=2026-07-01",
		},
		{
			"a cash flow by name",
			on(reports, fisklapi.Reports.CashFlow, schemas.CashFlowArgs{Period: lastQuarter}),
			"cash-flow?end=2026-09-30&start=2026-07-01",
		},
		{
			"ratios on the accrual basis",
			on(reports, fisklapi.Reports.Ratios, schemas.ReportArgs{Period: lastQuarter, Basis: "accrual"}),
			"financial-ratios?basis=Accrual&end=2026-09-30&start=2026-07-01",
		},
		{
			"taxes without detail",
			on(reports, fisklapi.Reports.Tax, schemas.TaxReportArgs{ReportArgs: schemas.ReportArgs{Period: lastQuarter, Basis: "accrual"}}),
			"tax-report?basis=Accrual&end=2026-09-30&start=2026-07-01",
		},
		{
			"a statement by name",
			on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: "müller"}, Period: lastQuarter}),
			"statement-of-account?clientId=1068&end=2026-09-30&start=2026-07-01",
		},
	}
}

func positionQueries() []query {
	return []query{
		{
			"today",
			on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{}),
			"balance-sheet?end=2026-11-22",
		},
		{
			"the last day of a period, with the ones before",
			on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{Position: schemas.Position{Period: "last month"}, Compare: 2, Basis: "cash"}),
			"balance-sheet?basis=Cash&compare=2&end=2026-10-31&start=2026-10-01",
		},
		{
			"a day to come",
			on(reports, fisklapi.Reports.TrialBalance, schemas.TrialBalanceArgs{Position: schemas.Position{AsOf: "2031-01-01"}, Basis: "accrual"}),
			"trial-balance?basis=Accrual&end=2031-01-01",
		},
		{
			"what a client owes",
			on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Client: "northwind bakery"}),
			"receivables-aging?clientId=1035&end=2026-11-22",
		},
		{
			"what a vendor is owed",
			on(reports, fisklapi.Reports.Payables, schemas.PayablesArgs{Vendor: "tideway", Detail: true, Position: schemas.Position{Period: "last month"}}),
			"payables-aging?detail=true&end=2026-10-31&start=2026-10-01&vendorId=2058",
		},
	}
}

func ledgerQueries() []query {
	october := schemas.ReportArgs{Period: schemas.Period{Start: "2026-10-01", End: "2026-10-31"}}
	return []query{
		{
			"accounts by name, code and id",
			on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{ReportArgs: october, Accounts: []string{"savings account", " 1010 ", "701", "Taxi"}}),
			"general-ledger?accountIds=704%2C502%2C701%2C589&end=2026-10-31&page=0&size=50&start=2026-10-01",
		},
		{
			"the ledger on the cash basis",
			on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: october.Period, Basis: "cash"}, Accounts: []string{"2200"}}),
			"general-ledger?accountIds=702&basis=Cash&end=2026-10-31&page=0&size=50&start=2026-10-01",
		},
		{
			"transactions of a client",
			on(reports, fisklapi.Reports.Transactions, schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: october}, Contact: "client:müller"}),
			"transaction-detail?clientId=1068&end=2026-10-31&page=0&size=50&start=2026-10-01",
		},
		{
			"transactions of a vendor",
			on(reports, fisklapi.Reports.Transactions, schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: october}, Contact: "vendor:2058"}),
			"transaction-detail?end=2026-10-31&page=0&size=50&start=2026-10-01&vendorId=2058",
		},
	}
}

// TestReportQueries holds what is asked of Fiskl against what a caller said. The contract judges each request too.
func TestReportQueries(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(periodQueries(), positionQueries(), ledgerQueries()) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			if _, err := test.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			if got, want := world.tape.lines(), "GET /v1/reports/"+test.want; !slices.Contains(got, want) {
				t.Errorf("asked\n%s\nwant\n%s", strings.Join(got, "\n"), want)
			}
		})
	}
}

// TestReportPeriods finds which days a report says that it covers.
func TestReportPeriods(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for name, test := range map[string]struct {
		in   schemas.Period
		want schemas.Range
	}{
		"the default":   {schemas.Period{}, schemas.Range{Period: "This Financial Year-to-date", Start: "2026-04-01", End: "2026-11-22"}},
		"a name":        {schemas.Period{Period: "LAST month"}, schemas.Range{Period: "Last Month", Start: "2026-10-01", End: "2026-10-31"}},
		"the same days": {schemas.Period{Start: "2026-10-01", End: "2026-10-31"}, schemas.Range{Start: "2026-10-01", End: "2026-10-31"}},
	} {
		profit, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: test.in})
		if err != nil || profit.Range != test.want || profit.AsOf != "" {
			t.Errorf("%s: profit and loss of %+v, as of %q, error %v, want %+v", name, profit.Range, profit.AsOf, err, test.want)
		}
		ledger, err := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: test.in}})
		if err != nil || ledger.Range != test.want {
			t.Errorf("%s: general ledger of %+v, error %v, want %+v", name, ledger.Range, err, test.want)
		}
	}
	sheet, err := world.Reports.BalanceSheet(t.Context(), schemas.BalanceArgs{Position: schemas.Position{Period: "last month"}})
	if want := (schemas.Range{}); err != nil || sheet.AsOf != "2026-10-31" || sheet.Range != want {
		t.Errorf("balance sheet as of %q, of %+v, error %v, want its last day alone", sheet.AsOf, sheet.Range, err)
	}
}

// TestReportOfOtherDays finds that a report is not shown when Fiskl answers for other days, and is called by the name of a
// period when it is of its days.
func TestReportOfOtherDays(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/date-periods":             `[{"name":"Last Month","start":"2026-10-01","end":"2026-10-31","isDefault":true}]`,
		"/v1/reports/profit-and-loss":  written(wholeProfit(fields{"start": "2026-10-01", "end": "2026-10-30"})),
		"/v1/reports/financial-ratios": `{"name":"Ratios","currency":"GBP","start":"2026-10-01","end":"2026-10-31","ratios":[]}`,
	})
	profit, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: schemas.Period{Period: "last month"}})
	const says = "asked for 2026-10-01 to 2026-10-31, it answered for 2026-10-01 to 2026-10-30"
	if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), says) || len(profit.Sections) > 0 || len(profit.Totals) > 0 {
		t.Errorf("got %+v and error %v, want nothing and %q", profit, err, says)
	}
	ratios, err := world.Reports.Ratios(t.Context(), schemas.ReportArgs{})
	if want := (schemas.Range{Period: "Last Month", Start: "2026-10-01", End: "2026-10-31"}); err != nil || ratios.Range != want {
		t.Errorf("got %+v and error %v, want %+v", ratios.Range, err, want)
	}
}

// TestReportsRefused finds arguments that no report is asked for.
func TestReportsRefused(t *testing.T) {
	t.Parallel()
	both := schemas.Position{AsOf: "2026-10-31", Period: "last month"}
	for name, test := range map[string]struct {
		call func(context.Context, *fisklapi.Client) (any, error)
		says string
	}{
		"day and period":      {on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{Position: both}), "as_of is given together with period"},
		"day and period, two": {on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Position: both}), "as_of is given together with period"},
		"several periods":     {on(reports, fisklapi.Reports.CashFlow, schemas.CashFlowArgs{Period: schemas.Period{Period: "quarter"}}), "can mean several periods"},
		"no period":           {on(reports, fisklapi.Reports.CashFlow, schemas.CashFlowArgs{Period: schemas.Period{Period: "2026 week 9"}}), "or two dates"},
		"no client":           {on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{}), "client is empty"},
		"several clients":     {on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: "acme"}}), `2 clients match "acme"`},
		"unknown client":      {on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Client: "Nobody"}), `no client is called "Nobody"`},
		"unknown vendor":      {on(reports, fisklapi.Reports.Payables, schemas.PayablesArgs{Vendor: "Nobody"}), `no vendor is called "Nobody"`},
		"several accounts":    {on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{Accounts: []string{"1010", "bank"}}), `2 accounts match "bank": "Bank Account" (id 502), "Bank Charges" (id 569)`},
		"unknown account":     {on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{Accounts: []string{"Piggy bank"}}), `no account is called "Piggy bank"`},
		"no account":          {on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{Accounts: []string{" "}}), "account is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, err := test.call(t.Context(), world.Client)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got error %v, want it to hold %q", err, test.says)
			}
			for _, line := range world.tape.lines() {
				if strings.Contains(line, "/v1/reports/") {
					t.Errorf("asked %s", line)
				}
			}
		})
	}
}

// TestAccountCodesComeFirst holds that an account's code is never taken for another account's id.
func TestAccountCodesComeFirst(t *testing.T) {
	t.Parallel()
	for _, list := range []string{
		`[{"id":1010,"code":"1200","name":"Till","type":"Assets"},{"id":7,"code":"1010","name":"Bank","type":"Assets"}]`,
		`[{"id":7,"code":"1010","name":"Bank","type":"Assets"},{"id":1010,"code":"1200","name":"Till","type":"Assets"}]`,
	} {
		world := served(t, map[string]string{
			"/v1/accounts":               list,
			"/v1/reports/general-ledger": `{"name":"General Ledger","currency":"GBP","start":"2026-10-01","end":"2026-10-31","accounts":[],"lines":[]}`,
		})
		_, err := world.Reports.GeneralLedger(t.Context(), schemas.LedgerArgs{
			ReportArgs: schemas.ReportArgs{Period: schemas.Period{Start: "2026-10-01", End: "2026-10-31"}}, Accounts: []string{"1010", "7"},
		})
		sent := world.tape.lines()
		if err != nil || !strings.Contains(sent[len(sent)-1], "accountIds=7%2C7&") {
			t.Errorf("got error %v and asked %s, want the account with that code", err, sent[len(sent)-1])
		}
	}
}

// TestPermissionOfReports finds that a refusal names what is lacking.
func TestPermissionOfReports(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t, func(o *fisklapi.Options) { o.TokenSource = fisklapi.Key("fsk_sandboxInvoiceOnly") })
	_, err := world.Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{})
	api, ok := errors.AsType[*fisklapi.Error](err)
	if !ok || api.Kind != fisklapi.Forbidden || api.Endpoint.Permission != "report.read" {
		t.Errorf("got %v, want report.read to be lacking", err)
	}
}

// TestNamedReports reads every report by its name, and finds what a report
// cannot be asked for.
func TestNamedReports(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, name := range fisklapi.ReportNames() {
		in := schemas.NamedReport{Report: name}
		if name == "statement_of_account" {
			in.Client = "Northwind Bakery"
		}
		out, err := world.Reports.Named(t.Context(), in)
		if _, headed := out.(interface{ Heading() string }); err != nil || !headed {
			t.Errorf("%s: got %+v and error %v", name, out, err)
		}
		op, ok := fisklapi.ReportOperation(name)
		if lines := world.tape.lines(); !ok || op == "" || !strings.Contains(lines[len(lines)-1], "/v1/reports/"+strings.ReplaceAll(name, "_", "-")) {
			t.Errorf("%s asked %s", name, lines[len(lines)-1])
		}
	}
	for says, in := range map[string]schemas.NamedReport{
		`report "cats" does not exist`:           {Report: "cats"},
		"basis is given, and cash_flow knows no": {Report: "cash_flow", Basis: "cash"},
		"basis must be accrual or cash":          {Report: "balance_sheet", Basis: "fair"},
		"client is given":                        {Report: "payables_aging", Client: "Acme Ltd"},
		"client is missing":                      {Report: "statement_of_account"},
		"before start 2026-02-01":                {Report: "trial_balance", Period: schemas.Period{Start: "2026-02-01", End: "2026-01-01"}},
		"period is given together with start":    {Report: "balance_sheet", Period: schemas.Period{Period: "today", End: "2026-02-01"}},
	} {
		if _, err := world.Reports.Named(t.Context(), in); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: got %v, want %s", in, err, says)
		}
	}
}

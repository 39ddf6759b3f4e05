package fisklapi_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestQuestionsThatAreIgnored asks an API that ignores what it is asked: what it answers to another question is not shown.
func TestQuestionsThatAreIgnored(t *testing.T) {
	t.Parallel()
	aging := func(contact int) string {
		row := fields{"contactId": contact, "contactName": "Acme", "amounts": []any{500, 0}, "total": 500}
		return written(laid(emptyReports()["/v1/reports/receivables-aging"], fields{"rows": []any{row}, "amounts": []any{500, 0}, "total": 500}))
	}
	line := fields{"date": "2026-05-01", "accountId": 8, "accountCode": "2000", "accountName": "Till", "type": "Journal", "recordId": 9, "name": "Memo", "amount": 5, "balance": 5}
	answers := map[string]string{
		"/v1/company": `{"id":1,"name":"N","currency":"GBP","timeZone":"UTC"}`, "/v1/clients/7": `{"id":7,"name":"Zed"}`,
		"/v1/accounts":                     `[{"id":6,"code":"1010","name":"Bank","type":"Assets"},{"id":8,"code":"2000","name":"Till","type":"Assets"}]`,
		"/v1/reports/profit-and-loss":      written(wholeProfit(nil)),
		"/v1/reports/balance-sheet":        written(emptyReports()["/v1/reports/balance-sheet"]),
		"/v1/reports/receivables-aging":    aging(9),
		"/v1/reports/general-ledger":       written(laid(emptyReports()["/v1/reports/general-ledger"], fields{"lines": []any{line}})),
		"/v1/reports/statement-of-account": written(laid(emptyReports()["/v1/reports/statement-of-account"], fields{"clientId": 9})),
	}
	other := schemas.Period{Start: "2026-03-01", End: "2026-03-31"}
	for name, test := range map[string]struct {
		call func(context.Context, *fisklapi.Client) (any, error)
		says string
	}{
		"dates":    {on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: other}), "asked for 2026-03-01 to 2026-03-31, it answered for 2026-01-01 to 2026-12-31"},
		"a day":    {on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{Position: schemas.Position{AsOf: "2026-03-31"}}), "asked for 2026-03-31, it answered for 2026-11-22"},
		"a basis":  {on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: year(), Basis: "cash"}), "asked for the cash basis, it answered on another, or on none that it names"},
		"columns":  {on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: year(), Compare: 1}), "asked for 1 earlier columns, it answered 0 columns in all"},
		"a client": {on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Client: "7"}), "asked for one contact, it answered for others as well"},
		"another client": {
			on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: "7"}, Period: year()}),
			"asked for client 7, it answered for 9",
		},
		"accounts": {
			on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: year()}, Accounts: []string{"1010"}}),
			"asked for some accounts, it answered lines of others as well",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := test.call(t.Context(), served(t, answers).Client)
			if !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "nothing of it is shown") {
				t.Errorf("got %+v and error %v, want %q", got, err, test.says)
			}
		})
	}
	asked, err := served(t, answers).Reports.ProfitAndLoss(t.Context(), schemas.ComparedArgs{Period: year(), Basis: "accrual"})
	if err != nil || asked.Totals.Get("net_profit") != "5.00" {
		t.Errorf("got %+v and error %v for what was asked", asked, err)
	}
}

// TestInsightsThatIgnoreThePeriod is about figures of which it is not known which days they are of.
func TestInsightsThatIgnoreThePeriod(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/insights/top-clients":    `[{"clientId":7,"clientName":"Zed","currency":"GBP","amount":5,"invoices":1}]`,
		"/v1/insights/invoice-totals": `{"currency":"GBP","outstanding":1,"overdue":0,"paid":2,"outstandingCount":1,"overdueCount":0,"paidCount":1}`,
		"/v1/insights/days-to-pay":    `{"averageDays":27.5,"invoices":2}`,
	})
	for name, call := range map[string]func(context.Context, *fisklapi.Client) (any, error){
		"top":    on(insights, fisklapi.Insights.TopClients, schemas.TopClientsArgs{Period: year()}),
		"totals": on(insights, fisklapi.Insights.InvoiceTotals, schemas.PeriodArgs{Period: year()}),
		"speed":  on(insights, fisklapi.Insights.PaymentSpeed, schemas.SpeedArgs{Period: year()}),
	} {
		if got, err := call(t.Context(), world.Client); !errors.Is(err, fisklapi.Misread) || !strings.Contains(err.Error(), "the same for every period") {
			t.Errorf("%s: got %+v and error %v", name, got, err)
		}
	}
}

// TestInsightsAreProbedOnce holds that an API which keeps to periods is asked no more than it has to be.
func TestInsightsAreProbedOnce(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for range 2 {
		if _, err := world.Insights.InvoiceTotals(t.Context(), schemas.PeriodArgs{Period: year()}); err != nil {
			t.Fatal(err)
		}
	}
	if n := world.tape.count("GET", "/v1/insights/invoice-totals"); n != 5 {
		t.Errorf("asked %d times, want two for each call and one to find out", n)
	}
}

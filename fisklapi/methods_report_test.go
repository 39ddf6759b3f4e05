package fisklapi_test

import (
	"context"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func reports(c *fisklapi.Client) fisklapi.Reports   { return c.Reports }
func insights(c *fisklapi.Client) fisklapi.Insights { return c.Insights }
func audit(c *fisklapi.Client) fisklapi.Audit       { return c.Audit }

func reportMethods() []method {
	year := schemas.Period{Start: "2026-01-01", End: "2026-10-31"}
	end := schemas.Position{AsOf: "2026-10-31"}
	return []method{
		{
			name: "Reports.ProfitAndLoss", from: "/v1/reports/profit-and-loss",
			call: on(reports, fisklapi.Reports.ProfitAndLoss, schemas.ComparedArgs{Period: year, Compare: 1, Basis: "cash"}),
			sent: []string{
				"GET /v1/reports/profit-and-loss?basis=Cash&compare=1&end=2026-10-31&start=2026-01-01",
			},
		},
		{
			name: "Reports.Named",
			call: on(reports, fisklapi.Reports.Named, schemas.NamedReport{Report: "profit_and_loss", Period: year, Basis: "cash"}),
			sent: []string{
				"GET /v1/reports/profit-and-loss?basis=Cash&end=2026-10-31&start=2026-01-01",
			},
		},
		{
			name: "Reports.CashFlow", from: "/v1/reports/cash-flow",
			call: on(reports, fisklapi.Reports.CashFlow, schemas.CashFlowArgs{Period: year, Compare: 1}),
			sent: []string{
				"GET /v1/reports/cash-flow?compare=1&end=2026-10-31&start=2026-01-01",
			},
		},
		{
			name: "Reports.BalanceSheet", from: "/v1/reports/balance-sheet",
			call: on(reports, fisklapi.Reports.BalanceSheet, schemas.BalanceArgs{Position: end, Compare: 1, Basis: "accrual"}),
			sent: []string{
				"GET /v1/reports/balance-sheet?basis=Accrual&compare=1&end=2026-10-31",
			},
		},
		{
			name: "Reports.TrialBalance", from: "/v1/reports/trial-balance",
			call: on(reports, fisklapi.Reports.TrialBalance, schemas.TrialBalanceArgs{Position: end}),
			sent: []string{
				"GET /v1/reports/trial-balance?end=2026-10-31",
			},
		},
		{
			name: "Reports.Ratios", from: "/v1/reports/financial-ratios",
			call: on(reports, fisklapi.Reports.Ratios, schemas.ReportArgs{Period: year}),
			sent: []string{
				"GET /v1/reports/financial-ratios?end=2026-10-31&start=2026-01-01",
				"GET /v1/company",
			},
		},
		{
			name: "Reports.Receivables", from: "/v1/reports/receivables-aging",
			call: on(reports, fisklapi.Reports.Receivables, schemas.ReceivablesArgs{Position: end, Client: "1035", Detail: true}),
			sent: []string{
				"GET /v1/clients/1035",
				"GET /v1/reports/receivables-aging?clientId=1035&detail=true&end=2026-10-31",
			},
		},
		{
			name: "Reports.Payables", from: "/v1/reports/payables-aging",
			call: on(reports, fisklapi.Reports.Payables, schemas.PayablesArgs{Position: end, Detail: true}),
			sent: []string{
				"GET /v1/reports/payables-aging?detail=true&end=2026-10-31",
			},
		},
		{
			name: "Reports.GeneralLedger", from: "/v1/reports/general-ledger",
			call: on(reports, fisklapi.Reports.GeneralLedger, schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: schemas.Period{Start: "2026-10-01", End: "2026-10-31"}}, Accounts: []string{"1020"}}),
			sent: []string{
				"GET /v1/accounts?page=0&size=50",
				"GET /v1/accounts?page=1&size=50",
				"GET /v1/accounts?page=2&size=50",
				"GET /v1/reports/general-ledger?accountIds=701&end=2026-10-31&page=0&size=50&start=2026-10-01",
			},
			dropped: []string{"accounts.type", "lines.category", "lines.contactId", "lines.currency", "lines.gross", "lines.net", "lines.rate", "lines.recordType", "lines.tax", "lines.taxBase"},
		},
		{
			name: "Reports.Transactions", from: "/v1/reports/transaction-detail",
			call: on(reports, fisklapi.Reports.Transactions, schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Period: year}}, Contact: "client:1101"}),
			sent: []string{
				"GET /v1/clients/1101",
				"GET /v1/reports/transaction-detail?clientId=1101&end=2026-10-31&page=0&size=50&start=2026-01-01",
				"GET /v1/reports/transaction-detail?clientId=1101&end=2026-10-31&page=1&size=50&start=2026-01-01",
			},
			// With one contact's lines the accounts' balances would not be the accounts' own.
			dropped: []string{
				"accounts.accountId", "accounts.closing", "accounts.credit", "accounts.debit", "accounts.opening", "accounts.type", "lines.accountId",
				"lines.balance", "lines.contactId", "lines.net", "lines.netBase", "lines.rate", "lines.tax", "lines.taxBase", "lines.taxRate",
			},
		},
		{
			name: "Reports.Statement", from: "/v1/reports/statement-of-account",
			call: on(reports, fisklapi.Reports.Statement, schemas.StatementArgs{ClientRef: schemas.ClientRef{Client: "1024"}, Period: year}),
			sent: []string{
				"GET /v1/clients/1024",
				"GET /v1/reports/statement-of-account?clientId=1024&end=2026-10-31&start=2026-01-01",
			},
		},
		{
			name: "Reports.Tax", from: "/v1/reports/tax-report",
			call: on(reports, fisklapi.Reports.Tax, schemas.TaxReportArgs{ReportArgs: schemas.ReportArgs{Period: year, Basis: "cash"}, Detail: true}),
			sent: []string{
				"GET /v1/reports/tax-report?basis=Cash&detail=true&end=2026-10-31&start=2026-01-01",
			},
			dropped: []string{"agencies.agencyId", "agencies.sections.rows.lines.category", "agencies.sections.rows.lines.description", "agencies.sections.rows.lines.name", "agencies.sections.rows.lines.rate", "agencies.sections.rows.taxId"},
		},
	}
}

func insightMethods() []method {
	year := schemas.Period{Start: "2026-01-01", End: "2026-10-31"}
	return []method{
		{
			name: "Insights.TopClients", from: "/v1/insights/top-clients",
			call: on(insights, fisklapi.Insights.TopClients, schemas.TopClientsArgs{By: "overdue", Period: year, Limit: 3}),
			sent: append([]string{"GET /v1/company"}, dated("GET /v1/insights/top-clients?by=Overdue&end=2026-11-22&limit=3&start=2016-11-23", "2016-11-23", "2026-11-22")...),
		},
		{
			name: "Insights.InvoiceTotals", from: "/v1/insights/invoice-totals",
			call: on(insights, fisklapi.Insights.InvoiceTotals, schemas.PeriodArgs{Period: year}),
			sent: append(dated("GET /v1/insights/invoice-totals?end=2026-10-31&start=2026-01-01", "2026-01-01", "2026-10-31"),
				"GET /v1/company", "GET /v1/insights/invoice-totals?end=2026-11-22&start=2016-11-23"),
			dropped: []string{"paid", "paidCount", "start"}, // of what is owed, whenever it was invoiced
		},
		{
			name: "Insights.PaymentSpeed", from: "/v1/insights/days-to-pay",
			call: on(insights, fisklapi.Insights.PaymentSpeed, schemas.SpeedArgs{Period: year}),
			sent: append(
				dated("GET /v1/insights/days-to-pay?end=2026-10-31&start=2026-01-01", "2026-01-01", "2026-10-31"),
				dated("GET /v1/insights/days-overdue?end=2026-10-31&start=2026-01-01", "2026-01-01", "2026-10-31")...,
			),
		},
		{
			name: "Audit.List", from: "/v1/audit",
			call: on(audit, fisklapi.Audit.List, schemas.ChangeFilter{Period: schemas.Period{Start: "2026-11-01", End: "2026-11-22"}, Type: "client"}),
			sent: []string{"GET /v1/company", "GET /v1/audit?end=2026-11-22&page=0&size=50&start=2026-11-01&type=Client"},
		},
		{
			name: "Audit.History", from: "/v1/audit/Client/1101",
			call: on(audit, fisklapi.Audit.History, schemas.HistoryArgs{Type: "client", Record: "Old Mill Press"}),
			sent: []string{
				"GET /v1/clients?includeArchived=true&name=Old+Mill+Press&page=0&size=50",
				"GET /v1/audit/Client/1101",
			},
		},
		{
			name: "Audit.OfEach",
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) {
				return c.Audit.OfEach(ctx, []fisklapi.Recorded{{Type: "client", ID: "1101"}, {Type: "client", ID: "1024"}})
			},
			sent: []string{
				"GET /v1/audit/Client/1101",
				"GET /v1/audit/Client/1024",
			},
		},
		{
			name: "Audit.Of", from: "/v1/audit/Client/1101",
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Audit.Of(ctx, "client", "1101") },
			sent: []string{
				"GET /v1/audit/Client/1101",
			},
		},
	}
}

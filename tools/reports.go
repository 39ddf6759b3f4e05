package tools

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/review"
)

func reports(api *fisklapi.Client) []Tool {
	return []Tool{
		read("get_profit_and_loss", "Profit and loss of a period, by account.", api.Reports.ProfitAndLoss, fisklapi.OpGetProfitAndLoss),
		read("get_balance_sheet", "Balance sheet at a day.", api.Reports.BalanceSheet, fisklapi.OpGetBalanceSheet),
		read("get_trial_balance", "Balance of every account at a day.", api.Reports.TrialBalance, fisklapi.OpGetTrialBalance),
		read("get_cash_flow", "Money received and paid, opening and closing cash.", api.Reports.CashFlow, fisklapi.OpGetCashFlow),
		read("get_financial_ratios", "Financial ratios with formula and inputs.", api.Reports.Ratios, fisklapi.OpGetFinancialRatios),
		read("get_receivables_aging", "What clients owe, by days past due. Drafts are not counted.", api.Reports.Receivables, fisklapi.OpGetReceivablesAging),
		read("get_payables_aging", "What is owed to vendors, by days past due.", api.Reports.Payables, fisklapi.OpGetPayablesAging),
		read("get_general_ledger", "Every ledger line of a period, account by account.", api.Reports.GeneralLedger, fisklapi.OpGetGeneralLedger),
		read("get_transaction_detail", "Ledger lines of accounts with running balance, or of a contact; or their sums.", api.Reports.Transactions, fisklapi.OpGetTransactionDetail),
		read("get_statement_of_account", "What a client was billed and paid, with opening and closing balance.", api.Reports.Statement, fisklapi.OpGetClient, fisklapi.OpGetStatementOfAccount),
		read("get_tax_report", "Sales tax by agency; positive is payable. Nothing is filed.", api.Reports.Tax, fisklapi.OpGetTaxReport),
		read("list_accounts", "Chart of accounts with codes and ids.", api.Accounts.List, fisklapi.OpListAccounts),
		read("compare_periods", "Why profit or position changed: two periods, accounts ranked by change.", comparing{api}.compare, fisklapi.OpGetProfitAndLoss),
		read("review_books", "Month-end review of a period, default last month: what to look at first, with evidence.", review.Reviewer{API: api}.Review),
		read("trace_figure", "What is behind an account's figure: largest transactions, who last changed them.", tracing{api}.trace, fisklapi.OpListAccounts, fisklapi.OpGetTransactionDetail),
	}
}

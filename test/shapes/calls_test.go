package shapes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// readings are questions to every tool that reads the books. Records are named
// as a person would, so that looking them up is part of the question.
func readings() []call {
	return []call{
		{"get_context", `{}`},
		{"list_date_periods", `{}`},
		{"list_clients", `{"all":true}`},
		{"get_client", `{"client":"Blue Heron Hotels"}`},
		{"list_vendors", `{"all":true}`},
		{"get_vendor", `{"vendor":"$vendor"}`},
		{"list_invoices", `{"all":true}`},
		{"list_invoices", `{"limit":7}`},
		{"list_invoices", `{"status":"overdue","all":true}`},
		{"list_invoices", `{"start":"2026-10-01","end":"2026-10-31","all":true}`},
		{"list_invoices", `{"client":"Northwind Bakery","all":true}`},
		{"get_invoice", `{"invoice":"INV-0119"}`},
		{"list_quotes", `{"all":true}`},
		{"get_quote", `{"quote":"$quote"}`},
		{"list_payments", `{"start":"2026-07-01","end":"2026-09-30","all":true}`},
		{"get_payment", `{"payment":"$payment"}`},
		{"list_products", `{"all":true}`},
		{"get_product", `{"product":"$product"}`},
		{"list_taxes", `{}`},
		{"get_tax", `{"tax":"$tax"}`},
		{"list_accounts", `{"all":true}`},
		{"get_profit_and_loss", `{"start":"2026-10-01","end":"2026-10-31","compare":1}`},
		{"get_balance_sheet", `{"as_of":"2026-10-31"}`},
		{"get_trial_balance", `{"as_of":"2026-10-31"}`},
		{"get_cash_flow", `{"start":"2026-10-01","end":"2026-10-31"}`},
		{"get_financial_ratios", `{"start":"2026-10-01","end":"2026-10-31"}`},
		{"get_receivables_aging", `{"detail":true}`},
		{"get_payables_aging", `{}`},
		{"get_general_ledger", `{"start":"2026-10-01","end":"2026-10-20","all":true}`},
		{"get_transaction_detail", `{"start":"2026-10-01","end":"2026-10-31","account":["6000"]}`},
		{"get_transaction_detail", `{"start":"2026-10-01","end":"2026-10-31","by":"contact","all":true}`},
		{"get_statement_of_account", `{"client":"Northwind Bakery","start":"2026-10-01","end":"2026-11-22"}`},
		{"get_tax_report", `{"start":"2026-07-01","end":"2026-09-30","detail":true}`},
		{"compare_periods", `{"period":"2026-09-01..2026-09-30","against":"2026-08-01..2026-08-31"}`},
		{"review_books", `{"start":"2026-10-01","end":"2026-10-31"}`},
		{"trace_figure", `{"account":"6000","start":"2026-10-01","end":"2026-10-31"}`},
		{"get_top_clients", `{"start":"2026-07-01","end":"2026-09-30"}`},
		{"get_invoice_totals", `{}`},
		{"get_payment_speed", `{"start":"2026-04-01","end":"2026-11-22"}`},
		{"get_record_history", `{"record_type":"client","record":"Blue Heron Hotels"}`},
		{"list_changes", `{"start":"2026-11-01","end":"2026-11-22","limit":10}`},
	}
}

// writings are one sale from the first contact to the money, in the order in
// which they are asked.
func writings() []call {
	const sale = `"client":"Quayside Cycles","currency":"GBP","due_date":"2026-12-31",` +
		`"items":[{"name":"Hours","quantity":"7.5","price":"95.10","unit":"hour","taxes":["$tax"]},{"name":"Travel","quantity":"1","price":"48.35"}]`
	return []call{
		{"create_client", `{"name":"Quayside Cycles","email":"pay@quayside.example","cc":["a@b.example"],"country":"GB","currency":"GBP"}`},
		{"update_client", `{"client":"Quayside Cycles","notes":"Pays late."}`},
		{"preview_invoice", `{` + sale + `}`},
		{"create_invoice", `{` + sale + `,"notes":"Thank you."}`},
		{"update_invoice", `{"invoice":"$new","due_date":"2027-01-15"}`},
		{"send_invoice", `{"invoice":"$new"}`},
		{"record_payment", `{"invoice":"$new","amount":"100.35","date":"2026-11-22","method":"Bank Transfer"}`},
	}
}

// written are questions to the books themselves, after the writes.
func written() []call {
	return []call{
		{"get_client", `{"client":"Quayside Cycles"}`},
		{"list_invoices", `{"client":"Quayside Cycles"}`},
		{"get_invoice", `{"invoice":"$new"}`},
		{"list_payments", `{"invoice":"$new"}`},
	}
}

// named puts names and numbers of the demo company in place of words such as
// $quote.
func named(t *testing.T, plain *tools.Catalog, calls []call) []call {
	t.Helper()
	from := map[string]struct {
		list call
		key  string
	}{
		"$vendor":  {call{"list_vendors", `{"limit":1}`}, "name"},
		"$quote":   {call{"list_quotes", `{"limit":1}`}, "number"},
		"$payment": {call{"list_payments", `{"limit":1}`}, "id"},
		"$product": {call{"list_products", `{"limit":1}`}, "name"},
		"$tax":     {call{"list_taxes", `{}`}, "name"},
		"$new":     {call{"list_invoices", `{"limit":1}`}, "number"},
	}
	calls = slices.Clone(calls)
	for word, f := range from {
		if !slices.ContainsFunc(calls, func(q call) bool { return strings.Contains(q.args, word) }) {
			continue
		}
		value := firstOf(t, ask(t, plain, f.list), f.key)
		if word == "$new" {
			value = next(value)
		}
		for i := range calls {
			calls[i].args = strings.ReplaceAll(calls[i].args, word, value)
		}
	}
	return calls
}

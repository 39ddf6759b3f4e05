package learn

import (
	"context"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// elsewhere looks for an operation at other places. One is taken only if its
// answer is what is looked for, and its arithmetic does not speak against it.
func (s *session) elsewhere(ctx context.Context, r *reading) (*dialect.Node, error) {
	at := r.endpoint
	var last error = &fisklapi.Error{Kind: fisklapi.NotFound, Endpoint: at, Status: 404}
	for _, path := range s.otherPaths(at) {
		if s.searched >= maxSearched || s.searched >= maxInVain && !s.anything() {
			break
		}
		s.searched++
		e := at
		e.Path = path
		body, err := s.ask(ctx, e, r.ids, r.query)
		if s.over != nil {
			return nil, s.over
		}
		if err != nil || !s.suits(r, body) {
			continue
		}
		r.endpoint = e
		s.endpoints[at.Operation] = e
		s.renamed(at.Path, path)
		s.note("%s is at %s: there is nothing at %s, and the answer there is of its form.", at.Operation, path, at.Path)
		return body, nil
	}
	return nil, last
}

// maxSearched bounds the requests for other places, and maxInVain those of an
// API of which nothing was found yet: its address is wrong.
const (
	maxSearched = 45
	maxInVain   = 12
)

// suits reports an answer of the form that is looked for, with something in it
// that tells.
func (s *session) suits(r *reading, body *dialect.Node) bool {
	if r.form == nil {
		return body.Type == dialect.Array || body.Type == dialect.Object
	}
	one := &reading{endpoint: r.endpoint, form: r.form, ids: r.ids, bodies: []*dialect.Node{body}}
	s.solve(one)
	return one.sound() && (r.form.Kind != dialect.List || len(one.rows()) > 0)
}

// otherPaths are the places where an operation may be, the likeliest first.
func (s *session) otherPaths(e fisklapi.Endpoint) []string {
	rest := strings.TrimPrefix(e.Path, "/v1/")
	head, tail, _ := strings.Cut(rest, "/")
	names := otherNames()
	var all []string
	if to, ok := s.heads[head]; ok {
		all = append(all, strings.TrimSuffix(to+"/"+tail, "/"))
	}
	all = append(all, names[rest]...)
	if head == "reports" || head == "insights" {
		all = append(all, s.reportPaths(head, tail, names[tail])...)
	} else if strings.HasPrefix(tail, "{") {
		for _, name := range names[head] {
			all = append(all, name+"/"+tail)
		}
	}
	var paths []string
	for _, one := range all {
		if path := "/v1/" + one; path != e.Path && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// reportPaths are the places where a report may be: in another folder, under
// another name, or both.
func (s *session) reportPaths(head, name string, others []string) []string {
	var all []string
	folders := s.folders(head)
	for _, folder := range folders {
		all = append(all, folder+name)
	}
	for _, folder := range []string{head + "/", folders[0]} {
		for _, other := range others {
			all = append(all, folder+other)
		}
	}
	return all
}

// folders are where reports may be, those first where others were found.
func (s *session) folders(head string) []string {
	all := map[string][]string{
		"reports":  {"report/", "reporting/", "accounting/reports/", "financial-reports/", ""},
		"insights": {"insight/", "analytics/", "dashboard/", "reports/", "statistics/"},
	}[head]
	if to, ok := s.heads[head]; ok {
		all = append([]string{to + "/"}, all...)
	}
	return all
}

// renamed remembers under which name the first part of a path was found.
func (s *session) renamed(from, to string) {
	head, tail, _ := strings.Cut(strings.TrimPrefix(from, "/v1/"), "/")
	base := strings.TrimPrefix(to, "/v1/")
	if tail != "" {
		i := strings.LastIndexByte(base, '/')
		if i < 0 {
			return
		}
		base, _, _ = strings.Cut(base[:i], "/{")
	}
	if head != base {
		s.heads[head] = base
	}
}

// otherNames are other names of what is found under these.
func otherNames() map[string][]string {
	return map[string][]string{
		"clients":              {"customers", "contacts", "client", "customer"},
		"vendors":              {"suppliers", "vendor", "supplier", "contacts/vendors"},
		"invoices":             {"invoice", "sales/invoices", "sales-invoices"},
		"quotes":               {"estimates", "quote", "quotations", "proposals"},
		"payments":             {"receipts", "payment", "invoice-payments", "transactions/payments"},
		"products":             {"items", "services", "catalog", "product", "products-services"},
		"taxes":                {"tax-rates", "tax", "taxRates", "tax_rates", "vat-rates"},
		"accounts":             {"chart-of-accounts", "ledger-accounts", "chartOfAccounts", "coa", "accounting/accounts"},
		"company":              {"me/company", "companies/me", "companies/current", "organisation", "settings/company", "company/me"},
		"audit":                {"audit-log", "audit-logs", "audit/changes", "history", "changes", "auditlog"},
		"date-periods":         {"periods", "date-ranges", "datePeriods"},
		"me/permissions":       {"permissions", "me", "scopes", "api-key", "me/scopes"},
		"profit-and-loss":      {"profit-loss", "pnl", "income-statement", "profitAndLoss", "profit_and_loss", "pl"},
		"balance-sheet":        {"balance", "balanceSheet", "balance_sheet", "position"},
		"trial-balance":        {"trialBalance", "trial_balance", "trial"},
		"cash-flow":            {"cashflow", "cashFlow", "cash_flow", "cash-flow-statement"},
		"financial-ratios":     {"ratios", "financialRatios", "financial_ratios"},
		"receivables-aging":    {"aged-receivables", "receivables-ageing", "ar-aging", "accounts-receivable-aging", "aging/receivables", "receivablesAging", "receivables_aging", "receivables"},
		"payables-aging":       {"aged-payables", "payables-ageing", "ap-aging", "accounts-payable-aging", "aging/payables", "payablesAging", "payables_aging", "payables"},
		"general-ledger":       {"ledger", "generalLedger", "general_ledger", "gl"},
		"transaction-detail":   {"transactions", "transaction-details", "transactionDetail", "transaction_detail"},
		"statement-of-account": {"statement", "client-statement", "customer-statement", "account-statement", "statementOfAccount"},
		"tax-report":           {"tax", "taxes", "vat-report", "vat", "sales-tax", "taxReport", "tax_report"},
		"top-clients":          {"top-customers", "topClients", "top_clients"},
		"invoice-totals":       {"invoices", "totals", "invoiceTotals", "invoice_totals"},
		"days-to-pay":          {"daysToPay", "days_to_pay", "average-days-to-pay"},
		"days-overdue":         {"daysOverdue", "days_overdue", "average-days-overdue"},
	}
}

package sandbox_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

func reportNames() []string {
	return []string{
		"profit-and-loss", "balance-sheet", "trial-balance", "cash-flow", "financial-ratios", "receivables-aging",
		"payables-aging", "general-ledger", "transaction-detail", "statement-of-account", "tax-report",
	}
}

func TestBadReportRequestsAreRefusedWithAdvice(t *testing.T) {
	t.Parallel()
	a := demo()
	for _, test := range []struct{ target, want string }{
		{"profit-and-loss?basis=modified", "neither Accrual nor Cash"},
		{"profit-and-loss?start=2026-13-01", "YYYY-MM-DD"},
		{"profit-and-loss?start=2026-02-01&end=2026-01-31", "give the earlier day as start"},
		{"balance-sheet?compare=21", "give 0 to 20"},
		{"balance-sheet?compare=two", "not a whole number"},
		{"cash-flow?start=1996-01-01&end=2026-01-01", "longer than 10 years"},
		{"general-ledger?accountIds=1", "GET /v1/accounts"},
		{"general-ledger?accountIds=bank", "not the id of an account"},
		{"transaction-detail?clientId=1", "GET /v1/clients"},
		{"transaction-detail?vendorId=1", "GET /v1/vendors"},
		{"statement-of-account", "clientId: must be given"},
		{"tax-report?agencyId=1", "no tax agency with id 1; give one of"},
		{"receivables-aging?detail=perhaps", "neither true nor false"},
	} {
		t.Run(test.target, func(t *testing.T) {
			t.Parallel()
			a.refused(t, http.MethodGet, "/v1/reports/"+test.target, nil, test.want)
		})
	}
	for target, advice := range map[string]string{
		"top-clients?by=profit":                              "Paid, Outstanding, Overdue",
		"invoice-totals?start=2026-02-01&end=2026-01-01":     "is after end",
		"days-to-pay?start=1990-01-01&end=2026-01-01":        "longer than 10 years",
		"days-overdue?start=yesterday":                       "YYYY-MM-DD",
		"top-clients?by=paid&start=2026-01-01&end=1/31/2026": "YYYY-MM-DD",
	} {
		a.refused(t, http.MethodGet, "/v1/insights/"+target, nil, advice)
	}
}

func TestReportsNeedTheirPermission(t *testing.T) {
	t.Parallel()
	a := demo()
	a.key = sandbox.KeyInvoiceOnly
	for _, name := range reportNames() {
		a.fails(t, http.StatusForbidden, http.MethodGet, "/v1/reports/"+name, nil, "report.read")
	}
	a.get(t, "/v1/insights/invoice-totals")
}

func TestAnEmptyCompanyHasEveryReport(t *testing.T) {
	t.Parallel()
	a := empty()
	client := a.create(t, "/v1/clients", object{"name": "Quiet Ltd"})
	for _, name := range reportNames() {
		for _, basis := range []string{"Accrual", "cash"} {
			got := a.get(t, fmt.Sprintf("/v1/reports/%s?basis=%s&compare=1&detail=true&clientId=%d", name, basis, client.number("id")))
			got.equal(t, "currency", "GBP")
			if got.text("name") == "" {
				t.Errorf("%s: got %v, want a name", name, got)
			}
		}
	}
}

// What a payment changes shows in the very next report.
func TestReportsFollowTheBooks(t *testing.T) {
	t.Parallel()
	a := demo()
	total := func() int64 { return a.get(t, "/v1/reports/receivables-aging").number("total") }
	before := total()
	overdue := a.list(t, "/v1/invoices?status=Overdue")[0]
	a.do(t, fmt.Sprintf("/v1/invoices/%d/mark-paid", overdue.number("id")))
	if after := total(); after >= before {
		t.Errorf("receivables were %d and are %d after an invoice of %d was paid", before, after, overdue.number("total"))
	}
}

// A page of the ledger holds as many lines as a page of any list, and the last one is short.
func TestLedgerPages(t *testing.T) {
	t.Parallel()
	a := demo()
	count := func(query string) int {
		lines, _ := a.get(t, "/v1/reports/general-ledger?"+query)["lines"].([]any)
		return len(lines)
	}
	if got := count(""); got != 20 {
		t.Errorf("got %d lines on a page, want 20", got)
	}
	if got := count("size=5000"); got != 100 {
		t.Errorf("got %d lines on the largest page, want 100", got)
	}
	if got := count("size=100&page=184467440737095517"); got != 0 {
		t.Errorf("got %d lines beyond the last page", got)
	}
}

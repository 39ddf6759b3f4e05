package adopt

import (
	"regexp"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// sameThing are phrases that accounting programs have for what we call by the
// first, which is one word. Longer phrases come before those within them.
func sameThing() [][]string {
	return [][]string{
		{"profitloss", "profit and loss", "profit loss", "income statement", "pnl", "p l", "p and l", "profitandloss"},
		{"balancesheet", "balance sheet", "statement of financial position", "financial position"},
		{"trialbalance", "trial balance"},
		{"cashflow", "cash flow statement", "cash flow", "statement of cash flow"},
		{"ratio", "financial ratio", "key ratio", "kpi"},
		{"receivableaging", "receivable aging", "receivable ageing", "aged receivable", "aged debtor", "ar aging", "aging receivable", "account receivable aging", "debtor aging"},
		{"payableaging", "payable aging", "payable ageing", "aged payable", "aged creditor", "ap aging", "aging payable", "account payable aging", "creditor aging"},
		{"generalledger", "general ledger", "gl", "ledger report"},
		{"transactiondetail", "transaction detail", "account transaction", "transaction list", "detailed transaction"},
		{"statementaccount", "statement of account", "account statement", "client statement", "customer statement", "contact statement"},
		{"taxreport", "tax report", "tax return", "vat report", "vat return", "tax summary", "vat summary", "gst report"},
		{"topclient", "top client", "top customer", "best customer", "best client"},
		{"invoicetotal", "invoice total", "invoice summary", "invoicing summary", "invoice stat"},
		{"daytopay", "day to pay", "average day to pay", "payment speed", "time to pay"},
		{"dayoverdue", "day overdue", "overdue day", "average day overdue"},
		{"dateperiod", "date period", "fiscal period", "accounting period", "financial period", "period"},
		{"featurerequest", "feature request", "suggestion", "feedback", "wish"},
		{"markpaid", "mark as paid", "mark paid", "mark a paid", "markpaid"},
		{"permission", "me permission", "my permission", "token permission", "key permission"},
		{"history", "record history", "change history"},
		{"audit", "audit log", "audit trail", "activity log", "audit event", "change log", "activity", "change"},
		{"account", "chart of account", "ledger account", "gl account", "nominal account", "coa", "nominal"},
		{"product", "catalog item", "catalogue item", "item", "article", "good"},
		{"tax", "tax rate", "vat rate", "vat code", "tax code", "taxe", "vat", "gst"},
		{"client", "customer", "contact", "debtor", "buyer"},
		{"vendor", "supplier", "payee", "creditor"},
		{"company", "company profile", "organisation", "organization", "business", "tenant"},
		{"quote", "estimate", "proposal", "offer", "quotation"},
		{"payment", "invoice payment", "customer payment", "receipt"},
		{"preview", "calculate", "compute", "simulate", "dry run"},
		{"send", "email", "e mail", "deliver", "dispatch", "mail"},
	}
}

// filler are words that tell no operation from another.
func filler() []string {
	return []string{
		"a", "an", "the", "of", "all", "one", "with", "its", "by", "for", "to", "in", "and", "or", "it", "on", "from", "api", "rest", "public",
		"report", "insight", "financial", "list", "get", "create", "update", "new", "add", "show", "read", "find", "fetch", "retrieve", "search",
		"index", "edit", "replace", "put", "post", "patch", "save", "store", "modify", "change", "view", "single", "record", "chart", "full", "an",
		"operation", "endpoint", "resource", "collection", "return", "every", "existing", "id", "page",
	}
}

// canonical is what an operation is about, as a sorted set of our words.
func canonical(name string) []string {
	s := " " + strings.Join(dialect.WordsOf(name), " ") + " "
	for _, thing := range sameThing() {
		for _, phrase := range thing[1:] {
			s = strings.ReplaceAll(s, " "+phrase+" ", " "+thing[0]+" ")
		}
	}
	words := slices.DeleteFunc(strings.Fields(s), func(w string) bool { return slices.Contains(filler(), w) })
	slices.Sort(words)
	return slices.Compact(words)
}

// plainWords are the words of a name as they stand.
func plainWords(name string) []string {
	words := slices.DeleteFunc(dialect.WordsOf(name), func(w string) bool { return slices.Contains(filler(), w) })
	slices.Sort(words)
	return slices.Compact(words)
}

// resource is the path without what stands before what it is about: the
// version, and "api". Parameters are left out.
func resource(path string) string {
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if len(parts) == 0 && regexp.MustCompile(`(?i)^(api|rest|public|v\d+(\.\d+)?|\d{4}-\d{2}(-\d{2})?)$`).MatchString(part) {
			continue
		}
		if !strings.HasPrefix(part, "{") {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

// alike is how much two sets of words have in common, from 0 to 100.
func alike(a, b []string) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			both++
		}
	}
	return 100 * both / (len(a) + len(b) - both)
}

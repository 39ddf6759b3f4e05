package learn_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// shapes are the ways in which an API may differ.
func shapes() []shape {
	return append(append(named(), written()...), asked()...)
}

func named() []shape {
	return []shape{
		{name: "plain"},
		{name: "renamed", change: renamed("outstanding", "balance", "invoiceDate", "issueDate", "clientName", "customerName", "clientId", "customerId")},
		{name: "snake case", change: cased(snake)},
		{name: "pascal case", change: cased(func(s string) string { return strings.ToUpper(s[:1]) + s[1:] })},
		{name: "nested client", change: nested},
		{name: "german", change: renamed("outstanding", "offen", "paid", "bezahlt", "total", "brutto", "subtotal", "netto", "taxTotal", "steuer", "clientId", "kunde", "clientName", "kundenname")},
		{name: "amounts by letters", change: on("/v1/invoices", renamed("total", "amt3", "subtotal", "amt1", "taxTotal", "amt2", "paid", "amt4", "outstanding", "amt5"))},
		{name: "dates by letters", change: renamed("invoiceDate", "d1", "dueDate", "d2", "quoteDate", "d1", "expiryDate", "d2")},
		{name: "sections and rows", change: on("/v1/reports/", renamed("sections", "teile", "rows", "zeilen"))},
		{name: "totals of statements", change: on("/v1/reports/", renamed("netProfit", "bottom", "assets", "aktiva", "closingCash", "after"))},
		{name: "invoice lines", change: on("/v1/invoices", renamed("items", "posten", "quantity", "menge", "price", "einzel"))},
		{name: "list amounts under names of the whole record", change: on("/v1/payments", renamed("amount", "betrag", "date", "tag", "invoiceId", "beleg"))},
		{name: "trial balance", change: on("trial-balance", renamed("debit", "soll", "credit", "haben", "accountId", "konto"))},
		{name: "aging", change: on("-aging", renamed("contactId", "ref", "contactName", "wer", "rows", "parties"))},
		{name: "ledger", change: on("-ledger", renamed("opening", "vortrag", "closing", "saldo"))},
		{name: "wrapped in data", change: func(v any, _ string) any { return map[string]any{"data": v} }},
		{name: "records as lists of one", change: func(v any, path string) any {
			if strings.Contains(path, "/v1/reports/") {
				return []any{v}
			}
			return v
		}},
		{name: "embedded", change: func(v any, path string) any {
			if list, ok := v.([]any); ok && !strings.Contains(path, "permissions") {
				return map[string]any{"_embedded": map[string]any{"stuff": list}, "page": map[string]any{"number": 0}}
			}
			return v
		}},
	}
}

func written() []shape {
	return []shape{
		{name: "decimals", change: money(func(minor string) any { return json.Number(decimal(minor)) })},
		{name: "decimal texts", change: money(func(minor string) any { return decimal(minor) })},
		{name: "floats", change: money(func(minor string) any {
			f, _ := strconv.ParseFloat(decimal(minor), 64)
			return f
		})},
		{name: "minor texts", change: money(func(minor string) any { return minor })},
		{name: "objects of money", change: money(func(minor string) any { return map[string]any{"amount": json.Number(minor), "currency": "GBP"} })},
		{name: "dates dd/mm/yyyy", change: dates(func(d time.Time) any { return d.Format("02/01/2006") })},
		{name: "dates mm/dd/yyyy", change: dates(func(d time.Time) any { return d.Format("01/02/2006") })},
		{name: "dates with times", change: dates(func(d time.Time) any { return d.Format("2006-01-02T15:04:05") })},
		{name: "dates in milliseconds", change: dates(func(d time.Time) any { return json.Number(strconv.FormatInt(d.UnixMilli(), 10)) })},
		{name: "statuses as integers", change: statuses(func(s string) any {
			return json.Number(strconv.Itoa(strings.Index("Draft Sent Overdue Partial Paid Rejected Accepted Converted", s)))
		}), apart: []fisklapi.Operation{fisklapi.OpListQuotes, fisklapi.OpGetQuote}},
		{name: "statuses in capitals", change: statuses(func(s string) any { return strings.ToUpper(s) })},
		{name: "statuses in German", change: statuses(func(s string) any {
			return map[string]string{"Draft": "Entwurf", "Sent": "Versandt", "Overdue": "Mahnung", "Partial": "Teilweise", "Paid": "Bezahlt", "Rejected": "Abgelehnt", "Accepted": "Angenommen", "Converted": "Erledigt"}[s]
		}), apart: []fisklapi.Operation{fisklapi.OpListQuotes, fisklapi.OpGetQuote}},
		{name: "several words for paid", change: on("/v1/invoices", func(v any, _ string) any {
			return walk(v, func(name string, v any, in map[string]any) (string, any, bool) {
				if name == "status" && v == "Paid" {
					return name, map[bool]string{true: "SETTLED", false: "CLOSED"}[len(fmt.Sprint(in["number"]))%2 == 0 && strings.HasSuffix(fmt.Sprint(in["number"]), "2")], true
				}
				return name, v, true
			})
		})},
		{name: "types of accounts", change: on("/v1/accounts", func(v any, _ string) any {
			return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
				if to, ok := map[any]string{"Assets": "A", "Liabilities": "L", "Income": "R", "Expenses": "X", "Equity": "Q"}[v]; ok && name == "type" {
					return name, to, true
				}
				return name, v, true
			})
		})},
		{name: "rates in basis points", change: scaledBy("rate", 100)},
		{name: "rates as fractions", change: scaledBy("rate", 0.01)},
		{name: "quantities in thousandths", change: scaledBy("quantity", 1000)},
		{name: "ratios in percent", change: scaledBy("value", 100)},
	}
}

func asked() []shape {
	return []shape{
		{name: "pages from one, 0 refused", ask: asking(func(q url.Values) bool {
			if q.Get("page") == "0" {
				return false
			}
			return previous(q, "page")
		}), check: pages(dialect.Pages{First: 1})},
		{name: "pages from one, 0 as 1", ask: asking(func(q url.Values) bool { return q.Get("page") == "0" || previous(q, "page") }), check: pages(dialect.Pages{First: 1})},
		{name: "other names of pages", ask: asking(func(q url.Values) bool {
			q.Set("page", q.Get("pageNumber"))
			q.Set("size", q.Get("limit"))
			return true
		}), check: pages(dialect.Pages{Page: "pageNumber", Size: "limit"})},
		{name: "small pages", ask: asking(func(q url.Values) bool {
			if n, _ := strconv.Atoi(q.Get("size")); n > 20 {
				q.Set("size", "20")
			}
			return true
		}), check: pages(dialect.Pages{Largest: 20}), apart: []fisklapi.Operation{fisklapi.OpListInvoices, fisklapi.OpListPayments, fisklapi.OpGetGeneralLedger, fisklapi.OpGetTransactionDetail}},
		{name: "periods from and to", ask: asking(func(q url.Values) bool {
			swap(q, "start", "from")
			swap(q, "end", "to")
			return true
		})},
		{name: "start refused", ask: asking(func(q url.Values) bool {
			if q.Has("start") || q.Has("end") {
				return false
			}
			swap(q, "start", "startDate")
			swap(q, "end", "endDate")
			return true
		})},
		{name: "other names of filters", ask: asking(func(q url.Values) bool {
			swap(q, "clientId", "customerId")
			swap(q, "status", "state")
			swap(q, "basis", "method")
			swap(q, "detail", "details")
			return true
		})},
		{name: "other paths", path: moved(map[string]string{
			"/v1/customers": "/v1/clients", "/v1/suppliers": "/v1/vendors", "/v1/tax-rates": "/v1/taxes", "/v1/me/company": "/v1/company",
			"/v1/reports/pnl": "/v1/reports/profit-and-loss", "/v1/reports/aged-receivables": "/v1/reports/receivables-aging",
		})},
		{name: "reports in another folder", path: moved(map[string]string{"/v1/report": "/v1/reports"})},
		{name: "company not there", path: func(p string) string { return map[bool]string{true: "", false: p}[p == "/v1/company"] }, apart: []fisklapi.Operation{fisklapi.OpGetCompany}},
		{name: "several at once", change: both(dates(func(d time.Time) any { return d.Format("02/01/2006") }), money(func(minor string) any { return decimal(minor) }), nested, renamed("outstanding", "offen"), cased(snake)), ask: asking(func(q url.Values) bool {
			return q.Get("page") != "0" && previous(q, "page")
		})},
	}
}

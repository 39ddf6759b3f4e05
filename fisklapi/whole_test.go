package fisklapi_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

// fields are the members of a record, by their wire names.
type fields = map[string]any

// laid is a record with some of its members laid over by others. A nil takes one away.
func laid(whole, over fields) fields {
	out := maps.Clone(whole)
	maps.Copy(out, over)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// written is a record as it goes over the wire.
func written(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// wholeInvoice is an invoice that lacks nothing, of one line that comes to its total.
func wholeInvoice(over fields) fields {
	total, _ := laid(fields{"total": 100}, over)["total"].(int)
	paid, _ := over["paid"].(int)
	return laid(fields{
		"id": 7, "number": "INV-7", "status": "Sent", "clientId": 9, "clientName": "Acme", "invoiceDate": "2026-10-01", "dueDate": "2026-12-01",
		"currency": "GBP", "total": total, "subtotal": total, "taxTotal": 0, "paid": paid, "outstanding": total - paid,
		"items": []any{fields{"name": "Hours", "quantity": 1, "price": total, "net": total, "tax": 0, "total": total}},
	}, over)
}

// wholePayment is a payment that lacks nothing.
func wholePayment(over fields) fields {
	return laid(fields{
		"id": 1, "invoiceId": 7, "invoiceNumber": "INV-7", "clientId": 9, "clientName": "Acme", "amount": 100, "currency": "GBP", "date": "2026-11-01",
	}, over)
}

// wholeQuote is a quote that lacks nothing.
func wholeQuote(over fields) fields {
	return laid(fields{
		"id": 5, "number": "QUOTE-5", "status": "Sent", "clientId": 9, "clientName": "Acme", "quoteDate": "2026-10-01", "expiryDate": "2026-12-01",
		"currency": "GBP", "total": 100, "subtotal": 100, "taxTotal": 0,
		"items": []any{fields{"name": "Hours", "quantity": 1, "price": 100, "net": 100, "tax": 0, "total": 100}},
	}, over)
}

// wholeProfit is a profit and loss of one section that lacks nothing.
func wholeProfit(over fields) fields {
	return laid(fields{
		"name": "Profit and Loss", "currency": "GBP", "start": "2026-01-01", "end": "2026-12-31", "basis": "Accrual",
		"sections": []any{fields{"name": "Revenue", "rows": []any{fields{"accountId": 553, "code": "4020", "name": "Sales", "amount": 500}}, "total": 500}},
		"totals": fields{
			"revenue": 500, "costOfSales": 0, "grossProfit": 500, "operatingExpenses": 0, "operatingProfit": 500, "nonOperating": 0, "netProfit": 500,
		},
	}, over)
}

// emptyReports are reports of days on which nothing was, by their paths: nothing is left out, and every amount is zero.
func emptyReports() map[string]fields {
	head := func(name string, over fields) fields {
		return laid(fields{"name": name, "currency": "GBP", "start": "2026-01-01", "end": "2026-12-31", "basis": "Accrual"}, over)
	}
	asOf := func(name string, over fields) fields {
		return laid(head(name, fields{"start": nil, "end": nil, "asOf": "2026-11-22"}), over)
	}
	zeros := func(names ...string) fields {
		totals := fields{}
		for _, name := range names {
			totals[name] = 0
		}
		return totals
	}
	none := []any{}
	aging := fields{"basis": nil, "buckets": []any{"Current", "90+"}, "rows": none, "amounts": []any{0, 0}, "total": 0}
	ledger := fields{"accounts": none, "lines": none}
	return map[string]fields{
		"/v1/reports/profit-and-loss": head("Profit and Loss", fields{
			"sections": none, "totals": zeros("revenue", "costOfSales", "grossProfit", "operatingExpenses", "operatingProfit", "nonOperating", "netProfit"),
		}),
		"/v1/reports/balance-sheet": asOf("Balance Sheet", fields{"sections": none, "totals": zeros("assets", "liabilities", "equity")}),
		"/v1/reports/cash-flow": head("Cash Flow", fields{
			"basis": nil, "sections": none, "totals": zeros("operating", "investing", "financing", "netChange", "openingCash", "closingCash"),
		}),
		"/v1/reports/trial-balance":        asOf("Trial Balance", fields{"rows": none, "totals": zeros("debit", "credit")}),
		"/v1/reports/financial-ratios":     head("Financial Ratios", fields{"ratios": none}),
		"/v1/reports/receivables-aging":    asOf("Receivables Aging", aging),
		"/v1/reports/payables-aging":       asOf("Payables Aging", aging),
		"/v1/reports/general-ledger":       head("General Ledger", ledger),
		"/v1/reports/transaction-detail":   head("Transaction Detail", ledger),
		"/v1/reports/statement-of-account": head("Statement of Account", fields{"clientId": 7, "clientName": "Zed", "sections": none}),
		"/v1/reports/tax-report":           head("Tax Report", fields{"agencies": none}),
	}
}

// probes reports a request that only finds out how an API answers: for a page behind a short one, or for days on which
// nothing can have been.
func probes(r *http.Request) bool {
	q := r.URL.Query()
	return q.Get("page") != "" && q.Get("page") != "0" || q.Get("start") == "1990-01-01"
}

// probed are the requests for a list of one short page, of which it is not known that it ends there.
func probed(request string) []string {
	return []string{request, strings.Replace(request, "page=0", "page=1", 1)}
}

// dated are the requests for an insight of which it is not known that it keeps to a period.
func dated(request, from, to string) []string {
	return []string{request, strings.Replace(strings.Replace(request, "end="+to, "end=1990-01-31", 1), "start="+from, "start=1990-01-01", 1)}
}

package sandbox_test

import (
	"fmt"
	"net/http"
	"testing"
)

func TestPaymentsMoveAnInvoiceToPaid(t *testing.T) {
	t.Parallel()
	a := demo()
	id := a.sent(t, nil).number("id")
	target := fmt.Sprintf("/v1/invoices/%d", id)
	first := a.create(t, "/v1/payments", object{"invoiceId": id, "amount": 50000, "method": "Bank Transfer", "note": "deposit"})
	for field, value := range map[string]any{
		"invoiceNumber": "INV-0151", "clientName": "Acme Ltd", "currency": "GBP", "date": "2026-11-22", "status": "Paid",
		"method": "Bank Transfer", "note": "deposit",
	} {
		first.equal(t, field, value)
	}
	part := a.get(t, target)
	part.equal(t, "status", "Partial")
	part.equal(t, "paid", 50000)
	part.equal(t, "outstanding", 100000)
	a.refused(t, http.MethodPost, "/v1/payments", object{"invoiceId": id, "amount": 100001},
		"A payment of 1000.01 GBP is more than the outstanding balance of 1000.00 GBP on INV-0151")
	a.get(t, target).equal(t, "paid", 50000)
	a.create(t, "/v1/payments", object{"invoiceId": id, "amount": 100000})
	a.get(t, target).equal(t, "status", "Paid")
	detail := a.get(t, fmt.Sprintf("/v1/payments/%d", first.number("id")))
	object(detail["invoice"].(map[string]any)).equal(t, "status", "Paid")
	object(detail["invoice"].(map[string]any)).equal(t, "outstanding", 0)
}

func TestRefusedPayments(t *testing.T) {
	t.Parallel()
	a := demo()
	id := a.sent(t, nil).number("id")
	euros := a.sent(t, object{"currency": "EUR"}).number("id")
	dollars := a.sent(t, object{"currency": "USD"}).number("id")
	draft := a.create(t, "/v1/invoices", invoice(nil)).number("id")
	rejected := a.list(t, "/v1/invoices?status=Rejected")[0].number("id")
	account := map[string]int64{}
	for _, row := range append(a.list(t, "/v1/accounts?size=100"), a.list(t, "/v1/accounts?size=100&page=1")...) {
		account[row.text("code")] = row.number("id")
	}
	for message, body := range map[string]object{
		"invoiceId: must not be null":   {"amount": 1},
		"no invoice with id 1024":       {"invoiceId": 1024, "amount": 1},
		"amount: an integer above 0":    {"invoiceId": id, "amount": 0},
		"is a Draft":                    {"invoiceId": draft, "amount": 1},
		"is Rejected":                   {"invoiceId": rejected, "amount": 1},
		"date":                          {"invoiceId": id, "amount": 1, "date": "yesterday"},
		"locked":                        {"invoiceId": id, "amount": 1, "date": "2025-03-31"},
		"not an active bank":            {"invoiceId": id, "amount": 1, "accountId": account["4020"]},
		"holds EUR and cannot take USD": {"invoiceId": dollars, "amount": 1, "accountId": account["1020"]},
	} {
		a.refused(t, http.MethodPost, "/v1/payments", body, message)
	}
	a.create(t, "/v1/payments", object{"invoiceId": euros, "amount": 1, "accountId": account["1020"]})
	paid := a.create(t, "/v1/payments", object{"invoiceId": id, "amount": 1})
	if paid.number("accountId") != account["1090"] {
		t.Errorf("got account %d, want Undeposited Funds", paid.number("accountId"))
	}
}

func TestMarkPaid(t *testing.T) {
	t.Parallel()
	a := demo()
	id := a.sent(t, nil).number("id")
	target := fmt.Sprintf("/v1/invoices/%d/mark-paid", id)
	a.create(t, "/v1/payments", object{"invoiceId": id, "amount": 40000})
	got := a.do(t, target)
	got.equal(t, "status", "Paid")
	got.equal(t, "paid", 150000)
	rows := a.list(t, fmt.Sprintf("/v1/payments?start=2026-11-22&end=2026-11-22&invoiceId=%d", id))
	if len(rows) != 2 || rows[1].number("amount") != 110000 {
		t.Errorf("got payments %v, want the rest of 1100.00 as the second", rows)
	}
	a.refused(t, http.MethodPost, target, nil, "is Paid")
	draft := a.create(t, "/v1/invoices", invoice(nil)).number("id")
	a.refused(t, http.MethodPost, fmt.Sprintf("/v1/invoices/%d/mark-paid", draft), nil, "is Draft")
	rejected := a.list(t, "/v1/invoices?status=Rejected")[0].number("id")
	a.refused(t, http.MethodPost, fmt.Sprintf("/v1/invoices/%d/mark-paid", rejected), nil, "is Rejected")
}

func TestPaymentsAreListedByRange(t *testing.T) {
	t.Parallel()
	a := demo()
	a.refused(t, http.MethodGet, "/v1/payments", nil, "date range")
	a.refused(t, http.MethodGet, "/v1/payments?start=2026-01-01", nil, "date range")
	rows := a.list(t, "/v1/payments?start=2026-01-01&end=2026-03-31&clientId=1024&size=100")
	if len(rows) == 0 {
		t.Error("Acme Ltd paid nothing in a quarter")
	}
	for _, row := range rows {
		if date := row.text("date"); row.number("clientId") != 1024 || date < "2026-01-01" || date > "2026-03-31" {
			t.Errorf("%v is none of what was asked for", row)
		}
	}
	a.fails(t, http.StatusNotFound, http.MethodGet, "/v1/payments/4821", nil, "Payment with id 4821")
}

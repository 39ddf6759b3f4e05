package sandbox

import (
	"net/http"
	"slices"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

func paymentOperations() []operation {
	return []operation{
		get("/v1/payments", "listPayments", "payment.read", listPayments),
		get("/v1/payments/{id}", "getPayment", "payment.read", getPayment),
		post("/v1/payments", "recordPayment", "payment.write", recordPayment),
	}
}

func listPayments(c *call) (answer, error) {
	keep, err := paymentFilter(c)
	if err != nil {
		return answer{}, err
	}
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	rows := slices.DeleteFunc(b.Payments(), func(x books.Payment) bool { return !keep(x) })
	return list(c, rows, orders[books.Payment]{
		"id":      by(func(x books.Payment) int64 { return x.ID }),
		"created": byTime(func(x books.Payment) time.Time { return x.Created }),
		"date":    by(func(x books.Payment) books.Date { return x.Date }),
		"amount":  by(func(x books.Payment) books.Minor { return x.Amount }),
	})
}

func paymentFilter(c *call) (func(books.Payment) bool, error) {
	start, end, err := c.dates()
	if err != nil {
		return nil, err
	}
	if start == "" || end == "" {
		return nil, problem(http.StatusBadRequest, "start, end: payments can only be listed for a date range")
	}
	client, err := c.number("clientId")
	if err != nil {
		return nil, err
	}
	invoice, err := c.number("invoiceId")
	return func(x books.Payment) bool {
		return x.Date >= start && x.Date <= end &&
			(client == 0 || x.ClientID == client) && (invoice == 0 || x.InvoiceID == invoice)
	}, err
}

func getPayment(c *call) (answer, error) { return one(c, (*books.Books).Payment) }

func recordPayment(c *call) (answer, error) {
	return made(c, func(b *books.Books, in books.PaymentInput) (books.Payment, error) {
		return b.RecordPayment(c.key.actor, in)
	})
}

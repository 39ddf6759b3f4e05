package main

import (
	"fmt"
	"time"
)

// upstreamRows is how many invoices the fake API has: a page as asked for when
// nothing else is said.
const upstreamRows = 25

// invoice is a row of the API's list of invoices.
type invoice struct {
	ID          int64  `json:"id"`
	Number      string `json:"number"`
	Status      string `json:"status"`
	ClientID    int64  `json:"clientId"`
	ClientName  string `json:"clientName"`
	ClientEmail string `json:"clientEmail"`
	InvoiceDate string `json:"invoiceDate"`
	DueDate     string `json:"dueDate"`
	Currency    string `json:"currency"`
	Subtotal    int64  `json:"subtotal"`
	TaxTotal    int64  `json:"taxTotal"`
	Total       int64  `json:"total"`
	Paid        int64  `json:"paid"`
	Outstanding int64  `json:"outstanding"`
	Notes       string `json:"notes,omitempty"`
	SentAt      string `json:"sentAt,omitempty"`
	Created     string `json:"created"`
	Updated     string `json:"updated"`
}

// invoices are a company's newest invoices, newest first.
func invoices() []invoice {
	all := make([]invoice, 0, upstreamRows)
	for i := range upstreamRows {
		all = append(all, newInvoice(i))
	}
	return all
}

func newInvoice(i int) invoice {
	names := []string{"Northwind Bakery", "Acme Retail GmbH", "Løvås & Sønner AS", "Riverside Dental Practice", "Blue Heron Architects"}
	mails := []string{"accounts@northwind.example", "billing@acme.example", "faktura@lovas.example", "desk@riverside.example", "office@blueheron.example"}
	currencies := []string{"GBP", "EUR", "GBP", "GBP", "USD"}
	states := []string{"Draft", "Sent", "Overdue", "Partial", "Paid"}
	who, state := i%len(names), states[i*3%len(states)]
	made := time.Date(2026, time.November, 21, 9, 30, i, 0, time.UTC).AddDate(0, 0, -3*i)
	inv := invoice{
		ID: int64(4900 - i), Number: fmt.Sprintf("INV-%04d", 142-i), Status: state,
		ClientID: int64(1020 + who), ClientName: names[who], ClientEmail: mails[who],
		InvoiceDate: made.Format(time.DateOnly), DueDate: made.AddDate(0, 0, 30).Format(time.DateOnly), Currency: currencies[who],
		Subtotal: int64(45000 + 7350*i), Created: made.Format(time.RFC3339), Updated: made.AddDate(0, 0, 2).Format(time.RFC3339),
	}
	inv.TaxTotal = inv.Subtotal / 5
	inv.Total = inv.Subtotal + inv.TaxTotal
	switch state {
	case "Paid":
		inv.Paid = inv.Total
	case "Partial":
		inv.Paid = inv.Total / 3
	}
	inv.Outstanding = inv.Total - inv.Paid
	if state != "Draft" {
		inv.SentAt = made.Add(2 * time.Hour).Format(time.RFC3339)
	}
	if i%4 == 0 {
		inv.Notes = "Payment by bank transfer within 30 days, please quote the invoice number."
	}
	return inv
}

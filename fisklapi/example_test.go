package fisklapi_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// example returns a client of a sandbox on a day that never changes.
func example() (*fisklapi.Client, error) {
	day := func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC) }
	return fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner),
		Transport:   inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: day})},
		Now:         day,
	})
}

func ExampleNew() {
	// Without a Transport, the client speaks to Fiskl itself.
	box := sandbox.New(sandbox.Options{})
	client, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key(sandbox.KeyOwner),
		Transport:   inprocess.Transport{Handler: box},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	company, err := client.Companies.Get(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(company.Name, company.Currency)
	// Output: Harbour & Finch Studio Ltd GBP
}

func ExampleInvoices_List() {
	client, err := example()
	if err != nil {
		fmt.Println(err)
		return
	}
	overdue, err := client.Invoices.List(context.Background(), schemas.InvoiceFilter{Status: schemas.InvoiceOverdue})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range overdue.Rows {
		fmt.Println(row.Number, row.Client, row.DaysLate, row.Outstanding, row.Currency)
	}
	for _, sum := range overdue.Sums {
		fmt.Println("owed in all:", sum.Owed, sum.Currency)
	}
	fmt.Println("complete:", overdue.Complete)
	// Output:
	// INV-0131 Café Lumière SARL 31 420.00 EUR
	// INV-0128 O'Leary & Sons Joinery 20 3150.00 GBP
	// INV-0119 Northwind Bakery 53 1200.00 GBP
	// INV-0105 Fern Street Community Theatre 96 960.00 GBP
	// owed in all: 420.00 EUR
	// owed in all: 5310.00 GBP
	// complete: true
}

func ExampleKind() {
	client, err := example()
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Clients.Get(context.Background(), schemas.ClientRef{Client: "Nobody & Sons"})
	fmt.Println(errors.Is(err, fisklapi.NotFound))
	_, err = client.Clients.Get(context.Background(), schemas.ClientRef{Client: "Acme"})
	fmt.Println(errors.Is(err, fisklapi.Ambiguous))
	// Output:
	// true
	// true
}

func ExamplePayments_Record() {
	client, err := example()
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	invoice, err := client.Invoices.Create(ctx, schemas.InvoiceDraft{NewInvoice: schemas.NewInvoice{
		Client: "Acme Ltd",
		Items:  []schemas.Line{{Name: "Consulting", Quantity: "7.5", Price: "80", Taxes: []string{"20%"}}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(invoice.Status, invoice.Subtotal, "+", invoice.TaxTotal, "=", invoice.Total, invoice.Currency)

	ref := schemas.InvoiceRef{Invoice: invoice.Number}
	if _, err := client.Invoices.Send(ctx, ref); err != nil {
		fmt.Println(err)
		return
	}
	payment, err := client.Payments.Record(ctx, schemas.NewPayment{InvoiceRef: ref, Amount: "500"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(payment.InvoiceStatus, payment.Outstanding, "left")
	// Output:
	// Draft 600.00 + 120.00 = 720.00 GBP
	// Partial 220.00 left
}

package fisklapi_test

import (
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func invoices(c *fisklapi.Client) fisklapi.Invoices { return c.Invoices }
func quotes(c *fisklapi.Client) fisklapi.Quotes     { return c.Quotes }

// lineDetails are what a line shows by the names of its taxes, and what only matters when it is written.
func lineDetails() []string {
	return []string{"items.taxIds", "items.taxes.taxId", "items.type", "taxes.taxId"}
}

func invoiceMethods() []method {
	draft := schemas.InvoiceRef{Invoice: "5268"}
	sent := schemas.InvoiceRef{Invoice: "5253"}
	content := schemas.NewInvoice{
		Client: "Acme Ltd",
		Items: []schemas.Line{
			{Name: "Hours", Description: "in June", Quantity: "1.5", Price: "100", Unit: "hour", Taxes: []string{"20%"}},
			{Product: "Brand retainer", Quantity: "2"},
		},
		InvoiceTerms: schemas.InvoiceTerms{InvoiceDate: "2026-11-20", DueDate: "2026-12-20", Currency: "gbp", Notes: "n"},
	}
	const body = `"clientId":1024,"currency":"GBP","dueDate":"2026-12-20",`
	const lines = `"invoiceDate":"2026-11-20","items":[{"description":"in June","name":"Hours","price":10000,"quantity":1.5,"taxIds":[301],"unit":"hour"},{"productId":3013,"quantity":2}],"notes":"n"}`
	look := slices.Concat(
		[]string{
			"GET /v1/clients?includeArchived=true&name=Acme+Ltd&page=0&size=50",
			"GET /v1/products?includeArchived=true&page=0&search=Brand+retainer&size=50",                        // which tells how the API writes amounts
			"GET /v1/invoices?clientId=1024&end=2099-12-31&page=0&size=50&sort=created%2Cdesc&start=2000-01-01", // how the client is billed
		},
		probed("GET /v1/taxes?page=0&size=50"),
	)
	due := schemas.Date("2026-12-01")
	return []method{
		{
			name: "Invoices.List", from: "/v1/invoices",
			dropped: []string{"clientEmail", "clientId", "created", "notes", "sentAt", "subtotal", "taxTotal", "updated"},
			call: on(invoices, fisklapi.Invoices.List, schemas.InvoiceFilter{
				Status: schemas.InvoiceRejected, Client: "1134", Period: schemas.Period{Start: "2026-01-01", End: "2026-12-31"},
			}),
			sent: append(
				[]string{"GET /v1/company", "GET /v1/clients/1134"},
				"GET /v1/invoices?clientId=1134&end=2026-12-31&page=0&size=50&sort=created%2Cdesc&start=2026-01-01&status=Rejected",
			),
		},
		{
			name: "Invoices.Get", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.Get, sent),
			sent:    []string{"GET /v1/invoices/5253", "GET /v1/company"},
		},
		{
			name: "Invoices.Preview", from: "/v1/invoices/preview",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.Preview, content),
			sent:    slices.Concat(look, []string{`POST /v1/invoices/preview {` + body + lines, "GET /v1/company"}),
		},
		{
			name: "Invoices.Create", from: "/v1/invoices",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.Create, schemas.InvoiceDraft{NewInvoice: content, ExternalID: "mine"}),
			sent:    slices.Concat(look, []string{newest, `POST /v1/invoices {` + body + `"externalId":"mine",` + lines, "GET /v1/company"}),
		},
		{
			name: "Invoices.CreateAsShown", from: "/v1/invoices",
			dropped: lineDetails(),
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) {
				agrees := func(schemas.Invoice) error { return nil }
				return c.Invoices.CreateAsShown(ctx, schemas.InvoiceDraft{NewInvoice: content, ExternalID: "mine"}, agrees)
			},
			sent: slices.Concat(look, []string{`POST /v1/invoices/preview {` + body + lines, "GET /v1/company", newest, `POST /v1/invoices {` + body + `"externalId":"mine",` + lines}),
		},
		{
			name: "Invoices.Update", from: "/v1/invoices/5268",
			dropped: []string{"items.type"},
			call: on(invoices, fisklapi.Invoices.Update, schemas.InvoicePatch{
				InvoiceRef: draft, DueDate: &due, Items: &[]schemas.Line{{Name: "Hours", Quantity: "1", Price: "0.01"}},
			}),
			sent: []string{
				"GET /v1/invoices/5268",
				`PUT /v1/invoices/5268 {"clientEmail":"accounts@northwind.example","clientId":1035,"clientName":"Northwind Bakery","created":"2026-11-22T12:00:00Z","currency":"GBP","dueDate":"2026-12-01","id":5268,"invoiceDate":"2026-11-22","items":[{"name":"Hours","price":1,"quantity":1}],"number":"INV-0150","outstanding":180000,"paid":0,"status":"Draft","subtotal":150000,"taxTotal":30000,"taxes":[{"taxId":301,"name":"VAT Standard 20%","rate":20,"net":150000,"amount":30000}],"total":180000,"updated":"2026-11-22T12:00:00Z"}`,
				"GET /v1/audit/Invoice/5268", "GET /v1/company",
			},
		},
		{
			name: "Invoices.Send", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.Send, sent),
			sent:    []string{"GET /v1/invoices/5253", "GET /v1/clients/1057", "GET /v1/company", "POST /v1/invoices/5253/send", "GET /v1/invoices/5253"},
		},
		{
			name: "Invoices.PlanSend", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.PlanSend, sent),
			sent:    []string{"GET /v1/invoices/5253", "GET /v1/clients/1057", "GET /v1/company"},
		},
		{
			name: "Invoices.PlanMarkPaid", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.PlanMarkPaid, sent),
			sent:    []string{"GET /v1/invoices/5253", "GET /v1/company", "GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50"},
		},
		{
			name: "Invoices.MarkPaid", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(invoices, fisklapi.Invoices.MarkPaid, sent),
			sent: []string{
				"GET /v1/invoices/5253", "GET /v1/company", "GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50",
				"GET /v1/payments?end=2026-11-22&invoiceId=5253&page=0&size=50&start=2026-11-22",
				"POST /v1/invoices/5253/mark-paid", "GET /v1/invoices/5253",
			},
		},
		{
			name: "Quotes.List", from: "/v1/quotes",
			dropped: []string{"clientId", "convertedInvoiceId", "created", "subtotal", "taxTotal", "updated"},
			call:    on(quotes, fisklapi.Quotes.List, schemas.QuoteFilter{}),
			sent:    probed("GET /v1/quotes?page=0&size=50&sort=created%2Cdesc"),
		},
		{
			name: "Quotes.Get", from: "/v1/quotes/7314",
			dropped: lineDetails(),
			call:    on(quotes, fisklapi.Quotes.Get, schemas.QuoteRef{Quote: "quote-0002"}),
			sent:    []string{"GET /v1/quotes?page=0&size=50&sort=created%2Cdesc", "GET /v1/quotes/7314"},
		},
	}
}

// newest is the request for what was there before an invoice is created.
const newest = "GET /v1/invoices?page=0&size=25&sort=created%2Cdesc"

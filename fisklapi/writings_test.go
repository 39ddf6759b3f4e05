package fisklapi_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// canary is in everything of a write that must not be kept.
const canary = "canary"

// call is a call of one method of the client.
type call func(context.Context, *fisklapi.Client) (any, error)

// writing is one way to write, on the demo company.
type writing struct {
	name         string
	op           fisklapi.Operation
	method, path string // of the request that writes
	call         call
}

// line is the request that writes, as one line.
func (w writing) line() string { return w.method + " " + w.path }

// everyWriting are all ways to write. One after the other they do not disturb each other.
func everyWriting() []writing {
	return append(contactWritings(), invoiceWritings()...)
}

func contactWritings() []writing {
	secret := canary
	contact := func(name string) schemas.NewContact {
		return schemas.NewContact{Name: name, Email: "canary@zed.example", Phone: canary, Address: canary, TaxNumber: canary, Notes: canary}
	}
	patch := schemas.ContactPatch{Notes: &secret, Address: &secret}
	return []writing{
		{
			"Clients.Create", fisklapi.OpCreateClient, http.MethodPost, "/v1/clients",
			on(clients, fisklapi.Clients.Create, schemas.NewClient{NewContact: contact("Zed Ltd"), CC: []string{"canary@cc.example"}, ShippingAddress: canary}),
		},
		{
			"Clients.Update", fisklapi.OpUpdateClient, http.MethodPut, "/v1/clients/1024",
			on(clients, fisklapi.Clients.Update, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: patch}),
		},
		{
			"Vendors.Create", fisklapi.OpCreateVendor, http.MethodPost, "/v1/vendors",
			on(vendors, fisklapi.Vendors.Create, schemas.NewVendor{NewContact: contact("Yard & Sons"), RegistrationNumber: canary}),
		},
		{
			"Vendors.Update", fisklapi.OpUpdateVendor, http.MethodPut, "/v1/vendors/2051",
			on(vendors, fisklapi.Vendors.Update, schemas.VendorPatch{VendorRef: schemas.VendorRef{Vendor: "2051"}, ContactPatch: patch}),
		},
		{
			"Products.Create", fisklapi.OpCreateProduct, http.MethodPost, "/v1/products",
			on(products, fisklapi.Products.Create, schemas.NewProduct{Name: "Mug", Type: "product", Price: "7", Unit: canary, Description: canary}),
		},
		{
			"Products.Update", fisklapi.OpUpdateProduct, http.MethodPut, "/v1/products/3013",
			on(products, fisklapi.Products.Update, schemas.ProductPatch{ProductRef: schemas.ProductRef{Product: "3013"}, Description: &secret}),
		},
		{
			"Features.Request", fisklapi.OpCreateFeatureRequest, http.MethodPost, "/v1/feature-requests",
			on(features, fisklapi.Features.Request, schemas.NewFeatureRequest{Title: "Quotes", Description: canary}),
		},
	}
}

func features(c *fisklapi.Client) fisklapi.Features { return c.Features }

func invoiceWritings() []writing {
	secret := canary
	content := hours("1", "10")
	content.Notes, content.Items[0].Name, content.Items[0].Description = canary, canary, canary
	return []writing{
		{
			"Invoices.Create", fisklapi.OpCreateInvoice, http.MethodPost, "/v1/invoices",
			on(invoices, fisklapi.Invoices.Create, schemas.InvoiceDraft{NewInvoice: content}),
		},
		{
			"Invoices.CreateAsShown", fisklapi.OpCreateInvoice, http.MethodPost, "/v1/invoices",
			func(ctx context.Context, c *fisklapi.Client) (any, error) {
				agrees := func(schemas.Invoice) error { return nil }
				return c.Invoices.CreateAsShown(ctx, schemas.InvoiceDraft{NewInvoice: hours("2", "20")}, agrees)
			},
		},
		{
			"Invoices.Update", fisklapi.OpUpdateInvoice, http.MethodPut, "/v1/invoices/5268",
			on(invoices, fisklapi.Invoices.Update, schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0150"}, Notes: &secret}),
		},
		{
			"Invoices.Send", fisklapi.OpSendInvoice, http.MethodPost, "/v1/invoices/5262/send",
			on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "INV-0148"}),
		},
		{
			"Invoices.MarkPaid", fisklapi.OpMarkInvoicePaid, http.MethodPost, "/v1/invoices/5253/mark-paid",
			on(invoices, fisklapi.Invoices.MarkPaid, schemas.InvoiceRef{Invoice: "INV-0145"}),
		},
		{
			"Payments.Record", fisklapi.OpRecordPayment, http.MethodPost, "/v1/payments",
			on(payments, fisklapi.Payments.Record, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "600", Method: canary, Note: canary}),
		},
	}
}

// TestEveryWritingIsTested finds the operations that write and that the table above lacks.
func TestEveryWritingIsTested(t *testing.T) {
	t.Parallel()
	tested := make(map[fisklapi.Operation]bool)
	for _, w := range everyWriting() {
		tested[w.op] = true
	}
	for _, e := range fisklapi.Endpoints() {
		if e.Writes() != tested[e.Operation] {
			t.Errorf("%s: it writes: %t, and it is tested: %t", e.Operation, e.Writes(), tested[e.Operation])
		}
	}
}

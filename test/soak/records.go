package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func (m *model) changeInvoice(id int) (*wish, bool) {
	invoice, ok := recentOf(m.pool, m.dice, &m.pool.drafts)
	notes := fmt.Sprintf("wish %d", id)
	return &wish{kind: "update_invoice", zeal: 0.1, do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Invoices.Update(ctx, schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: ref(invoice)}, Notes: &notes})
		return err
	}}, ok
}

// changeContact makes wishes to change a client or a vendor.
func changeContact(kind string, list func(*pool) *[]schemas.ID, update func(context.Context, *fisklapi.Client, string, schemas.ContactPatch) error) func(*model, int) (*wish, bool) {
	return func(m *model, id int) (*wish, bool) {
		contact, ok := latestOf(m.pool, m.dice, list(m.pool))
		s := setting{kind: strings.TrimPrefix(kind, "update_") + "s", id: contact, field: "notes", value: fmt.Sprintf("wish %d", id)}
		patch := schemas.ContactPatch{Notes: &s.value}
		if m.dice.IntN(2) == 0 {
			s.field, patch = "address", schemas.ContactPatch{Address: &s.value}
		}
		return &wish{kind: kind, zeal: 0.1, sets: s, do: func(ctx context.Context, api *fisklapi.Client) error {
			return update(ctx, api, ref(contact), patch)
		}}, ok
	}
}

func updateClient(ctx context.Context, api *fisklapi.Client, client string, patch schemas.ContactPatch) error {
	_, err := api.Clients.Update(ctx, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: client}, ContactPatch: patch})
	return err
}

func updateVendor(ctx context.Context, api *fisklapi.Client, vendor string, patch schemas.ContactPatch) error {
	_, err := api.Vendors.Update(ctx, schemas.VendorPatch{VendorRef: schemas.VendorRef{Vendor: vendor}, ContactPatch: patch})
	return err
}

func (m *model) changeProduct(id int) (*wish, bool) {
	product, ok := recentOf(m.pool, m.dice, &m.pool.products)
	description := fmt.Sprintf("wish %d", id)
	return &wish{kind: "update_product", zeal: 0.1, do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Products.Update(ctx, schemas.ProductPatch{ProductRef: schemas.ProductRef{Product: ref(product)}, Description: &description})
		return err
	}}, ok
}

func (m *model) newClient(id int) (*wish, bool) {
	in := schemas.NewClient{NewContact: contact(id)}
	return &wish{kind: "create_client", do: func(ctx context.Context, api *fisklapi.Client) error {
		c, err := api.Clients.Create(ctx, in)
		if err == nil {
			add(m.pool, &m.pool.clients, c.ID)
		}
		return err
	}}, true
}

func (m *model) newVendor(id int) (*wish, bool) {
	in := schemas.NewVendor{NewContact: contact(id)}
	return &wish{kind: "create_vendor", do: func(ctx context.Context, api *fisklapi.Client) error {
		v, err := api.Vendors.Create(ctx, in)
		if err == nil {
			add(m.pool, &m.pool.vendors, v.ID)
		}
		return err
	}}, true
}

func contact(id int) schemas.NewContact {
	return schemas.NewContact{Name: fmt.Sprintf("Contact %d Ltd", id), Email: fmt.Sprintf("desk@contact%d.example", id)}
}

func (m *model) newProduct(id int) (*wish, bool) {
	in := schemas.NewProduct{Name: fmt.Sprintf("Product %d", id), Type: "product", Price: "7.00"}
	return &wish{kind: "create_product", do: func(ctx context.Context, api *fisklapi.Client) error {
		p, err := api.Products.Create(ctx, in)
		if err == nil {
			add(m.pool, &m.pool.products, p.ID)
		}
		return err
	}}, true
}

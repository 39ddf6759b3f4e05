package fisklapi_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestUpdateLeavesTheRest(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	ref := schemas.ClientRef{Client: "Blue Heron Hotels"}
	want, err := world.Clients.Get(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	phone, empty := "+44 1", ""
	got, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: ref, ContactPatch: schemas.ContactPatch{Phone: &phone, TaxNumber: &empty}})
	if err != nil {
		t.Fatal(err)
	}
	want.Phone, want.TaxNumber, want.Updated, want.Cleared = phone, "", got.Updated, []string{"tax_number"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
	want.Cleared = nil
	again, err := world.Clients.Get(t.Context(), ref)
	if err != nil || !reflect.DeepEqual(again, want) {
		t.Errorf("got\n%+v and error %v when read again, want\n%+v", again, err, want)
	}
}

func TestUpdateInvoiceKeepsItsLines(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	ref := schemas.InvoiceRef{Invoice: "INV-0148"}
	want, err := world.Invoices.Get(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	notes := "Thank you."
	got, err := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: ref, Notes: &notes})
	if err != nil {
		t.Fatal(err)
	}
	want.Notes, want.Updated = notes, got.Updated
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v, want\n%+v", got, want)
	}
}

func TestUpdateOfNothing(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	_, client := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}})
	_, vendor := world.Vendors.Update(t.Context(), schemas.VendorPatch{VendorRef: schemas.VendorRef{Vendor: "2051"}})
	_, product := world.Products.Update(t.Context(), schemas.ProductPatch{ProductRef: schemas.ProductRef{Product: "3013"}})
	_, invoice := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "5268"}})
	for _, err := range []error{client, vendor, product, invoice} {
		var refused *schemas.ArgumentError
		if !errors.As(err, &refused) || refused.Argument != "update" {
			t.Errorf("got %v, want a refusal of the update", err)
		}
	}
	if n := world.tape.writes(); n != 0 {
		t.Errorf("sent %d writes, want none", n)
	}
}

func TestUpdateOfASentInvoice(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	notes := "n"
	_, err := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0145"}, Notes: &notes})
	if !errors.Is(err, fisklapi.Conflict) || world.tape.writes() != 0 {
		t.Errorf("got %v and %d writes, want a conflict and none", err, world.tape.writes())
	}
}

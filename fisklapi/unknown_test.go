package fisklapi_test

import (
	"context"
	"net/http"
	"reflect"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// strange are the fields that the sandbox adds to every object, where it is asked to.
func strange() sandbox.Fault { return sandbox.Fault{Kind: sandbox.UnknownFields, Times: -1} }

func TestUnknownFieldsReachTheResult(t *testing.T) {
	t.Parallel()
	for name, get := range map[string]func(context.Context, world) (map[string]any, error){
		"client": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Clients.Get(ctx, schemas.ClientRef{Client: "1024"})
			return got.OtherFields, err
		},
		"vendor": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Vendors.Get(ctx, schemas.VendorRef{Vendor: "2051"})
			return got.OtherFields, err
		},
		"product": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Products.Get(ctx, schemas.ProductRef{Product: "3013"})
			return got.OtherFields, err
		},
		"invoice": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Invoices.Get(ctx, schemas.InvoiceRef{Invoice: "INV-0150"})
			return got.OtherFields, err
		},
		"quote": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Quotes.Get(ctx, schemas.QuoteRef{Quote: "QUOTE-0002"})
			return got.OtherFields, err
		},
		"payment": func(ctx context.Context, w world) (map[string]any, error) {
			got, err := w.Payments.Get(ctx, schemas.PaymentRef{Payment: "8604"})
			return got.OtherFields, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, _ := faulty(t, strange())
			got, err := get(t.Context(), world)
			if err != nil {
				t.Fatal(err)
			}
			if got["sandboxNote"] != "not in the contract" || got["sandboxFlags"] == nil || got["sandboxTags"] == nil || len(got) != 3 {
				t.Errorf("got other fields %v, want the sandbox's note, flags and tags and no field that is known", got)
			}
		})
	}
}

func TestOtherFieldsAreClean(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":7,"name":"a\u202eb","odd\u200b":["x\u0007y",{"de\u202eep":"z\ufeff"}],"no":null,"off":false,"rank":7.50}`))
	})
	got, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "7"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "ab" {
		t.Errorf("got name %q, want %q", got.Name, "ab")
	}
	rank := got.OtherFields["rank"]
	delete(got.OtherFields, "rank")
	if want := map[string]any{"odd": []any{"xy", map[string]any{"deep": "z"}}}; !reflect.DeepEqual(got.OtherFields, want) {
		t.Errorf("got other fields %v, want %v and the rank", got.OtherFields, want)
	}
	if text, ok := rank.(interface{ String() string }); !ok || text.String() != "7.50" {
		t.Errorf("got rank %v, want its digits as they were", rank)
	}
}

// TestUpdateKeepsUnknownFields is about fields that a later version of Fiskl's API may have.
func TestUpdateKeepsUnknownFields(t *testing.T) {
	t.Parallel()
	text := "changed"
	for path, update := range map[string]func(context.Context, *fisklapi.Client) error{
		"/v1/clients/1024": func(ctx context.Context, c *fisklapi.Client) error {
			_, err := c.Clients.Update(ctx, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: schemas.ContactPatch{Notes: &text}})
			return err
		},
		"/v1/vendors/2051": func(ctx context.Context, c *fisklapi.Client) error {
			_, err := c.Vendors.Update(ctx, schemas.VendorPatch{VendorRef: schemas.VendorRef{Vendor: "2051"}, ContactPatch: schemas.ContactPatch{Notes: &text}})
			return err
		},
		"/v1/products/3013": func(ctx context.Context, c *fisklapi.Client) error {
			_, err := c.Products.Update(ctx, schemas.ProductPatch{ProductRef: schemas.ProductRef{Product: "3013"}, Description: &text})
			return err
		},
		"/v1/invoices/5268": func(ctx context.Context, c *fisklapi.Client) error {
			_, err := c.Invoices.Update(ctx, schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "5268"}, Notes: &text})
			return err
		},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			world, _ := faulty(t, strange())
			if err := update(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			var read, written map[string]any
			for _, one := range world.tape.all() {
				switch {
				case one.req.URL.Path == path && one.req.Method == http.MethodGet:
					read = decode[map[string]any](t, one.received)
				case one.req.Method == http.MethodPut:
					written = decode[map[string]any](t, one.sent)
				}
			}
			for _, changed := range []string{"notes", "description"} {
				delete(read, changed)
				delete(written, changed)
			}
			if !reflect.DeepEqual(written, read) || read["sandboxFlags"] == nil {
				t.Errorf("wrote %v, want all that was read: %v", written, read)
			}
		})
	}
}

// TestNumbersAsText is about texts that consist of digits, which a server may write as numbers.
func TestNumbersAsText(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":7,"name":"Acme","phone":442071234567,"taxNumber":-1.50,"notes":null}`))
	})
	got, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "7"})
	if err != nil || got.Phone != "442071234567" || got.TaxNumber != "-1.50" || got.Notes != "" {
		t.Errorf("got %+v and error %v", got, err)
	}
}

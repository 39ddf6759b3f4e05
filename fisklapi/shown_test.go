package fisklapi_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestCreateAsShown shows Fiskl's own figures to somebody who agrees or does not.
func TestCreateAsShown(t *testing.T) {
	t.Parallel()
	for name, refusal := range map[string]error{"agreed": nil, "refused": errors.New("it came to 48.00 now")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			var shown schemas.Invoice
			made, err := world.Invoices.CreateAsShown(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("2", "20", "20%")}, func(i schemas.Invoice) error {
				shown = i
				if n := world.tape.count(http.MethodPost, "/v1/invoices"); n != 0 {
					t.Errorf("%d invoices were made before anybody agreed", n)
				}
				return refusal
			})
			if shown.Total != "48.00" || shown.Subtotal != "40.00" || shown.TaxTotal != "8.00" || shown.Client != "Acme Ltd" || shown.ID != "" {
				t.Errorf("got %+v shown, want Fiskl's figures", shown)
			}
			if refusal != nil {
				if !errors.Is(err, refusal) || err.Error() != refusal.Error() || made.ID != "" || len(watch.order()) > 0 {
					t.Errorf("got %+v and error %v after %q, want nothing made", made, err, watch.order())
				}
				return
			}
			if err != nil || made.ID == "" || made.Total != shown.Total || len(watch.asked) != 1 {
				t.Errorf("got %+v and error %v, want what was shown", made, err)
			}
			previewed, created := sentTo(world, "/v1/invoices/preview"), sentTo(world, "/v1/invoices")
			if strings.Replace(created, `"externalId":"`+made.ExternalID+`",`, "", 1) != previewed {
				t.Errorf("created %s, which is not what was shown: %s", created, previewed)
			}
		})
	}
}

// sentTo is the body of the last write to a path.
func sentTo(w world, path string) string {
	for _, one := range slices.Backward(w.tape.all()) {
		if one.req.Method == http.MethodPost && one.req.URL.Path == path {
			return string(one.sent)
		}
	}
	return ""
}

// TestCreateAsShownWithoutAPreview is about figures that Fiskl does not give.
func TestCreateAsShownWithoutAPreview(t *testing.T) {
	t.Parallel()
	server := demo()
	server.Inject(sandbox.Fault{Path: "/v1/invoices/preview", Status: http.StatusInternalServerError})
	world, watch := watched(t, server)
	_, err := world.Invoices.CreateAsShown(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("2", "20")}, func(schemas.Invoice) error {
		t.Error("somebody was shown something")
		return nil
	})
	var e *fisklapi.Error
	if !errors.As(err, &e) || e.Kind != fisklapi.Unavailable || e.OutcomeUnknown || len(watch.order()) > 0 {
		t.Errorf("got %+v after %q, want nothing made", e, watch.order())
	}
}

// TestRequestsOfAWrite counts what a write costs once the company is known.
func TestRequestsOfAWrite(t *testing.T) {
	t.Parallel()
	const list = "GET /v1/invoices"
	const twins = "GET /v1/payments"
	payment := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1", Account: "1000"}
	for name, test := range map[string]struct {
		call call
		want []string
	}{
		"send by id": {
			on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "5262"}),
			[]string{"GET /v1/invoices/5262", "GET /v1/clients/1024", "POST /v1/invoices/5262/send", "GET /v1/invoices/5262"},
		},
		"send by number": {
			on(invoices, fisklapi.Invoices.Send, schemas.InvoiceRef{Invoice: "INV-0148"}),
			[]string{list, "GET /v1/invoices/5262", "GET /v1/clients/1024", "POST /v1/invoices/5262/send", "GET /v1/invoices/5262"},
		},
		"mark paid": {
			on(invoices, fisklapi.Invoices.MarkPaid, schemas.InvoiceRef{Invoice: "5253"}),
			[]string{"GET /v1/invoices/5253", twins, "POST /v1/invoices/5253/mark-paid", "GET /v1/invoices/5253"},
		},
		"record": {
			on(payments, fisklapi.Payments.Record, payment),
			[]string{"GET /v1/invoices/5253", twins, "POST /v1/payments", "GET /v1/payments/8613"},
		},
		"plan to record": {on(payments, fisklapi.Payments.PlanRecord, payment), []string{"GET /v1/invoices/5253"}},
		"update": {
			on(clients, fisklapi.Clients.Update, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, CC: &[]string{}}),
			[]string{"GET /v1/clients/1024", "PUT /v1/clients/1024", "GET /v1/audit/Client/1024"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, err := world.Companies.Get(t.Context())
			if _, plan := world.Payments.PlanRecord(t.Context(), payment); err != nil || plan != nil { // reads the accounts
				t.Fatal(err, plan)
			}
			world.tape.rewind()
			if _, err := test.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, one := range world.tape.all() {
				got = append(got, one.req.Method+" "+one.req.URL.Path)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

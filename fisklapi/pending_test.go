package fisklapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// plan is a write that was planned, whatever it answers.
type plan struct {
	write   fisklapi.Write
	invoice schemas.Invoice
	do      func(context.Context) error
}

func planned[Out any](p fisklapi.Pending[Out], err error) (plan, error) {
	return plan{p.Write, p.Invoice, func(ctx context.Context) error {
		_, err := p.Do(ctx)
		return err
	}}, err
}

// everyPlan are all ways to plan a write, by the request that it is for.
func everyPlan() map[string]func(context.Context, *fisklapi.Client) (plan, error) {
	return map[string]func(context.Context, *fisklapi.Client) (plan, error){
		"POST /v1/invoices/5262/send": func(ctx context.Context, c *fisklapi.Client) (plan, error) {
			return planned(c.Invoices.PlanSend(ctx, schemas.InvoiceRef{Invoice: "5262"}))
		},
		"POST /v1/invoices/5253/mark-paid": func(ctx context.Context, c *fisklapi.Client) (plan, error) {
			return planned(c.Invoices.PlanMarkPaid(ctx, schemas.InvoiceRef{Invoice: "5253"}))
		},
		"POST /v1/payments": func(ctx context.Context, c *fisklapi.Client) (plan, error) {
			return planned(c.Payments.PlanRecord(ctx, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "40"}))
		},
	}
}

// TestPlans holds that a plan writes nothing, and that what is sent is what was planned.
func TestPlans(t *testing.T) {
	t.Parallel()
	for request, make := range everyPlan() {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			p, err := make(t.Context(), world.Client)
			if err != nil || len(watch.order()) > 0 || world.tape.writes() > 0 {
				t.Fatalf("got error %v after %q, want nothing written", err, watch.order())
			}
			if p.invoice.ID != p.write.ID || p.invoice.Number != p.write.Name || p.invoice.Client != p.write.Client || p.write.Email != "" && p.write.Email != p.invoice.ClientEmail {
				t.Errorf("got %+v for %+v, want one invoice", p.invoice, p.write)
			}
			again, err := make(t.Context(), world.Client)
			if err != nil || !reflect.DeepEqual(again.write, p.write) {
				t.Errorf("got %+v and error %v, want the plan again: %+v", again.write, err, p.write)
			}
			if err := p.do(t.Context()); err != nil || !reflect.DeepEqual(watch.planned(t), p.write) || watch.order()[1] != request {
				t.Errorf("got error %v after %+v, want what was planned: %+v", err, watch.asked, p.write)
			}
			later, err := make(t.Context(), world.Client)
			if err == nil && later.write.State == p.write.State {
				t.Error("the invoice changed and its state did not")
			}
		})
	}
}

// TestPlansAreSentOnce holds that a plan is sent once, whoever asks and however often.
func TestPlansAreSentOnce(t *testing.T) {
	t.Parallel()
	for request, make := range everyPlan() {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			world, _ := watched(t, demo())
			p, err := make(t.Context(), world.Client)
			if err != nil {
				t.Fatal(err)
			}
			var errs [3]error
			var all sync.WaitGroup
			for i := range errs {
				all.Go(func() { errs[i] = p.do(t.Context()) })
			}
			all.Wait()
			refused := slices.DeleteFunc(errs[:], func(err error) bool { return err == nil })
			if n := world.tape.writes(); n != 1 || len(refused) != 2 {
				t.Errorf("sent %d writes and refused with %v, want one", n, refused)
			}
		})
	}
}

// TestPlansOutliveAChange holds that comparing states is the caller's business: a plan is sent as it is.
func TestPlansOutliveAChange(t *testing.T) {
	t.Parallel()
	world, watch := watched(t, demo())
	p, err := world.Invoices.PlanSend(t.Context(), schemas.InvoiceRef{Invoice: "5262"})
	if err != nil {
		t.Fatal(err)
	}
	notes := "changed"
	if _, err := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "5262"}, Notes: &notes}); err != nil {
		t.Fatal(err)
	}
	watch.forget()
	sent, err := p.Do(t.Context())
	if err != nil || sent.Status != "Sent" || watch.planned(t).State != p.Write.State {
		t.Errorf("got %+v and error %v, want it sent with the state of then", sent, err)
	}
	if now, err := world.Invoices.PlanSend(t.Context(), schemas.InvoiceRef{Invoice: "5262"}); err != nil || now.Write.State == p.Write.State || now.Write.Content != p.Write.Content {
		t.Errorf("got %+v and error %v, want another state of it and the same content", now.Write, err)
	}
}

// TestRecipients is about invoices that do not say where they would be sent.
func TestRecipients(t *testing.T) {
	t.Parallel()
	const found = `{"id":9,"name":"Acme","email":"office@acme.example"}`
	for name, test := range map[string]struct {
		email, client string
		status        int
		want          string
		kind          fisklapi.Kind
	}{
		"the invoice's":     {"billing@acme.example", found, 200, "billing@acme.example", ""},
		"the client's":      {"", found, 200, "office@acme.example", ""},
		"none":              {"", `{"id":9,"name":"Acme"}`, 200, "", fisklapi.Conflict},
		"not to be seen":    {"", `{}`, http.StatusForbidden, "", ""},
		"no such client":    {"", `{}`, http.StatusNotFound, "", ""},
		"a passing failure": {"", `{}`, http.StatusInternalServerError, "", fisklapi.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status := "Draft"
			world, watch := watched(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/v1/clients/9":
					w.WriteHeader(test.status)
					_, _ = fmt.Fprint(w, test.client)
				case "/v1/invoices/7/send":
					status = "Sent"
				case "/v1/invoices/7":
					_, _ = fmt.Fprint(w, written(wholeInvoice(fields{"status": status, "clientEmail": test.email})))
				default:
					_, _ = fmt.Fprint(w, `{"id":1,"name":"N","currency":"GBP","timeZone":"UTC"}`)
				}
			}))
			p, err := world.Invoices.PlanSend(t.Context(), schemas.InvoiceRef{Invoice: "7"})
			if p.Write.Email != test.want || p.Invoice.ClientEmail != test.want || (err == nil) != (test.kind == "") || test.kind != "" && !errors.Is(err, test.kind) {
				t.Errorf("got %q, %q and error %v, want %q", p.Write.Email, p.Invoice.ClientEmail, err, test.want)
			}
			if test.kind == fisklapi.Conflict && !strings.Contains(err.Error(), `client "Acme" (id 9) has no e-mail address to send invoice INV-7 to`) {
				t.Errorf("got %q", err)
			}
			if _, err := world.Invoices.Send(t.Context(), schemas.InvoiceRef{Invoice: "7"}); (err == nil) != (test.kind == "") || (len(watch.order()) > 0) != (test.kind == "") {
				t.Errorf("got %v after %q, want it sent only to whom is known", err, watch.order())
			}
		})
	}
}

// TestAnotherRecipientIsAnotherContent changes a client's address between the question and the answer: the invoice stays
// as it is, and a yes to the one address must be none to the other.
func TestAnotherRecipientIsAnotherContent(t *testing.T) {
	t.Parallel()
	var email string
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/clients/9":
			_, _ = fmt.Fprintf(w, `{"id":9,"name":"Acme","email":%q}`, email)
		default:
			_, _ = fmt.Fprint(w, written(wholeInvoice(fields{"status": "Draft", "name": "N", "timeZone": "UTC"})))
		}
	})
	var writes []fisklapi.Write
	for _, email = range []string{"billing@acme.example", "thief@evil.example"} {
		p, err := world.Invoices.PlanSend(t.Context(), schemas.InvoiceRef{Invoice: "7"})
		if err != nil {
			t.Fatal(err)
		}
		writes = append(writes, p.Write)
	}
	if writes[0].State != writes[1].State || writes[0].Content == writes[1].Content {
		t.Errorf("got %+v, want one state and two contents", writes)
	}
}

// TestNothingToPay is about invoices that cannot be marked as paid.
func TestNothingToPay(t *testing.T) {
	t.Parallel()
	for number, says := range map[string]string{"INV-0001": "is Paid with 0.00 GBP outstanding", "INV-0150": "is Draft", "INV-0118": "is Rejected"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			world, watch := watched(t, demo())
			_, plan := world.Invoices.PlanMarkPaid(t.Context(), schemas.InvoiceRef{Invoice: number})
			_, mark := world.Invoices.MarkPaid(t.Context(), schemas.InvoiceRef{Invoice: number})
			for _, err := range []error{plan, mark} {
				if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), number+" "+says) || len(watch.order()) > 0 {
					t.Errorf("got %v after %q, want a conflict and nothing asked", err, watch.order())
				}
			}
		})
	}
}

// TestDayOfAPaymentNeedsTheCompany is about a payment of today when nobody can say what day it is there.
func TestDayOfAPaymentNeedsTheCompany(t *testing.T) {
	t.Parallel()
	server := demo()
	server.Inject(sandbox.Fault{Path: "/v1/company", Status: http.StatusInternalServerError, Times: -1})
	world, watch := watched(t, server)
	if _, err := world.Invoices.MarkPaid(t.Context(), schemas.InvoiceRef{Invoice: "5253"}); !errors.Is(err, fisklapi.Unavailable) || len(watch.order()) > 0 {
		t.Errorf("got %v after %q, want nothing written", err, watch.order())
	}
}

package fisklapi_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestReadsAreRetried(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name        string
		fault       sandbox.Fault
		requests    int
		least, most time.Duration
		kind        fisklapi.Kind // empty when it succeeds in the end
	}{
		{"429 with a short wait", sandbox.Fault{Status: 429, RetryAfter: 2 * time.Second}, 2, 2 * time.Second, 3 * time.Second, ""},
		{"429 without a wait", sandbox.Fault{Status: 429}, 2, 150 * time.Millisecond, time.Second, ""},
		{"429 with a long wait", sandbox.Fault{Status: 429, RetryAfter: 6 * time.Second}, 1, 0, 0, fisklapi.RateLimited},
		{"429 for ever", sandbox.Fault{Status: 429, RetryAfter: time.Second, Times: -1}, 4, 3 * time.Second, 4 * time.Second, fisklapi.RateLimited},
		{"502", sandbox.Fault{Status: 502, Times: 2}, 3, 300 * time.Millisecond, 2 * time.Second, ""},
		{"503", sandbox.Fault{Status: 503, Times: 3}, 4, 300 * time.Millisecond, 4 * time.Second, ""},
		{"503 for ever", sandbox.Fault{Status: 503, Times: -1}, 4, 300 * time.Millisecond, 4 * time.Second, fisklapi.Unavailable},
		{"504", sandbox.Fault{Status: 504}, 2, 150 * time.Millisecond, time.Second, ""},
		{"cut before", sandbox.Fault{Kind: sandbox.CutBefore}, 2, 150 * time.Millisecond, time.Second, ""},
		{"cut after", sandbox.Fault{Kind: sandbox.CutAfter}, 2, 150 * time.Millisecond, time.Second, ""},
		{"500 is not", sandbox.Fault{Status: 500}, 1, 0, 0, fisklapi.Unavailable},
		{"404 is not", sandbox.Fault{Status: 404}, 1, 0, 0, fisklapi.NoPath},
		{"401 is not", sandbox.Fault{Status: 401}, 1, 0, 0, fisklapi.Unauthorized},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				world, _ := faulty(t, test.fault)
				start := time.Now()
				_, err := world.Companies.Fresh(t.Context())
				if (test.kind == "") != (err == nil) || test.kind != "" && !errors.Is(err, test.kind) {
					t.Errorf("got %v, want %q", err, test.kind)
				}
				if n := len(world.tape.all()); n != test.requests {
					t.Errorf("sent %d requests, want %d", n, test.requests)
				}
				if took := time.Since(start); took < test.least || took > test.most {
					t.Errorf("waited %s, want %s to %s", took, test.least, test.most)
				}
				for _, one := range world.tape.all() {
					if one.req.Header.Get("Authorization") != "Bearer "+sandbox.KeyOwner {
						t.Error("an attempt was not signed")
					}
				}
			})
		})
	}
}

// TestWritesAreNotRepeated counts what is sent when the first attempt goes wrong in any way: a second payment or e-mail
// would be real.
func TestWritesAreNotRepeated(t *testing.T) {
	t.Parallel()
	faults := map[string]sandbox.Fault{
		"cut before": {Kind: sandbox.CutBefore}, "cut after": {Kind: sandbox.CutAfter}, "truncated": {Kind: sandbox.Truncated},
		"429": {Status: 429, RetryAfter: time.Second}, "500": {Status: 500}, "502": {Status: 502}, "503": {Status: 503}, "504": {Status: 504},
	}
	name := "n"
	for path, write := range map[string]func(context.Context, world) error{
		"POST /v1/payments": func(ctx context.Context, w world) error {
			_, err := w.Payments.Record(ctx, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1"})
			return err
		},
		"POST /v1/invoices/5253/send": func(ctx context.Context, w world) error {
			_, err := w.Invoices.Send(ctx, schemas.InvoiceRef{Invoice: "5253"})
			return err
		},
		"POST /v1/invoices/5253/mark-paid": func(ctx context.Context, w world) error {
			_, err := w.Invoices.MarkPaid(ctx, schemas.InvoiceRef{Invoice: "5253"})
			return err
		},
		"POST /v1/clients": func(ctx context.Context, w world) error {
			_, err := w.Clients.Create(ctx, schemas.NewClient{NewContact: schemas.NewContact{Name: "n"}})
			return err
		},
		"POST /v1/vendors": func(ctx context.Context, w world) error {
			_, err := w.Vendors.Create(ctx, schemas.NewVendor{NewContact: schemas.NewContact{Name: "n"}})
			return err
		},
		"POST /v1/products": func(ctx context.Context, w world) error {
			_, err := w.Products.Create(ctx, schemas.NewProduct{Name: "n", Type: "service", Price: "1"})
			return err
		},
		"POST /v1/feature-requests": func(ctx context.Context, w world) error {
			_, err := w.Features.Request(ctx, schemas.NewFeatureRequest{Title: "t", Description: "d"})
			return err
		},
		"PUT /v1/clients/1024": func(ctx context.Context, w world) error {
			_, err := w.Clients.Update(ctx, schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: schemas.ContactPatch{Name: &name}})
			return err
		},
	} {
		for fault, f := range faults {
			f.Method, f.Path, _ = strings.Cut(path, " ")
			told := f.Kind == sandbox.Truncated && f.Path != "/v1/feature-requests" // what was made of the rest can be read again
			t.Run(path+" "+fault, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					world, _ := faulty(t, f)
					err := write(t.Context(), world)
					var e *fisklapi.Error
					if told != (err == nil) || !told && (!errors.As(err, &e) || e.OutcomeUnknown != (f.Status != 429)) {
						t.Errorf("got %v, want its outcome unknown unless it was refused or can be seen", err)
					}
					if n := world.tape.writes(); n != 1 {
						t.Errorf("sent %d writes, want one", n)
					}
				})
			})
		}
	}
}

// TestCreateInvoiceIsRetried holds that however the first attempts fail, one invoice is made and the caller learns
// which.
func TestCreateInvoiceIsRetried(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"cut before": {Kind: sandbox.CutBefore, Times: 2}, "cut after": {Kind: sandbox.CutAfter}, "503": {Status: 503, Times: 2}, "429": {Status: 429, RetryAfter: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				fault.Method, fault.Path = http.MethodPost, "/v1/invoices"
				world, _ := faulty(t, fault)
				made, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("1", "10")})
				if err != nil || made.ID == "" || made.AlreadyExisted {
					t.Errorf("got %+v and error %v, want an invoice that this call made", made, err)
				}
				if n := world.tape.writes(); n < 2 {
					t.Errorf("sent %d writes, want more than one", n)
				}
				drafts, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Status: schemas.InvoiceDrafts})
				if err != nil || drafts.Count != 5 || !slices.ContainsFunc(drafts.Rows, func(r schemas.InvoiceRow) bool { return r.ID == made.ID }) {
					t.Errorf("got %+v and error %v, want the four drafts of the demo and this one", drafts.Rows, err)
				}
			})
		})
	}
}

// TestEarlierAttemptsCount is about an invoice whose first attempt may have been carried out, whatever became of the
// later ones.
func TestEarlierAttemptsCount(t *testing.T) {
	t.Parallel()
	for name, second := range map[string]sandbox.Fault{
		"refused": {Status: 401}, "limited": {Status: 429, RetryAfter: time.Minute}, "failed": {Status: 500}, "cut": {Kind: sandbox.CutBefore, Times: -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				world, inside := faulty(t, sandbox.Fault{Method: http.MethodPost, Path: "/v1/invoices", Kind: sandbox.CutAfter})
				second.Method, second.Path = http.MethodPost, "/v1/invoices"
				inside.Inject(second)
				_, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "mine"})
				var e *fisklapi.Error
				if !errors.As(err, &e) || !e.OutcomeUnknown || e.Found == "" {
					t.Errorf("got %+v, want its outcome unknown and what to do", e)
				}
			})
		})
	}
}

func TestOwnLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, _ := faulty(t, sandbox.Fault{Path: "/nothing"}, func(o *fisklapi.Options) { o.Rate = 2 })
		start := time.Now()
		for range 11 {
			if _, err := world.Companies.Fresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 1900*time.Millisecond || took > 2100*time.Millisecond {
			t.Errorf("eleven requests took %s at two a second after seven at once, want 2s", took)
		}
	})
}

// TestOwnLimitSendsNothing is about a write that never got its turn.
func TestOwnLimitSendsNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, _ := faulty(t, sandbox.Fault{Path: "/nothing"}, func(o *fisklapi.Options) { o.Rate, o.Timeout = 0.01, time.Second })
		if _, err := world.Companies.Fresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, err := world.Features.Request(t.Context(), schemas.NewFeatureRequest{})
		var e *fisklapi.Error
		if !errors.As(err, &e) || e.Kind != fisklapi.RateLimited || e.OutcomeUnknown || world.tape.writes() != 0 {
			t.Errorf("got %+v after %d writes, want too many requests and nothing sent", e, world.tape.writes())
		}
	})
}

package fisklapi_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestLostAnswers cuts the connection before a write is carried out and after, and reads what the client found out.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	notes := "n"
	for _, test := range []struct {
		name, method, path string
		write              func(context.Context, world) error
		undone, done       string
	}{
		{
			"record payment", http.MethodPost, "/v1/payments",
			func(ctx context.Context, w world) error {
				_, err := w.Payments.Record(ctx, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "600"})
				return err
			},
			"shows invoice INV-0141 unchanged: Partial, outstanding 2600.00 GBP. It was probably not carried out.",
			"shows invoice INV-0141 as Partial, outstanding 2000.00 GBP; before it was Partial, outstanding 2600.00 GBP. It was carried out: do not repeat it.",
		},
		{
			"mark paid", http.MethodPost, "/v1/invoices/5253/mark-paid",
			func(ctx context.Context, w world) error {
				_, err := w.Invoices.MarkPaid(ctx, schemas.InvoiceRef{Invoice: "INV-0145"})
				return err
			},
			"shows invoice INV-0145 unchanged: Sent, outstanding 4980.00 GBP. It was probably not carried out.",
			"shows invoice INV-0145 as Paid, outstanding 0.00 GBP; before it was Sent, outstanding 4980.00 GBP. It was carried out: do not repeat it.",
		},
		{
			"send", http.MethodPost, "/v1/invoices/5262/send",
			func(ctx context.Context, w world) error {
				_, err := w.Invoices.Send(ctx, schemas.InvoiceRef{Invoice: "INV-0148"})
				return err
			},
			"shows invoice INV-0148 unchanged: Draft, outstanding 1680.00 GBP. It was probably not carried out.",
			"shows invoice INV-0148 as Sent, outstanding 1680.00 GBP; before it was Draft, outstanding 1680.00 GBP. It was carried out: do not repeat it.",
		},
		{
			"send again", http.MethodPost, "/v1/invoices/5253/send",
			func(ctx context.Context, w world) error {
				_, err := w.Invoices.Send(ctx, schemas.InvoiceRef{Invoice: "INV-0145"})
				return err
			},
			"shows invoice INV-0145 unchanged: Sent, outstanding 4980.00 GBP. It was probably not carried out.",
			"shows invoice INV-0145 still as Sent, outstanding 4980.00 GBP, but written to since. It was carried out: do not repeat it.",
		},
		{
			"update", http.MethodPut, "/v1/invoices/5262",
			func(ctx context.Context, w world) error {
				_, err := w.Invoices.Update(ctx, schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0148"}, Notes: &notes})
				return err
			},
			"shows invoice INV-0148 unchanged. It was probably not carried out.",
			"shows invoice INV-0148 with the change. It was carried out: do not repeat it.",
		},
		{
			"create client", http.MethodPost, "/v1/clients",
			func(ctx context.Context, w world) error {
				_, err := w.Clients.Create(ctx, schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed Ltd"}})
				return err
			},
			`found no new client called "Zed Ltd", so it was probably not created.`,
			`shows a new client called "Zed Ltd", id 1167: do not create it again.`,
		},
		{
			"create vendor", http.MethodPost, "/v1/vendors",
			func(ctx context.Context, w world) error {
				_, err := w.Vendors.Create(ctx, schemas.NewVendor{NewContact: schemas.NewContact{Name: "Zed Ltd"}})
				return err
			},
			`found no new vendor called "Zed Ltd", so it was probably not created.`,
			`shows a new vendor called "Zed Ltd", id 2107: do not create it again.`,
		},
		{
			"create product", http.MethodPost, "/v1/products",
			func(ctx context.Context, w world) error {
				_, err := w.Products.Create(ctx, schemas.NewProduct{Name: "Mug", Type: "product", Price: "7"})
				return err
			},
			`found no new catalogue item called "Mug", so it was probably not created.`,
			`shows a new catalogue item called "Mug", id 3063: do not create it again.`,
		},
	} {
		for kind, want := range map[sandbox.FaultKind]string{sandbox.CutBefore: test.undone, sandbox.CutAfter: test.done} {
			t.Run(test.name+" "+string(kind), func(t *testing.T) {
				t.Parallel()
				world := ticking(t, sandbox.Fault{Method: test.method, Path: test.path, Kind: kind})
				err := test.write(t.Context(), world)
				var e *fisklapi.Error
				if !errors.As(err, &e) || !e.OutcomeUnknown || !errors.Is(err, fisklapi.Unavailable) || !strings.Contains(e.Found, want) {
					t.Fatalf("got %v, found %q, want %q", err, e.Found, want)
				}
				if n := world.tape.writes(); n != 1 {
					t.Errorf("sent %d writes, want one", n)
				}
			})
		}
	}
}

// ticking returns a client of a sandbox in which every look at the clock takes a second, so that what is written later
// is dated later.
func ticking(tb testing.TB, fault sandbox.Fault) world {
	tb.Helper()
	var looks atomic.Int64
	inside := sandbox.New(sandbox.Options{Now: func() time.Time { return noon().Add(time.Duration(looks.Add(1)) * time.Second) }})
	inside.Inject(fault)
	return connect(tb, inprocess.Transport{Handler: inside})
}

// TestLookUpFailsToo is about a Fiskl that is gone for good.
func TestLookUpFailsToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, inside := faulty(t, sandbox.Fault{Method: http.MethodPost, Kind: sandbox.CutAfter})
		inside.Inject(sandbox.Fault{Path: "/v1/invoices/5253", After: 1, Times: -1, Kind: sandbox.Hang})
		start := time.Now()
		_, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1"})
		var e *fisklapi.Error
		if !errors.As(err, &e) || !e.OutcomeUnknown || e.Found != "Looking for the invoice failed too." {
			t.Errorf("got %+v, want that the look-up failed", e)
		}
		if took := time.Since(start); took > 6*time.Second {
			t.Errorf("it took %s, want the look-up to be short", took)
		}
	})
}

func TestLookUpOfACreationIsShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, inside := faulty(t, sandbox.Fault{Method: http.MethodPost, Kind: sandbox.CutAfter})
		inside.Inject(sandbox.Fault{Times: -1, Kind: sandbox.Hang})
		start := time.Now()
		_, err := world.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Zed", Twin: schemas.Twin{AllowDuplicate: true}}})
		var e *fisklapi.Error
		if !errors.As(err, &e) || !e.OutcomeUnknown || e.Found != "Looking for the client failed too." {
			t.Errorf("got %+v, want that the look-up failed", e)
		}
		if took := time.Since(start); took > 6*time.Second {
			t.Errorf("it took %s, want the look-up to be short", took)
		}
	})
}

// TestLostInvoiceCanBeCreatedAgain holds that a caller learns so even when the look-up fails too.
func TestLostInvoiceCanBeCreatedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, inside := faulty(t, sandbox.Fault{Method: http.MethodPost, Path: "/v1/invoices", Times: -1, Kind: sandbox.CutAfter})
		inside.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/invoices", Times: -1, Status: http.StatusInternalServerError})
		order := schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "mine"}
		order.DueDate = "2026-12-22" // else it would be looked up in the list
		_, err := world.Invoices.Create(t.Context(), order)
		var e *fisklapi.Error
		if !errors.As(err, &e) || !e.OutcomeUnknown || e.Done || !strings.HasPrefix(e.Found, `Looking for the invoice failed too. Creating it again with external_id "mine" is safe`) {
			t.Errorf("got %+v, want it said that trying again is safe", e)
		}
	})
}

// TestLookUpSurvivesTheCaller is about a caller who gives up while a write is under way: it went out, and what became of
// it must be found out all the same.
func TestLookUpSurvivesTheCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		world, _ := faulty(t, sandbox.Fault{Method: http.MethodPost, Path: "/v1/payments", Latency: time.Minute})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := world.Payments.Record(ctx, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1"})
		var e *fisklapi.Error
		if !errors.As(err, &e) || !e.OutcomeUnknown || !strings.Contains(e.Found, "INV-0145 unchanged") {
			t.Errorf("got %+v, want the invoice looked up", e)
		}
	})
}

// TestSecondReadingFails is about writes that Fiskl answers with what it made of them, and that cannot be read again.
func TestSecondReadingFails(t *testing.T) {
	t.Parallel()
	world, inside := faulty(t, sandbox.Fault{Method: http.MethodGet, Path: "/v1/invoices/5253", After: 1, Status: http.StatusInternalServerError})
	inside.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/payments/*", Status: http.StatusInternalServerError})
	sent, err := world.Invoices.Send(t.Context(), schemas.InvoiceRef{Invoice: "5253"})
	if err != nil || sent.ID != "5253" || sent.SentAt != "2026-11-22T12:00:00Z" {
		t.Errorf("got %+v and error %v, want it as Fiskl answered", sent, err)
	}
	paid, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1"})
	if err != nil || paid.ID == "" || paid.Amount != "1.00" || paid.InvoiceID != "5253" {
		t.Errorf("got %+v and error %v, want it as Fiskl answered", paid, err)
	}
}

// TestGuardKnowsBetter finds the payment of another write after a lost answer: what is told follows the guard, which
// knows of it.
func TestGuardKnowsBetter(t *testing.T) {
	t.Parallel()
	server := demo()
	server.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/payments", Kind: sandbox.CutAfter})
	world, watch := watched(t, server)
	watch.knows = func(r fisklapi.Result) fisklapi.Result {
		r.Outcome, r.Found = fisklapi.Unknown, "It may be another's."
		return r
	}
	_, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "600"})
	var e *fisklapi.Error
	if !errors.As(err, &e) || !e.OutcomeUnknown || e.Done || e.Found != "It may be another's." {
		t.Errorf("got %+v, want it told as the guard knows it", e)
	}
	if r := watch.result(t); r.Outcome != fisklapi.Done {
		t.Errorf("the guard was told %+v, want what the look-up found", r)
	}
}

package fisklapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// clock shows noon until it is set forward.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return noon().Add(time.Duration(c.ahead.Load())) }
func (c *clock) forward(d time.Duration) { c.ahead.Add(int64(d)) }

// timed returns a client of a sandbox, which go by one clock.
func timed(tb testing.TB) (world, *watch, *sandbox.Server, *clock) {
	tb.Helper()
	clock := new(clock)
	server := sandbox.New(sandbox.Options{Now: clock.now, Like: demoCompany})
	world, watch := watched(tb, server, func(o *fisklapi.Options) { o.Now = clock.now })
	return world, watch, server, clock
}

// kept is a write as it comes out of a journal.
func kept(tb testing.TB, w fisklapi.Write) fisklapi.Write {
	tb.Helper()
	b, err := json.Marshal(w)
	if err != nil {
		tb.Fatal(err)
	}
	return decode[fisklapi.Write](tb, b)
}

// looked is what a look-up finds. It must write nothing.
func looked(tb testing.TB, world world, w fisklapi.Write, begun time.Time) fisklapi.Result {
	tb.Helper()
	before := world.tape.writes()
	got, err := world.LookBack(tb.Context(), kept(tb, w), begun)
	if err != nil {
		tb.Fatal(err)
	}
	if n := world.tape.writes() - before; n != 0 {
		tb.Errorf("the look-up sent %d writes", n)
	}
	if !strings.HasSuffix(got.Found, ".") {
		tb.Errorf("got %q, want a sentence", got.Found)
	}
	return got
}

// TestLookBack looks every write up before it was sent, when it was carried out, and days later.
func TestLookBack(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			world, watch, _, clock := timed(t)
			undone, done := fisklapi.NotDone, fisklapi.Done
			if w.op == fisklapi.OpCreateFeatureRequest {
				undone, done = fisklapi.Unknown, fisklapi.Unknown
			}
			if _, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("9", "9")}); err != nil {
				t.Fatal(err) // one that has a reference
			}
			watch.forget()
			watch.refusal = errors.New("not now")
			if _, err := w.call(t.Context(), world.Client); !errors.Is(err, watch.refusal) {
				t.Fatal(err)
			}
			if got := looked(t, world, watch.planned(t), clock.now()); got.Outcome != undone {
				t.Errorf("got %+v before it was sent, want %s", got, undone)
			}
			watch.forget()
			watch.refusal = nil
			if _, err := w.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			made := watch.result(t)
			for range 2 {
				got := looked(t, world, watch.planned(t), noon())
				paid := w.op == fisklapi.OpRecordPayment // the invoice is what is looked at
				if got.Outcome != done || done == fisklapi.Done && !paid && (got.ID != made.ID || got.Name != made.Name) {
					t.Errorf("got %+v once it was carried out, want %s and %+v", got, done, made)
				}
				clock.forward(72 * time.Hour)
			}
		})
	}
}

// TestLookBackFails is about a Fiskl that does not answer the look-up.
func TestLookBackFails(t *testing.T) {
	t.Parallel()
	for _, w := range everyWriting() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			write := told(t, w.call)
			world, _ := faulty(t, sandbox.Fault{Status: http.StatusInternalServerError, Times: -1})
			got, err := world.LookBack(t.Context(), write, noon())
			if w.op == fisklapi.OpCreateFeatureRequest {
				if err != nil || got.Outcome != fisklapi.Unknown || len(world.tape.all()) > 0 {
					t.Errorf("got %+v and error %v, want nothing asked", got, err)
				}
				return
			}
			if !errors.Is(err, fisklapi.Unavailable) || got != (fisklapi.Result{}) {
				t.Errorf("got %+v and error %v, want the failure", got, err)
			}
		})
	}
}

// TestLookBackAtWhatCannotBe is about an operation that a later version may have written down.
func TestLookBackAtWhatCannotBe(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, op := range []fisklapi.Operation{"", fisklapi.OpListClients, "voidInvoice"} {
		if got := looked(t, world, fisklapi.Write{Operation: op, ID: "5253"}, noon()); got.Outcome != fisklapi.Unknown || len(world.tape.all()) > 0 {
			t.Errorf("got %+v for %q, want it unknown", got, op)
		}
	}
}

// TestLookBackTellsNamesApart makes records of a name, and looks for another one.
func TestLookBackTellsNamesApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Incorporated Society of Very Long Names ", 4)
	for name, test := range map[string]struct {
		there, sought string
		age           time.Duration
		want          fisklapi.Outcome
		says          string
	}{
		"older":          {"Zed Ltd", "Zed Ltd", 3 * time.Minute, fisklapi.NotDone, "There is an older one of that name."},
		"older, long":    {long, long, 3 * time.Minute, fisklapi.NotDone, "There is an older one of that name."},
		"new":            {"Zed Ltd", "Zed Ltd", 0, fisklapi.Done, "do not "},
		"new, long":      {long, long, 0, fisklapi.Done, "do not "},
		"other letters":  {"ZED LTD", "Zed Ltd", 0, fisklapi.Done, "do not "},
		"later":          {"Zed Ltd", "Zed Ltd", -4 * time.Minute, fisklapi.Unknown, "it may be another's doing"},
		"part of a name": {"Zed Ltd", "Zed", 0, fisklapi.NotDone, "found no new"},
		"another":        {"Yod Ltd", "Zed Ltd", 0, fisklapi.NotDone, "found no new"},
	} {
		for noun, create := range map[string]func(context.Context, world, string) error{
			"client": func(ctx context.Context, w world, name string) error {
				_, err := w.Clients.Create(ctx, schemas.NewClient{NewContact: schemas.NewContact{Name: name, Twin: schemas.Twin{AllowDuplicate: true}}})
				return err
			},
			"vendor": func(ctx context.Context, w world, name string) error {
				_, err := w.Vendors.Create(ctx, schemas.NewVendor{NewContact: schemas.NewContact{Name: name, Twin: schemas.Twin{AllowDuplicate: true}}})
				return err
			},
			"catalogue item": func(ctx context.Context, w world, name string) error {
				_, err := w.Products.Create(ctx, schemas.NewProduct{Name: name, Type: "service", Price: "1", Twin: schemas.Twin{AllowDuplicate: true}})
				return err
			},
		} {
			t.Run(noun+" "+name, func(t *testing.T) {
				t.Parallel()
				world, watch, _, clock := timed(t)
				if err := create(t.Context(), world, test.there); err != nil {
					t.Fatal(err)
				}
				clock.forward(test.age)
				watch.forget()
				watch.refusal = errors.New("not now")
				if err := create(t.Context(), world, test.sought); !errors.Is(err, watch.refusal) {
					t.Fatal(err)
				}
				got := looked(t, world, watch.planned(t), clock.now())
				if got.Outcome != test.want || !strings.Contains(got.Found, test.says) || !strings.Contains(got.Found, noun) || (got.ID == "") != (test.want == fisklapi.NotDone) {
					t.Errorf("got %+v, want %s and %q", got, test.want, test.says)
				}
			})
		}
	}
}

// TestLookBackWithoutDates is about records that do not say when they were made: one of the name may be an older one.
func TestLookBackWithoutDates(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`[{"id":7,"name":"Zed Ltd","type":"Service","price":1,"currency":"GBP"}]`))
	})
	for _, op := range []fisklapi.Operation{fisklapi.OpCreateClient, fisklapi.OpCreateVendor, fisklapi.OpCreateProduct} {
		got := looked(t, world, fisklapi.Write{Operation: op, Noun: "record", Name: "Zed Ltd"}, noon())
		if got.Outcome != fisklapi.Unknown || got.ID != "7" || !strings.Contains(got.Found, "check whether it is the one meant") {
			t.Errorf("%s: got %+v, want it unknown", op, got)
		}
	}
}

// TestLookBackAtAnInvoiceByReference goes through what a list may show of references.
func TestLookBackAtAnInvoiceByReference(t *testing.T) {
	t.Parallel()
	const safe = `external_id "mine" is safe`
	for name, test := range map[string]struct {
		list []any
		want fisklapi.Outcome
		says string
	}{
		"none":           {[]any{}, fisklapi.Unknown, safe},
		"not shown":      {[]any{wholeInvoice(fields{"created": "2026-11-22T12:00:01Z"})}, fisklapi.Unknown, safe},
		"of others":      {[]any{wholeInvoice(fields{"externalId": "theirs", "created": "2026-11-22T12:00:01Z"})}, fisklapi.NotDone, safe},
		"there":          {[]any{wholeInvoice(fields{"externalId": "mine", "created": "2026-11-22T12:00:01Z"})}, fisklapi.Done, "do not "},
		"there, undated": {[]any{wholeInvoice(fields{"externalId": "mine"})}, fisklapi.Done, "do not "},
		"there before":   {[]any{wholeInvoice(fields{"externalId": "mine", "created": "2026-11-22T11:30:00Z"})}, fisklapi.Existed, "shows invoice INV-7 of 1.00 GBP under its reference, which was there before: nothing new was made"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, shelf{rows: test.list}.ServeHTTP)
			got := looked(t, world, fisklapi.Write{Operation: fisklapi.OpCreateInvoice, Noun: "invoice", Reference: "mine"}, noon())
			if got.Outcome != test.want || !strings.Contains(got.Found, test.says) {
				t.Errorf("got %+v, want %s and %q", got, test.want, test.says)
			}
			if there := strings.HasPrefix(name, "there"); there && (got.ID != "7" || got.Name != "INV-7" || got.Amount != "1.00") || !there && got.ID != "" {
				t.Errorf("got %+v, want the invoice if it is there", got)
			}
		})
	}
}

package fisklapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pb33f/go-yaml"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// without returns a client of a sandbox in which some paths are not: it answers them as Spring does by itself.
func without(tb testing.TB, missing func(*http.Request) bool, adjusts ...adjust) world {
	tb.Helper()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	return answered(tb, func(w http.ResponseWriter, r *http.Request) {
		if !missing(r) {
			inside.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(map[string]any{"timestamp": noon(), "status": 404, "error": "Not Found", "path": r.URL.Path})
	}, adjusts...)
}

func under(path string) func(*http.Request) bool {
	return func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, path) }
}

// TestNoPath tells a path that is not there from a record that is not.
func TestNoPath(t *testing.T) {
	t.Parallel()
	const spring = `{"timestamp":"2026","status":404,"error":"Not Found","path":"/x"}`
	for _, test := range []struct {
		name, body string
		call       func(world) error
		kind       fisklapi.Kind
		says       string
	}{
		{"a list", spring, listVendors, fisklapi.NoPath, "this API has no GET /v1/vendors"},
		{"a list, with words", `{"message":"No vendors here."}`, listVendors, fisklapi.NoPath, `this API has no GET /v1/vendors; Fiskl says: "No vendors here"`},
		{"a record", spring, getPayment, fisklapi.NotFound, "there is no such record, or this credential may not see it, or this API has no GET /v1/payments/{id}: Fiskl answers HTTP 404 and does not say which"},
		{"a record, empty", ``, getPayment, fisklapi.NotFound, "this API has no GET /v1/payments/{id}"},
		{"a record, with words", `{"message":"Payment 7 is gone"}`, getPayment, fisklapi.NotFound, "Payment 7 is gone"},
		{"a record, and the path is named", `{"title":"Not Found","detail":"No static resource v1/payments/7."}`, getPayment, fisklapi.NoPath, "this API has no GET /v1/payments/{id}"},
		{"a new record", spring, createVendor, fisklapi.NoPath, "this API has no POST /v1/vendors"},
		{"a new record that names another", `{"message":"There is no country XX"}`, createVendor, fisklapi.NotFound, "There is no country XX"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusNotFound)
				_, _ = fmt.Fprint(w, test.body)
			})
			err := test.call(world)
			var e *fisklapi.Error
			if !errors.As(err, &e) || e.Kind != test.kind || !strings.Contains(e.Message, test.says) || e.OutcomeUnknown {
				t.Errorf("got %v, want %s: %s", err, test.kind, test.says)
			}
			if got, want := len(world.Missing()) > 0, test.kind == fisklapi.NoPath; got != want && !strings.HasPrefix(test.name, "a new record that") {
				t.Errorf("missing are %v", world.Missing())
			}
		})
	}
}

func listVendors(w world) error {
	_, err := w.Vendors.List(context.Background(), schemas.ContactFilter{})
	return err
}

func getPayment(w world) error {
	_, err := w.Payments.Get(context.Background(), schemas.PaymentRef{Payment: "7"})
	return err
}

func createVendor(w world) error {
	_, err := w.Vendors.Create(context.Background(), schemas.NewVendor{NewContact: schemas.NewContact{Name: "Zed"}})
	return err
}

// TestMissingIsForgotten finds that an operation which is there again is not counted as missing.
func TestMissingIsForgotten(t *testing.T) {
	t.Parallel()
	gone := true
	world := without(t, func(r *http.Request) bool { return gone && under("/v1/taxes")(r) })
	for _, want := range [][]fisklapi.Operation{{fisklapi.OpListTaxes}, nil} {
		_, _ = world.Taxes.List(t.Context(), schemas.None{})
		if got := world.Missing(); !slices.Equal(got, want) {
			t.Errorf("missing are %v, want %v", got, want)
		}
		gone = false
	}
}

// TestFindWithoutRecordPaths looks records up where there is no path by id.
func TestFindWithoutRecordPaths(t *testing.T) {
	t.Parallel()
	world := without(t, func(r *http.Request) bool {
		return under("/v1/clients/")(r) || under("/v1/invoices/")(r) && r.Method == http.MethodGet
	})
	for ref, want := range map[string]string{"1024": "Acme Ltd", "Cascade": "Cascade"} {
		list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Client: ref})
		if err != nil || !strings.HasPrefix(list.Client, want) || len(list.Rows) == 0 {
			t.Errorf("%s: got %q with %d rows and %v", ref, list.Client, len(list.Rows), err)
		}
	}
	if _, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Client: "999999"}); !errors.Is(err, fisklapi.NotFound) {
		t.Errorf("got %v of an id that is nobody's", err)
	}
	name := "Zed"
	for ref, want := range map[string]error{"1024": fisklapi.NoPath, "Cascade": fisklapi.NoPath, "999999": fisklapi.NotFound} {
		_, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: ref}, ContactPatch: schemas.ContactPatch{Name: &name}})
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", ref, err, want)
		}
	}
	if _, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "4821"}); !errors.Is(err, fisklapi.NoPath) {
		t.Errorf("got %v", err)
	}
	if got := world.Missing(); !slices.Equal(got, []fisklapi.Operation{fisklapi.OpGetClient, fisklapi.OpGetInvoice}) {
		t.Errorf("missing are %v", got)
	}
}

// TestTodayWithoutCompany takes the day from the zone that the client was told of, else from UTC, and asks for the
// company once.
func TestTodayWithoutCompany(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]schemas.Date{"": "2026-11-22", "Pacific/Kiritimati": "2026-11-23"} {
		world := without(t, under("/v1/company"), func(o *fisklapi.Options) {
			if zone != "" {
				o.Zone, _ = time.LoadLocation(zone)
			}
		})
		for range 3 {
			if got := world.Companies.Today(t.Context()); got != want || world.Unzoned(t.Context()) != (zone == "") {
				t.Errorf("%q: today is %s, want %s", zone, got, want)
			}
		}
		if got := len(world.tape.all()); got != 1 {
			t.Errorf("asked %d times", got)
		}
	}
}

// TestPermissionsUntold finds that what cannot be read is an error that says nothing against the credential.
func TestPermissionsUntold(t *testing.T) {
	t.Parallel()
	for body, status := range map[string]int{
		`[]`: 200, `{}`: 200, `null`: 200, ``: 200, `what`: 200, `["ROLE_OWNER"]`: 200, `[{"key":"invoice.read","granted":false}]`: 200,
		`{"status":404,"error":"Not Found"}`: 404, `{"message":"no"}`: 403,
	} {
		world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, body)
		})
		if held, err := world.Permissions.List(t.Context()); !fisklapi.Untold(err) || held != nil {
			t.Errorf("%d %s: got %v and %v", status, body, held, err)
		}
	}
}

// TestDocumented holds what the client takes for documented to what the contract marks so.
func TestDocumented(t *testing.T) {
	t.Parallel()
	var contract struct {
		Paths map[string]map[string]struct {
			OperationID string `yaml:"operationId"`
			Evidence    string `yaml:"x-evidence"`
		} `yaml:"paths"`
	}
	if err := yaml.Unmarshal([]byte(fisklapi.Contract()), &contract); err != nil {
		t.Fatal(err)
	}
	documented := make(map[string]bool)
	for _, methods := range contract.Paths {
		for _, o := range methods {
			documented[o.OperationID] = o.Evidence == "documented"
		}
	}
	for _, e := range fisklapi.Endpoints() {
		if e.Documented() != documented[string(e.Operation)] {
			t.Errorf("%s: documented %t, and in the contract %t", e.Operation, e.Documented(), documented[string(e.Operation)])
		}
	}
}

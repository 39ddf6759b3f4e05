package fisklapi_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestClientReferences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		ref  string
		want string // the client's name
		kind fisklapi.Kind
		says []string
	}{
		{ref: "1024", want: "Acme Ltd"},
		{ref: " 1024 ", want: "Acme Ltd"},
		{ref: "Acme Ltd", want: "Acme Ltd"},
		{ref: "aCME lTD", want: "Acme Ltd"},
		{ref: "MÜLLER", want: "Müller Maschinenbau AG"},
		{ref: "sons join", want: "O'Leary & Sons Joinery"},
		{ref: "old mill", want: "Old Mill Press"}, // archived
		{ref: "acme", kind: fisklapi.Ambiguous, says: []string{`2 clients match "acme"`, `"Acme Ltd" (id 1024, billing@acme.example)`, `"Acme Retail GmbH" (id 1090, no e-mail)`}},
		{ref: "old Mill Printers", kind: fisklapi.NotFound, says: []string{`"Old Mill Press" (id 1101, `, ", archived)"}},
		{ref: "Acme Inc", kind: fisklapi.NotFound, says: []string{`no client is called "Acme Inc"`, "nearest:", "id 1024", "id 1090"}},
		{ref: "Zebra", kind: fisklapi.NotFound, says: []string{`no client is called "Zebra"`}},
		{ref: "Cafe Lumiere", kind: fisklapi.NotFound, says: []string{`nearest: "Café Lumière SARL" (id 1079, `}},
		{ref: "Cafe\u0301 Lumie\u0300re", kind: fisklapi.NotFound, says: []string{"nearest:", "id 1079"}},
		{ref: "muller", kind: fisklapi.NotFound, says: []string{"nearest:", "id 1068"}},
		{ref: "Mueller", kind: fisklapi.NotFound, says: []string{"nearest:", "id 1068"}},
		{ref: "O’Leary", kind: fisklapi.NotFound, says: []string{"nearest:", "id 1046"}},
		{ref: "999999", kind: fisklapi.NotFound, says: []string{`"999999"`, "none has that id"}},
		{ref: "99999999999999999999", kind: fisklapi.NotFound},
		{ref: "-1024", kind: fisklapi.NotFound},
		{ref: "+1024", kind: fisklapi.NotFound},
		{ref: "01024", kind: fisklapi.NotFound},
		{ref: "4821", kind: fisklapi.NotFound}, // an invoice's
		{ref: "../../me", kind: fisklapi.NotFound},
		{ref: "1024/../../me", kind: fisklapi.NotFound},
		{ref: "1024?x=1", kind: fisklapi.NotFound},
		{ref: "a\u202eb\nc", kind: fisklapi.NotFound, says: []string{`"ab c"`}},
	} {
		t.Run(test.ref, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			got, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: test.ref})
			if got.Name != test.want || (test.kind == "") != (err == nil) || test.kind != "" && !errors.Is(err, test.kind) {
				t.Fatalf("got %q and error %v, want %q and %q", got.Name, err, test.want, test.kind)
			}
			for _, say := range test.says {
				if !strings.Contains(err.Error(), say) {
					t.Errorf("got error %q, want it to hold %q", err, say)
				}
			}
			for _, one := range world.tape.all() {
				if got := strings.TrimPrefix(one.req.URL.EscapedPath(), "/v1/clients"); strings.Trim(got, "/0123456789") != "" {
					t.Errorf("%q led to %s", test.ref, one.req.URL)
				}
			}
		})
	}
}

// TestEmptyReferences holds every kind of reference against the worst that could come of an empty one: that it means
// a record without a name.
func TestEmptyReferences(t *testing.T) {
	t.Parallel()
	for _, ref := range []string{"", " ", "\n"} {
		t.Run(fmt.Sprintf("%q", ref), func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.Count(r.URL.Path, "/") > 2 {
					_, _ = w.Write([]byte(`{"id":1,"status":"Sent","total":100,"outstanding":100}`))
					return
				}
				_, _ = w.Write([]byte(`[{"id":1,"status":"Sent","total":100,"outstanding":100}]`))
			})
			_, client := world.Clients.Get(t.Context(), schemas.ClientRef{Client: ref})
			_, vendor := world.Vendors.Get(t.Context(), schemas.VendorRef{Vendor: ref})
			_, product := world.Products.Get(t.Context(), schemas.ProductRef{Product: ref})
			_, invoice := world.Invoices.Send(t.Context(), schemas.InvoiceRef{Invoice: ref})
			_, quote := world.Quotes.Get(t.Context(), schemas.QuoteRef{Quote: ref})
			_, payment := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: ref}, Amount: "1"})
			_, received := world.Payments.Get(t.Context(), schemas.PaymentRef{Payment: ref})
			for i, err := range []error{client, vendor, product, invoice, quote, payment, received} {
				if _, refused := errors.AsType[*schemas.ArgumentError](err); !refused {
					t.Errorf("%d: got %v, want a refused argument", i, err)
				}
			}
			if sent := world.tape.lines(); len(sent) > 0 {
				t.Errorf("sent %q, want nothing", sent)
			}
		})
	}
}

func TestInvoiceReferences(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		ref, want string
	}{
		{"INV-0001", "INV-0001"}, // the oldest, three pages away
		{" inv-0042 ", "INV-0042"},
		{"4821", "INV-0001"},
		{"INV-000", ""}, // part of a number is no number
		{"INV", ""},
		{"0001", ""},
		{"1024", ""}, // a client's id
		{"INV-9999", ""},
		{"../clients/1024", ""},
	} {
		t.Run(test.ref, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			got, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: test.ref})
			if got.Number != test.want || (test.want == "") != errors.Is(err, fisklapi.NotFound) {
				t.Errorf("got %q and error %v, want %q", got.Number, err, test.want)
			}
		})
	}
}

// TestNumberOfDigits is about documents whose numbers could be ids: "0042" is how a number is written and not an id.
func TestNumberOfDigits(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/invoices/42":
			_, _ = w.Write([]byte(written(wholeInvoice(fields{"id": 42, "number": "0007"}))))
		case "/v1/invoices/7":
			_, _ = w.Write([]byte(written(wholeInvoice(fields{"id": 7, "number": "0042"}))))
		default:
			_, _ = w.Write([]byte(written([]any{wholeInvoice(fields{"id": 42, "number": "0007"}), wholeInvoice(fields{"id": 7, "number": "0042"})})))
		}
	})
	for ref, want := range map[string]schemas.ID{"42": "42", "0042": "7", "7": "7", "0007": "42"} {
		got, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: ref})
		if err != nil || got.ID != want {
			t.Errorf("%s: got invoice %s and error %v, want %s", ref, got.ID, err, want)
		}
	}
}

// TestNearestNumbers finds the document that a person means who says its
// number in their own way. It is named and not taken: years may number alike.
func TestNearestNumbers(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, ref := range []string{"42", "0042", "inv-42", "INV 0042", "#42", "invoice 42"} {
		_, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: ref})
		if !errors.Is(err, fisklapi.NotFound) || !strings.Contains(err.Error(), `nearest: "INV-0042" (id `) {
			t.Errorf("%q: got %v, want INV-0042 named", ref, err)
		}
	}
	_, err := world.Quotes.Get(t.Context(), schemas.QuoteRef{Quote: "QUOTE 6"})
	if !errors.Is(err, fisklapi.NotFound) || !strings.Contains(err.Error(), "QUOTE-0006") {
		t.Errorf("got %v, want QUOTE-0006 named", err)
	}
	if _, err := world.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "INV-"}); err == nil || strings.Contains(err.Error(), "nearest") {
		t.Errorf("got %v, want none nearest to a number without digits", err)
	}
}

// TestSearchWithoutAccents looks for names as somebody types them, in lists.
func TestSearchWithoutAccents(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	clients, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "muller"})
	if err != nil || len(clients.Rows) != 1 || clients.Rows[0].ID != "1068" || !clients.Complete {
		t.Errorf("got %+v and %v, want Müller alone, complete", clients, err)
	}
	vendors, err := world.Vendors.List(t.Context(), schemas.ContactFilter{Search: "WEISS"})
	if err != nil || len(vendors.Rows) != 1 || vendors.Rows[0].Name != "Jürgen Weiß Illustration" {
		t.Errorf("got %+v and %v, want Weiß alone", vendors, err)
	}
	found, err := world.Clients.List(t.Context(), schemas.ContactFilter{Search: "acme", PageArgs: schemas.PageArgs{Limit: 2}})
	if err != nil || len(found.Rows) != 2 || !found.Complete {
		t.Errorf("got %+v and %v, want both and nothing looked for beyond", found, err)
	}
}

func TestPaymentReferences(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, ref := range []string{"0", "-1", "1.5", "../1", "a b", "INV-0001", "8604x"} {
		_, err := world.Payments.Get(t.Context(), schemas.PaymentRef{Payment: ref})
		var refused *schemas.ArgumentError
		if !errors.As(err, &refused) || refused.Argument != "payment" {
			t.Errorf("%q: got %v, want a refusal", ref, err)
		}
	}
	// Fiskl alone knows what its ids look like.
	if sent, want := world.tape.lines(), []string{"GET /v1/payments/INV-0001", "GET /v1/payments/8604x"}; !slices.Equal(sent, want) {
		t.Errorf("sent %q, want %q", sent, want)
	}
}

func TestAccountReferences(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]string{
		"502": `"accountId":502`, "1020": `"accountId":701`, "euro account": `"accountId":701`, "Undeposited": `"accountId":503`,
		"account": "", "Bank of Nowhere": "", "99": "",
	} {
		t.Run(ref, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, err := world.Payments.Record(t.Context(), schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1", Account: ref})
			sent := strings.Join(world.tape.lines(), "\n")
			if want == "" && (err == nil || world.tape.writes() > 0) || want != "" && !strings.Contains(sent, want) {
				t.Errorf("got error %v after\n%s\nwant %s", err, sent, want)
			}
		})
	}
}

// TestNearestAreNear is about a server that does not know the search parameter.
func TestNearestAreNear(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`[{"id":1,"name":"Acme Ltd"},{"id":2,"name":"Zebra Ltd"}]`))
	})
	_, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "Acme Inc"})
	if err == nil || !strings.Contains(err.Error(), "Acme Ltd") || strings.Contains(err.Error(), "Zebra") {
		t.Errorf("got %v, want Acme Ltd named and Zebra not", err)
	}
}

func TestLongAmbiguityIsCut(t *testing.T) {
	t.Parallel()
	world := answered(t, func(w http.ResponseWriter, _ *http.Request) {
		rows := make([]string, 30)
		for i := range rows {
			rows[i] = fmt.Sprintf(`{"id":%d,"name":"Acme %d"}`, i+1, i+1)
		}
		_, _ = fmt.Fprintf(w, "[%s]", strings.Join(rows, ","))
	})
	_, err := world.Clients.Get(t.Context(), schemas.ClientRef{Client: "acme"})
	if err == nil || !strings.Contains(err.Error(), "30 clients match") || !strings.HasSuffix(err.Error(), "and 22 more") {
		t.Errorf("got %v, want eight of thirty listed", err)
	}
}

// digits is an API whose invoices are numbered by digits alone: one invoice's
// id is another's number.
type digits struct{}

func (digits) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	body := map[string]string{
		"/v1/invoices/42": written(wholeInvoice(fields{"id": 42, "number": "7"})),
		"/v1/invoices/43": written(wholeInvoice(fields{"id": 43, "number": "8"})),
		"/v1/invoices":    written([]any{wholeInvoice(fields{"id": 99, "number": "42"})}),
		"/v1/company":     `{"id":1,"name":"N","currency":"GBP"}`,
	}[req.URL.Path]
	if body == "" {
		w.WriteHeader(http.StatusNotFound)
	}
	_, err := w.WriteString(body)
	return w.Result(), err
}

// TestDigitsThatMeanTwo finds that an id which is also another invoice's number
// is refused, and one that is not is taken.
func TestDigitsThatMeanTwo(t *testing.T) {
	t.Parallel()
	c, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_test"), Transport: digits{}, Rate: -1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "42"}); !errors.Is(err, fisklapi.Conflict) {
		t.Errorf("got %v", err)
	}
	if got, err := c.Invoices.Get(t.Context(), schemas.InvoiceRef{Invoice: "43"}); err != nil || got.Number != "8" {
		t.Errorf("got %+v, %v", got, err)
	}
}

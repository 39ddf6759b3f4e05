package fisklapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// cabinet is a server of clients and invoices that somebody else changes between two calls.
type cabinet struct{ clients, invoices []fields }

func (c *cabinet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	kind, id, one := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v1/"), "/")
	records, known := map[string]*[]fields{"clients": &c.clients, "invoices": &c.invoices}[kind]
	switch {
	case kind == "company":
		_ = json.NewEncoder(w).Encode(fields{"id": 1, "name": "N", "currency": "GBP", "timeZone": "UTC"})
	case !known:
		http.Error(w, `{"message":"no"}`, http.StatusForbidden)
	case one:
		at := slices.IndexFunc(*records, func(f fields) bool { return strconv.Itoa(f["id"].(int)) == id })
		if at < 0 {
			http.Error(w, `{"message":"there is no such record"}`, http.StatusNotFound)
			return
		}
		if r.Method == http.MethodPut {
			var sent fields
			_ = json.NewDecoder(r.Body).Decode(&sent)
			delete(sent, "id")
			(*records)[at] = laid((*records)[at], sent)
		}
		_ = json.NewEncoder(w).Encode((*records)[at])
	default:
		var rows []any
		for _, f := range *records {
			if want := r.URL.Query().Get("clientId"); want == "" || strconv.Itoa(f["clientId"].(int)) == want {
				rows = append(rows, f)
			}
		}
		shelf{rows: rows}.ServeHTTP(w, r)
	}
}

// filled is a cabinet with two clients and an invoice to each.
func filled() *cabinet {
	return &cabinet{
		clients: []fields{{"id": 9, "name": "Acme", "archived": false, "email": "a@acme.example"}, {"id": 10, "name": "Bolt", "archived": false, "email": "b@bolt.example"}},
		invoices: []fields{
			wholeInvoice(nil), wholeInvoice(fields{"id": 8, "number": "INV-8", "clientId": 10, "clientName": "Bolt", "total": 200}),
		},
	}
}

// meanwhiles are what somebody else may do between two calls.
func meanwhiles() map[string]func(*cabinet) {
	return map[string]func(*cabinet){
		"nothing":  func(*cabinet) {},
		"renamed":  func(c *cabinet) { c.clients[0]["name"], c.invoices[0]["number"] = "Apex", "INV-70" },
		"archived": func(c *cabinet) { c.clients[0]["archived"], c.invoices[0]["status"] = true, "Paid" },
		"deleted":  func(c *cabinet) { c.clients, c.invoices = c.clients[1:], c.invoices[1:] },
		"moved":    func(c *cabinet) { swap(c.clients, "name"); swap(c.invoices, "number") },
		"moved and deleted": func(c *cabinet) {
			swap(c.clients, "name")
			swap(c.invoices, "number")
			c.clients, c.invoices = c.clients[1:], c.invoices[1:]
		},
		"in other letters": func(c *cabinet) { c.clients[0]["name"], c.invoices[0]["number"] = "ACME", "inv-7" },
		"changed":          func(c *cabinet) { c.clients[0]["email"], c.invoices[0]["reference"] = "new@acme.example", "PO 5" },
	}
}

func swap(f []fields, name string) { f[0][name], f[1][name] = f[1][name], f[0][name] }

// byName are questions that name a client or an invoice.
func byName() map[string]func(w world) (any, error) {
	return map[string]func(w world) (any, error){
		"a client": func(w world) (any, error) {
			return w.Clients.Get(context.Background(), schemas.ClientRef{Client: "Acme"})
		},
		"part of one": func(w world) (any, error) {
			return w.Clients.Get(context.Background(), schemas.ClientRef{Client: "acm"})
		},
		"an invoice": func(w world) (any, error) {
			return w.Invoices.Get(context.Background(), schemas.InvoiceRef{Invoice: "INV-7"})
		},
		"its invoices": func(w world) (any, error) {
			return w.Invoices.List(context.Background(), schemas.InvoiceFilter{Client: "Acme"})
		},
	}
}

// TestDirectoryIsVerified asks twice by name, and somebody else changes the record between the two: the second answer is
// that of a client which never asked before, whether the name was looked up the first time or seen in a list.
func TestDirectoryIsVerified(t *testing.T) {
	t.Parallel()
	for what, change := range meanwhiles() {
		for question, ask := range byName() {
			for _, listed := range []bool{false, true} {
				t.Run(what+" "+question+" "+strconv.FormatBool(listed), func(t *testing.T) {
					t.Parallel()
					books := filled()
					w := answered(t, books.ServeHTTP)
					if listed {
						if _, err := w.Invoices.List(t.Context(), schemas.InvoiceFilter{}); err != nil {
							t.Fatal(err)
						}
					} else if _, err := ask(w); err != nil {
						t.Fatal(err)
					}
					change(books)
					want, wantErr := ask(answered(t, books.ServeHTTP))
					for i := range 2 {
						got, err := ask(w)
						if !reflect.DeepEqual(got, want) || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
							t.Errorf("call %d: got %+v and error %v, want %+v and %v", i+2, got, err, want, wantErr)
						}
					}
				})
			}
		}
	}
}

// TestHintHidesNoNamesake holds that a name which was seen in a list of invoices, and is that of two clients, is ambiguous.
func TestHintHidesNoNamesake(t *testing.T) {
	t.Parallel()
	books := filled()
	books.clients[1]["name"] = "Acme"
	w := answered(t, books.ServeHTTP)
	if _, err := w.Invoices.List(t.Context(), schemas.InvoiceFilter{}); err != nil {
		t.Fatal(err)
	}
	for question, ask := range byName() {
		if _, err := ask(w); question != "an invoice" && !errors.Is(err, fisklapi.Ambiguous) {
			t.Errorf("%s: got %v, want both named", question, err)
		}
	}
	email := "x@acme.example"
	_, err := w.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "Acme"}, ContactPatch: schemas.ContactPatch{Email: &email}})
	if !errors.Is(err, fisklapi.Ambiguous) || w.tape.writes() > 0 {
		t.Errorf("got %v after %d writes, want both named and none", err, w.tape.writes())
	}
}

// TestDirectoryIsOfOneClient holds that what one client has seen another does not go by, such as one of another company
// or credential.
func TestDirectoryIsOfOneClient(t *testing.T) {
	t.Parallel()
	mine, theirs := filled(), filled()
	swap(theirs.clients, "name")
	a, b := answered(t, mine.ServeHTTP), answered(t, theirs.ServeHTTP)
	for _, w := range []world{a, b} {
		if _, err := w.Invoices.List(t.Context(), schemas.InvoiceFilter{}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		one, err := a.Clients.Get(t.Context(), schemas.ClientRef{Client: "Acme"})
		other, err2 := b.Clients.Get(t.Context(), schemas.ClientRef{Client: "Acme"})
		if err != nil || err2 != nil || one.ID != "9" || other.ID != "10" {
			t.Errorf("got %s and %s, errors %v and %v", one.ID, other.ID, err, err2)
		}
	}
	b.tape.rewind()
	if _, err := a.Clients.Get(t.Context(), schemas.ClientRef{Client: "Bolt"}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Clients.Get(t.Context(), schemas.ClientRef{Client: "Bolt"}); err != nil || b.tape.count("GET", "/v1/clients") == 0 {
		t.Errorf("got %v after\n%s\nwant the name looked up", err, strings.Join(b.tape.lines(), "\n"))
	}
}

// TestOwnWriteClearsDirectory holds that after a write names are looked up again.
func TestOwnWriteClearsDirectory(t *testing.T) {
	t.Parallel()
	w, _ := sandboxed(t)
	get := func() {
		t.Helper()
		if _, err := w.Clients.Get(t.Context(), schemas.ClientRef{Client: "Northwind Bakery"}); err != nil {
			t.Fatal(err)
		}
	}
	get()
	w.tape.rewind()
	get()
	if n := w.tape.count("GET", "/v1/clients"); n != 0 {
		t.Errorf("the name was looked up %d times the second time, want none", n)
	}
	if _, err := w.Clients.Create(t.Context(), schemas.NewClient{NewContact: schemas.NewContact{Name: "Somebody"}}); err != nil {
		t.Fatal(err)
	}
	w.tape.rewind()
	get()
	if n := w.tape.count("GET", "/v1/clients"); n == 0 {
		t.Error("the name was not looked up after a write")
	}
}

// TestWritesLookUpAnew asks by name, has somebody else move the name to another record, and writes by that name: what is
// written is the record that is called so now, looked up and read by that very call.
func TestWritesLookUpAnew(t *testing.T) {
	t.Parallel()
	ref := schemas.InvoiceRef{Invoice: "INV-7"}
	email := "x@acme.example"
	for name, test := range map[string]struct {
		write   func(w world) error
		kind    string
		reads   string
		written string
	}{
		"update_client": {func(w world) error {
			_, err := w.Clients.Update(context.Background(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "Acme"}, ContactPatch: schemas.ContactPatch{Email: &email}})
			return err
		}, "/v1/clients", "/v1/clients/10", "PUT /v1/clients/10 "},
		"record_payment": {func(w world) error {
			_, err := w.Payments.Record(context.Background(), schemas.NewPayment{InvoiceRef: ref, Amount: "1", Date: "2026-11-20"})
			return err
		}, "/v1/invoices", "/v1/invoices/8", `POST /v1/payments {"amount":100,"date":"2026-11-20","invoiceId":8`},
		"send_invoice": {func(w world) error {
			_, err := w.Invoices.Send(context.Background(), ref)
			return err
		}, "/v1/invoices", "/v1/invoices/8", "POST /v1/invoices/8/send"},
		"mark_invoice_paid": {func(w world) error {
			_, err := w.Invoices.MarkPaid(context.Background(), ref)
			return err
		}, "/v1/invoices", "/v1/invoices/8", "POST /v1/invoices/8/mark-paid"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			books := filled()
			w := answered(t, books.ServeHTTP)
			for range 2 {
				for question, ask := range byName() {
					if _, err := ask(w); err != nil {
						t.Fatal(question, err)
					}
				}
			}
			meanwhiles()["moved"](books)
			w.tape.rewind()
			_ = test.write(w) // this server refuses what is no update
			if w.tape.count("GET", test.kind) == 0 || w.tape.count("GET", test.reads) == 0 {
				t.Errorf("it was not looked up and read anew:\n%s", strings.Join(w.tape.lines(), "\n"))
			}
			for _, line := range w.tape.lines() {
				if !strings.HasPrefix(line, "GET ") && !strings.HasPrefix(line, test.written) {
					t.Errorf("got %s, want %s", line, test.written)
				}
			}
			if w.tape.writes() == 0 {
				t.Errorf("nothing was written:\n%s", strings.Join(w.tape.lines(), "\n"))
			}
		})
	}
	t.Run("create_invoice", func(t *testing.T) {
		t.Parallel()
		books := filled()
		w := answered(t, books.ServeHTTP)
		if _, err := w.Invoices.List(t.Context(), schemas.InvoiceFilter{Client: "Acme"}); err != nil {
			t.Fatal(err)
		}
		meanwhiles()["moved"](books)
		draft := hours("1", "10")
		draft.Client = "Acme"
		_, _ = w.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: draft})
		posted := slices.DeleteFunc(w.tape.lines(), func(line string) bool { return strings.HasPrefix(line, "GET ") })
		if len(posted) == 0 || !strings.Contains(posted[0], `"clientId":10`) {
			t.Errorf("sent %q, want it for client 10", posted)
		}
	})
}

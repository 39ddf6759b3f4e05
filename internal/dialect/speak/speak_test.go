package speak_test

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect/speak"
)

func newSandbox() *sandbox.Server {
	return sandbox.New(sandbox.Options{Now: func() time.Time { return time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC) }})
}

// request is a request in the canonical form.
type request struct {
	op    fisklapi.Operation
	ids   map[string]string
	query url.Values
	body  string
}

func endpoint(op fisklapi.Operation) fisklapi.Endpoint {
	for _, e := range fisklapi.Endpoints() {
		if e.Operation == op {
			return e
		}
	}
	return fisklapi.Endpoint{}
}

// send sends a request in a dialect.
func send(t *testing.T, h http.Handler, d *dialect.Dialect, r request) (status int, header http.Header, body []byte) {
	t.Helper()
	e, o := endpoint(r.op), d.Operations[string(r.op)]
	path := cmp.Or(o.Path, e.Path)
	for name, v := range r.ids {
		path = strings.ReplaceAll(path, "{"+name+"}", v)
	}
	query := url.Values{}
	for ours, values := range r.query {
		if theirs, ok := d.Parameter(string(r.op), ours); ok {
			query.Set(theirs, argument(d, ours, values[0]))
		}
	}
	b := []byte(r.body)
	if form := fisklapi.BodyFormOf(r.op); form != nil {
		n := parse(t, b)
		out, err := d.Request(string(r.op), form, nil).Write(form, &n)
		if err != nil {
			t.Fatal(err)
		}
		b = out.Append(nil)
	}
	req := httptest.NewRequestWithContext(t.Context(), cmp.Or(o.Method, e.Method), path+"?"+query.Encode(), bytes.NewReader(b))
	req.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	req.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, req)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, w.Result().Header, body
}

func argument(d *dialect.Dialect, name, value string) string {
	switch name {
	case "page":
		n, _ := strconv.Atoi(value)
		return strconv.Itoa(n + d.Pages.First)
	case "status":
		return d.Word("invoice", value)
	default:
		return value
	}
}

func parse(t *testing.T, b []byte) dialect.Node {
	t.Helper()
	n, err := dialect.Parse(b)
	if err != nil {
		t.Fatalf("%s: %v", b, err)
	}
	return n
}

// requests are one of every operation whose answer has a form, writes last.
func requests(t *testing.T) []request {
	t.Helper()
	box := newSandbox()
	first := func(op fisklapi.Operation) map[string]string {
		_, _, b := send(t, box, &dialect.Dialect{}, request{op: op, query: url.Values{"start": {"2026-07-01"}, "end": {"2026-09-30"}}})
		n := parse(t, b)
		if len(n.Items) == 0 {
			t.Fatalf("%s: %s", op, b)
		}
		return map[string]string{"id": n.Items[0].Get("id").String()}
	}
	days := url.Values{"start": {"2026-07-01"}, "end": {"2026-09-30"}}
	detailed := url.Values{"start": {"2026-07-01"}, "end": {"2026-09-30"}, "detail": {"true"}, "compare": {"1"}, "basis": {"Accrual"}}
	client := first(fisklapi.OpListClients)
	statement := url.Values{"start": {"2026-07-01"}, "end": {"2026-11-22"}, "clientId": {client["id"]}}
	pages := url.Values{"page": {"1"}, "size": {"10"}}
	var all []request
	for _, e := range fisklapi.Endpoints() {
		r := request{op: e.Operation, query: detailed}
		switch {
		case fisklapi.FormOf(e.Operation) == nil || e.Method != http.MethodGet:
			continue
		case e.Operation == fisklapi.OpGetStatementOfAccount:
			r.query = statement
		case e.Operation == fisklapi.OpListPayments:
			r.query = days
		case strings.HasPrefix(string(e.Operation), "list"):
			r.query = pages
		case e.Operation == fisklapi.OpGetRecordHistory:
			r.ids, r.query = map[string]string{"type": "Client", "id": client["id"]}, nil
		case e.Operation == fisklapi.OpGetTax:
			r.ids, r.query = first(fisklapi.OpListTaxes), nil
		case strings.Contains(e.Path, "{id}"):
			list := "list" + strings.TrimPrefix(string(e.Operation), "get") + "s"
			r.ids, r.query = first(fisklapi.Operation(list)), nil
		}
		all = append(all, r)
	}
	overdue := request{op: fisklapi.OpListInvoices, query: url.Values{"status": {"Overdue"}, "start": {"2026-01-01"}, "end": {"2026-11-22"}}}
	return append(all, overdue,
		request{op: fisklapi.OpCreateClient, body: `{"name":"Quayside Cycles","cc":["a@b.example"],"country":"GB","currency":"GBP","notes":"x","taxNumber":"1"}`},
		request{op: fisklapi.OpUpdateClient, ids: client, body: `{"id":` + client["id"] + `,"name":"Renamed","phone":"1","archived":false}`},
		request{op: fisklapi.OpPreviewInvoice, body: `{"clientId":` + client["id"] + `,"items":[{"name":"A","quantity":1.5,"price":1005,"type":"Service"}]}`},
		request{op: fisklapi.OpCreateInvoice, body: `{"clientId":` + client["id"] + `,"invoiceDate":"2026-11-20","dueDate":"2026-12-31","items":[{"name":"A","quantity":1.5,"price":1005}]}`},
		request{op: fisklapi.OpCreateProduct, body: `{"name":"Wheel","type":"Service","price":4550,"currency":"GBP"}`},
		request{op: fisklapi.OpCreateFeatureRequest, body: `{"title":"a","description":"b"}`},
	)
}

func dialects(t *testing.T) map[string]*dialect.Dialect {
	t.Helper()
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v: %v", files, err)
	}
	all := make(map[string]*dialect.Dialect)
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if all[name], err = dialect.Read(bytes.NewReader(b)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return all
}

// TestDialects finds that what is asked and answered in a dialect is what is
// asked and answered without, once it is read.
func TestDialects(t *testing.T) {
	t.Parallel()
	for name, d := range dialects(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plain, box := newSandbox(), newSandbox()
			spoken, alike := speak.Handler(box, d), 0
			for _, r := range requests(t) {
				status, _, b := send(t, plain, &dialect.Dialect{}, r)
				theirStatus, _, theirs := send(t, spoken, d, r)
				if status/100 != 2 || theirStatus != status {
					t.Errorf("%s: %d, in the dialect %d: %s", r.op, status, theirStatus, theirs)
					continue
				}
				want, got := parse(t, b), parse(t, theirs)
				form := fisklapi.FormOf(r.op)
				m, _ := d.Answer(string(r.op), form, nil)
				read, err := m.Read(form, &got)
				if err != nil {
					t.Errorf("%s: %v in %s", r.op, err, theirs)
					continue
				}
				if where := difference("", &want, &read); where != "" {
					t.Errorf("%s: %s of %.300s", r.op, where, theirs)
				}
				if bytes.Equal(b, theirs) {
					alike++
				}
			}
			if alike > 10 {
				t.Errorf("%d operations are answered as without a dialect", alike)
			}
		})
	}
}

// difference is the first place where two values are not the same, but for the
// order of members.
func difference(path string, a, b *dialect.Node) string {
	switch {
	case b == nil:
		return path + " is not there"
	case a.Type != b.Type, string(a.Raw) != string(b.Raw), len(a.Items) != len(b.Items), len(a.Members) != len(b.Members):
		return path + ": " + string(b.Append(nil)) + ", not " + string(a.Append(nil))
	}
	for i := range a.Items {
		if d := difference(path+"["+strconv.Itoa(i)+"]", &a.Items[i], &b.Items[i]); d != "" {
			return d
		}
	}
	for i := range a.Members {
		if d := difference(path+"."+a.Members[i].Name, &a.Members[i].Value, b.Get(a.Members[i].Name)); d != "" {
			return d
		}
	}
	return ""
}

// TestIdentity finds that a dialect that says nothing changes nothing.
func TestIdentity(t *testing.T) {
	t.Parallel()
	plain, box := newSandbox(), newSandbox()
	none := &dialect.Dialect{Version: dialect.Version}
	spoken := speak.Handler(box, none)
	for _, r := range append(requests(t), request{op: fisklapi.OpGetInvoice, ids: map[string]string{"id": "999999"}},
		request{op: fisklapi.OpGetInvoice, ids: map[string]string{"id": "x"}}, request{op: fisklapi.OpCreateClient, body: `{}`},
		request{op: fisklapi.OpGetPermissions}) {
		status, _, want := send(t, plain, none, r)
		theirStatus, header, got := send(t, spoken, none, r)
		a, b := parse(t, want), parse(t, got)
		if where := difference("", &a, &b); status != theirStatus || where != "" {
			t.Errorf("%s: %d, through the dialect %d: %s", r.op, status, theirStatus, where)
		}
		if header.Get("X-Request-Id") == "" {
			t.Errorf("%s has lost its headers", r.op)
		}
	}
}

// TestRefused finds what a dialect does not have.
func TestRefused(t *testing.T) {
	t.Parallel()
	d := dialects(t)["testdata/german.toml"]
	h := speak.Handler(newSandbox(), d)
	for target, want := range map[string]int{
		"GET /v1/invoices":              http.StatusNotFound, // it is elsewhere
		"GET /v1/rechnungen":            http.StatusOK,
		"POST /v1/rechnungen/1/send":    http.StatusNotFound,
		"PUT /v1/kunden/1":              http.StatusNotFound, // it is a PATCH
		"GET /v1/rechnungen?seite=0":    http.StatusBadRequest,
		"GET /v1/rechnungen?seite=x":    http.StatusBadRequest,
		"GET /v1/rechnungen?page=7":     http.StatusOK, // nothing that it knows
		"GET /v1/rechnungen?anzahl=500": http.StatusOK,
		"GET /v1/nowhere":               http.StatusNotFound,
		"GET /sandbox/keys":             http.StatusOK,
		"POST /v1/kunden?x={\"land\":":  http.StatusBadRequest,
	} {
		method, path, _ := strings.Cut(target, " ")
		req := httptest.NewRequestWithContext(t.Context(), method, strings.ReplaceAll(path, `"`, "%22"), strings.NewReader(`{"betrag":`))
		req.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if w.Code != want {
			t.Errorf("%s: %d, want %d: %.200s", target, w.Code, want, w.Body)
		}
		if n := parse(t, w.Body.Bytes()); strings.Contains(target, "anzahl=500") && len(n.Items) != 50 {
			t.Errorf("%d rows on a page of 50", len(n.Items))
		}
	}
}

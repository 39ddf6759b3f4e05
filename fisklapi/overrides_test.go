package fisklapi_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// elsewhere is a sandbox that has operations at other places than the contract.
func elsewhere(tb testing.TB, moved ...fisklapi.Endpoint) world {
	tb.Helper()
	inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
	back := func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = strings.Replace(r.URL.Path, "/v2/organisation", "/v1/company", 1)
		if id, ok := strings.CutPrefix(r.URL.Path, "/v2/customers/edit/"); ok && r.Method == http.MethodPatch {
			r.Method, r.URL.Path = http.MethodPut, "/v1/clients/"+id
		}
		r.RequestURI = r.URL.RequestURI()
		inside.ServeHTTP(w, r)
	}
	return answered(tb, back, func(o *fisklapi.Options) { o.Endpoints = moved })
}

// TestMoved finds that an operation is asked for where it was moved to, read
// or write, and all others where they were.
func TestMoved(t *testing.T) {
	t.Parallel()
	world := elsewhere(t,
		fisklapi.Endpoint{Operation: fisklapi.OpGetCompany, Path: "/v2/organisation"},
		fisklapi.Endpoint{Operation: fisklapi.OpUpdateClient, Method: "patch", Path: "/v2/customers/edit/{id}", Permission: "customer.edit", Scope: "customers:edit"},
	)
	if c, err := world.Companies.Get(t.Context()); err != nil || c.Name == "" {
		t.Errorf("the company is %q, %v", c.Name, err)
	}
	phone := "020 7946 0000"
	changed, err := world.Clients.Update(t.Context(), schemas.ClientPatch{ClientRef: schemas.ClientRef{Client: "1024"}, ContactPatch: schemas.ContactPatch{Phone: &phone}})
	if err != nil || changed.Phone != phone {
		t.Errorf("the client became %+v, %v", changed, err)
	}
	want := map[fisklapi.Operation]fisklapi.Endpoint{
		fisklapi.OpGetCompany:   {fisklapi.OpGetCompany, "GET", "/v2/organisation", "company.read", "company:read"},
		fisklapi.OpUpdateClient: {fisklapi.OpUpdateClient, "PATCH", "/v2/customers/edit/{id}", "customer.edit", "customers:edit"},
	}
	for i, e := range world.Endpoints() {
		if to, moved := want[e.Operation]; moved && e != to || !moved && e != fisklapi.Endpoints()[i] {
			t.Errorf("%+v", e)
		}
	}
}

// TestNotMoved finds that an operation keeps what guards it: its parameters,
// its being a read or a write, and the host.
func TestNotMoved(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		moved []fisklapi.Endpoint
		want  string
	}{
		{[]fisklapi.Endpoint{{Operation: "getComapny"}}, `names the operation "getComapny", which there is not`},
		{[]fisklapi.Endpoint{{Operation: "getCompany"}, {Operation: "getCompany"}}, "names getCompany twice"},
		{[]fisklapi.Endpoint{{Operation: "getClient", Path: "/v1/customers"}}, `"/v1/customers" has to have the parameters {id} in this order`},
		{[]fisklapi.Endpoint{{Operation: "getClient", Path: "/v1/customers/{clientId}"}}, "has to have the parameters {id}"},
		{[]fisklapi.Endpoint{{Operation: "getRecordHistory", Path: "/v1/audit/{id}/{type}"}}, "has to have the parameters {type}, {id} in this order"},
		{[]fisklapi.Endpoint{{Operation: "listClients", Path: "/v1/customers/{id}"}}, "has to have no parameters"},
		{[]fisklapi.Endpoint{{Operation: "getClient", Method: "DELETE"}}, `its method can be GET, not "DELETE"`},
		{[]fisklapi.Endpoint{{Operation: "getClient", Method: "POST"}}, `its method can be GET, not "POST"`},
		{[]fisklapi.Endpoint{{Operation: "recordPayment", Method: "GET"}}, `its method can be POST, PUT, PATCH, not "GET"`},
		{[]fisklapi.Endpoint{{Operation: "recordPayment", Method: "DELETE"}}, "its method can be POST, PUT, PATCH"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "v1/company"}}, "is not a path such as /v1/company"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "//evil.example/company"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "https://evil.example/company"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "/v1/../admin"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "/v1/company?all=1"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "/v1/company#x"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "/v1/%2e%2e/company"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getClient", Path: "/v1/clients/{id}.json"}}, "is not a path"},
		{[]fisklapi.Endpoint{{Operation: "getCompany", Path: "/v1/company\n"}}, "is not a path"},
	} {
		t.Run(test.want, func(t *testing.T) {
			t.Parallel()
			_, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key("fsk_testing1"), Endpoints: test.moved})
			var wrong *fisklapi.OptionError
			if !errors.As(err, &wrong) || wrong.Option != "Endpoints" || !strings.Contains(wrong.Problem, test.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// TestRaw finds what Fiskl sent and nothing less, and that it only reads.
func TestRaw(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	body, err := world.Raw(t.Context(), fisklapi.OpGetClient, []string{"1024"}, nil)
	if err != nil || !json.Valid(body) || !strings.Contains(string(body), `"id":1024`) {
		t.Errorf("got %s, %v", body, err)
	}
	if rows, err := world.Raw(t.Context(), fisklapi.OpListClients, nil, url.Values{"size": {"1"}}); err != nil || strings.Count(string(rows), `"id"`) != 1 {
		t.Errorf("got %s, %v", rows, err)
	}
	for _, op := range []fisklapi.Operation{fisklapi.OpCreateClient, fisklapi.OpPreviewInvoice, fisklapi.OpSendInvoice, "burnBooks"} {
		if body, err := world.Raw(t.Context(), op, nil, nil); err == nil || body != nil {
			t.Errorf("%s: got %s", op, body)
		}
	}
	if _, err := world.Raw(t.Context(), fisklapi.OpGetClient, []string{".."}, nil); err == nil {
		t.Error("a path was climbed")
	}
	if world.tape.writes() > 0 {
		t.Error("something was written")
	}
}

// TestContractIsTheDocument finds the whole document in the program.
func TestContractIsTheDocument(t *testing.T) {
	t.Parallel()
	if fisklapi.Contract() != string(contract(t).Source) {
		t.Error("it is another")
	}
}

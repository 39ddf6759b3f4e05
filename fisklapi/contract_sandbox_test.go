package fisklapi_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

func TestSandboxServesTheContract(t *testing.T) {
	t.Parallel()
	unserved := make(map[string]fisklapi.Endpoint)
	for _, endpoint := range described(contract(t).Model) {
		unserved[string(endpoint.Operation)] = endpoint
	}
	for _, route := range sandbox.Routes() {
		want, ok := unserved[route.Operation]
		if !ok || route.Method != want.Method || route.Path != want.Path || route.Permission != want.Permission {
			t.Errorf("the sandbox serves %+v, the contract has %+v", route, want)
		}
		delete(unserved, route.Operation)
	}
	for operation := range unserved {
		t.Errorf("the sandbox does not serve %s", operation)
	}
}

// TestSandboxReads asks for every list, report and summary twice: as plainly as the contract
// allows, then with every parameter it knows.
func TestSandboxReads(t *testing.T) {
	t.Parallel()
	box := open(t)
	known := map[string]string{
		"page": "0", "size": "5", "sort": "created,desc", "start": "2024-01-01", "end": "2030-12-31",
		"name": "a", "search": "a", "includeArchived": "true", "status": "sent", "type": "Client",
		"basis": "Cash", "compare": "2", "detail": "true", "by": "Overdue", "limit": "3",
		"clientId": box.first("/v1/clients"), "vendorId": box.first("/v1/vendors"),
		"invoiceId": box.first("/v1/invoices"), "accountIds": box.first("/v1/accounts"),
	}
	model := contract(t).Model
	for _, route := range sandbox.Routes() {
		if route.Method != http.MethodGet || strings.Contains(route.Path, "{") {
			continue
		}
		t.Run(route.Operation, func(t *testing.T) {
			t.Parallel()
			box := box.in(t)
			plain, full := url.Values{}, url.Values{}
			for _, parameter := range model.Paths.PathItems.GetOrZero(route.Path).Get.Parameters {
				value, ok := known[parameter.Name]
				if !ok {
					continue
				}
				full.Set(parameter.Name, value)
				if parameter.Required != nil && *parameter.Required {
					plain.Set(parameter.Name, value)
				}
			}
			box.call(http.MethodGet, route.Path+"?"+plain.Encode(), "", http.StatusOK)
			box.call(http.MethodGet, route.Path+"?"+full.Encode(), "", http.StatusOK)
		})
	}
}

func TestSandboxContacts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ path, create, update string }{
		{
			"/v1/clients",
			`{"name":"Contract Test Ltd","email":"a@example.com","cc":["b@example.com"],"bcc":["c@example.com"],"phone":"1","address":"1 Street","shippingAddress":"2 Street","country":"GB","currency":"GBP","taxNumber":"GB1","notes":"n"}`,
			`{"name":"Contract Test plc","country":"GB","currency":"GBP"}`,
		},
		{
			"/v1/vendors",
			`{"name":"Contract Test Ltd","email":"a@example.com","phone":"1","address":"1 Street","country":"GB","currency":"GBP","taxNumber":"GB1","registrationNumber":"123","notes":"n"}`,
			`{"name":"Contract Test plc","country":"GB","currency":"GBP"}`,
		},
		{
			"/v1/products",
			`{"name":"Contract test","type":"Product","description":"d","unit":"box","price":1250,"currency":"GBP"}`,
			`{"name":"Contract test, changed","price":1300}`,
		},
	} {
		t.Run(test.path, func(t *testing.T) {
			t.Parallel()
			box := open(t)
			made := test.path + "/" + box.post(test.path, test.create, http.StatusCreated).text("id")
			box.get(made)
			changed, stored := box.put(made, test.update, http.StatusOK), box.get(made)
			if changed.text("name") != stored.text("name") || !strings.Contains(test.update, stored.text("name")) {
				t.Errorf("got name %q after the update and %q stored, want that of %s", changed.text("name"), stored.text("name"), test.update)
			}
			box.post(test.path, `{"email":"nameless@example.com"}`, http.StatusBadRequest)
			box.call(http.MethodGet, test.path+"/999999999", "", http.StatusNotFound)
		})
	}
}

// TestSandboxInvoice follows one invoice from a preview to its last payment.
func TestSandboxInvoice(t *testing.T) {
	t.Parallel()
	box := open(t)
	client := box.post("/v1/clients", `{"name":"Contract Test Ltd","email":"a@example.com"}`, http.StatusCreated).text("id")
	product := box.post("/v1/products", `{"name":"Day","type":"Service","price":50000,"unit":"day"}`, http.StatusCreated).text("id")
	body := fmt.Sprintf(`{"externalId":"contract-1","clientId":%s,"items":[{"name":"Hours","quantity":1.5,"price":10000,"unit":"hour","taxIds":[%s]},{"productId":%s,"quantity":2}],"notes":"n"}`,
		client, box.first("/v1/taxes"), product)

	box.post("/v1/invoices/preview", body, http.StatusOK)
	made := "/v1/invoices/" + box.post("/v1/invoices", body, http.StatusCreated).text("id")
	if again := "/v1/invoices/" + box.post("/v1/invoices", body, http.StatusOK).text("id"); again != made {
		t.Errorf("got %s for a repeated externalId, want %s", again, made)
	}
	box.put(made, body, http.StatusOK)
	box.hasStatus(box.get(made), "Draft")
	box.post(made+"/mark-paid", "", http.StatusBadRequest)

	box.hasStatus(box.post(made+"/send", "", http.StatusOK), "Sent")
	box.hasStatus(box.post(made+"/send", "", http.StatusOK), "Sent")
	box.put(made, body, http.StatusBadRequest)

	pay := func(amount string, status int) object {
		return box.post("/v1/payments", fmt.Sprintf(`{"invoiceId":%s,"amount":%s,"method":"Cash","note":"n"}`, strings.TrimPrefix(made, "/v1/invoices/"), amount), status)
	}
	payment := pay("100", http.StatusCreated)
	box.get("/v1/payments/" + payment.text("id"))
	box.hasStatus(box.get(made), "Partial")
	pay("999999999", http.StatusBadRequest)
	box.hasStatus(box.post(made+"/mark-paid", "", http.StatusOK), "Paid")

	box.rows("/v1/payments?start=2000-01-01&end=2099-12-31&clientId=" + client)
	box.call(http.MethodGet, "/v1/payments", "", http.StatusBadRequest)
	box.rows("/v1/audit/Invoice/" + strings.TrimPrefix(made, "/v1/invoices/"))
}

func TestSandboxDetails(t *testing.T) {
	t.Parallel()
	box := open(t)
	for _, path := range []string{"/v1/clients", "/v1/vendors", "/v1/invoices", "/v1/quotes", "/v1/products"} {
		for _, row := range box.rows(path + "?size=100") {
			box.get(path + "/" + row.text("id"))
		}
	}
	for _, row := range box.rows("/v1/audit?size=20") {
		box.rows("/v1/audit/" + row.text("type") + "/" + row.text("recordId"))
	}
	box.post("/v1/feature-requests", `{"title":"Quotes","description":"Make quotes."}`, http.StatusCreated)
}

func TestSandboxRefusals(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, method, path, body string
		want                     int
	}{
		{"no such record", http.MethodGet, "/v1/invoices/999999999", "", http.StatusNotFound},
		{"no such path", http.MethodGet, "/v1/nothing", "", http.StatusNotFound},
		{"no such method", http.MethodDelete, "/v1/clients", "", http.StatusMethodNotAllowed},
		{"not JSON", http.MethodPost, "/v1/clients", "{", http.StatusBadRequest},
		{"no lines", http.MethodPost, "/v1/invoices", `{"clientId":1}`, http.StatusBadRequest},
		{"half a range", http.MethodGet, "/v1/payments?start=2026-01-01", "", http.StatusBadRequest},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			open(t).call(test.method, test.path, test.body, test.want)
		})
	}
	for _, test := range []struct {
		name, token, method string
		want                int
	}{
		{"no such key", "nonsense", http.MethodGet, http.StatusUnauthorized},
		{"revoked key", sandbox.KeyRevoked, http.MethodGet, http.StatusUnauthorized},
		{"expired key", sandbox.KeyExpired, http.MethodGet, http.StatusUnauthorized},
		{"read-only key", sandbox.KeyReadOnly, http.MethodPost, http.StatusForbidden},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			box := open(t)
			box.token = test.token
			box.call(test.method, "/v1/clients", "", test.want)
		})
	}
	for _, status := range []int{http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusServiceUnavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			t.Parallel()
			open(t, sandbox.Fault{Status: status, RetryAfter: time.Second}).call(http.MethodGet, "/v1/clients", "", status)
		})
	}
}

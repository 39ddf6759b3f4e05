package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestContacts(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/v1/clients", "/v1/vendors"} {
		a := demo()
		full := object{
			"name": "Test & Söhne", "email": "a@b.example", "cc": []string{"c@d.example"}, "phone": "1", "address": "x\ny",
			"country": "DE", "currency": "EUR", "taxNumber": "DE1", "registrationNumber": "HRB 1", "notes": "n",
		}
		made := a.create(t, path, full)
		target := fmt.Sprintf("%s/%d", path, made.number("id"))
		_, copies := made["cc"]
		_, registered := made["registrationNumber"]
		if client := path == "/v1/clients"; copies != client || registered == client {
			t.Errorf("%s: copies %t, registration number %t", path, copies, registered)
		}
		changed := want[object](t, a, http.StatusOK, http.MethodPut, target, object{"name": "Renamed"})
		changed.equal(t, "name", "Renamed")
		changed.equal(t, "country", "GB")
		if _, has := changed["email"]; has {
			t.Errorf("%s: a full update kept the e-mail address it left out", path)
		}
		for message, body := range map[string]object{
			"name": {"name": " "}, "email": {"name": "x", "email": "nobody"}, "country": {"name": "x", "country": "Germany"},
			"currency": {"name": "x", "currency": "euro"}, "cc, bcc": {"name": "x", "cc": []string{"nobody"}},
		} {
			a.refused(t, http.MethodPost, path, body, message)
			a.refused(t, http.MethodPut, target, body, message)
		}
		a.fails(t, http.StatusNotFound, http.MethodPut, path+"/4821", object{"name": "x"}, "with id 4821")
	}
}

func TestClientsAreFoundByNameAndHiddenWhenArchived(t *testing.T) {
	t.Parallel()
	a := demo()
	if got := a.list(t, "/v1/clients?name=aCmE"); len(got) != 2 {
		t.Errorf("acme: got %d clients, want 2", len(got))
	}
	hidden := a.list(t, "/v1/clients?name=old+mill")
	shown := a.list(t, "/v1/clients?name=old+mill&includeArchived=true")
	if len(hidden) != 0 || len(shown) != 1 || shown[0]["archived"] != true {
		t.Errorf("archived client: got %v by default and %v on request", hidden, shown)
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	a := demo()
	made := a.create(t, "/v1/products", object{"name": "Sign", "type": "product", "price": 12000})
	made.equal(t, "type", "Product")
	made.equal(t, "currency", "GBP")
	target := fmt.Sprintf("/v1/products/%d", made.number("id"))
	want[object](t, a, http.StatusOK, http.MethodPut, target, object{"name": "Sign", "price": 13000}).equal(t, "price", 13000)
	a.refused(t, http.MethodPut, target, object{"name": "Sign", "type": "Service"}, "cannot be changed")
	for message, body := range map[string]object{
		"type":      {"name": "x"},
		"name":      {"type": "Service"},
		"price":     {"name": "x", "type": "Service", "price": -1},
		"currency":  {"name": "x", "type": "Service", "currency": "ZZZ"},
		"accountId": {"name": "x", "type": "Service", "accountId": 501},
		"taxIds":    {"name": "x", "type": "Service", "taxIds": []int{1}},
	} {
		a.refused(t, http.MethodPost, "/v1/products", body, message)
	}
	for search, count := range map[string]int{"BRAND": 4, "matt": 1, "letterhead": 0, "letterhead&includeArchived=true": 1} {
		if got := a.list(t, "/v1/products?search="+search); len(got) != count {
			t.Errorf("%s: got %d, want %d", search, len(got), count)
		}
	}
}

func TestQuotes(t *testing.T) {
	t.Parallel()
	a := demo()
	statuses := map[string]int{}
	for _, row := range a.list(t, "/v1/quotes") {
		statuses[row.text("status")]++
		quote := a.get(t, fmt.Sprintf("/v1/quotes/%d", row.number("id")))
		if lines, _ := quote["items"].([]any); len(lines) == 0 {
			t.Errorf("%s has no lines", quote.text("number"))
		}
		if quote.text("status") != "Converted" {
			continue
		}
		inv := a.get(t, fmt.Sprintf("/v1/invoices/%d", quote.number("convertedInvoiceId")))
		if inv.number("total") != quote.number("total") || !strings.Contains(inv.text("notes"), quote.text("number")) {
			t.Errorf("%s was converted to %v", quote.text("number"), inv)
		}
	}
	for _, status := range []string{"Draft", "Sent", "Accepted", "Rejected", "Converted"} {
		if statuses[status] == 0 {
			t.Errorf("no quote is %s", status)
		}
	}
}

func TestAudit(t *testing.T) {
	t.Parallel()
	a := demo()
	id := a.sent(t, nil).number("id")
	a.create(t, "/v1/payments", object{"invoiceId": id, "amount": 60000})
	history := want[[]object](t, a, http.StatusOK, http.MethodGet, fmt.Sprintf("/v1/audit/invoice/%d", id), nil)
	if len(history) != 3 {
		t.Fatalf("got %d entries, want payment, sending and creation: %v", len(history), history)
	}
	history[2].equal(t, "action", "Created")
	history[2].equal(t, "actor", "Olivia Harbour (API key)")
	changes := fmt.Sprint(history[0]["changes"])
	for _, text := range []string{"Partial", "600.00", "before:Sent"} {
		if !strings.Contains(changes, text) {
			t.Errorf("the change by the payment does not tell %s: %s", text, changes)
		}
	}
	feed := a.list(t, "/v1/audit?start=2026-11-22&end=2026-11-22&type=Payment")
	if len(feed) == 0 || feed[0].text("recordName") != "Payment of INV-0151" {
		t.Errorf("got %v, want the payment first", feed)
	}
	for _, row := range a.list(t, "/v1/audit?start=2026-10-01&end=2026-10-31&size=100") {
		if at := row.text("at"); at < "2026-09-30T23" || at >= "2026-11" {
			t.Errorf("%s lies outside October", at)
		}
	}
	a.refused(t, http.MethodGet, "/v1/audit?type=Horse", nil, "type")
	a.refused(t, http.MethodGet, "/v1/audit/horse/1", nil, "type")
	a.fails(t, http.StatusNotFound, http.MethodGet, "/v1/audit/client/1", nil, "Client with id 1")
	clerk := api{a.handler, "fsk_sandboxInvoiceOnly"}
	made := clerk.create(t, "/v1/clients", object{"name": "By the clerk"})
	entry := want[[]object](t, a, http.StatusOK, http.MethodGet, fmt.Sprintf("/v1/audit/Client/%d", made.number("id")), nil)
	entry[0].equal(t, "actor", "Theo Finch (API key)")
}

func TestUpdateThatChangesNothingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	a := demo()
	client := a.get(t, "/v1/clients/1024")
	before := len(want[[]object](t, a, http.StatusOK, http.MethodGet, "/v1/audit/client/1024", nil))
	want[object](t, a, http.StatusOK, http.MethodPut, "/v1/clients/1024", client)
	after := len(want[[]object](t, a, http.StatusOK, http.MethodGet, "/v1/audit/client/1024", nil))
	if before != after {
		t.Errorf("got %d entries after, %d before", after, before)
	}
}

func TestFeatureRequests(t *testing.T) {
	t.Parallel()
	a := empty()
	got := a.create(t, "/v1/feature-requests", object{"title": "Bills", "description": "List them"})
	got.equal(t, "status", "Received")
	if got.number("id") == 0 {
		t.Error("no id")
	}
}

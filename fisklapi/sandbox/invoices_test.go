package sandbox_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// invoice is a body with one line of 10 x 150.00 for Acme Ltd.
func invoice(changes object) object {
	body := object{"clientId": 1024, "items": []object{{"name": "Hours", "quantity": 10, "price": 15000}}}
	maps.Copy(body, changes)
	return body
}

// sent makes and sends an invoice.
func (a api) sent(t *testing.T, changes object) object {
	t.Helper()
	made := a.create(t, "/v1/invoices", invoice(changes))
	return a.do(t, fmt.Sprintf("/v1/invoices/%d/send", made.number("id")))
}

func TestInvoiceDefaults(t *testing.T) {
	t.Parallel()
	a := demo()
	got := a.create(t, "/v1/invoices", invoice(object{"number": "MINE-1", "status": "Paid", "total": 1}))
	for field, value := range map[string]any{
		"number": "INV-0151", "status": "Draft", "invoiceDate": "2026-11-22", "dueDate": "2026-11-29", "currency": "GBP",
		"subtotal": 150000, "taxTotal": 0, "total": 150000, "paid": 0, "outstanding": 150000,
		"clientName": "Acme Ltd", "clientEmail": "billing@acme.example",
	} {
		got.equal(t, field, value)
	}
	a.create(t, "/v1/invoices", invoice(object{"clientId": 1068})).equal(t, "currency", "EUR")
	line := got["items"].([]any)[0].(map[string]any)
	object(line).equal(t, "type", "Service")
	if _, has := line["taxIds"]; has {
		t.Error("a line that names no tax was taxed")
	}
}

func TestTotalsAndTaxes(t *testing.T) {
	t.Parallel()
	a := demo()
	for _, tt := range []struct {
		name            string
		quantity        any
		price           int
		taxes           []int
		net, tax, total int
	}{
		{"documented group", 1, 10000, []int{308}, 10000, 1500, 11500},
		{"documented compound group", 1, 10000, []int{309}, 10000, 1547, 11547},
		{"half a penny goes up", 0.5, 15, []int{301}, 8, 2, 10},
		{"fractions of an hour", 1.25, 9999, []int{301}, 12499, 2500, 14999},
		{"several taxes, each on the net", 1, 333, []int{301, 302}, 333, 84, 417},
		{"zero rate", 3, 100, []int{303}, 300, 0, 300},
		{"free of charge", 1, 0, nil, 0, 0, 0},
	} {
		line := object{"name": "x", "quantity": tt.quantity, "price": tt.price, "taxIds": tt.taxes}
		got := want[object](t, a, http.StatusOK, http.MethodPost, "/v1/invoices/preview", invoice(object{"items": []object{line}}))
		if got.number("subtotal") != int64(tt.net) || got.number("taxTotal") != int64(tt.tax) || got.number("total") != int64(tt.total) {
			t.Errorf("%s: got %v + %v = %v, want %d + %d = %d", tt.name, got["subtotal"], got["taxTotal"], got["total"], tt.net, tt.tax, tt.total)
		}
	}
	compound := want[object](t, a, http.StatusOK, http.MethodPost, "/v1/invoices/preview",
		invoice(object{"items": []object{{"name": "x", "quantity": 1, "price": 10000, "taxIds": []int{309}}}}))
	second := object(compound["taxes"].([]any)[1].(map[string]any))
	second.equal(t, "net", 10500)
	second.equal(t, "amount", 1047)
}

func TestProductLines(t *testing.T) {
	t.Parallel()
	a := demo()
	made := a.create(t, "/v1/products", object{"name": "Audit", "type": "Service", "unit": "day", "price": 50000, "taxIds": []int{301}})
	id := made.number("id")
	preview := func(client int, line object) object {
		line["productId"] = id
		body := invoice(object{"clientId": client, "items": []object{line}})
		return want[object](t, a, http.StatusOK, http.MethodPost, "/v1/invoices/preview", body)
	}
	preview(1024, object{"quantity": 2}).equal(t, "total", 120000)
	preview(1024, object{"quantity": 2, "price": 100}).equal(t, "total", 240)
	preview(1024, object{"quantity": 2, "taxIds": []int{}}).equal(t, "total", 100000)
	if euros := preview(1068, object{"quantity": 1, "taxIds": []int{}}).number("total"); euros <= 50000 {
		t.Errorf("500 pounds came to %d euro cents", euros)
	}
	a.refused(t, http.MethodPost, "/v1/invoices/preview",
		invoice(object{"items": []object{{"productId": 3003 + 11*5, "quantity": 1}}}), "no active product")
}

func TestRefusedInvoices(t *testing.T) {
	t.Parallel()
	a := demo()
	line := func(changes object) object {
		l := object{"name": "x", "quantity": 1, "price": 1}
		maps.Copy(l, changes)
		return invoice(object{"items": []object{l}})
	}
	many := make([]object, 201)
	for i := range many {
		many[i] = object{"name": "x", "quantity": 1, "price": 1}
	}
	for message, body := range map[string]object{
		"clientId: must not be null":             invoice(object{"clientId": nil}),
		"no client with id 4821":                 invoice(object{"clientId": 4821}),
		"is archived":                            invoice(object{"clientId": 1101}),
		"not a three-letter":                     invoice(object{"currency": "gbp"}),
		"no exchange rate is known for XTS":      invoice(object{"currency": "XTS"}),
		"invoiceDate":                            invoice(object{"invoiceDate": "22/11/2026"}),
		"before the invoice date":                invoice(object{"dueDate": "2026-11-01"}),
		"locked":                                 invoice(object{"invoiceDate": "2025-03-31"}),
		"between 1 and 200 lines":                invoice(object{"items": []object{}}),
		"got 201":                                invoice(object{"items": many}),
		"items[0].quantity: a number above 0":    line(object{"quantity": 0}),
		"items[0].price: must not be negative":   line(object{"price": -1}),
		"items[0].price: an integer":             line(object{"price": nil}),
		"items[0].name":                          line(object{"name": ""}),
		"items[0].type":                          line(object{"type": "Mileage"}),
		"items[0].taxIds: there is no active":    line(object{"taxIds": []int{9}}),
		"items[0].price: the line comes to more": line(object{"quantity": 1000000000, "price": 1000000000}),
	} {
		a.refused(t, http.MethodPost, "/v1/invoices", body, message)
		a.refused(t, http.MethodPost, "/v1/invoices/preview", body, message)
	}
	a.create(t, "/v1/invoices", invoice(object{"invoiceDate": "2025-04-01"})).equal(t, "number", "INV-0151")
}

func TestPreviewLeavesNoTrace(t *testing.T) {
	t.Parallel()
	a := demo()
	changes := func() string { return fmt.Sprint(a.list(t, "/v1/audit?size=1")) }
	before := changes()
	got := want[object](t, a, http.StatusOK, http.MethodPost, "/v1/invoices/preview", invoice(object{"externalId": "once"}))
	for _, field := range []string{"id", "number", "status", "externalId", "created", "updated", "sentAt"} {
		if value, has := got[field]; has {
			t.Errorf("a preview has %s: %v", field, value)
		}
	}
	if changes() != before {
		t.Error("a preview is in the audit trail")
	}
	a.create(t, "/v1/invoices", invoice(object{"externalId": "once"})).equal(t, "number", "INV-0151")
}

func TestExternalIDMakesOneInvoice(t *testing.T) {
	t.Parallel()
	a := demo()
	made := a.create(t, "/v1/invoices", invoice(object{"externalId": "deal-7"}))
	again := want[object](t, a, http.StatusOK, http.MethodPost, "/v1/invoices", invoice(object{"externalId": "deal-7", "clientId": 1101}))
	if fmt.Sprint(made) != fmt.Sprint(again) {
		t.Errorf("got %v, want the invoice made first: %v", again, made)
	}
	a.create(t, "/v1/invoices", invoice(nil)).equal(t, "number", "INV-0152")
	a.refused(t, http.MethodPost, "/v1/invoices", invoice(object{"externalId": strings.Repeat("x", 256)}), "externalId")
}

func TestRacingCreatesMakeOneInvoice(t *testing.T) {
	t.Parallel()
	a := demo()
	const racers = 8
	ids, created := make([]int64, racers), make([]bool, racers)
	var all sync.WaitGroup
	for i := range racers {
		all.Go(func() {
			code, data := a.call(t, http.MethodPost, "/v1/invoices", invoice(object{"externalId": "race"}))
			var id int64
			if _, err := fmt.Sscanf(string(data), `{"id":%d`, &id); err != nil {
				t.Errorf("got %d %s", code, data)
			}
			ids[i], created[i] = id, code == http.StatusCreated
		})
	}
	all.Wait()
	news := 0
	for i := range racers {
		if ids[i] != ids[0] {
			t.Errorf("got invoices %d and %d", ids[0], ids[i])
		}
		if created[i] {
			news++
		}
	}
	if news != 1 {
		t.Errorf("%d racers were told that they created it, want 1", news)
	}
}

func TestOnlyDraftsAreUpdated(t *testing.T) {
	t.Parallel()
	a := demo()
	made := a.create(t, "/v1/invoices", invoice(object{"externalId": "e-1", "dueDate": "2026-12-24"}))
	target := fmt.Sprintf("/v1/invoices/%d", made.number("id"))
	body := invoice(object{"clientId": 1035, "externalId": "e-2", "items": []object{{"name": "Day", "quantity": 1, "price": 90000}}})
	got := want[object](t, a, http.StatusOK, http.MethodPut, target, body)
	for field, value := range map[string]any{
		"number": "INV-0151", "externalId": "e-1", "clientName": "Northwind Bakery", "total": 90000, "dueDate": "2026-12-24",
	} {
		got.equal(t, field, value)
	}
	a.refused(t, http.MethodPut, target, invoice(object{"invoiceDate": "2025-03-01"}), "locked")
	a.refused(t, http.MethodPut, target, invoice(object{"clientId": 1101}), "archived")
	a.do(t, target+"/send")
	a.refused(t, http.MethodPut, target, body, "INV-0151 is Sent; only a Draft can be updated")
	a.fails(t, http.StatusNotFound, http.MethodPut, "/v1/invoices/1024", body, "Invoice with id 1024")
}

func TestSending(t *testing.T) {
	t.Parallel()
	a := demo()
	draft := a.create(t, "/v1/invoices", invoice(nil))
	target := fmt.Sprintf("/v1/invoices/%d/send", draft.number("id"))
	sent := a.do(t, target)
	sent.equal(t, "status", "Sent")
	sent.equal(t, "sentAt", "2026-11-22T16:00:00Z")
	a.do(t, target).equal(t, "status", "Sent")
	a.do(t, fmt.Sprintf("/v1/invoices/%d/mark-paid", draft.number("id")))
	a.do(t, target).equal(t, "status", "Paid")

	silent := a.create(t, "/v1/invoices", invoice(object{"clientId": 1090}))
	target = fmt.Sprintf("/v1/invoices/%d/send", silent.number("id"))
	a.refused(t, http.MethodPost, target, nil, "Acme Retail GmbH has no e-mail address")
	want[object](t, a, http.StatusOK, http.MethodPut, "/v1/clients/1090",
		object{"name": "Acme Retail GmbH", "country": "DE", "currency": "EUR", "email": "hallo@acme-retail.example"})
	a.do(t, target).equal(t, "clientEmail", "hallo@acme-retail.example")
	shared := a.list(t, "/v1/invoices?clientId=1090&status=Sent")[0].number("id")
	a.do(t, fmt.Sprintf("/v1/invoices/%d/send", shared)).equal(t, "clientEmail", "hallo@acme-retail.example")

	rejected := a.list(t, "/v1/invoices?status=rejected")[0].number("id")
	a.refused(t, http.MethodPost, fmt.Sprintf("/v1/invoices/%d/send", rejected), nil, "Rejected")
}

func TestFiltersOfInvoices(t *testing.T) {
	t.Parallel()
	a := demo()
	for status, count := range map[string]int{"Draft": 4, "open": 4, "OVERDUE": 4, "partial": 2, "Rejected": 2} {
		rows := a.list(t, "/v1/invoices?size=100&status="+status)
		if len(rows) != count {
			t.Errorf("%s: got %d, want %d", status, len(rows), count)
		}
	}
	for _, row := range a.list(t, "/v1/invoices?size=100&clientId=1035&start=2026-01-01&end=2026-06-30") {
		if date := row.text("invoiceDate"); row.number("clientId") != 1035 || date < "2026-01-01" || date > "2026-06-30" {
			t.Errorf("%v is none of what was asked for", row)
		}
	}
	a.refused(t, http.MethodGet, "/v1/invoices?status=Void", nil, "status")
	a.refused(t, http.MethodGet, "/v1/invoices?start=2026-02-30", nil, "start")
	a.refused(t, http.MethodGet, "/v1/invoices?start=2026-02-02&end=2026-02-01", nil, "after end")
}

func TestOverdueFollowsTheCompanysDay(t *testing.T) {
	t.Parallel()
	// In summer London is an hour ahead of UTC: at 23:30 UTC the day after the due date has begun.
	now := time.Date(2026, 7, 10, 12, 0, 0, 0, time.UTC)
	a := api{sandbox.New(sandbox.Options{Now: func() time.Time { return now }}), sandbox.KeyOwner}
	made := a.sent(t, object{"dueDate": "2026-07-20"})
	target := fmt.Sprintf("/v1/invoices/%d", made.number("id"))
	for _, tt := range []struct {
		now    time.Time
		status string
	}{
		{time.Date(2026, 7, 20, 22, 59, 0, 0, time.UTC), "Sent"},
		{time.Date(2026, 7, 20, 23, 30, 0, 0, time.UTC), "Overdue"},
	} {
		now = tt.now
		a.get(t, target).equal(t, "status", tt.status)
	}
	a.create(t, "/v1/payments", object{"invoiceId": made.number("id"), "amount": 1})
	a.get(t, target).equal(t, "status", "Overdue")
}

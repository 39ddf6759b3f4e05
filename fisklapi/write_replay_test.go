package fisklapi_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestReferenceInUse asks for an invoice under a reference that another one has. It must not pass for the one that was
// asked for.
func TestReferenceInUse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change  func(*schemas.NewInvoice)
		refused string
		warned  string
	}{
		"the same":         {func(*schemas.NewInvoice) {}, "", ""},
		"in other words":   {func(n *schemas.NewInvoice) { n.Client, n.Items[0].Price = "Acme Ltd", "10.00" }, "", ""},
		"another sum":      {func(n *schemas.NewInvoice) { n.Items[0].Quantity = "2" }, "total 10.00 GBP; asked for was one to \"Acme Ltd\", total 20.00 GBP", ""},
		"another currency": {func(n *schemas.NewInvoice) { n.Currency = "USD" }, "total 10.00 USD", ""},
		"another client":   {func(n *schemas.NewInvoice) { n.Client = "1057" }, "asked for was one to \"Blue Heron Hotels\"", ""},
		"another line":     {func(n *schemas.NewInvoice) { n.Items[0].Name = "Days" }, "", "in lines; the total asked for is 10.00 GBP"},
		"in other parts":   {func(n *schemas.NewInvoice) { n.Items[0].Quantity, n.Items[0].Price = "2", "5" }, "", "in lines;"},
		"another day":      {func(n *schemas.NewInvoice) { n.InvoiceDate, n.DueDate = "2026-11-21", "2026-12-31" }, "", "in date and due_date;"},
		"other notes":      {func(n *schemas.NewInvoice) { n.Notes = "Thank you" }, "", "in notes;"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "order-1"}
			first, err := world.Invoices.Create(t.Context(), draft)
			if err != nil {
				t.Fatal(err)
			}
			draft.Items = slices.Clone(draft.Items)
			test.change(&draft.NewInvoice)
			got, err := world.Invoices.Create(t.Context(), draft)
			if test.refused != "" {
				if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), test.refused) || !strings.Contains(err.Error(), first.Number) || got.ID != "" {
					t.Errorf("got %s and error %v, want it refused with %q", got.Number, err, test.refused)
				}
				return
			}
			if err != nil || got.ID != first.ID || !got.AlreadyExisted {
				t.Fatalf("got %+v and error %v", got, err)
			}
			warned := slices.IndexFunc(got.Warnings, func(w string) bool { return strings.HasPrefix(w, "it differs from what was asked for ") })
			if (warned == 0) != (test.warned != "") || warned > 0 || warned == 0 && !strings.Contains(got.Warnings[0], test.warned) {
				t.Errorf("got the warnings %q, want first %q", got.Warnings, test.warned)
			}
		})
	}
}

// TestChangedSinceItWasMade asks again for an invoice that somebody changed meanwhile. It is the one that was made, and
// the answer says that it is not as it was. Under a reference that the caller gave it may be another one: that is refused,
// and to take another reference is not what is said first.
func TestChangedSinceItWasMade(t *testing.T) {
	t.Parallel()
	for name, reference := range map[string]string{"derived": "", "given": "order-1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: reference}
			first, err := world.Invoices.Create(t.Context(), draft)
			if err != nil {
				t.Fatal(err)
			}
			lines := hours("7", "10").Items
			if _, err := world.Invoices.Update(t.Context(), schemas.InvoicePatch{InvoiceRef: schemas.InvoiceRef{Invoice: first.Number}, Items: &lines}); err != nil {
				t.Fatal(err)
			}
			again, err := world.Invoices.Create(t.Context(), draft)
			if reference != "" {
				if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), "Look at it with get_invoice: it may be the one that was made, changed since.") {
					t.Errorf("got error %v", err)
				}
				return
			}
			const want = "it differs from what was asked for in total and lines; the total asked for is 10.00 GBP"
			if err != nil || again.ID != first.ID || !again.AlreadyExisted || again.Total != "70.00" || again.Warnings[0] != want {
				t.Errorf("got %+v and error %v, want the warning %q", again, err, want)
			}
		})
	}
}

// TestPreviewLeavesOut repeats an invoice where a preview does not say all of it. What is not said does not differ.
func TestPreviewLeavesOut(t *testing.T) {
	t.Parallel()
	for _, member := range []string{"clientId", "clientName", "currency", "items", "invoiceDate", "dueDate"} {
		t.Run(member, func(t *testing.T) {
			t.Parallel()
			inside := sandbox.New(sandbox.Options{Now: noon, Like: demoCompany})
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, "/preview") {
					inside.ServeHTTP(w, r)
					return
				}
				whole := httptest.NewRecorder()
				inside.ServeHTTP(whole, r)
				var preview map[string]any
				if err := json.Unmarshal(whole.Body.Bytes(), &preview); err != nil || preview[member] == nil {
					t.Errorf("no %s in %s", member, whole.Body)
				}
				delete(preview, member)
				_ = json.NewEncoder(w).Encode(preview)
			})
			draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "order-1"}
			first, err := world.Invoices.Create(t.Context(), draft)
			if err != nil {
				t.Fatal(err)
			}
			again, err := world.Invoices.Create(t.Context(), draft)
			if err != nil || again.ID != first.ID || slices.ContainsFunc(again.Warnings, func(w string) bool { return strings.HasPrefix(w, "it differs") }) {
				t.Errorf("got %q and error %v", again.Warnings, err)
			}
		})
	}
}

// TestReferenceInUseAfterARetry asks for another sum under a reference in use, and the first attempt fails. Whether the
// invoice was there before cannot be told from the second answer, and it is not the one that was asked for.
func TestReferenceInUseAfterARetry(t *testing.T) {
	t.Parallel()
	world, inside := faulty(t, sandbox.Fault{Path: "/none"})
	if _, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "order-1"}); err != nil {
		t.Fatal(err)
	}
	inside.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/invoices", Status: http.StatusServiceUnavailable})
	got, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours("2", "10"), ExternalID: "order-1"})
	if !errors.Is(err, fisklapi.Conflict) || !strings.Contains(err.Error(), "total 10.00 GBP; asked for was one to \"Acme Ltd\", total 20.00 GBP") {
		t.Errorf("got %+v and error %v", got, err)
	}
}

// TestExistingIsNotCompared is about an invoice that was there while Fiskl could not calculate what was asked for.
func TestExistingIsNotCompared(t *testing.T) {
	t.Parallel()
	world, _ := faulty(t, sandbox.Fault{Path: "/v1/invoices/preview", Status: http.StatusForbidden, Times: -1})
	draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10"), ExternalID: "order-1"}
	first, err := world.Invoices.Create(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	again, err := world.Invoices.Create(t.Context(), draft)
	if err != nil || again.ID != first.ID || !slices.Contains(again.Warnings, "whether it is what was asked for could not be checked") {
		t.Errorf("got %+v and error %v", again, err)
	}
}

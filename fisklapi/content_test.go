package fisklapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// hours is an invoice of one line.
func hours(quantity schemas.Quantity, price schemas.Money, taxes ...string) schemas.NewInvoice {
	return schemas.NewInvoice{
		Client: "1024", InvoiceTerms: schemas.InvoiceTerms{InvoiceDate: "2026-11-22"},
		Items: []schemas.Line{{Name: "Hours", Quantity: quantity, Price: price, Taxes: taxes}},
	}
}

func TestInvoiceContentRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		content  schemas.NewInvoice
		argument string
		says     string
	}{
		{"no name", schemas.NewInvoice{Client: "1024", Items: []schemas.Line{{Quantity: "1", Price: "1"}}}, "items[0].name", "is missing"},
		{"no price", hours("1", ""), "items[0].price", "is missing"},
		{"no quantity", hours("", "1"), "items[0].quantity", "is missing"},
		{"quantity of letters", hours("ten", "1"), "items[0].quantity", `"ten" is not a quantity`},
		{"quantity with an exponent", hours("1e3", "1"), "items[0].quantity", "is not a quantity"},
		{"too exact", hours("1", "1.001"), "items[0].price", "more decimals"},
		{"negative", hours("1", "-1"), "items[0].price", "negative (-1), and nothing here can be: for a discount lower a price"},
		{"unknown tax", hours("1", "1", "VAT Standard 20%", "19%"), "items[0].taxes[1]", `"VAT Standard 20%", "VAT Reduced 5%"`},
		{"two taxes of that rate", hours("1", "1", "5%"), "items[0].taxes[0]", "is no single tax"},
		{
			"other currency",
			schemas.NewInvoice{Client: "Acme Ltd", Items: []schemas.Line{{Product: "Design work (EU)", Quantity: "1"}}},
			"items[0].price", `"Design work (EU)" is priced in EUR and the invoice is in GBP`,
		},
		{
			"unsettled currency",
			schemas.NewInvoice{Client: "1024", InvoiceTerms: schemas.InvoiceTerms{Currency: "jpy"}, Items: []schemas.Line{{Name: "x", Quantity: "1", Price: "1000"}}},
			"items[0].price", "JPY",
		},
		{"due before", schemas.NewInvoice{Client: "1024", InvoiceTerms: schemas.InvoiceTerms{InvoiceDate: "2026-11-22", DueDate: "2026-11-21"}}, "due_date", "before"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, preview := world.Invoices.Preview(t.Context(), test.content)
			_, create := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: test.content})
			for _, err := range []error{preview, create} {
				var refused *schemas.ArgumentError
				if !errors.As(err, &refused) || refused.Argument != test.argument || !strings.Contains(refused.Problem, test.says) {
					t.Errorf("got %v, want %s refused with %q", err, test.argument, test.says)
				}
			}
			if world.tape.writes() > 0 {
				t.Error("something was written")
			}
		})
	}
}

func TestInvoiceContent(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		content schemas.NewInvoice
		sent    string
		total   schemas.Money
	}{
		{"zeros in front", hours("007.50", "0010.0"), `"price":1000,"quantity":7.5`, "75.00"},
		{"tiny", hours("0.001", "0.01"), `"price":1,"quantity":0.001`, "0.00"},
		{"tax by rate", hours("1", "100", "20 %"), `"taxIds":[301]`, "120.00"},
		{"tax by id", hours("1", "100", "302"), `"taxIds":[302]`, "105.00"},
		{"group", hours("1", "100", "levies 5%, then 9.975% on top"), `"taxIds":[309]`, "115.47"},
		{
			"price in the invoice's currency",
			schemas.NewInvoice{Client: "1024", Items: []schemas.Line{{Product: "Design work (EU)", Quantity: "1", Price: "90"}}},
			`"price":9000,"productId":3048,"quantity":1`, "90.00",
		},
		{"the client's currency", schemas.NewInvoice{Client: "1068", Items: []schemas.Line{{Product: "3048", Quantity: "2"}}}, `"currency":"EUR"`, "230.00"},
		{"today", schemas.NewInvoice{Client: "1024", Items: []schemas.Line{{Product: "3013", Quantity: "1"}}}, `"invoiceDate":"2026-11-22"`, "2160.00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			preview, err := world.Invoices.Preview(t.Context(), test.content)
			if err != nil {
				t.Fatal(err)
			}
			created, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: test.content})
			if err != nil {
				t.Fatal(err)
			}
			if preview.Total != test.total || created.Total != test.total {
				t.Errorf("got a preview of %s and an invoice of %s, want %s", preview.Total, created.Total, test.total)
			}
			if preview.Client == "" || preview.ID != "" || created.AlreadyExisted || created.ID == "" {
				t.Errorf("got preview %+v and invoice %+v", preview, created)
			}
			for _, one := range world.tape.all() {
				if one.req.Method == http.MethodPost && !strings.Contains(string(one.sent), test.sent) {
					t.Errorf("sent %s, want it to hold %s", one.sent, test.sent)
				}
			}
		})
	}
}

// TestSameContentIsOneInvoice is what keeps a second attempt from becoming a second invoice.
func TestSameContentIsOneInvoice(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	create := func(ref string, quantity schemas.Quantity) schemas.Invoice {
		t.Helper()
		made, err := world.Invoices.Create(t.Context(), schemas.InvoiceDraft{NewInvoice: hours(quantity, "10"), ExternalID: ref})
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	first, again := create("", "1"), create("", "1")
	if again.ID != first.ID || first.AlreadyExisted || !again.AlreadyExisted || again.ExternalID != first.ExternalID || first.ExternalID == "" {
		t.Errorf("got %s and %s, references %q and %q, want one invoice", first.ID, again.ID, first.ExternalID, again.ExternalID)
	}
	if heading := again.Heading(); !strings.HasSuffix(heading, "Acme Ltd, which existed already: nothing new was made") || strings.Contains(first.Heading(), "already") {
		t.Errorf("got headings %q and %q", first.Heading(), heading)
	}
	if other := create("", "2"); other.ID == first.ID || other.AlreadyExisted {
		t.Error("other content gave the same invoice")
	}
	if second := create("on purpose", "1"); second.ID == first.ID || second.AlreadyExisted || second.ExternalID != "on purpose" {
		t.Error("a reference of its own gave the same invoice")
	}
}

// TestReferenceNeedsTheCompany is about a reference derived while the company could not be read: it would not be the
// one that the next attempt derives.
func TestReferenceNeedsTheCompany(t *testing.T) {
	t.Parallel()
	world, inside := faulty(t, sandbox.Fault{Path: "/v1/company", Status: http.StatusInternalServerError, Times: -1})
	draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10")}
	if _, err := world.Invoices.Create(t.Context(), draft); !errors.Is(err, fisklapi.Unavailable) || world.tape.writes() > 0 {
		t.Errorf("got %v and %d writes, want none", err, world.tape.writes())
	}
	draft.ExternalID = "mine"
	if _, err := world.Invoices.Create(t.Context(), draft); err != nil {
		t.Errorf("got %v with a reference given", err)
	}
	inside.ClearFaults()
	draft.ExternalID = ""
	inside.Inject(sandbox.Fault{Path: "/v1/company", Status: http.StatusForbidden, Times: -1})
	if _, err := world.Invoices.Create(t.Context(), draft); err != nil {
		t.Errorf("got %v for a key that may not read the company, want an invoice", err)
	}
}

// TestReferenceNeedsAReadableCompany is about answers that are not the company's, such as a captive portal's page: the
// invoice would have another reference than the next attempt's, and so be made twice.
func TestReferenceNeedsAReadableCompany(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{sandbox.HTML, sandbox.Redirect, sandbox.Truncated, sandbox.Huge} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			world, inside := faulty(t, sandbox.Fault{Path: "/v1/company", Kind: kind, Times: -1})
			draft := schemas.InvoiceDraft{NewInvoice: hours("1", "10")}
			if out, err := world.Invoices.Create(t.Context(), draft); err == nil || world.tape.writes() > 0 {
				t.Errorf("got invoice %s under %q and error %v, want none", out.Number, out.ExternalID, err)
			}
			inside.ClearFaults()
			if _, err := world.Invoices.Create(t.Context(), draft); err != nil {
				t.Errorf("got %v once the company can be read", err)
			}
		})
	}
}

// TestTaxesOfOneName is about a tax that was replaced by another of the same name.
func TestTaxesOfOneName(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ taxes, want string }{
		"archived": {`[{"id":1,"name":"VAT","rate":17.5,"archived":true},{"id":2,"name":"VAT","rate":20}]`, `"taxIds":[2]`},
		"two":      {`[{"id":1,"name":"VAT","rate":17.5},{"id":2,"name":"VAT","rate":20}]`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := answered(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/v1/taxes":
					_, _ = w.Write([]byte(test.taxes))
				default:
					_, _ = w.Write([]byte(`{"id":1024,"name":"Acme","currency":"GBP"}`))
				}
			})
			_, err := world.Invoices.Preview(t.Context(), hours("1", "1", "vat"))
			sent := strings.Join(world.tape.lines(), "\n")
			if test.want == "" && (err == nil || world.tape.writes() > 0) || !strings.Contains(sent, test.want) {
				t.Errorf("got error %v after\n%s\nwant %q", err, sent, test.want)
			}
		})
	}
}

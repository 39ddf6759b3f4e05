package adopt_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/adopt"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

func operations(t *testing.T, text string) []contract.Operation {
	t.Helper()
	c, err := contract.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Operations()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func adopted(t *testing.T, text string) adopt.Outcome {
	t.Helper()
	return adopt.Adopt(adopt.Documents{Ours: operations(t, fisklapi.Contract()), Theirs: operations(t, text), For: "https://api.example.com", Source: "published.yaml, 2026-11-22"})
}

// TestAdoptOurs finds nothing to say of our own document.
func TestAdoptOurs(t *testing.T) {
	t.Parallel()
	got := adopted(t, fisklapi.Contract())
	var b bytes.Buffer
	if err := got.Dialect.Write(&b); err != nil {
		t.Fatal(err)
	}
	const want = "version = 1\nfor = \"https://api.example.com\"\nsource = \"published.yaml, 2026-11-22\"\n"
	if strings.TrimSpace(b.String()) != strings.TrimSpace(want) {
		t.Errorf("got %s", b.String())
	}
	for _, f := range got.Findings {
		t.Errorf("%+v", f)
	}
	if !got.Sound() || got.Same != len(fisklapi.Endpoints()) || got.Others != 0 {
		t.Errorf("%d are the same, %d others", got.Same, got.Others)
	}
}

// TestAdoptRenamed finds our own document again when its paths and some of its
// names are others.
func TestAdoptRenamed(t *testing.T) {
	t.Parallel()
	text := strings.NewReplacer(
		"  /v1/", "  /api/v3/", "name: start,", "name: startDate,", "name: size,", "name: per_page,",
		"clientName:", "customer_name:", "outstanding]", "amount_due]", "outstanding:", "amount_due:", "outstanding,", "amount_due,",
	).Replace(fisklapi.Contract())
	got := adopted(t, text)
	if !got.Sound() {
		for _, f := range got.Findings {
			if f.Grade == adopt.Missing && f.Required {
				t.Errorf("%+v", f)
			}
		}
	}
	o := got.Dialect.Operations["listInvoices"]
	if o.Path != "/api/v3/invoices" || o.Members["outstanding"] != "amount_due" || o.Members["clientName"] != "customer_name" || o.Parameters["start"] != "startDate" || got.Dialect.Pages.Size != "per_page" {
		t.Errorf("got %+v, %+v", o, got.Dialect.Pages)
	}
	if len(got.Dialect.Extra) > 0 || got.Others > 0 {
		t.Errorf("got %v, %d others", got.Dialect.Extra, got.Others)
	}
}

// TestAdoptForms finds how amounts, dates, ids and pages are written from what
// a document says of them, and what it leaves open.
func TestAdoptForms(t *testing.T) {
	t.Parallel()
	const amount, date = `\{type: integer, format: int64(, minimum: \d)?, description: "minor units[^"]*"`, `Date: \{type: string, format: date(, description: "[^"]*")?,`
	for name, c := range map[string]struct{ from, to, want string }{
		"decimals":          {amount, "{type: number, multipleOf: 0.01", "0 amounts decimals"},
		"numbers":           {amount, "{type: number", "1 amounts decimals"},
		"whole numbers":     {"minor units|hundredths", "figure", "1 amounts minor units"},
		"minor texts":       {amount, "{type: string, format: int64, description: cents", "0 amounts minor text"},
		"timestamps":        {date, "Date: {type: string, format: date-time,", "listInvoices 0 dates YYYY-MM-DDT00:00:00Z"},
		"slashes":           {date, "Date: {type: string, description: DD/MM/YYYY,", "listInvoices 0 dates DD/MM/YYYY"},
		"milliseconds":      {date, "Date: {type: integer, description: milliseconds since 1970,", "listInvoices 0 dates milliseconds"},
		"ids of text":       {`id: \{type: integer, format: int64,`, "id: {type: string, format: uuid,", "listClients 2 answer id text uuid"},
		"pages from 1":      {`name: page, in: query, schema: \{type: integer, minimum: 0, default: 0\}`, "name: page, in: query, schema: {type: integer, minimum: 1}", "0 pages page from 1, size"},
		"cursors":           {`name: page, in: query, schema: \{type: integer, minimum: 0, default: 0\}`, "name: cursor, in: query, schema: {type: string}", "listInvoices 2 parameter page -"},
		"words in capitals": {`enum: \[Draft, Sent, Overdue, Partial, Paid, Rejected\]`, "enum: [DRAFT, SENT, PAST_DUE, PARTIALLY_PAID, PAID, DECLINED, VOID]", "2 words invoice VOID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := regexp.MustCompile(c.from).ReplaceAllString(fisklapi.Contract(), c.to)
			if text == fisklapi.Contract() {
				t.Fatalf("%q is not in the contract", c.from)
			}
			var all strings.Builder
			for _, f := range adopted(t, text).Findings {
				fmt.Fprintln(&all, strings.TrimSpace(fmt.Sprint(f.Operation, " ", int(f.Grade), " ", f.Part, " ", f.Theirs)))
			}
			if !strings.Contains("\n"+all.String(), "\n"+c.want+"\n") && c.want != "" {
				t.Errorf("%q is not in\n%s", c.want, all.String())
			}
		})
	}
}

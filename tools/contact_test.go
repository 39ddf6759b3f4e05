package tools_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestContact finds that one argument takes a client or a vendor, and that a
// name which is both is asked about.
func TestContact(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	if a := call(t, b.Catalog, "create_vendor", `{"name":"Northwind Bakery"}`); a.Err != nil {
		t.Fatal(a.Text)
	}
	const year = `,"start":"2026-01-01","end":"2026-11-22","limit":5}`
	for contact, says := range map[string]string{
		"client:1035":         "Northwind Bakery",
		"client:Northwind":    "Northwind Bakery",
		"Tideway Print Works": "Tideway Print Works",
		"vendor:2058":         "Tideway Print Works",
		"2058":                "Tideway Print Works",
		"Müller":              "Müller Maschinenbau AG",
	} {
		got := read[schemas.Ledger](t, b.Catalog, "get_transaction_detail", `{"contact":"`+contact+`"`+year)
		if got.Contact != says || len(got.Rows) == 0 || got.Rows[0].Contact != says {
			t.Errorf("%s: got %q and %d rows of %+v, want %s", contact, got.Contact, len(got.Rows), got.Rows[:min(1, len(got.Rows))], says)
		}
	}
	for contact, says := range map[string]string{
		"Northwind Bakery": `is client "Northwind Bakery" (id 1035`,
		"northwind":        "; write client:1035 or vendor:",
		"Nobody & Sons":    `no client is called "Nobody & Sons" and none has that id; no vendor is called "Nobody & Sons"`,
		"vendor:1035":      "no vendor is called",
		"client:":          "client is empty",
		"vendor: ":         "vendor is empty",
	} {
		a := call(t, b.Catalog, "get_transaction_detail", `{"contact":"`+contact+`"`+year)
		if a.Err == nil || !strings.Contains(a.Text, says) {
			t.Errorf("%s: got %s, want %s", contact, a.Text, says)
		}
	}
}

// TestNamesOfBefore finds that a call with the name that an argument had before
// is told the name of today.
func TestNamesOfBefore(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for _, c := range [][3]string{
		{"get_general_ledger", `{"accounts":["1010"]}`, "accounts is not an argument here; it is called account;"},
		{"get_transaction_detail", `{"client":"1035"}`, "client is not an argument here; it is called contact;"},
		{"get_transaction_detail", `{"vendor":"2058"}`, "vendor is not an argument here; it is called contact;"},
		{"export_list", `{"list":"invoices","form":"csv"}`, "form is not an argument here; it is called format;"},
		{"preview_invoice", `{"client":"1035","invoice_date":"2026-11-22","items":[{"product":"3003","quantity":"1"}]}`, "invoice_date is not an argument here; it is called date;"},
		{"record_payment", `{"invoice":"5253","amount":"1","note":"x"}`, "note is not an argument here; it is called notes;"},
		{"get_record_history", `{"type":"client","record":"1035"}`, "type is not an argument here; it is called record_type;"},
		{"list_changes", `{"type":"client"}`, "type is not an argument here; it is called record_type;"},
		{"get_balance_sheet", `{"date":"2026-10-31"}`, "date is not an argument here; it is called as_of;"},
		{"record_payment", `{"invoice":"5253","amount":"1","as_of":"2026-11-01"}`, "as_of is not an argument here; it is called date;"},
	} {
		if a := call(t, b.Catalog, c[0], c[1]); a.Err == nil || !strings.Contains(a.Text, c[2]) {
			t.Errorf("%s %s: got %s", c[0], c[1], a.Text)
		}
	}
}

package render_test

import (
	"slices"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestDocumentHeadings finds as many cells in the row of a section's name as there
// are columns.
func TestDocumentHeadings(t *testing.T) {
	t.Parallel()
	d := render.NewDocument(&schemas.Report{
		ReportHead: schemas.ReportHead{Report: "Profit and Loss", Currency: "GBP"},
		Sections:   []schemas.Section{{Name: "Revenue", Rows: []schemas.AccountAmount{{Account: "Sales", Code: "4010", Amount: "5.00"}}, Total: "5.00"}},
	}, "Acme")
	want := [][]string{{"Revenue", "", "", ""}, {"Sales", "4010", "5.00", "GBP"}, {"total Revenue", "", "5.00", "GBP"}}
	if got := d.Tables[0].Rows; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got rows %q, want %q", got, want)
	}
}

// TestDocument finds the currency beside amounts, and what every document says.
func TestDocument(t *testing.T) {
	t.Parallel()
	head := schemas.ReportHead{Report: "Trial Balance", Currency: "GBP", AsOf: "2026-10-31"}
	d := render.NewDocument(&schemas.TrialBalance{
		ReportHead: head, Rows: []schemas.TrialBalanceRow{{Account: "Bank", Code: "1010", AccountID: "502", Debit: "5.00"}},
		Totals: schemas.Totals{{Name: "debit", Amount: "5.00"}},
	}, "Acme")
	if got, want := render.Names(d.Tables[0].Columns), []string{"account", "code", "account_id", "debit", "credit", "currency"}; !slices.Equal(got, want) {
		t.Errorf("got columns %v, want %v", got, want)
	}
	if got, want := d.Tables[0].Rows[0], []string{"Bank", "1010", "502", "5.00", "", "GBP"}; !slices.Equal(got, want) {
		t.Errorf("got row %v, want %v", got, want)
	}
	want := []render.Fact{{Name: "company", Value: "Acme"}, {Name: "currency", Value: "GBP"}, {Name: "as_of", Value: "2026-10-31"}, {Name: "complete", Value: "true"}}
	if !slices.Equal(d.Facts, want) {
		t.Errorf("got facts %v, want %v", d.Facts, want)
	}
}

// TestDocumentForeign finds an amount in another currency as a number, with its
// currency beside it.
func TestDocumentForeign(t *testing.T) {
	t.Parallel()
	lines := []schemas.LedgerLine{{Account: "Euro Account", Original: "-390.24 EUR", Amount: "-336.05"}, {Account: "Bank", Amount: "5.00"}}
	d := render.NewDocument(&schemas.Ledger{ReportHead: schemas.ReportHead{Currency: "GBP"}, Page: schemas.NewPage(lines, make([]string, 2), "")}, "Acme")
	at := slices.Index(render.Names(d.Tables[0].Columns), "original")
	if at < 0 || d.Tables[0].Columns[at] != (render.Column{Name: "original", Kind: render.Money}) || d.Tables[0].Columns[at+1] != (render.Column{Name: "original_currency", Kind: render.Text}) {
		t.Fatalf("got columns %+v, want original and original_currency", d.Tables[0].Columns)
	}
	for i, want := range [][]string{{"-390.24", "EUR", "-336.05"}, {"", "", "5.00"}} {
		if got := d.Tables[0].Rows[i][at : at+3]; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestText finds what a text leaves out to cost less and files keep: columns
// that no row has anything in, and the currency in each row.
func TestText(t *testing.T) {
	t.Parallel()
	head := schemas.ReportHead{Report: "General Ledger", Currency: "GBP", AsOf: "2026-10-31"}
	l := &schemas.Ledger{ReportHead: head, Page: schemas.NewPage([]schemas.LedgerLine{
		{Date: "2026-10-02", Account: "Euro Account", Type: "Invoice", Original: "-390.24 EUR", Amount: "-336.05"},
		{Date: "2026-10-03", Account: "Bank\ntotal\t1", Type: "Payment", Amount: "5.00"},
	}, make([]string, 2), "")}
	got := new(render.Layouts).Text(l, "Acme")
	want := "General Ledger in GBP · Acme · as of 2026-10-31 · 2 rows, complete\n" +
		"signs\t\n" +
		"date\taccount\ttype\toriginal\tamount\n" +
		"2026-10-02\tEuro Account\tInvoice\t-390.24 EUR\t-336.05\n" +
		"2026-10-03\t\"Bank ⏎ total 1\"\tPayment\t\t5.00"
	if got != want {
		t.Errorf("got text\n%s\nwant\n%s", got, want)
	}
	file := render.NewDocument(l, "Acme").Tables[0]
	if got, want := len(file.Columns), len(render.RowsOf[schemas.LedgerLine]("GBP").Columns()); got != want {
		t.Errorf("got %d columns in a file, want %d", got, want)
	}
	if got := file.Rows[1][len(file.Columns)-1]; got != "GBP" {
		t.Errorf("got currency %q in a file's row, want GBP", got)
	}
}

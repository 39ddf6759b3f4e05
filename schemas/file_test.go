package schemas_test

import (
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestFileTotals finds which totals follow from the rows of a file: none that
// they do not come to.
func TestFileTotals(t *testing.T) {
	t.Parallel()
	r := schemas.Report{
		ReportHead: schemas.ReportHead{Currency: "GBP", Range: schemas.Range{Start: "2026-01-01", End: "2026-01-31"}},
		Sections: []schemas.Section{
			{Name: "Revenue", Total: "30.00", Rows: []schemas.AccountAmount{{Account: "Sales", Code: "4000", Amount: "30.00"}}},
			{Name: "Cost of Sales", Total: "9.99", Rows: []schemas.AccountAmount{{Account: "Goods", Code: "5000", Amount: "10.00"}}},
		},
		Totals: schemas.Totals{{Name: "revenue", Amount: "30.00"}, {Name: "cost_of_sales", Amount: "9.99"}, {Name: "gross_profit", Amount: "20.01"}, {Name: "net_profit", Amount: "1.00"}},
	}
	f := r.File(schemas.NewAccountTypes([]schemas.Account{{ID: "7", Code: "4000", Name: "Sales", Type: "Income"}}))
	want := map[string]int{"total Revenue": 1, "total Cost of Sales": 0, "revenue": 1, "cost_of_sales": 1, "gross_profit": 2, "net_profit": 0}
	for _, total := range f.Totals {
		if parts, ok := want[total.Name]; !ok || len(total.Parts) != parts {
			t.Errorf("%s is the sum of %+v, want %d parts", total.Name, total.Parts, parts)
		}
	}
	if len(f.Totals) != len(want) || !f.Totals[4].Parts[1].Minus || f.Totals[4].Name != "gross_profit" {
		t.Errorf("got %+v", f.Totals)
	}
	if row := f.Tables[0].Rows[0]; row[4] != "Income" || len(row) != len(f.Tables[0].Columns) || row[len(row)-1] != "2026-01-31" {
		t.Errorf("got %q below %q", row, f.Tables[0].Columns)
	}
}

// TestFileBaseTotals finds what an unpaid document came to in the base currency,
// where Fiskl says so.
func TestFileBaseTotals(t *testing.T) {
	t.Parallel()
	document := func(currency string, total, outstanding, base schemas.Money) schemas.AgingDocument {
		return schemas.AgingDocument{Type: "Invoice", Currency: currency, Total: total, Outstanding: outstanding, Base: base}
	}
	a := schemas.Aging{ReportHead: schemas.ReportHead{Currency: "GBP", AsOf: "2026-01-31"}, Rows: []schemas.AgingRow{{Client: "Acme", Documents: []schemas.AgingDocument{
		document("GBP", "10.00", "4.00", "4.00"), document("EUR", "10.00", "10.00", "8.70"), document("EUR", "10.00", "4.00", "3.48"),
	}}}}
	table := a.File(nil).Tables[0]
	for i, want := range []string{"10.00", "8.70", ""} {
		if got := table.Rows[i][11]; table.Columns[11] != "total_base" || got != want {
			t.Errorf("row %d: %s is %q, want %q", i, table.Columns[11], got, want)
		}
	}
}

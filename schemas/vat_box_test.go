package schemas_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestBoxes holds the boxes against the arithmetic of the return: 5 is 1 less 4.
func TestBoxes(t *testing.T) {
	t.Parallel()
	agency := func(name, number string, other schemas.Money) schemas.TaxAgency {
		a := schemas.TaxAgency{Agency: name, TaxNumber: number, Currency: "GBP", TotalTax: "150.00", Sections: []schemas.TaxSection{
			{Name: "Sales", Net: "1000.00", Tax: "200.00", Rows: []schemas.TaxRow{{Name: "VAT", Net: "1000.00", Tax: "200.00"}}},
			{Name: "Purchases", Net: "-250.00", Tax: "-50.00"},
			{Name: "Other", Net: "0.00", Tax: other},
		}}
		a.FillBoxes()
		return a
	}
	var got []string
	for _, b := range agency("HMRC", "", "0.00").Boxes {
		got = append(got, b.Box+" "+string(b.Amount))
	}
	if want := "1 200.00, 4 50.00, 5 150.00, 6 1000.00, 7 250.00"; strings.Join(got, ", ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if b := agency("Revenue", "GB 123 4567 89", "-3.00").Boxes; len(b) != 5 || !strings.Contains(b[2].From, "Other -3.00, which is in neither") {
		t.Errorf("got %+v", b)
	}
	if a := agency("Revenu Québec", "1234", "0.00"); len(a.Boxes) != 0 || a.BoxesNote != "" {
		t.Errorf("boxes of a country that is not known: %+v", a.Boxes)
	}
}

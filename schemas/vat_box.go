package schemas

import (
	"strings"

	"github.com/shopspring/decimal"
)

// VATBox is one box of a country's return, added up from a tax report. It is
// derived here.
type VATBox struct {
	Box    string `json:"box" jsonschema_description:"Number on the return"`
	Name   string `json:"name" jsonschema_description:"What belongs in it"`
	Amount Money  `json:"amount" jsonschema_description:"In the agency's currency"`
	From   string `json:"from" jsonschema_description:"The rows that it is the sum of"`
}

// britishNote says what boxes cannot tell: Fiskl's API has neither the country of
// an agency nor which box a rate belongs to (inferred).
const britishNote = "derived here from the rows above. Not known from Fiskl: boxes 2, 8 and 9, the pence that HMRC drops from boxes 6 to 9, which box an adjustment under Other belongs in, and sales and purchases that bear no tax at all, which boxes 6 and 7 may need. The accounts behind the tax: get_transaction_detail with the agency's account"

// British reports the agency of the United Kingdom, by its name or the prefix of
// the number with it.
func (a TaxAgency) British() bool {
	name := strings.ToUpper(a.Agency)
	return strings.HasPrefix(strings.ToUpper(strings.TrimSpace(a.TaxNumber)), "GB") || name == "HMRC" ||
		strings.Contains(name, "HM REVENUE") || strings.Contains(name, "HMRC ")
}

// FillBoxes adds the boxes of the return where it is known which those are: 1,
// 4, 5, 6 and 7 of the United Kingdom. What is bought is reclaimable, and
// negative in the report.
func (a *TaxAgency) FillBoxes() {
	if !a.British() {
		return
	}
	sales, bought, other := a.section("Sales"), a.section("Purchases"), a.section("Other")
	if sales == nil || bought == nil {
		return
	}
	a.Boxes = []VATBox{
		{"1", "VAT due on sales", sales.Tax, parts("Sales", sales.Rows, func(r TaxRow) Money { return r.Tax })},
		{"4", "VAT reclaimed on purchases", negated(bought.Tax), "less " + parts("Purchases", bought.Rows, func(r TaxRow) Money { return r.Tax })},
		{"5", "Net VAT to pay, or to reclaim where negative", a.TotalTax, "box 1 less box 4"},
		{"6", "Sales excluding VAT", sales.Net, parts("Sales", sales.Rows, func(r TaxRow) Money { return r.Net })},
		{"7", "Purchases excluding VAT", negated(bought.Net), "less " + parts("Purchases", bought.Rows, func(r TaxRow) Money { return r.Net })},
	}
	if other != nil && !other.Tax.Decimal().IsZero() {
		a.Boxes[2].From += " and Other " + string(other.Tax) + ", which is in neither"
	}
	a.BoxesNote = britishNote
}

func (a *TaxAgency) section(name string) *TaxSection {
	for i := range a.Sections {
		if strings.EqualFold(a.Sections[i].Name, name) {
			return &a.Sections[i]
		}
	}
	return nil
}

// parts names the rows of a section with what each comes to.
func parts(section string, rows []TaxRow, of func(TaxRow) Money) string {
	var all []string
	for _, r := range rows {
		if amount := of(r); !amount.Decimal().IsZero() {
			all = append(all, Name(r.Name)+" "+string(amount))
		}
	}
	if len(all) == 0 {
		return section + ": nothing"
	}
	return section + ": " + strings.Join(all, ", ")
}

// negated turns an amount round, in as many decimals.
func negated(m Money) Money {
	d := m.Decimal()
	if d.IsZero() {
		return Money(decimal.Zero.StringFixed(max(0, -d.Exponent())))
	}
	return Money(d.Neg().StringFixed(max(0, -d.Exponent())))
}

// boxes lay the boxes out, with what they cannot tell in the last row.
func (a TaxAgency) boxes() Table {
	t := Table{Title: "boxes of the return", Currency: a.Currency, Columns: []string{"section", "description", "amount", "formula"}}
	for _, b := range a.Boxes {
		t.Rows = append(t.Rows, []string{"box " + b.Box, b.Name, string(b.Amount), b.From})
	}
	t.Rows = append(t.Rows, []string{a.BoxesNote})
	return t
}

package schemas_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestSumsAreExact adds amounts up one by one in decimals, whatever digits they
// have and whatever stands for one.
func TestSumsAreExact(t *testing.T) {
	t.Parallel()
	amount := rapid.OneOf(
		rapid.StringMatching(`-?[0-9]{1,4}(\.[0-9]{0,3})?`),
		rapid.StringMatching(`-?[0-9]{14,22}(\.[0-9]{1,5})?`),
		rapid.SampledFrom([]string{"", "-", ".5", "x", "+1", "1e2", "--1", "999999999999999999", "-999999999999999999", "0.00"}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		want := decimal.Zero
		var rows []schemas.PaymentRow
		for _, s := range rapid.SliceOfN(amount, 1, 40).Draw(rt, "amounts") {
			m := schemas.Money(s)
			want = want.Add(m.Decimal())
			rows = append(rows, schemas.PaymentRow{Currency: "GBP", Amount: m})
		}
		if got := schemas.SumPayments(rows)[0].Total; !got.Decimal().Equal(want) {
			rt.Errorf("got %s, want %s", got, want)
		}
	})
}

package dialect_test

import (
	"fmt"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

func amountForm() *dialect.Form { return &dialect.Form{Kind: dialect.Amount} }

// TestMoneyRoundTrip writes amounts in every form and reads them back.
func TestMoneyRoundTrip(t *testing.T) {
	t.Parallel()
	for _, money := range []dialect.Money{"", dialect.MinorUnits, dialect.MinorText, dialect.DecimalNumber, dialect.DecimalText} {
		for _, places := range []int{0, 2, 3} {
			t.Run(fmt.Sprintf("%s, %d places", money, places), func(t *testing.T) {
				t.Parallel()
				m := dialect.Mapping{Money: money, Places: func(string) int { return places }}
				for _, v := range []int64{0, 1, -1, 5, 99, 100, -100, 1000, math.MaxInt64, math.MinInt64, math.MinInt64 + 1} {
					roundTrip(t, m, v)
				}
				rapid.Check(t, func(r *rapid.T) { roundTrip(r, m, rapid.Int64().Draw(r, "amount")) })
			})
		}
	}
}

type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

func roundTrip(t fataler, m dialect.Mapping, v int64) {
	t.Helper()
	n := number(strconv.FormatInt(v, 10))
	theirs, err := m.Write(amountForm(), &n)
	if err != nil {
		t.Fatalf("write %d: %v", v, err)
	}
	ours, err := m.Read(amountForm(), &theirs)
	if err != nil || ours.String() != n.String() {
		t.Fatalf("%d is written %s and read %s: %v", v, theirs.Append(nil), ours.Append(nil), err)
	}
}

func number(s string) dialect.Node { return dialect.Node{Type: dialect.Number, Raw: []byte(s)} }

// TestMoneyFormatted reads amounts as people write them. An empty want is a
// refusal.
func TestMoneyFormatted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"£1,800.00": "180000", "(1.800,00 €)": "-180000", "1'800.00": "180000", "1’800.00": "180000", "-£0.05": "-5", "£-0.05": "-5",
		"1 800,00 kr": "180000", "1\u00a0800,00\u202fkr": "180000", "kr 12": "1200", "€ 1.234.567,89": "123456789", "1,234,567": "123456700",
		"1,800": "180000", "+12.50": "1250", "12.5": "1250", "0.00": "0", "-0.00": "0", "USD 5.00": "500", "5.00-": "", "(5.00)": "-500", "(-5.00)": "",
		"1.800": "", "1e3": "", "1E3": "", "12345678901234567890123456": "", "1234567890123456789012345678.00": "", "99999999999999999999": "",
		"": "", "-": "", ".": "", ",": "", "£": "", "1.2.3": "", "1,2,3": "", "1,23,456": "12345600", "1.005": "", "0x10": "", "NaN": "", "١٢": "", "1-2": "", "--5": "", "5.": "",
		"1,800.00.00": "", "1.800,00,00": "", "(5.00": "", "5.00)": "",
	} {
		n := dialect.Text(text)
		got, err := dialect.Mapping{Money: dialect.DecimalText}.Read(amountForm(), &n)
		if want == "" && err == nil || want != "" && (err != nil || got.String() != want) {
			t.Errorf("%q is read as %q (%v), want %q", text, got.Raw, err, want)
		}
	}
}

// TestMoneyNumbers reads JSON numbers.
func TestMoneyNumbers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		money       dialect.Money
		raw, minors string
	}{
		{dialect.MinorUnits, "15000", "15000"},
		{dialect.MinorUnits, "15000.00", "15000"},
		{dialect.MinorUnits, "150.5", ""},
		{dialect.MinorUnits, "1.5e4", ""},
		{dialect.DecimalNumber, "150", "15000"},
		{dialect.DecimalNumber, "150.5", "15050"},
		{dialect.DecimalNumber, "150.500", "15050"},
		{dialect.DecimalNumber, "150.555", ""},
		{dialect.DecimalNumber, "-0.0", "0"},
		{dialect.DecimalNumber, "1e2", ""},
	} {
		n := number(test.raw)
		got, err := dialect.Mapping{Money: test.money}.Read(amountForm(), &n)
		if test.minors == "" && err == nil || test.minors != "" && (err != nil || got.String() != test.minors) {
			t.Errorf("%s in %s is read as %q (%v), want %q", test.raw, test.money, got.Raw, err, test.minors)
		}
	}
}

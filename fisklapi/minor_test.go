//nolint:testpackage // The conversion is not exported: nobody else should do it.
package fisklapi

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// currencies by the decimals that ISO 4217 gives them.
func currencies() map[string]int {
	return map[string]int{"GBP": 2, "EUR": 2, "usd": 2, "JPY": 0, "krw": 0, "ISK": 0, "KWD": 3, "BHD": 3, "CLF": 4, "": 2, "XTS": 2}
}

// drawCurrency draws a way of counting and a currency whose amounts it can write.
func drawCurrency(rt *rapid.T) (m MinorUnits, currency string, decimals int) {
	m = rapid.SampledFrom([]MinorUnits{Documented, Hundredths, ISO4217}).Draw(rt, "minor units")
	names := []string{"GBP", "EUR", "usd", ""}
	if m != Documented {
		names = append(names, "JPY", "krw", "ISK", "KWD", "BHD", "CLF")
	}
	currency = rapid.SampledFrom(names).Draw(rt, "currency")
	return m, currency, currencies()[currency]
}

// TestMoneyRoundTrip turns every amount that can be written into Fiskl's integer and back.
func TestMoneyRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m, currency, decimals := drawCurrency(rt)
		if m != ISO4217 {
			decimals = min(decimals, 2)
		}
		places := rapid.IntRange(0, decimals).Draw(rt, "places")
		amount := digits(rapid.Int64Range(0, 1e14).Draw(rt, "amount"), places)
		minor, err := m.integer("amount", amount, currency)
		if err != nil {
			rt.Fatalf("%s %s was refused: %v", amount, currency, err)
		}
		scale := int64(100)
		if m == ISO4217 {
			scale = map[int]int64{0: 1, 2: 100, 3: 1000, 4: 10000}[decimals]
		}
		if want := new(big.Rat).Mul(rational(rt, amount), new(big.Rat).SetInt64(scale)); want.Cmp(new(big.Rat).SetInt64(minor)) != 0 {
			rt.Errorf("%s %s became %d, want %s", amount, currency, minor, want)
		}
		back := m.decimalOf(minor, currency)
		if rational(rt, back).Cmp(rational(rt, amount)) != 0 {
			rt.Errorf("%s %s became %d and then %s", amount, currency, minor, back)
		}
		if _, fraction, _ := strings.Cut(string(back), "."); len(fraction) != decimals {
			rt.Errorf("got %s %s, want %d decimals", back, currency, decimals)
		}
	})
}

// TestMoneyIsShownExactly turns any integer of Fiskl's into a decimal, which must be that integer divided by its scale.
func TestMoneyIsShownExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom([]MinorUnits{Documented, Hundredths, ISO4217}).Draw(rt, "minor units")
		currency := rapid.SampledFrom([]string{"GBP", "JPY", "KWD", "CLF", ""}).Draw(rt, "currency")
		minor := rapid.Int64().Draw(rt, "minor")
		scale := int64(100)
		if m == ISO4217 {
			scale = map[string]int64{"GBP": 100, "JPY": 1, "KWD": 1000, "CLF": 10000, "": 100}[currency]
		}
		if got := m.decimalOf(minor, currency); rational(rt, got).Cmp(big.NewRat(minor, scale)) != 0 {
			rt.Errorf("%d of %s is shown as %s", minor, currency, got)
		}
	})
}

// digits writes an amount with a number of decimals.
func digits(amount int64, places int) schemas.Money {
	s := fmt.Sprintf("%0*d", places+1, amount)
	if places == 0 {
		return schemas.Money(s)
	}
	return schemas.Money(s[:len(s)-places] + "." + s[len(s)-places:])
}

func rational(tb rapid.TB, m schemas.Money) *big.Rat {
	tb.Helper()
	r, ok := new(big.Rat).SetString(string(m))
	if !ok {
		tb.Fatalf("%q is no number", m)
	}
	return r
}

func TestMoneyRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		m        MinorUnits
		amount   schemas.Money
		currency string
		says     string
	}{
		{Documented, "1.005", "GBP", "1.005 has more decimals than GBP allows (2)"},
		{Documented, "-1", "GBP", "negative"},
		{Documented, "-0", "GBP", "negative"},
		{Documented, "1000", "JPY", "does not have hundredths"},
		{Documented, "1.000", "KWD", "does not have hundredths"},
		{Documented, "1", "clf", "does not have hundredths"},
		{Hundredths, "1.5", "JPY", "more decimals"},
		{Hundredths, "1.005", "KWD", "more decimals than KWD allows (2)"},
		{ISO4217, "1.5", "JPY", "more decimals"},
		{ISO4217, "1.0005", "KWD", "more decimals"},
		{ISO4217, "999999999999999.9999", "CLF", "too large"},
		// What no parser of ours lets through, but a caller in Go could write.
		{Documented, "1e3", "GBP", "is not an amount"},
		{Documented, "1,000", "GBP", "is not an amount"},
		{Documented, "£5", "GBP", "is not an amount"},
		{Documented, "", "GBP", "is not an amount"},
		{Documented, " -5", "GBP", "negative"},
		{Documented, "10000000000000000", "GBP", "too large"},
	} {
		got, err := test.m.integer("items[2].price", test.amount, test.currency)
		var refused *schemas.ArgumentError
		if !errors.As(err, &refused) || refused.Argument != "items[2].price" || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q %s: got %d and error %v, want a refusal with %q", test.amount, test.currency, got, err, test.says)
		}
	}
}

func TestMoneyTrailingZeros(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		m      MinorUnits
		amount schemas.Money
		where  string
		want   int64
	}{
		{Documented, "1500.0000", "GBP", 150000},
		{Documented, "0.10", "GBP", 10},
		{Documented, "007.5", "GBP", 750},
		{Hundredths, "1500.00", "JPY", 150000},
		{ISO4217, "1500.00", "JPY", 1500},
		{ISO4217, "1.5", "KWD", 1500},
		{Hundredths, "1.50", "KWD", 150},
	} {
		got, err := test.m.integer("price", test.amount, test.where)
		if err != nil || got != test.want {
			t.Errorf("%s %s: got %d and error %v, want %d", test.amount, test.where, got, err, test.want)
		}
	}
}

// TestMoneyInDoubt shows what stands in for a currency that nobody has settled: Fiskl's documented rule.
func TestMoneyInDoubt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		m      MinorUnits
		amount int64
		where  string
		want   schemas.Money
	}{
		{Documented, 150000, "JPY", "1500"},
		{Documented, 150050, "JPY", "1500.50"},
		{Documented, 1500, "KWD", "15.00"},
		{ISO4217, 1500, "JPY", "1500"},
		{ISO4217, 1500, "KWD", "1.500"},
		{ISO4217, -5, "GBP", "-0.05"},
		{Documented, 0, "GBP", "0.00"},
	} {
		if got := test.m.decimalOf(test.amount, test.where); got != test.want {
			t.Errorf("%d %s: got %s, want %s", test.amount, test.where, got, test.want)
		}
	}
	for currency, decimals := range currencies() {
		if got := Documented.Settled(currency); got != (decimals == 2) {
			t.Errorf("%s: got settled %t", currency, got)
		}
		if !Hundredths.Settled(currency) || !ISO4217.Settled(currency) {
			t.Errorf("%s: not settled by a setting", currency)
		}
	}
}

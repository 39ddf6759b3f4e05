package schemas_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]schemas.Money{
		"1500.00": "1500.00", "0": "0", "\t7.5\n": "7.5", "-3": "-3", "0.001": "0.001", "999999999999999": "999999999999999", "007": "007",
	} {
		if got, err := schemas.ParseMoney(in); err != nil || got != want {
			t.Errorf("%q: got %q and error %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", " ", "-", "+5", "1e3", "1E3", "1,000", "1,50", "1 000", "1_000", "£5", "5 GBP", ".5", "5.", "1.2.3", "--1", "0x10", "NaN", "Inf", "٣", "１", "1\u200b", "5\n6",
		"1000000000000000", "-1000000000000000",
	} {
		got, err := schemas.ParseMoney(in)
		var refused *schemas.ValueError
		if got != "" || !errors.As(err, &refused) {
			t.Errorf("%q: got %q and error %v, want a refusal", in, got, err)
		}
	}
}

func TestMoneyJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]schemas.Money{
		`"1500.00"`: "1500.00", `1500.10`: "1500.10", `0.1`: "0.1", `""`: "", `null`: "", `12345678901234.99`: "12345678901234.99",
	} {
		var got schemas.Money
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: got %q and error %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{`1e3`, `true`, `{}`, `[]`, `"five"`, `1E400`} {
		got := schemas.Money("kept")
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("%s: got %q, want an error", in, got)
		}
	}
}

// FuzzParseMoney holds that what is taken is a plain decimal whose value is that of its digits, and has room in Fiskl's
// integers.
func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"1500.00", "-0.01", "1e3", "1,000", "", "999999999999999.99", "1000000000000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := schemas.ParseMoney(s)
		if err != nil {
			if r, found := schemas.FindInvisible(err.Error()); found || len(err.Error()) > 500 {
				t.Errorf("%q: the refusal is %q, which hides %U", s, err, r)
			}
			return
		}
		if strings.Trim(string(got), "-.0123456789") != "" || strings.TrimSpace(s) != string(got) {
			t.Errorf("%q was read as %q", s, got)
		}
		want, ok := new(big.Rat).SetString(string(got))
		if !ok || want.Cmp(got.Decimal().Rat()) != 0 {
			t.Errorf("%q is worth %s, want %s", s, got.Decimal(), want)
		}
		hundredths := got.Decimal().Shift(2).Truncate(0)
		if !hundredths.BigInt().IsInt64() {
			t.Errorf("%q does not fit", s)
		}
	})
}

func TestParseQuantity(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]schemas.Quantity{
		"10": "10", "7.5": "7.5", "7.50": "7.50", "0.001": "0.001", "007.50": "7.50", "00.5": "0.5", "100": "100",
	} {
		if got, err := schemas.ParseQuantity(in); err != nil || got != want {
			t.Errorf("%q: got %q and error %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "0", "0.00", "-1", "1e3", "ten", " 5", "5 ", "1,5", ".5", "1234567890123456"} {
		got, err := schemas.ParseQuantity(in)
		var refused *schemas.ValueError
		if got != "" || !errors.As(err, &refused) {
			t.Errorf("%q: got %q and error %v, want a refusal", in, got, err)
		}
	}
	var fromNumber schemas.Quantity
	if err := json.Unmarshal([]byte(`7.50`), &fromNumber); err != nil || fromNumber != "7.50" {
		t.Errorf("got %q and error %v for a number, want its digits", fromNumber, err)
	}
}

// FuzzParseQuantity holds that what is taken can stand in JSON as a number of the same value.
func FuzzParseQuantity(f *testing.F) {
	for _, seed := range []string{"10", "7.5", "007.50", "0.0", "-1", "1e3", "", "0000000000001.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := schemas.ParseQuantity(s)
		if err != nil {
			return
		}
		written, err := json.Marshal(json.Number(got))
		if err != nil {
			t.Fatalf("%q was read as %q: %v", s, got, err)
		}
		value, ok := new(big.Rat).SetString(s)
		read, same := new(big.Rat).SetString(string(written))
		if !ok || !same || value.Cmp(read) != 0 || value.Sign() < 1 {
			t.Errorf("%q was read as %q", s, got)
		}
	})
}

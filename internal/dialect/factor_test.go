package dialect_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// TestFactors finds that numbers in another unit are read and written exactly.
func TestFactors(t *testing.T) {
	t.Parallel()
	form := &dialect.Form{Kind: dialect.Record, Fields: []dialect.Field{{Name: "rate", Form: &dialect.Form{Kind: dialect.Decimal}}}}
	for _, c := range []struct {
		factor       float64
		theirs, ours string
	}{
		{100, `{"rate":2000}`, `{"rate":20}`},
		{100, `{"rate":997.5}`, `{"rate":9.975}`},
		{0.01, `{"rate":0.2}`, `{"rate":20}`},
		{0.01, `{"rate":"0.09975"}`, `{"rate":"9.975"}`},
		{1000, `{"rate":-1500}`, `{"rate":-1.5}`},
		{1000, `{"rate":0}`, `{"rate":0}`},
		{100, `{"rate":"n/a"}`, `{"rate":"n/a"}`},
		{100, `{"rate":null}`, `{"rate":null}`},
	} {
		m := dialect.Mapping{Factors: map[string]float64{"rate": c.factor}}
		theirs, err := dialect.Parse([]byte(c.theirs))
		if err != nil {
			t.Fatal(err)
		}
		ours, err := m.Read(form, &theirs)
		if got := string(ours.Append(nil)); err != nil || got != c.ours {
			t.Errorf("%s was read as %s (%v)", c.theirs, got, err)
		}
		again, err := m.Write(form, &ours)
		if got := string(again.Append(nil)); err != nil || got != c.theirs {
			t.Errorf("%s was written as %s (%v)", c.ours, got, err)
		}
	}
}

// TestFactorsRefused finds that a document cannot name a factor that is no
// power of ten.
func TestFactorsRefused(t *testing.T) {
	t.Parallel()
	for factor, ok := range map[string]bool{"100": true, "0.01": true, "7": false, "0": false} {
		_, err := dialect.Read(strings.NewReader("version = 1\n[operations.listTaxes.factors]\nrate = " + factor + "\n"))
		if (err == nil) != ok {
			t.Errorf("%s: %v", factor, err)
		}
	}
}

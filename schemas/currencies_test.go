package schemas_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// filler gives every currency in a value a code of its own.
type filler struct{ codes int }

func (f *filler) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			switch {
			case !field.IsExported():
			case field.Type.Kind() == reflect.String && strings.HasSuffix(name, "currency"):
				v.Field(i).SetString(fmt.Sprintf("X%c%c", 'A'+f.codes/26, 'A'+f.codes%26))
				f.codes++
			default:
				f.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0))
		f.fill(v.Index(1))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	default:
	}
}

// TestCurrencies holds what answers say of their currencies against those that
// stand in them.
func TestCurrencies(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`currency":"([A-Z]{3})"`)
	for _, answer := range []any{
		&schemas.AccountList{}, &schemas.ActionList{}, &schemas.Aging{}, &schemas.ChangeList{}, &schemas.Client{}, &schemas.ClientList{}, &schemas.Company{},
		&schemas.Comparison{}, &schemas.Context{}, &schemas.DatePeriods{}, &schemas.Export{}, &schemas.FeatureRequest{}, &schemas.Invoice{}, &schemas.InvoiceList{},
		&schemas.InvoiceOutcome{}, &schemas.InvoiceTotals{}, &schemas.Ledger{}, &schemas.Payment{}, &schemas.PaymentList{}, &schemas.PaymentOutcome{}, &schemas.PaymentSpeed{},
		&schemas.Permissions{}, &schemas.Product{}, &schemas.ProductList{}, &schemas.Quote{}, &schemas.QuoteList{}, &schemas.Ratios{}, &schemas.Report{},
		&schemas.StatementOfAccount{}, &schemas.TaxList{}, &schemas.TaxReport{}, &schemas.TopClients{}, &schemas.Trace{}, &schemas.TrialBalance{}, &schemas.Vendor{}, &schemas.VendorList{},
	} {
		t.Run(fmt.Sprintf("%T", answer), func(t *testing.T) {
			t.Parallel()
			new(filler).fill(reflect.ValueOf(answer).Elem())
			written, err := json.Marshal(answer)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, found := range named.FindAllSubmatch(written, -1) {
				want = append(want, string(found[1]))
			}
			var got []string
			if monied, ok := answer.(schemas.Monied); ok {
				got = monied.Currencies()
			}
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q, as they stand in it", got, want)
			}
		})
	}
}

package schemas_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// shown are schemas as clients are shown them.
func shown() map[string]json.RawMessage {
	return map[string]json.RawMessage{
		"NewInvoice in":    schemas.Input[schemas.NewInvoice](),
		"InvoiceFilter in": schemas.Input[schemas.InvoiceFilter](),
		"InvoicePatch in":  schemas.Input[schemas.InvoicePatch](),
		"ClientPatch in":   schemas.Input[schemas.ClientPatch](),
		"None in":          schemas.Input[schemas.None](),
		"InvoiceList out":  schemas.Output[schemas.InvoiceList](),
		"Invoice out":      schemas.Output[schemas.Invoice](),
		"Context out":      schemas.Output[schemas.Context](),
		"TaxList out":      schemas.Output[schemas.TaxList](),
	}
}

func TestSchemasStandAlone(t *testing.T) {
	t.Parallel()
	for name, schema := range shown() {
		for _, word := range []string{`"$ref"`, `"$schema"`, `"$id"`, `"$defs"`} {
			if strings.Contains(string(schema), word) {
				t.Errorf("%s holds %s", name, word)
			}
		}
		compile(t, schema)
	}
}

func compile(tb testing.TB, source []byte) *jsonschema.Schema {
	tb.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(source)))
	if err != nil {
		tb.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		tb.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}

func TestInputIsClosed(t *testing.T) {
	t.Parallel()
	schema := compile(t, schemas.Input[schemas.NewInvoice]())
	for source, want := range map[string]bool{
		`{"client":"Acme","items":[{"name":"Hours","quantity":"1","price":"100"}]}`:          true,
		`{"client":"Acme","items":[{"product":"Hours","quantity":"1"}],"date":"2026-01-01"}`: true,
		`{"client":"Acme","items":[{"quantity":"1"}],"colour":"red"}`:                        false,
		`{"client":"Acme","items":[{"quantity":"1","colour":"red"}]}`:                        false,
		`{"client":"Acme","items":[]}`:                                                       false,
		`{"client":"Acme"}`:                                                                  false,
		`{"items":[{"quantity":"1"}]}`:                                                       false,
		`{"client":"Acme","items":[{"name":"no quantity"}]}`:                                 false,
	} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(source))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != want {
			t.Errorf("%s: got %v, want valid %t", source, err, want)
		}
	}
}

func TestEnumsAreInSchemas(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties struct {
			Status struct {
				Enum []schemas.InvoiceStatus `json:"enum"`
			} `json:"status"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(schemas.Input[schemas.InvoiceFilter](), &schema); err != nil {
		t.Fatal(err)
	}
	want := []schemas.InvoiceStatus{
		schemas.InvoiceDrafts, schemas.InvoiceSent, schemas.InvoiceOverdue, schemas.InvoicePartial, schemas.InvoicePaid, schemas.InvoiceRejected, schemas.InvoiceUnpaid,
	}
	if got := schema.Properties.Status.Enum; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestOutputNamesTheCompany holds that an output schema describes what the struct becomes, with the company in front.
func TestOutputNamesTheCompany(t *testing.T) {
	t.Parallel()
	source := schemas.Output[schemas.TaxList]()
	if !strings.Contains(string(source), `"properties":{"company":`) {
		t.Errorf("got %s, want the company first", source)
	}
	list := schemas.TaxList{Page: schemas.NewPage([]schemas.Tax{{ID: "1", Name: "VAT", Rate: "20"}}, []string{""}, "")}
	written, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(string(written), "{", `{"company":"Acme","later":1,`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := compile(t, source).Validate(value); err != nil {
		t.Error(err)
	}
}

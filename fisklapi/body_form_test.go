package fisklapi_test

import (
	"slices"
	"testing"

	"github.com/pb33f/libopenapi/datamodel/high/base"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// TestBodyForms finds that the forms of request bodies have the fields of the
// contract, and of no other.
func TestBodyForms(t *testing.T) {
	t.Parallel()
	checked := 0
	for path, item := range contract(t).Model.Paths.PathItems.FromOldest() {
		for method, op := range item.GetOperations().FromOldest() {
			form := fisklapi.BodyFormOf(fisklapi.Operation(op.OperationId))
			if form == nil {
				continue
			}
			checked++
			want := make(map[string]*base.Schema)
			properties(op.RequestBody.Content.GetOrZero("application/json").Schema.Schema(), want)
			compareFields(t, method+" "+path, form, want, method == "put")
		}
	}
	if checked != 10 {
		t.Errorf("%d bodies were compared", checked)
	}
}

// properties are those of a schema and of what it is made of.
func properties(s *base.Schema, into map[string]*base.Schema) {
	for _, part := range s.AllOf {
		properties(part.Schema(), into)
	}
	if s.Properties != nil {
		for name, p := range s.Properties.FromOldest() {
			into[name] = p.Schema()
		}
	}
}

// compareFields compares the fields of a form with properties. One that is sent
// as a whole may have more.
func compareFields(t *testing.T, where string, form *dialect.Form, want map[string]*base.Schema, whole bool) {
	t.Helper()
	for name, p := range want {
		f := form.Field(name)
		if f == nil {
			t.Errorf("%s: the form has no %s", where, name)
			continue
		}
		money := slices.Contains(p.Type, "integer") && name != "id" && p.Format == "int64" && !slices.Contains([]dialect.Kind{dialect.ID}, f.Form.Kind)
		if money != (f.Form.Kind == dialect.Amount) || (p.Format == "date") != (f.Form.Kind == dialect.Day) {
			t.Errorf("%s: %s is %s in the form", where, name, f.Form.Kind)
		}
		if f.Form.Kind == dialect.List && f.Form.Elem.Kind == dialect.Record {
			inner := make(map[string]*base.Schema)
			properties(p.Items.A.Schema(), inner)
			compareFields(t, where+" "+name, f.Form.Elem, inner, whole)
		}
	}
	for _, f := range form.Fields {
		// Clients and vendors share a form, and only vendors are registered.
		if _, ok := want[f.Name]; !ok && !whole && !slices.Contains([]string{"registrationNumber", "cc", "bcc", "shippingAddress"}, f.Name) {
			t.Errorf("%s: %s is in the form and not in the contract", where, f.Name)
		}
	}
}

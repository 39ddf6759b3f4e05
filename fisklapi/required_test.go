package fisklapi_test

import (
	"slices"
	"testing"

	"github.com/pb33f/libopenapi/datamodel/high/base"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// TestContractRequires finds that the contract requires what the client cannot do without.
func TestContractRequires(t *testing.T) {
	t.Parallel()
	compared := 0
	for path, item := range contract(t).Model.Paths.PathItems.FromOldest() {
		for method, op := range item.GetOperations().FromOldest() {
			form := fisklapi.FormOf(fisklapi.Operation(op.OperationId))
			if form == nil {
				continue
			}
			for code, r := range op.Responses.Codes.FromOldest() {
				if media := r.Content.GetOrZero("application/json"); code[0] == '2' && media != nil {
					compared++
					requires(t, method+" "+path, form, media.Schema.Schema())
				}
			}
		}
	}
	if compared < 30 {
		t.Errorf("%d answers were compared", compared)
	}
}

// requires compares what has to be in a value with what a schema requires of it.
func requires(t *testing.T, where string, form *dialect.Form, s *base.Schema) {
	t.Helper()
	if form.Kind == dialect.List {
		if s.Items == nil {
			t.Errorf("%s: no list in the contract", where)
			return
		}
		form, s = form.Elem, s.Items.A.Schema()
	}
	have := make(map[string]*base.Schema)
	properties(s, have)
	required := requiredOf(s)
	for _, f := range form.Fields {
		if f.Need == dialect.Required && f.Unless == "" && !slices.Contains(required, f.Name) {
			t.Errorf("%s: the contract does not require %s", where, f.Name)
		}
		p := have[f.Name]
		if p != nil && (f.Form.Kind == dialect.Record || f.Form.Kind == dialect.Amounts || f.Form.Kind == dialect.List && f.Form.Elem.Kind == dialect.Record) {
			requires(t, where+" "+f.Name, f.Form, p)
		}
	}
}

// requiredOf are the members that a schema requires, and what it is made of.
func requiredOf(s *base.Schema) []string {
	all := slices.Clone(s.Required)
	for _, part := range s.AllOf {
		all = append(all, requiredOf(part.Schema())...)
	}
	return all
}

package fisklapi_test

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/internal/contracttest"
)

func TestContractIsValidOpenAPI(t *testing.T) {
	t.Parallel()
	for _, fault := range contract(t).Check() {
		t.Error(fault)
	}
}

func TestContractShowsEvidence(t *testing.T) {
	t.Parallel()
	for _, fault := range unproven(t, contract(t).Source) {
		t.Error(fault)
	}
}

// TestEvidenceIsMissed proves that the test above can fail, and on what.
func TestEvidenceIsMissed(t *testing.T) {
	t.Parallel()
	const broken = `
paths:
  /v1/things:
    get:
      x-evidence: inferred
      parameters:
        - {name: size, in: query}
        - {$ref: '#/components/parameters/Page'}
components:
  parameters:
    Page: {name: page, in: query, x-evidence: rumoured, x-reason: "heard of it"}
  schemas:
    Thing:
      properties:
        id: {type: integer, x-evidence: documented}
        parts:
          x-evidence: inferred
          x-reason: "a convention"
          items: {properties: {weight: {type: integer}}}
      allOf:
        - properties: {name: {type: string, x-evidence: documented, x-source: "a page"}}
`
	got := unproven(t, []byte(broken))
	want := []string{
		"line 4: get /v1/things: inferred without x-reason",
		"line 7: parameter size: no x-evidence",
		"line 11: parameters Page: x-evidence rumoured",
		"line 13: schemas Thing: no x-evidence",
		"line 15: property id: documented without x-source",
		"line 19: property weight: no x-evidence",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEndpointsAreTheContract(t *testing.T) {
	t.Parallel()
	got, want := fisklapi.Endpoints(), described(contract(t).Model)
	if len(want) == 0 {
		t.Error("the contract has no operations")
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("the table lacks %+v", want[i])
		case i >= len(want):
			t.Errorf("the contract lacks %+v", got[i])
		case got[i] != want[i]:
			t.Errorf("row %d: the table has %+v, the contract %+v", i, got[i], want[i])
		}
	}
}

func contract(tb testing.TB) *contracttest.Contract {
	tb.Helper()
	loaded, err := contracttest.Load()
	if err != nil {
		tb.Fatal(err)
	}
	return loaded
}

// described reads the endpoint table out of the document.
func described(model *v3.Document) []fisklapi.Endpoint {
	var table []fisklapi.Endpoint
	for path, item := range model.Paths.PathItems.FromOldest() {
		for method, operation := range item.GetOperations().FromOldest() {
			table = append(table, fisklapi.Endpoint{
				Operation:  fisklapi.Operation(operation.OperationId),
				Method:     strings.ToUpper(method),
				Path:       path,
				Permission: extension(operation, "x-permission"),
				Scope:      extension(operation, "x-scope"),
			})
		}
	}
	return table
}

func extension(operation *v3.Operation, name string) string {
	node, ok := operation.Extensions.Get(name)
	if !ok {
		return ""
	}
	return node.Value
}

// unproven lists whatever in a document lacks evidence or what backs it, in the order of its lines.
func unproven(tb testing.TB, source []byte) []string {
	tb.Helper()
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		tb.Fatal(err)
	}
	found := make(evidence)
	root := document.Content[0]
	for path, item := range entries(field(root, "paths")) {
		for method, operation := range entries(item) {
			found.judge(method.Line, method.Value+" "+path.Value, operation)
		}
	}
	for group, members := range entries(field(root, "components")) {
		for name, member := range entries(members) {
			found.judge(name.Line, group.Value+" "+name.Value, member)
		}
	}
	found.below(root)
	var faults []string
	for _, line := range slices.Sorted(maps.Keys(found)) {
		faults = append(faults, fmt.Sprintf("line %d: %s", line, found[line]))
	}
	return faults
}

// evidence is the faults of a document by line.
type evidence map[int]string

// below judges what has no fixed place: properties of schemas, named or not, and parameters in line.
func (e evidence) below(node *yaml.Node) {
	for name, property := range entries(field(node, "properties")) {
		e.judge(name.Line, "property "+name.Value, property)
	}
	if list := field(node, "parameters"); list != nil && list.Kind == yaml.SequenceNode {
		for _, parameter := range list.Content {
			e.parameter(parameter)
		}
	}
	for _, child := range node.Content {
		e.below(child)
	}
}

func (e evidence) parameter(node *yaml.Node) {
	if field(node, "$ref") != nil {
		return
	}
	name := "parameter"
	if given := field(node, "name"); given != nil {
		name += " " + given.Value
	}
	e.judge(node.Line, name, node)
}

func (e evidence) judge(line int, name string, node *yaml.Node) {
	mark := field(node, "x-evidence")
	if mark == nil {
		e[line] = name + ": no x-evidence"
		return
	}
	proof, ok := map[string]string{"documented": "x-source", "inferred": "x-reason"}[mark.Value]
	if !ok {
		e[line] = name + ": x-evidence " + mark.Value
		return
	}
	if backing := field(node, proof); backing == nil || strings.TrimSpace(backing.Value) == "" {
		e[line] = name + ": " + mark.Value + " without " + proof
	}
}

// field returns the value of a key, or nil where there is none.
func field(node *yaml.Node, name string) *yaml.Node {
	for key, value := range entries(node) {
		if key.Value == name {
			return value
		}
	}
	return nil
}

// entries yields the keys and values of a mapping, and nothing for any other node.
func entries(node *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(*yaml.Node, *yaml.Node) bool) {
		if node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i], node.Content[i+1]) {
				return
			}
		}
	}
}

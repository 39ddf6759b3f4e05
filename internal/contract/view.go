package contract

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// Operation is one operation as a document describes it, with everything that
// it refers to put in its place.
type Operation struct {
	Method, Path, ID     string
	Summary, Description string
	Tags                 []string
	Permission           string   // x-permission, as our own contract has it
	Scopes               []string // x-scope, else those that it asks of a token
	Deprecated           bool
	InPath, Query        []Parameter // in the order of the path; by name
	Answer, Body         *Value      // nil when none is described
}

// Parameter is one parameter of an operation.
type Parameter struct {
	Name, Description string
	Required          bool
	Value             *Value
}

// Operations are all operations of a document, by path and method. The document
// is not fit for [Contract.Compare] afterwards.
func (c *Contract) Operations() (all []Operation, err error) {
	defer func() {
		if v := recover(); v != nil { // see parse
			all, err = nil, fmt.Errorf("its operations cannot be read: %v", v)
		}
	}()
	c.lead()
	left := maxValues
	for _, path := range slices.Sorted(maps.Keys(c.doc.Paths.Map())) {
		item := c.doc.Paths.Value(path)
		if item == nil {
			continue
		}
		of := item.Operations()
		for _, method := range slices.Sorted(maps.Keys(of)) {
			v := viewer{left: &left}
			all = append(all, v.operation(c.doc, method, path, item, of[method]))
			if left <= 0 {
				return nil, errors.New("it describes more values than can be looked at")
			}
		}
	}
	return all, nil
}

// maxValues bounds the values of all operations: a document of a few lines can
// unfold into millions.
const maxValues = 2_000_000

func (v viewer) operation(doc *openapi3.T, method, path string, item *openapi3.PathItem, o *openapi3.Operation) Operation {
	all := Operation{
		Method: method, Path: path, ID: o.OperationID, Summary: o.Summary, Description: o.Description,
		Tags: o.Tags, Permission: extension(o, "x-permission"), Deprecated: o.Deprecated, Scopes: scopesOf(doc, o),
	}
	all.InPath, all.Query = v.parameters(path, slices.Concat(item.Parameters, o.Parameters))
	if o.Responses == nil {
		o.Responses = openapi3.NewResponsesWithCapacity(0)
	}
	plainJSON(o)
	if s := body(o); s != nil {
		all.Answer = v.value(s.Value)
	}
	if s := taken(o); s != nil {
		all.Body = v.value(s)
	}
	return all
}

// parameters are those of a path, in its order, and of a query, by name.
func (v viewer) parameters(path string, described openapi3.Parameters) (inPath, query []Parameter) {
	named := make(map[string]Parameter)
	for _, p := range described {
		if p == nil || p.Value == nil {
			continue
		}
		one := Parameter{Name: p.Value.Name, Description: p.Value.Description, Required: p.Value.Required, Value: v.ref(p.Value.Schema)}
		named[p.Value.In+" "+p.Value.Name] = one
	}
	for segment := range strings.SplitSeq(path, "/") {
		if name := strings.Trim(segment, "{}"); name != segment {
			inPath = append(inPath, Parameter{Name: name, Required: true, Value: named["path "+name].Value, Description: named["path "+name].Description})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(named)) {
		if strings.HasPrefix(key, openapi3.ParameterInQuery+" ") {
			query = append(query, named[key])
		}
	}
	return inPath, query
}

func extension(o *openapi3.Operation, name string) string {
	s, _ := o.Extensions[name].(string)
	return s
}

// scopesOf are the scopes of which a token needs one or all.
func scopesOf(doc *openapi3.T, o *openapi3.Operation) []string {
	if s := extension(o, "x-scope"); s != "" {
		return []string{s}
	}
	asked := doc.Security
	if o.Security != nil {
		asked = *o.Security
	}
	var all []string
	for _, one := range asked {
		for _, scopes := range one {
			all = append(all, scopes...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

package contract

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Difference is one thing that a published description says otherwise.
type Difference struct {
	Method    string `json:"method"`
	Path      string `json:"path"`
	Operation string `json:"operation,omitempty"` // our name of it; empty when we have none
	Says      string `json:"says"`
}

// saying is a difference in what is said of the same operation.
func (d Difference) saying(format string, args ...any) Difference {
	d.Says = schemas.Clean(fmt.Sprintf(format, args...), 300)
	return d
}

// Compare says how a published description differs from this contract: there
// means in the published one, here in ours. Texts that explain, and bounds that
// neither side breaks, are not compared. The published one is not fit for
// anything else afterwards.
func (c *Contract) Compare(published *Contract) (all []Difference, err error) {
	defer func() {
		if v := recover(); v != nil { // see parse
			all, err = nil, fmt.Errorf("the two cannot be compared: %v", v)
		}
	}()
	all = append(c.align(published), c.operations(published)...)
	slices.SortStableFunc(all, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return slices.Compact(all), nil
}

// operations says what differs in the operations and in each of them.
func (c *Contract) operations(published *Contract) []Difference {
	var all []Difference
	theirs := byShape(published.doc.Paths)
	for path, item := range c.doc.Paths.Map() {
		there := theirs[pathShape(path)]
		for method, o := range item.Operations() {
			if there.item == nil || there.item.GetOperation(method) == nil {
				all = append(all, only(method, path, o, published))
				continue
			}
			w := words{at: Difference{Method: method, Path: path, Operation: o.OperationID}}
			w.operation(item, o, there.item, there.item.GetOperation(method))
			all = append(all, w.said...)
		}
	}
	ours := byShape(c.doc.Paths)
	for _, there := range theirs {
		here := ours[pathShape(there.path)]
		for method := range there.item.Operations() {
			if here.item == nil || here.item.GetOperation(method) == nil {
				all = append(all, Difference{Method: method, Path: cmp.Or(here.path, schemas.Clean(there.path, 200)), Says: onlyThere})
			}
		}
	}
	return all
}

// place is a path and what is at it.
type place struct {
	path string
	item *openapi3.PathItem
}

// byShape finds paths whatever their parameters are called.
func byShape(paths *openapi3.Paths) map[string]place {
	all := make(map[string]place)
	for path, item := range paths.Map() {
		if item != nil {
			all[pathShape(path)] = place{path, item}
		}
	}
	return all
}

func pathShape(path string) string {
	return regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(path, "{}")
}

const onlyThere = "there, not here: the API can do something that this version does not know"

// only is an operation that the published description lacks, with where it may
// have gone.
func only(method, path string, o *openapi3.Operation, published *Contract) Difference {
	d := Difference{Method: method, Path: path, Operation: o.OperationID}
	for place, item := range published.doc.Paths.Map() {
		for verb, other := range item.Operations() {
			if sameOperation(o, other) && (verb != method || place != path) {
				return d.saying("here, not there; it may be %s %s: if so, fiskl-mcp contract adopt reads it from there", verb, place)
			}
		}
	}
	return d.saying("here, not there: our calls would fail")
}

// sameOperation reports two operations that are called the same.
func sameOperation(a, b *openapi3.Operation) bool {
	return strings.EqualFold(a.OperationID, b.OperationID) || a.Summary != "" && strings.EqualFold(a.Summary, b.Summary)
}

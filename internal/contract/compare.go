package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/diff"

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
	all = c.align(published)
	config := diff.NewConfig(diff.WithExcludeElements([]string{
		diff.ExcludeDescriptionOption, diff.ExcludeExamplesOption, diff.ExcludeExtensionsOption,
		diff.ExcludeSummaryOption, diff.ExcludeTitleOption,
	}))
	ours, theirs := *c.doc, *published.doc
	ours.Servers, theirs.Servers = nil, nil // they were seen to by align
	d, err := diff.Get(config, &ours, &theirs)
	if err != nil {
		return nil, fmt.Errorf("the two cannot be compared, as when a $ref leads to itself: %s", said(err))
	}
	if d != nil && d.PathsDiff != nil {
		all = append(all, c.paths(published, d.PathsDiff)...)
	}
	slices.SortStableFunc(all, func(a, b Difference) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return slices.Compact(all), nil
}

// paths says what differs in the operations and in each of them.
func (c *Contract) paths(published *Contract, d *diff.PathsDiff) []Difference {
	var all []Difference
	for _, path := range d.Deleted {
		for method, o := range c.doc.Paths.Value(path).Operations() {
			all = append(all, only(method, path, o, published))
		}
	}
	for _, path := range d.Added {
		for method := range published.doc.Paths.Value(path).Operations() {
			all = append(all, Difference{Method: method, Path: schemas.Clean(path, 200), Says: onlyThere})
		}
	}
	for path, p := range d.Modified {
		if p.OperationsDiff == nil {
			continue
		}
		for _, method := range p.OperationsDiff.Deleted {
			all = append(all, only(method, path, c.doc.Paths.Find(path).GetOperation(method), published))
		}
		for _, method := range p.OperationsDiff.Added {
			all = append(all, Difference{Method: method, Path: path, Says: onlyThere})
		}
		for method, m := range p.OperationsDiff.Modified {
			w := words{Difference{Method: method, Path: path, Operation: m.Base.OperationID}, nil}
			w.operation(m)
			all = append(all, w.said...)
		}
	}
	return all
}

const onlyThere = "there, not here: the API can do something that this version does not know"

// only is an operation that the published description lacks, with where it may
// have gone.
func only(method, path string, o *openapi3.Operation, published *Contract) Difference {
	d := Difference{Method: method, Path: path, Operation: o.OperationID}
	for place, item := range published.doc.Paths.Map() {
		for verb, other := range item.Operations() {
			if sameOperation(o, other) && (verb != method || place != path) {
				return d.saying("here, not there; it may be %s %s: if so, correct openapi.yaml and endpoints.go, or set it in FISKL_ENDPOINTS_FILE", verb, place)
			}
		}
	}
	return d.saying("here, not there: our calls would fail")
}

// sameOperation reports two operations that are called the same.
func sameOperation(a, b *openapi3.Operation) bool {
	return strings.EqualFold(a.OperationID, b.OperationID) || a.Summary != "" && strings.EqualFold(a.Summary, b.Summary)
}

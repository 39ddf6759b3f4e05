package contract

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
)

// inquiry is an operation that reads, with what it has to be asked with and
// what it should answer.
type inquiry struct {
	endpoint fisklapi.Endpoint
	place    string   // the path in the contract, which an endpoint may have left
	ids      []string // the parameters of the path, in order
	query    []string // the parameters of the query without which it is refused
	answer   *openapi3.Schema
}

// inquiries are all operations that read, those first that need to know least.
func (c *Contract) inquiries(endpoints []fisklapi.Endpoint) []inquiry {
	places := make(map[string]string)
	for place, item := range c.doc.Paths.Map() {
		if item.Get != nil {
			places[item.Get.OperationID] = place
		}
	}
	var all []inquiry
	for _, e := range endpoints {
		place, reads := places[string(e.Operation)]
		if !reads {
			continue
		}
		i := inquiry{endpoint: e, place: place, answer: answer(c.doc.Paths.Value(place).Get)}
		i.ids, i.query = needs(c.doc.Paths.Value(place).Get)
		all = append(all, i)
	}
	slices.SortStableFunc(all, func(a, b inquiry) int { return cmp.Compare(a.depth(), b.depth()) })
	return all
}

// depth says after how many others an operation can be asked: date periods
// give dates, lists give ids.
func (i inquiry) depth() int {
	switch {
	case i.endpoint.Operation == fisklapi.OpListDatePeriods:
		return 0
	case len(i.ids) == 0 && !slices.Contains(i.query, "clientId"):
		return 1
	default:
		return 2
	}
}

func needs(o *openapi3.Operation) (ids, query []string) {
	for _, p := range o.Parameters {
		switch {
		case p.Value.In == openapi3.ParameterInPath:
			ids = append(ids, p.Value.Name)
		case p.Value.In == openapi3.ParameterInQuery && p.Value.Required:
			query = append(query, p.Value.Name)
		}
	}
	return ids, query
}

// answer is the form of a success.
func answer(o *openapi3.Operation) *openapi3.Schema {
	r := o.Responses.Status(http.StatusOK)
	if r == nil || r.Value == nil {
		return nil
	}
	m := r.Value.Content.Get(plainKind)
	if m == nil || m.Schema == nil {
		return nil
	}
	return m.Schema.Value
}

// list is the path of the list that a record of the operation stands in.
func (i inquiry) list() string {
	list, _, _ := strings.Cut(i.place, "/{")
	return list
}

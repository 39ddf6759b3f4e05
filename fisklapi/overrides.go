package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// table is [Endpoints] with the rows that were moved: by a dialect, and over it
// by rows of the user's own.
func table(moved []Endpoint, d *dialect.Dialect) (map[Operation]Endpoint, error) {
	all := make(map[Operation]Endpoint)
	for _, e := range Endpoints() {
		all[e.Operation] = e
	}
	if err := move(all, "Dialect", spoken(d)); err != nil {
		return nil, err
	}
	if err := extras(all, d); err != nil {
		return nil, err
	}
	return all, move(all, "Endpoints", moved)
}

// spoken are the endpoints that a dialect says something of.
func spoken(d *dialect.Dialect) []Endpoint {
	if d == nil {
		return nil
	}
	var all []Endpoint
	for _, name := range slices.Sorted(maps.Keys(d.Operations)) {
		o := d.Operations[name]
		all = append(all, Endpoint{Operation: Operation(name), Method: o.Method, Path: o.Path, Permission: o.Permission, Scope: o.Scope})
	}
	return all
}

// move puts rows in the place of those that a table has. option is whose they
// are.
func move(all map[Operation]Endpoint, option string, moved []Endpoint) error {
	done := make(map[Operation]bool)
	for _, m := range moved {
		e, known := all[m.Operation]
		switch {
		case !known:
			return &OptionError{option, fmt.Sprintf("names the operation %q, which there is not", m.Operation)}
		case done[m.Operation]:
			return &OptionError{option, fmt.Sprintf("names %s twice", m.Operation)}
		}
		done[m.Operation] = true
		to := e.movedTo(m)
		if problem := e.immovable(to); problem != "" {
			return &OptionError{option, fmt.Sprintf("cannot move %s: %s", m.Operation, problem)}
		}
		all[m.Operation] = to
	}
	return nil
}

// movedTo is the endpoint with what another says of it.
func (e Endpoint) movedTo(m Endpoint) Endpoint {
	return Endpoint{
		Operation:  e.Operation,
		Method:     cmp.Or(strings.ToUpper(m.Method), e.Method),
		Path:       cmp.Or(m.Path, e.Path),
		Permission: cmp.Or(m.Permission, e.Permission),
		Scope:      cmp.Or(m.Scope, e.Scope),
	}
}

// immovable says why an endpoint cannot become another; empty when it can. A
// read stays a read and a write a write, for the method is what guards writes.
func (e Endpoint) immovable(to Endpoint) string {
	methods := []string{http.MethodPost, http.MethodPut, http.MethodPatch}
	if e.Method == http.MethodGet {
		methods = []string{http.MethodGet}
	}
	switch {
	case !slices.Contains(methods, to.Method):
		return fmt.Sprintf("its method can be %s, not %q", strings.Join(methods, ", "), to.Method)
	case !plainPath(to.Path):
		return fmt.Sprintf("%q is not a path such as %s", to.Path, e.Path)
	case !slices.Equal(parameters(to.Path), parameters(e.Path)):
		return fmt.Sprintf("%q has to have %s", to.Path, wanted(parameters(e.Path)))
	default:
		return ""
	}
}

// plainPath reports a path that starts at the host's root and has nothing but
// segments, each a plain word or a parameter.
func plainPath(path string) bool {
	rest, rooted := strings.CutPrefix(path, "/")
	return rooted && !slices.ContainsFunc(strings.Split(rest, "/"), func(s string) bool {
		ok, err := regexp.MatchString(`^([A-Za-z0-9._~-]+|\{[A-Za-z]+\})$`, s)
		return err != nil || !ok || s == "." || s == ".."
	})
}

// parameters are those of a path template, in order.
func parameters(path string) []string {
	var names []string
	for s := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(s, "{") {
			names = append(names, s)
		}
	}
	return names
}

func wanted(names []string) string {
	if len(names) == 0 {
		return "no parameters"
	}
	return "the parameters " + strings.Join(names, ", ") + " in this order"
}

// Endpoints returns [Endpoints] with what [Options].Endpoints moved: where this
// client finds each operation.
func (c *Client) Endpoints() []Endpoint {
	all := Endpoints()
	for i, e := range all {
		all[i] = c.endpoints[e.Operation]
	}
	return all
}

// Raw reads an operation and returns the body of its answer as Fiskl sent it,
// for whoever wants what the package's nouns leave out. ids fill the path's
// parameters. It refuses an operation that can change something.
func (c *Client) Raw(ctx context.Context, op Operation, ids []string, query url.Values) ([]byte, error) {
	if e, known := c.endpoints[op]; known && e.Method != http.MethodGet {
		return nil, fmt.Errorf("fisklapi: %s does not only read", op)
	}
	a, err := c.send(ctx, request{op: op, ids: ids, query: query})
	return a.body, err
}

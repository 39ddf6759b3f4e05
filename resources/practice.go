package resources

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// companyParameter says whose books an address is in, where there are several.
const companyParameter = "company"

// Companies is the resources of one or several companies. With several, every
// address names the company, and none is guessed.
type Companies []*Books

// May tells whether a company's credential may do what a resource needs.
type May func(b *Books, needs []fisklapi.Operation) bool

// List lists the resources that have addresses of their own.
func (p Companies) List(may May) []mcp.Resource {
	list := []mcp.Resource{}
	for _, k := range kinds() {
		for _, b := range p {
			if k.id == "" && b.offers(k.toolset) && may(b, k.needs) {
				list = append(list, p.listed(k, b))
			}
		}
	}
	return list
}

func (p Companies) listed(k kind, b *Books) mcp.Resource {
	a := schemas.Address{Path: k.folder}
	r := mcp.NewResource(a.URI(b.o.Name), k.name(), mcp.WithResourceDescription(k.description), mcp.WithMIMEType(jsonForm().mime))
	r.Title = k.title()
	if b.o.Name != "" {
		r.Name += " of " + b.o.Name
		r.Title += " of " + b.o.Name
	}
	return r
}

// Templates lists the kinds of resources whose addresses hold more than their
// name.
func (p Companies) Templates(may May) []mcp.ResourceTemplate {
	list := []mcp.ResourceTemplate{}
	several := len(p) > 1
	for _, k := range append(kinds(), files()) {
		offered := slices.ContainsFunc(p, func(b *Books) bool { return b.offers(k.toolset) && may(b, k.needs) })
		if k.id == "" || !offered {
			continue
		}
		t := mcp.NewResourceTemplate(k.template(several), k.name(), mcp.WithTemplateDescription(k.description))
		t.Title = k.title()
		if len(k.forms) == 0 && k.folder != exports {
			t.MIMEType = jsonForm().mime
		}
		list = append(list, t)
	}
	return list
}

// files are what was exported.
func files() kind {
	return kind{
		folder: exports, id: "id", toolset: exports,
		description: "A file that export_report or export_list wrote, for an hour: CSV as text, XLSX as a blob.",
	}
}

// Read reads what is at an address. It never panics.
func (p Companies) Read(ctx context.Context, uri string) (contents mcp.ResourceContents, failed *Error) {
	b, a, failed := p.find(uri)
	if failed != nil {
		return nil, failed
	}
	defer func() {
		if v := recover(); v != nil {
			contents, failed = nil, b.failure(a, &panicError{v, debug.Stack()})
		}
	}()
	contents, err := b.read(ctx, a)
	if err != nil {
		return nil, b.failure(a, err)
	}
	return contents, nil
}

// find is the company that an address names, and the address without it.
func (p Companies) find(uri string) (*Books, address, *Error) {
	a, err := parse(uri)
	if err != nil {
		a.uri = uri
		return nil, a, p[0].bare().failure(a, err)
	}
	if len(p) == 1 {
		return p[0], a, nil
	}
	name, named := a.query[companyParameter]
	delete(a.query, companyParameter)
	i := slices.IndexFunc(p, func(b *Books) bool { return strings.EqualFold(b.o.Name, strings.TrimSpace(name)) })
	if i >= 0 {
		return p[i], a, nil
	}
	failure := &Error{Kind: Invalid, URI: uri, Message: "No answer: company is missing; say which with ?company=: " + p.names() + "."}
	if named {
		failure.Kind, failure.Message = NotFound, fmt.Sprintf("No answer: there is no company %s; say which: %s.", schemas.Quoted(name, 40), p.names())
	}
	return nil, a, failure
}

// bare speaks for no company.
func (b *Books) bare() *Books {
	o := b.o
	o.Name = ""
	return &Books{api: b.api, o: o}
}

func (p Companies) names() string {
	names := make([]string, 0, len(p))
	for _, b := range p {
		names = append(names, b.o.Name)
	}
	return strings.Join(names, ", ")
}

// panicError is a defect of this program that a reading ran into.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v\n%s", p.value, p.stack) }

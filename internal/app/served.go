package app

import (
	"context"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// mcpCompany is one company as the server offers it.
type mcpCompany struct {
	name     string // by which calls choose it; empty for the only one, unless it has a name
	readOnly bool   // nothing may be changed, by this caller or by anybody
	catalog  *tools.Catalog
	suggest  *complete.Books
	books    *resources.Books

	// held returns the permissions of the company's credential; ok is false while
	// they are not known. Where it is nil they never are.
	held func(ctx context.Context) (held []string, ok bool)
}

// mcpCompanies are those that a caller works on, behind one list of tools.
type mcpCompanies struct {
	*tools.Companies

	each []mcpCompany // in the order of the tools' companies
	shut func()       // gives up what they hold, when their caller is forgotten; nil holds nothing
}

// choices are the companies among which a call has to choose; none where there
// is but one.
func (p mcpCompanies) choices() []string {
	if len(p.each) < 2 {
		return nil
	}
	var names []string
	for _, co := range p.each {
		names = append(names, co.name)
	}
	return names
}

// find is the company of that name, or the only one; ok is false when that
// is none.
func (p mcpCompanies) find(name string) (co mcpCompany, ok bool) {
	if len(p.each) == 1 {
		return p.each[0], true
	}
	for _, co := range p.each {
		if name != "" && strings.EqualFold(co.name, name) {
			return co, true
		}
	}
	return mcpCompany{}, false
}

package mcpserver

import (
	"context"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// Company is one company as the server offers it.
type Company struct {
	Name     string // by which calls choose it; empty for the only one, unless it has a name
	ReadOnly bool   // nothing may be changed, by this caller or by anybody
	Catalog  *tools.Catalog
	Suggest  *complete.Books
	Books    *resources.Books

	// Held returns the permissions of the company's credential; ok is false while
	// they are not known. Where it is nil they never are.
	Held func(ctx context.Context) (held []string, ok bool)
}

// Companies are those that a caller works on, behind one list of tools.
type Companies struct {
	*tools.Companies

	Each  []Company // in the order of the tools' companies
	Close func()    // gives up what they hold, when their caller is forgotten; nil holds nothing
}

// choices are the companies among which a call has to choose; none where there
// is but one.
func (p Companies) choices() []string {
	if len(p.Each) < 2 {
		return nil
	}
	var names []string
	for _, co := range p.Each {
		names = append(names, co.Name)
	}
	return names
}

// find is the company of that name, or the only one; ok is false when that
// is none.
func (p Companies) find(name string) (co Company, ok bool) {
	if len(p.Each) == 1 {
		return p.Each[0], true
	}
	for _, co := range p.Each {
		if name != "" && strings.EqualFold(co.Name, name) {
			return co, true
		}
	}
	return Company{}, false
}

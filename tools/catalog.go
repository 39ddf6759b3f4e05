package tools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
)

// Options narrow what a catalogue offers.
type Options struct {
	// Toolsets are the toolsets offered; none means all.
	Toolsets []string

	// ReadOnly offers only tools that change nothing.
	ReadOnly bool

	// Reader says that ReadOnly is for this caller's token, and not for all.
	Reader bool

	// Charts adds a small picture to the reports that can be drawn.
	Charts bool

	// Mode is how the server runs, for get_context: live or sandbox.
	Mode string

	// Confirm is how a person's yes is had for what cannot be taken back;
	// empty means ConfirmAsk.
	Confirm Confirm

	// DryRun turns every write into its preview.
	DryRun bool

	// Sealer gives what makes the tokens of previews and confirmations, once
	// the first is needed. Nil means tokens that this catalogue alone
	// understands.
	Sealer func() (*seal.Sealer, error)

	// Identity tells the company and credential from all others; tokens are
	// bound to it.
	Identity string

	// Policy keep the journal. Nil means that there is none.
	Policy *writepolicy.Policy

	// Name is what whoever set the server up calls the company, where there are
	// several; empty for the only one.
	Name string

	// Marked has every answer say beside the company's name that it is the
	// sandbox.
	Marked bool

	// Unnamed is what to call the company where Fiskl does not tell its name.
	// Nil means that there is nothing to call it.
	Unnamed func(ctx context.Context) string

	// Exports keeps the files that are written. Nil means that none can be.
	Exports *export.Store

	// CSVMark has CSV files begin with a byte-order mark, for Excel.
	CSVMark bool

	// Extras are reads that the company's dialect adds, by name. They are
	// offered as toolset unchecked.
	Extras map[string]dialect.Extra

	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// mark follows the company's name.
func (o Options) mark() string {
	if o.Marked {
		return " (sandbox)"
	}
	return ""
}

// Catalog is every tool there is, and which of them this server offers.
type Catalog struct {
	tools     []Tool
	options   Options
	endpoints map[fisklapi.Operation]fisklapi.Endpoint
	api       *fisklapi.Client
	gate      *confirmer
	previews  previews
}

// New returns the catalogue of tools that work on one company's books. It
// refuses a toolset that does not exist.
func New(api *fisklapi.Client, o Options) (*Catalog, error) {
	g := newGate(o)
	c := &Catalog{options: o, api: api, gate: g, endpoints: make(map[fisklapi.Operation]fisklapi.Endpoint)}
	for _, e := range api.Endpoints() {
		c.endpoints[e.Operation] = e
	}
	known, layouts := c.toolsets(), new(render.Layouts)
	for _, set := range known {
		for _, t := range set.tools {
			t.Toolset, t.company, t.notes, t.unsettled, t.charts, t.gate = set.name, c.company, c.notes, c.unsettled, o.Charts, g
			t.layouts, t.books = layouts, o.Name
			c.tools = append(c.tools, t)
		}
	}
	for _, want := range o.Toolsets {
		if !slices.ContainsFunc(known, func(s toolset) bool { return s.name == want }) {
			return nil, fmt.Errorf("there is no toolset %q; there are: %s", want, strings.Join(setNames(known), ", "))
		}
	}
	return c, nil
}

// toolset is a group of tools that can be offered or left out together.
type toolset struct {
	name  string
	tools []Tool
}

func (c *Catalog) toolsets() []toolset {
	all := []toolset{
		{"context", contextTools(c)},
		{"contacts", slices.Concat(clients(c.api), vendors(c.api))},
		{"invoicing", invoices(c)},
		{"quotes", quotes(c.api)},
		{"payments", payments(c.api)},
		{"catalog", slices.Concat(products(c.api), taxes(c.api))},
		{"reports", reports(c.api)},
		{"insights", insights(c.api)},
		{"exports", exports(c)},
		{"audit", audit(c)},
	}
	if len(c.options.Extras) > 0 {
		all = append(all, toolset{"unchecked", extras(c)})
	}
	return all
}

func setNames(sets []toolset) []string {
	var names []string
	for _, s := range sets {
		names = append(names, s.name)
	}
	return names
}

// All returns every tool, offered or not, in the order of the documentation.
func (c *Catalog) All() []Tool { return c.tools }

// Find returns the tool of that name.
func (c *Catalog) Find(name string) (Tool, bool) {
	for i := range c.tools { // a copy of each would take longer than to look
		if c.tools[i].Name == name {
			return c.tools[i], true
		}
	}
	return Tool{}, false
}

// Withheld says why a tool is not offered, whoever asks; empty when it is.
func (c *Catalog) Withheld(t Tool) string {
	switch {
	case c.options.ReadOnly && c.options.Reader && t.Effect != Read:
		return "this access token may only read"
	case c.options.ReadOnly && t.Effect != Read:
		return "this server was started read-only"
	case len(c.options.Toolsets) > 0 && !slices.Contains(c.options.Toolsets, t.Toolset):
		return fmt.Sprintf("toolset %s is not among those this server was started with", t.Toolset)
	default:
		return ""
	}
}

// Call carries a tool out, if it is offered.
func (c *Catalog) Call(ctx context.Context, t Tool, req Request) Answer {
	if reason := c.Withheld(t); reason != "" {
		return t.failure(&withheldError{t.Name, reason})
	}
	return t.Call(ctx, req)
}

// withheldError is a call to a tool that is not offered.
type withheldError struct{ tool, reason string }

func (e *withheldError) Error() string { return e.tool + " is not offered: " + e.reason }

// Missing returns the permissions that operations need and a credential lacks,
// sorted.
func (c *Catalog) Missing(needs []fisklapi.Operation, held []string) []string {
	missing := make(map[string]bool)
	for _, op := range needs {
		if p := c.endpoints[op].Permission; p != "" && !slices.Contains(held, p) {
			missing[p] = true
		}
	}
	return slices.Sorted(maps.Keys(missing))
}

// Structured is an answer as the structured part of a tool's, for those who
// say the same in other ways.
func (c *Catalog) Structured(ctx context.Context, out any) (json.RawMessage, error) {
	notes := append(c.notes(ctx, out), note{"amounts_note", c.unsettled(out)})
	return envelope{notes, c.Company(ctx), out}.MarshalJSON()
}

// Company names the company, of several by the name it was given here, too.
func (c *Catalog) Company(ctx context.Context) string {
	if c.options.Name == "" {
		return c.company(ctx)
	}
	return c.company(ctx) + " (" + c.options.Name + ")"
}

// company names the company for the head of an answer.
func (c *Catalog) company(ctx context.Context) string {
	company, err := c.api.Companies.Get(ctx)
	switch {
	case err == nil && company.Name != "":
		return company.Name + c.options.mark()
	case c.options.Unnamed != nil && (err == nil || fisklapi.OutOfReach(err)):
		return c.options.Unnamed(ctx)
	case errors.Is(err, fisklapi.Forbidden):
		return "(this credential may not read the company's name)"
	default:
		return "(the company's name could not be read)"
	}
}

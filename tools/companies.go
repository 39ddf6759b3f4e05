package tools

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// companyArgument says whose books a call works on, where there are several.
const companyArgument = "company"

// Named is one company's tools by the name that whoever set the server up gave
// the company.
type Named struct {
	Name string
	*Catalog
}

// Companies is the books of one or several companies behind one list of tools,
// as an accountant keeps them. With one company it adds nothing. With several
// every tool takes the company as its first argument, no call goes without it,
// and every answer says which it was.
type Companies struct {
	named  []Named
	inputs map[string]json.RawMessage // by tool; only where there are several companies
}

// NewCompanies puts companies behind one list of tools. It refuses none at all
// and, of several, names that are empty, mean all of them or differ in case only.
func NewCompanies(named ...Named) (*Companies, error) {
	p := &Companies{named: named}
	switch len(named) {
	case 0:
		return nil, errors.New("tools: there is no company")
	case 1:
		return p, nil
	}
	for i, n := range named {
		if n.Name == "" || strings.EqualFold(n.Name, allCompanies) || slices.ContainsFunc(named[:i], n.isCalled) {
			return nil, fmt.Errorf("tools: %q does not tell one company from another", n.Name)
		}
	}
	p.inputs = make(map[string]json.RawMessage)
	for _, t := range p.All() {
		names := p.names()
		if t.compares() {
			names = append(names, allCompanies)
		}
		input, err := takesCompany(t.golden.input, names)
		if err != nil {
			return nil, fmt.Errorf("tools: arguments of %s: %w", t.Name, err)
		}
		p.inputs[t.Name] = input
	}
	return p, nil
}

// isCalled reports a name that is the same but for its case.
func (n Named) isCalled(other Named) bool { return strings.EqualFold(n.Name, other.Name) }

// several reports that calls have to say which company they are for.
func (p *Companies) several() bool { return len(p.named) > 1 }

// names lists the companies, such as "acme, harbour".
func (p *Companies) names() []string {
	all := make([]string, 0, len(p.named))
	for _, n := range p.named {
		all = append(all, n.Name)
	}
	return all
}

// takesCompany puts the company, one of some names, before the other arguments
// of a schema.
func takesCompany(input json.RawMessage, names []string) (json.RawMessage, error) {
	schema := make(map[string]json.RawMessage)
	if err := json.Unmarshal(input, &schema); err != nil {
		return nil, err
	}
	company, err := json.Marshal(map[string]any{"type": "string", "enum": names, "description": "Which company"})
	if err != nil {
		return nil, err
	}
	// Members of a JSON object have no order by rights, but models read them
	// from first to last; so this is done to the text.
	others := strings.TrimPrefix(strings.TrimSpace(string(schema["properties"])), "{")
	if !strings.HasPrefix(others, "}") {
		company = append(company, ',')
	}
	schema["properties"] = json.RawMessage(`{"` + companyArgument + `":` + string(company) + others)
	var required []string
	if err := json.Unmarshal(schema["required"], &required); schema["required"] != nil && err != nil {
		return nil, err
	}
	if schema["required"], err = json.Marshal(append([]string{companyArgument}, required...)); err != nil {
		return nil, err
	}
	return json.Marshal(schema)
}

// All returns every tool, offered or not, in the order of the documentation.
func (p *Companies) All() []Tool { return p.named[0].All() }

// Find returns the tool of that name.
func (p *Companies) Find(name string) (Tool, bool) { return p.named[0].Find(name) }

// Withheld says why no company offers a tool, whoever asks; empty when one
// does.
func (p *Companies) Withheld(t Tool) string {
	reason := ""
	for _, n := range slices.Backward(p.named) {
		if reason = n.Withheld(t); reason == "" {
			return ""
		}
	}
	return reason
}

// Missing returns the permissions that operations need and a credential lacks,
// whichever company it belongs to, sorted.
func (p *Companies) Missing(needs []fisklapi.Operation, held []string) []string {
	return p.named[0].Missing(needs, held)
}

// Definition is a tool as clients are told of it.
func (p *Companies) Definition(t Tool) mcp.Tool {
	d := t.Definition()
	if p.several() {
		d.RawInputSchema = p.inputs[t.Name]
		if t.compares() {
			d.RawOutputSchema = json.RawMessage(`{"type":"object"}`) // of one company, or of all
		}
	}
	return d
}

// Call carries a tool out for the company that the arguments name, if that
// company offers it. A call that names none is refused, even where only one
// could be meant.
func (p *Companies) Call(ctx context.Context, t Tool, req Request) Answer {
	n := p.named[0]
	if p.several() {
		name, rest, err := p.asked(req.Args)
		if err == nil && t.compares() && strings.EqualFold(name, allCompanies) {
			return p.callAll(ctx, t, Request{Args: rest})
		}
		if err == nil {
			n, err = p.choose(name)
		}
		if err != nil {
			return t.failure(err)
		}
		req.Args = rest
		t = n.signed(t)
	} else if own, ok := n.Find(t.Name); ok {
		t = own // of a tool of somebody else's books only the name counts
	}
	a := n.Call(ctx, t, req)
	if p.several() && a.Err != nil {
		a.Text = n.Name + ": " + a.Text
	}
	return a
}

// signed is the company's own tool of that name, whose answers say which
// company they are of.
func (n Named) signed(t Tool) Tool {
	own, ok := n.Find(t.Name)
	if !ok {
		return t // all catalogues have the same tools
	}
	company := own.company
	own.company = func(ctx context.Context) string { return company(ctx) + " (" + n.Name + ")" }
	return own
}

// asked takes the company out of the arguments of a call; empty where none is
// named.
func (p *Companies) asked(args json.RawMessage) (name string, rest json.RawMessage, err error) {
	value, rest, err := bind.Take(args, companyArgument)
	if err != nil {
		return "", nil, err
	}
	name, isText := value.(string)
	if value != nil && !isText {
		return "", nil, p.which("company must be text")
	}
	return strings.TrimSpace(name), rest, nil
}

// choose finds a company by its name. It never guesses.
func (p *Companies) choose(name string) (Named, error) {
	if i := slices.IndexFunc(p.named, Named{Name: name}.isCalled); i >= 0 {
		return p.named[i], nil
	}
	problem := "company is missing"
	if name != "" {
		problem = fmt.Sprintf("there is no company %+q", schemas.Clean(name, maxCompanyName))
	}
	return Named{}, p.which(problem)
}

func (p *Companies) which(problem string) error {
	return &bind.Error{Problem: problem + "; say which: " + strings.Join(p.names(), ", ")}
}

// maxCompanyName is how much of a name that does not exist is repeated.
const maxCompanyName = 40

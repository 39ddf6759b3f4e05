package tools_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// practice is one of companies, each on a sandbox of its own.
func practice(t *testing.T, o tools.Options, names ...string) *tools.Companies {
	t.Helper()
	var all []tools.Named
	for _, name := range names {
		inside := inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Empty: true})}
		all = append(all, tools.Named{Name: name, Catalog: with(t, inside, sandbox.KeyOwner, o)})
	}
	p, err := tools.NewCompanies(all...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ask carries a tool out.
func ask(t *testing.T, p *tools.Companies, name, args string) tools.Answer {
	t.Helper()
	tool, ok := p.Find(name)
	if !ok {
		t.Fatalf("there is no tool %s", name)
	}
	return p.Call(t.Context(), tool, tools.Request{Args: json.RawMessage(args)})
}

// TestOneOfPractice finds that one company, named or not, is served as it is
// without others.
func TestOneOfPractice(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "acme"} {
		p := practice(t, tools.Options{}, name)
		alone := catalog(t, tools.Options{})
		if text := p.Instructions(tools.Beside{}); strings.Contains(text, "acme") || strings.Contains(text, "takes company") {
			t.Errorf("it says %s", text)
		}
		for _, tool := range alone.All() {
			got, err := json.Marshal(p.Definition(tool))
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal(tool.Definition())
			if err != nil || string(got) != string(want) {
				t.Errorf("%s is %s", tool.Name, got)
			}
		}
		a := ask(t, p, "list_taxes", `{}`)
		if a.Err != nil || strings.Contains(a.Text, "(acme)") {
			t.Errorf("got %+v", a)
		}
	}
}

// TestCompanyArgument finds that the company comes first in every tool's
// arguments and is required, and that all else is as it was.
func TestCompanyArgument(t *testing.T) {
	t.Parallel()
	p := practice(t, tools.Options{}, "harbour", "acme")
	if len(p.All()) == 0 {
		t.Fatal("there are no tools")
	}
	compare := []string{"review_books", "list_invoices", "get_invoice_totals", "get_receivables_aging", "get_payables_aging"}
	for _, tool := range p.All() {
		first := `{"company":{"description":"Which company","enum":["harbour","acme"],"type":"string"}`
		if slices.Contains(compare, tool.Name) {
			first = strings.Replace(first, `"acme"`, `"acme","all"`, 1)
		}
		var before, after map[string]json.RawMessage
		if err := json.Unmarshal(tool.Definition().RawInputSchema, &before); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(p.Definition(tool).RawInputSchema, &after); err != nil {
			t.Fatal(err)
		}
		var names map[string]any
		if err := json.Unmarshal(before["properties"], &names); err != nil {
			t.Fatal(err)
		}
		properties, ok := strings.CutPrefix(string(after["properties"]), first)
		if !ok || names["company"] != nil {
			t.Errorf("%s takes %s", tool.Name, after["properties"])
		}
		if was := string(before["properties"]); was != "{"+strings.TrimPrefix(properties, ",") {
			t.Errorf("%s took %s and takes %s", tool.Name, was, properties)
		}
		var was, is []string
		if err := json.Unmarshal(after["required"], &is); err != nil {
			t.Fatal(err)
		}
		if before["required"] != nil {
			if err := json.Unmarshal(before["required"], &was); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(is, append([]string{"company"}, was...)) {
			t.Errorf("%s required %v and requires %v", tool.Name, was, is)
		}
		for _, rest := range []string{"type", "additionalProperties"} {
			if string(before[rest]) != string(after[rest]) {
				t.Errorf("%s has %s %s", tool.Name, rest, after[rest])
			}
		}
		if p.Definition(tool).RawOutputSchema == nil && tool.Definition().RawOutputSchema != nil {
			t.Errorf("%s lost its output schema", tool.Name)
		}
	}
}

// TestCompanyHead finds the operator's name for the company behind Fiskl's in
// both forms of every answer.
func TestCompanyHead(t *testing.T) {
	t.Parallel()
	p := practice(t, tools.Options{}, "harbour", "acme")
	for name, args := range map[string]string{
		"get_context": `{"company":"Acme"}`, "list_taxes": `{"company":" acme "}`, "create_client": `{"company":"ACME","name":"Quayside Cycles"}`,
	} {
		a := ask(t, p, name, args)
		var structured struct {
			Company string `json:"company"`
		}
		if err := json.Unmarshal(a.Structured, &structured); err != nil || a.Err != nil {
			t.Fatal(a.Text)
		}
		heading, _, _ := strings.Cut(a.Text, "\n")
		if !strings.Contains(heading, structured.Company) || !strings.HasSuffix(structured.Company, " Ltd (acme)") {
			t.Errorf("%s: %q and %q", name, heading, structured.Company)
		}
	}
}

// TestPracticeInstructions finds that they name the companies and say which
// may not be changed.
func TestPracticeInstructions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		acme, harbour bool
		want          string
	}{
		"none read-only": {false, false, "Never carry figures or ids over.\n"},
		"one read-only":  {true, false, "Read-only (in acme).\n"},
		"all read-only":  {true, true, "This server is read-only: nothing can be changed."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := tools.NewCompanies(
				tools.Named{Name: "acme", Catalog: catalog(t, tools.Options{ReadOnly: c.acme})},
				tools.Named{Name: "harbour", Catalog: catalog(t, tools.Options{ReadOnly: c.harbour})})
			if err != nil {
				t.Fatal(err)
			}
			text := p.Instructions(tools.Beside{})
			if !strings.HasPrefix(text, "Books of several companies in Fiskl") || !strings.Contains(text, "Every tool takes company: acme, harbour.") || !strings.Contains(text, c.want) {
				t.Errorf("it says %s", text)
			}
			create, _ := p.Find("create_client")
			if withheld := p.Withheld(create) != ""; withheld != (c.acme && c.harbour) {
				t.Errorf("create_client is withheld: %t", withheld)
			}
		})
	}
}

// TestNoPractice finds that companies which cannot be told apart are refused.
func TestNoPractice(t *testing.T) {
	t.Parallel()
	c := catalog(t, tools.Options{})
	for _, named := range [][]tools.Named{
		nil,
		{{Name: "acme", Catalog: c}, {Name: "", Catalog: c}},
		{{Name: "", Catalog: c}, {Name: "acme", Catalog: c}},
		{{Name: "acme", Catalog: c}, {Name: "harbour", Catalog: c}, {Name: "Acme", Catalog: c}},
	} {
		if _, err := tools.NewCompanies(named...); err == nil {
			t.Errorf("%d companies were taken", len(named))
		}
	}
}

// TestForeignTool calls a tool of one company's catalogue on another's: whose
// books it works on is decided by the catalogue that is called.
func TestForeignTool(t *testing.T) {
	t.Parallel()
	ours, theirs := newBox(t, sandbox.KeyOwner), newBox(t, sandbox.KeyRevoked)
	foreign, ok := theirs.Find("list_taxes")
	if !ok {
		t.Fatal("there is no such tool")
	}
	p, err := tools.NewCompanies(tools.Named{Catalog: ours.Catalog})
	if err != nil {
		t.Fatal(err)
	}
	if a := p.Call(t.Context(), foreign, tools.Request{}); a.Err != nil {
		t.Errorf("ours was called with their key: %s", a.Text)
	}
}

package tools_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// office is two companies that can be read and one whose key was revoked.
func office(t *testing.T) *tools.Companies {
	t.Helper()
	var all []tools.Named
	for _, c := range []struct{ name, key string }{{"harbour", sandbox.KeyOwner}, {"acme", sandbox.KeyReadOnly}, {"lost", sandbox.KeyRevoked}} {
		inside := inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}
		all = append(all, tools.Named{Name: c.name, Catalog: with(t, inside, c.key, tools.Options{})})
	}
	p, err := tools.NewCompanies(all...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestAllCompanies asks all companies at once: a section each, no sum over them,
// and by name which could not be read.
func TestAllCompanies(t *testing.T) {
	t.Parallel()
	p := office(t)
	for _, call := range []struct{ tool, args, holds string }{
		{"review_books", `{"company":"all"}`, "TPW 20417"},
		{"get_receivables_aging", `{"company":"All"}`, "Acme Retail GmbH"},
		{"get_payables_aging", `{"company":"all"}`, "Tideway Print Works"},
		{"get_invoice_totals", `{"company":"all"}`, "outstanding"},
		{"list_invoices", `{"company":"all","status":"overdue"}`, "INV-0119"},
	} {
		a := ask(t, p, call.tool, call.args)
		if a.Err != nil {
			t.Fatalf("%s: %s", call.tool, a.Text)
		}
		for _, want := range []string{"3 companies, each company by itself; nothing is summed over companies; could not be read: lost\n", "\n== harbour\n", "\n== acme\n", "\n== lost\n"} {
			if !strings.Contains(a.Text, want) {
				t.Errorf("%s: %q is not in %s", call.tool, want, a.Text)
			}
		}
		if n := strings.Count(a.Text, call.holds); n < 2 || n%2 != 0 {
			t.Errorf("%s: %q is there %d times", call.tool, call.holds, n)
		}
		if len(a.Text) > tools.Budget+200 || len(a.Structured) > tools.Budget+500 {
			t.Errorf("%s: %d and %d characters, budget %d", call.tool, len(a.Text), len(a.Structured), tools.Budget)
		}
		var out struct {
			Companies []struct {
				Company string         `json:"company"`
				Error   string         `json:"error"`
				Answer  map[string]any `json:"answer"`
			} `json:"companies"`
			Unread []string `json:"unread"`
		}
		if err := json.Unmarshal(a.Structured, &out); err != nil {
			t.Fatal(err)
		}
		if len(out.Companies) != 3 || out.Companies[0].Answer == nil || out.Companies[2].Error == "" || len(out.Unread) != 1 {
			t.Errorf("%s: %s", call.tool, a.Structured)
		}
	}
}

// TestAllCompaniesOfOthers finds that nothing else is asked of all companies,
// and that none of them can be called so.
func TestAllCompaniesOfOthers(t *testing.T) {
	t.Parallel()
	p := office(t)
	for tool, args := range map[string]string{"create_client": `{"company":"all","name":"A"}`, "get_trial_balance": `{"company":"all"}`} {
		if a := ask(t, p, tool, args); a.Err == nil || !strings.Contains(a.Text, "say which: harbour, acme, lost") {
			t.Errorf("%s: %s", tool, a.Text)
		}
	}
	if _, err := tools.NewCompanies(called("all"), called("acme")); err == nil {
		t.Error("a company is called all")
	}
}

func called(name string) tools.Named { return tools.Named{Name: name} }

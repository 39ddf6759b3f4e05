package tools_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestEveryTool calls each tool and holds its answer to the tool's own schema,
// its text to its structured part, and what it asked to what it declares.
func TestEveryTool(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		t.Run(tool.Name, func(t *testing.T) {
			t.Parallel()
			b := newBox(t, sandbox.KeyOwner)
			a := call(t, b.Catalog, tool.Name, arguments(t, tool.Name))
			if a.Err != nil {
				t.Fatal(a.Text)
			}
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Structured))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled(t, tool.Definition().RawOutputSchema).Validate(value); err != nil {
				t.Errorf("%v in %s", err, a.Structured)
			}
			if bytes.Contains(a.Structured, []byte(":null")) {
				t.Errorf("null in %s", a.Structured)
			}
			whole, _ := value.(map[string]any)
			facts := missing
			if tool.Toolset == "reports" || tool.Toolset == "audit" {
				facts = missingWords
			}
			for _, fact := range facts(a.Text, whole) {
				t.Errorf("the text lacks %s:\n%s", fact, a.Text)
			}
			for _, op := range tool.Needs {
				byID := op == fisklapi.OpListClients && slices.Contains(b.road.asked(), fisklapi.OpGetClient) // a client is looked up in one of two ways
				if asked := b.road.asked(); !slices.Contains(asked, op) && !byID {
					t.Errorf("needs %s, but asked only for %v", op, asked)
				}
			}
		})
	}
}

// missing lists the facts of a structured answer that its text does not hold:
// a field in a line of its own or in the heading, a row's fields each in its
// cell. Only "complete" has words of its own.
func missing(text string, whole map[string]any) []string {
	lines := strings.Split(text, "\n")
	var lost []string
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		value := whole[name]
		rows, ok := value.([]any)
		if ok && len(rows) > 0 {
			if _, ok = rows[0].(map[string]any); ok {
				lost = append(lost, missingRows(lines, name, rows)...)
				continue
			}
		}
		if ok && len(rows) == 0 {
			continue
		}
		word := written(value)
		switch {
		case slices.Contains(lines, name+"\t"+word), name == "complete":
		case !strings.Contains(lines[0], word):
			lost = append(lost, name+" "+word)
		}
	}
	if whole["complete"] == false != strings.Contains(lines[0], "NOT complete") {
		lost = append(lost, "whether it is complete")
	}
	return lost
}

// missingWords lists the leaves of a report that its tables do not hold. A
// report lays its text out itself, so where each stands is not held against
// it; account ids and the days of columns are left to the structured part.
func missingWords(text string, whole map[string]any) []string {
	var lost []string
	var look func(name string, value any)
	look = func(name string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for member, inner := range v {
				look(member, inner)
			}
		case []any:
			for _, inner := range v {
				look(name, inner)
			}
		case string:
			if name != "account_id" && !strings.Contains(text, v) {
				lost = append(lost, name+" "+v)
			}
		case float64, json.Number:
			if !slices.Contains([]string{"account_id", "count"}, name) && !strings.Contains(text, fmt.Sprint(v)) {
				lost = append(lost, fmt.Sprint(name, " ", v))
			}
		}
	}
	for name, value := range whole {
		if name != "columns" {
			look(name, value)
		}
	}
	return lost
}

func missingRows(lines []string, name string, rows []any) []string {
	head := slices.Index(lines, name) + 1
	if name == "rows" {
		head = slices.IndexFunc(lines, func(l string) bool {
			return strings.HasPrefix(l, "id\t") || strings.HasPrefix(l, "name\t") || strings.HasPrefix(l, "client\tclient_id\t")
		})
	}
	if head < 1 || head+len(rows) >= len(lines) {
		return []string{"the table " + name}
	}
	var lost []string
	columns := strings.Split(lines[head], "\t")
	for i, row := range rows {
		cells := strings.Split(lines[head+1+i], "\t")
		fields, _ := row.(map[string]any)
		for field, value := range fields {
			c := slices.Index(columns, field)
			if c < 0 || c >= len(cells) || cells[c] != written(value) {
				lost = append(lost, fmt.Sprintf("%s[%d].%s %v", name, i, field, value))
			}
		}
	}
	return lost
}

// written is how a value stands in a text: what has several lines on one, in
// quotes.
func written(value any) string {
	switch v := value.(type) {
	case string:
		if strings.Contains(v, "\n") {
			return `"` + strings.ReplaceAll(v, "\n", " ⏎ ") + `"`
		}
		return v
	case []any:
		words := make([]string, len(v))
		for i := range v {
			words[i] = fmt.Sprint(v[i])
		}
		return strings.Join(words, ", ")
	case map[string]any:
		b, err := json.Marshal(v)
		if err != nil {
			return err.Error()
		}
		return string(b)
	default:
		return fmt.Sprint(v)
	}
}

// TestUnknownFields finds that fields which Fiskl may add reach the model in
// both forms, within the schema.
func TestUnknownFields(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"get_client", "get_vendor", "get_invoice", "get_quote", "get_payment", "get_product"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBox(t, sandbox.KeyOwner)
			b.inside.Inject(sandbox.Fault{Kind: sandbox.UnknownFields, Times: -1})
			a := call(t, b.Catalog, name, arguments(t, name))
			var whole map[string]any
			if err := errors.Join(a.Err, json.Unmarshal(a.Structured, &whole)); err != nil {
				t.Fatal(err)
			}
			other, _ := whole["other_fields"].(map[string]any)
			if other["sandboxNote"] == nil || !strings.Contains(a.Text, "not in the contract") {
				t.Errorf("the note is lost in %s\n%s", a.Structured, a.Text)
			}
		})
	}
}

// TestNeeds takes away, in turn, every permission that a call made use of: the
// tools that say they need it explain what is lacking, and all others do their
// work without. Taxes are looked up only where lines name them.
func TestNeeds(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		t.Run(tool.Name, func(t *testing.T) {
			t.Parallel()
			args := regexp.MustCompile(`,"taxes":[^]]*]`).ReplaceAllString(arguments(t, tool.Name), "")
			whole := newBox(t, sandbox.KeyOwner)
			call(t, whole.Catalog, tool.Name, args)
			for _, permission := range whole.road.permissions() {
				b := newBox(t, sandbox.KeyOwner)
				b.deny(permission)
				a := call(t, b.Catalog, tool.Name, args)
				held := slices.DeleteFunc(whole.road.permissions(), func(p string) bool { return p == permission })
				if len(b.Missing(tool.Needs, held)) == 0 {
					// One tool exports lists of many kinds, and needs for each what its list does.
					if a.Err != nil && tool.Name != "export_list" {
						t.Errorf("without %s, which it does not say that it needs: %s", permission, a.Text)
					}
					continue
				}
				if a.Err == nil || !strings.Contains(a.Text, "permission "+permission+" ") || a.Structured != nil {
					t.Errorf("without %s: %s", permission, a.Text)
				}
			}
		})
	}
}

// TestHidden finds what get_context says of tools that a key cannot use.
func TestHidden(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		key  string
		want []string
	}{
		"read-only": {sandbox.KeyReadOnly, []string{
			"create_client", "update_client", "create_vendor", "update_vendor", "preview_invoice", "create_invoice", "update_invoice",
			"send_invoice", "mark_invoice_paid", "record_payment", "create_product", "update_product",
		}},
		"invoice-only": {sandbox.KeyInvoiceOnly, []string{
			"list_vendors", "get_vendor", "create_vendor", "update_vendor", "create_product", "update_product",
			"get_profit_and_loss", "get_balance_sheet", "get_trial_balance", "get_cash_flow", "get_financial_ratios",
			"get_receivables_aging", "get_payables_aging", "get_general_ledger", "get_transaction_detail",
			"get_statement_of_account", "get_tax_report", "list_accounts", "compare_periods", "trace_figure", "export_report",
			"get_record_history", "list_changes",
		}},
		"owner": {sandbox.KeyOwner, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := call(t, newBox(t, c.key).Catalog, "get_context", `{}`)
			var got struct {
				Hidden []struct {
					Reason string   `json:"reason"`
					Tools  []string `json:"tools"`
				} `json:"hidden_tools"`
			}
			if err := errors.Join(a.Err, json.Unmarshal(a.Structured, &got)); err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, h := range got.Hidden {
				names = append(names, h.Tools...)
				if !strings.Contains(h.Reason, "lacks ") || !strings.Contains(a.Text, h.Reason+"\t"+strings.Join(h.Tools, ", ")) {
					t.Errorf("%s are hidden because %q", h.Tools, h.Reason)
				}
			}
			slices.Sort(names)
			slices.Sort(c.want)
			if !slices.Equal(names, c.want) {
				t.Errorf("hidden are %v, want %v", names, c.want)
			}
		})
	}
}

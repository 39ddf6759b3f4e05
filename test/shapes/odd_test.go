package shapes_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// The days of a ranking stay: no answer says which days it is of, so that
// nobody could tell.
func pagedOtherwise() []shape {
	without := func(names ...string) map[string]dialect.Operation {
		return operations(func(_ fisklapi.Operation, _ *dialect.Form, o *dialect.Operation) {
			o.Parameters = make(map[string]string)
			for _, name := range names {
				o.Parameters[name] = "-"
			}
		})
	}
	return []shape{
		{name: "pages: of 20 at most", dialect: dialect.Dialect{Pages: dialect.Pages{Largest: 20}}},
		{name: "pages: of 7 at most", dialect: dialect.Dialect{Pages: dialect.Pages{Largest: 7}}},
		{name: "pages: from 1", dialect: dialect.Dialect{Pages: dialect.Pages{First: 1}}},
		{name: "pages: from 1, and 0 is taken for it", dialect: dialect.Dialect{Pages: dialect.Pages{First: 1}}, twists: []twist{firstPage()}},
		{name: "pages: other parameters", dialect: dialect.Dialect{Pages: dialect.Pages{Page: "pageNumber", Size: "pageSize"}}},
		{name: "pages: always the first", dialect: dialect.Dialect{Operations: without("page")}},
		{name: "pages: overlapping", twists: []twist{overlapping()}},
		{name: "pages: size ignored", dialect: dialect.Dialect{Operations: without("size")}},
		{name: "filters: status ignored", dialect: dialect.Dialect{Operations: without("status")}},
		{name: "filters: dates ignored", dialect: dialect.Dialect{Operations: operations(func(op fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			if form.Kind == dialect.List && op != fisklapi.OpGetTopClients {
				o.Parameters = map[string]string{"start": "-", "end": "-"}
			}
		})}},
		{name: "filters: all ignored", dialect: dialect.Dialect{Operations: without("name", "search", "status", "clientId", "invoiceId", "includeArchived")}},
		{name: "filters: sort ignored", dialect: dialect.Dialect{Operations: without("sort")}},
		{name: "filters: other names", dialect: dialect.Dialect{Operations: operations(func(op fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			if form.Kind == dialect.List && op != fisklapi.OpGetTopClients {
				o.Parameters = map[string]string{"start": "from", "end": "to", "clientId": "customer", "status": "state", "name": "q", "search": "query"}
			}
		})}},
		{name: "filters: reports for other days", dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			if form.Kind == dialect.Record {
				o.Parameters = map[string]string{"compare": "-", "detail": "-", "basis": "-", "accountIds": "-"}
			}
		})}},
	}
}

// firstPage takes page 0 for page 1.
func firstPage() twist {
	return twist{before: func(_ http.ResponseWriter, r *http.Request) bool {
		if q := r.URL.Query(); q.Get("page") == "0" {
			q.Set("page", "1")
			r.URL.RawQuery = q.Encode()
		}
		return false
	}}
}

// overlapping repeats the last row of a page as the first of the next one, in
// place of another.
func overlapping() twist {
	var last dialect.Node
	return paged(func(r *http.Request, n *dialect.Node) {
		if len(n.Items) == 0 {
			return
		}
		end := n.Items[len(n.Items)-1]
		if page := r.URL.Query().Get("page"); page != "" && page != "0" && last.Type == dialect.Object {
			n.Items[0] = last
		}
		last = end
	})
}

// lacking are shapes without some member.
func lacking() []shape {
	of := func(names ...string) shape {
		return shape{name: "without " + strings.Join(names, " and "), dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			form.Walk(func(path string, f dialect.Field) {
				if slices.Contains(names, f.Name) {
					o.Missing = append(o.Missing, path)
				}
			})
		})}}
	}
	empty := func(name string) shape {
		return shape{name: name + " is null", twists: []twist{values(func(_ string, n *dialect.Node) {
			if v := n.Get(name); v != nil {
				*v = dialect.Node{Type: dialect.Null}
			}
		})}}
	}
	return []shape{
		of("outstanding", "paid"), of("paid"), of("total"), of("currency"), of("status"), of("dueDate"), of("totals"), of("rows"), of("lines"),
		of("sections"), of("documents"), of("amounts"), of("buckets"), of("opening"), of("clientName"), of("invoiceNumber"), of("basis"), of("name"),
		of("columns"), of("debit"), of("remainingBase"), of("invoices"),
		empty("amount"), empty("total"), empty("rows"), empty("outstanding"), empty("currency"),
		{name: "members with null", twists: []twist{values(func(_ string, n *dialect.Node) {
			if n.Type == dialect.Object {
				n.Members = append(n.Members, dialect.Member{Name: "customFields", Value: dialect.Node{Type: dialect.Null}}, dialect.Member{Name: "tags", Value: dialect.Node{Type: dialect.Array}})
			}
		})}},
	}
}

// rearranged are shapes whose answers are built otherwise.
func rearranged() []shape {
	reports := func(name string, change func(n *dialect.Node)) shape {
		return shape{name: "built: " + name, twists: []twist{always("/v1/reports/", change)}}
	}
	return []shape{
		reports("sections as one list of rows", flattened), reports("rows within rows", nested), reports("reports in a list", func(n *dialect.Node) {
			*n = dialect.Node{Type: dialect.Array, Items: []dialect.Node{*n}}
		}),
		reports("debits and credits for amounts", halves), reports("sections by name", byName),
		reports("the other basis", func(n *dialect.Node) {
			if v := n.Get("basis"); v != nil {
				*v = dialect.Text("Cash")
			}
		}),
		{name: "built: ids as texts", twists: []twist{values(func(name string, n *dialect.Node) {
			if n.Type == dialect.Number && (name == "id" || strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Ids")) {
				*n = dialect.Text(n.String())
			}
		})}},
		{name: "built: currencies as objects", twists: []twist{values(func(name string, n *dialect.Node) {
			if name == "currency" && n.Type == dialect.String {
				*n = object("id", number("1"), "code", *n, "symbol", dialect.Text("$"))
			}
		})}},
		{name: "built: numbers as texts", twists: []twist{values(func(name string, n *dialect.Node) {
			if n.Type == dialect.Number && (name == "quantity" || name == "rate" || strings.HasSuffix(name, "Count")) {
				*n = dialect.Text(n.String())
			}
		})}},
	}
}

// flattened has the rows of all sections in one list.
func flattened(n *dialect.Node) {
	sections := n.Get("sections")
	if sections == nil || n.Get("clientId") != nil {
		return
	}
	rows := dialect.Node{Type: dialect.Array}
	for i := range sections.Items {
		s := &sections.Items[i]
		if inner := s.Get("rows"); inner != nil && s.Get("name") != nil {
			for _, row := range inner.Items {
				row.Members = append(slices.Clone(row.Members), dialect.Member{Name: "section", Value: *s.Get("name")})
				rows.Items = append(rows.Items, row)
			}
		}
	}
	n.Members = slices.DeleteFunc(n.Members, func(m dialect.Member) bool { return m.Name == "sections" })
	n.Members = append(n.Members, dialect.Member{Name: "rows", Value: rows})
}

// nested puts the rows of a section below one row that is their sum.
func nested(n *dialect.Node) {
	sections := n.Get("sections")
	if sections == nil || n.Get("clientId") != nil {
		return
	}
	for i := range sections.Items {
		s := &sections.Items[i]
		rows, total := s.Get("rows"), s.Get("total")
		if rows != nil && total != nil && len(rows.Items) > 0 {
			*rows = dialect.Node{Type: dialect.Array, Items: []dialect.Node{object("name", dialect.Text("All"), "amount", *total, "rows", *rows)}}
		}
	}
}

// halves has a debit or a credit in the lines of ledgers.
func halves(n *dialect.Node) {
	lines := n.Get("lines")
	if lines == nil {
		return
	}
	for i := range lines.Items {
		for j := range lines.Items[i].Members {
			m := &lines.Items[i].Members[j]
			if m.Name != "amount" || m.Value.Type != dialect.Number {
				continue
			}
			m.Name = "debit"
			if rest, negative := strings.CutPrefix(string(m.Value.Raw), "-"); negative {
				m.Name, m.Value = "credit", number(rest)
			}
		}
	}
}

// byName has sections as members of an object.
func byName(n *dialect.Node) {
	sections := n.Get("sections")
	if sections == nil || n.Get("clientId") != nil {
		return
	}
	out := dialect.Node{Type: dialect.Object}
	for _, s := range sections.Items {
		if name := s.Get("name"); name != nil && out.Get(name.String()) == nil {
			out.Members = append(out.Members, dialect.Member{Name: name.String(), Value: s})
		}
	}
	*sections = out
}

// broken are shapes in which something is not to be had, or is an error.
func broken() []shape {
	raw := func(name, body string) shape {
		return shape{name: "broken: " + name, twists: []twist{{body: func(*http.Request, []byte) []byte { return []byte(body) }}}}
	}
	half := func(name string, change func(b []byte) []byte) shape {
		return shape{name: "broken: " + name, twists: []twist{{body: func(_ *http.Request, b []byte) []byte { return change(b) }}}}
	}
	missing := func(path string, status int) shape {
		return shape{name: fmt.Sprintf("broken: %s is %d", path, status), twists: []twist{answers(path, status, "application/json", `{"message":"`+http.StatusText(status)+`"}`)}}
	}
	return []shape{
		raw("an error in a 200", `{"error":"Session expired","code":401}`),
		raw("errors beside null", `{"errors":[{"message":"boom"}],"data":null}`),
		raw("success is false", `{"success":false,"message":"Not today"}`),
		raw("a status of error", `{"status":"error","message":"Not today"}`),
		raw("null", `null`), raw("an empty object", `{}`), raw("a text", `"ok"`), raw("a page for people", "<html><body>Sign in</body></html>"),
		half("no body", func([]byte) []byte { return nil }),
		half("half a body", func(b []byte) []byte { return b[:len(b)/2] }),
		half("a byte order mark", func(b []byte) []byte { return append([]byte("\xef\xbb\xbf"), b...) }),
		missing("/v1/company", http.StatusNotFound), missing("/v1/company", http.StatusForbidden), missing("/v1/taxes", http.StatusNotFound),
		missing("/v1/accounts", http.StatusNotFound), missing("/v1/date-periods", http.StatusNotFound), missing("/v1/me", http.StatusNotFound),
		missing("/v1/insights", http.StatusNotFound), missing("/v1/reports", http.StatusNotFound),
		{name: "broken: reports are empty lists", twists: []twist{answers("/v1/reports", http.StatusOK, "application/json", "[]")}},
	}
}

// mixed are shapes that differ in several ways at once, by chance.
func mixed() []shape {
	var all []shape
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		pick := func(words ...string) string { return words[r.IntN(len(words))] }
		d := dialect.Dialect{
			Members: renamed(r, 0.4),
			Amounts: dialect.Money(pick("", string(dialect.DecimalText), string(dialect.DecimalNumber), string(dialect.MinorText))),
			Dates:   dialect.Days(pick("", string(dialect.TimedDays), string(dialect.DottedDMY), "midnight +01:00", string(dialect.EpochMillis))),
			Pages:   dialect.Pages{First: r.IntN(2), Largest: r.IntN(2) * 25},
		}
		wrapper := pick("", "data", "result.items", "content")
		d.Operations = operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			if form.Kind == dialect.List {
				o.Answer = wrapper
			}
		})
		all = append(all, shape{name: "mixed: " + strconv.FormatUint(seed, 10), dialect: d})
	}
	return all
}

// synonymous are shapes whose members have other words, or words that say
// nothing, by chance.
func synonymous() []shape {
	var all []shape
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 3))
		members := renamed(r, 0.25+0.1*float64(seed%4))
		if seed >= 6 {
			members = meaningless(r, 6)
		}
		all = append(all, shape{name: fmt.Sprintf("names: by chance, %d", seed), dialect: dialect.Dialect{Members: members}})
	}
	return all
}

package shapes_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// shapes are all shapes, in a fixed order.
var shapes = sync.OnceValue(func() []shape {
	return slices.Concat(
		[]shape{{name: "as documented"}},
		renamedOne(), wrapped(), worded(), dated(), priced(), pagedOtherwise(), lacking(), rearranged(), broken(), mixed(),
	)
})

func renamedOne() []shape {
	of := func(name string, members map[string]string) shape {
		return shape{name: "names: " + name, dialect: dialect.Dialect{Members: members}}
	}
	one := func(ours, theirs string) shape { return of(ours+" is "+theirs, map[string]string{ours: theirs}) }
	list := []shape{
		of("snake_case", all(snake)), of("PascalCase", all(pascal)), of("kebab-case", all(kebab)),
		of("upper case", all(strings.ToUpper)),
		one("id", "_id"), one("outstanding", "balance"), one("outstanding", "xq7"), one("paid", "settledAmount"), one("total", "gross"),
		one("rows", "accounts"), one("sections", "xq7"), one("lines", "movements"), one("items", "positions"), one("totals", "summary"),
		one("amount", "value"), one("opening", "start"), one("currency", "iso"), one("clientName", "customer"), one("documents", "bills"),
		one("amounts", "perBand"), one("remainingBase", "stillOpen"), one("closing", "saldo"),
	}
	list = append(list, synonymous()...)
	return append(list, shape{name: "names: client within", dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
		o.Members = within(form, map[string]string{"clientId": "customer.id", "clientName": "customer.name", "clientEmail": "customer.email"})
	})}}, shape{name: "names: attributes", dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
		o.Members = map[string]string{}
		if form.Kind == dialect.List && form.Elem.Field("id") != nil {
			for _, f := range form.Elem.Fields {
				if f.Name != "id" {
					o.Members[f.Name] = "attributes." + f.Name
				}
			}
		}
	})}})
}

// within puts the members of these names elsewhere, wherever they stand.
func within(form *dialect.Form, names map[string]string) map[string]string {
	all := make(map[string]string)
	form.Walk(func(path string, f dialect.Field) {
		if theirs, ok := names[f.Name]; ok {
			all[path] = theirs
		}
	})
	return all
}

func wrapped() []shape {
	lists := func(name, path string) shape {
		return shape{name: "wrapped: " + name, dialect: dialect.Dialect{Operations: operations(func(op fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			if form.Kind == dialect.List {
				noun := strings.ToLower(strings.TrimPrefix(string(op), "list"))
				o.Answer = strings.ReplaceAll(path, "%", noun)
			}
		})}}
	}
	every := func(name, path string) shape {
		return shape{name: "wrapped: " + name, dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, _ *dialect.Form, o *dialect.Operation) {
			o.Answer = path
		})}}
	}
	spring := paged(func(r *http.Request, n *dialect.Node) {
		size := r.URL.Query().Get("size")
		rows := len(n.Items)
		asked, _ := strconv.Atoi(size)
		*n = object("content", *n, "last", boolean(rows < asked), "size", number(size), "numberOfElements", number(strconv.Itoa(rows)), "empty", boolean(rows == 0))
	})
	hal := paged(func(r *http.Request, n *dialect.Node) {
		page := object("size", number(r.URL.Query().Get("size")), "number", number("0"))
		if len(n.Items) == 0 {
			*n = object("_links", object(), "page", page)
			return
		}
		*n = object("_embedded", object("resources", *n), "page", page)
	})
	edges := shape{name: "wrapped: edges", dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
		if form.Kind == dialect.List {
			o.Answer, o.Members = "edges", map[string]string{"*": "node"}
		}
	})}}
	single := shape{name: "wrapped: a list of one", dialect: dialect.Dialect{Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
		o.Single = form.Kind == dialect.Record
	})}}
	return []shape{
		lists("data", "data"), lists("by name", "%"), lists("data by name", "data.%"), lists("result rows", "result.rows"), lists("odd", "zz"),
		every("everything in data", "data"), every("everything twice", "response.body"), edges, single,
		{name: "wrapped: spring", twists: []twist{spring}},
		{name: "wrapped: hal, no list on the last page", twists: []twist{hal}},
		{name: "wrapped: with errors beside", twists: []twist{always("/v1/", func(n *dialect.Node) {
			*n = object("data", *n, "errors", dialect.Node{Type: dialect.Array}, "warnings", dialect.Node{Type: dialect.Array})
		})}},
	}
}

func boolean(v bool) dialect.Node {
	return dialect.Node{Type: dialect.Bool, Raw: strconv.AppendBool(nil, v)}
}

func worded() []shape {
	of := func(name string, word func(i int, ours string) string) shape {
		words := make(map[string]map[string]string)
		for _, f := range forms() {
			f.Walk(func(_ string, field dialect.Field) {
				v := field.Form.Vocabulary
				if v == "" {
					return
				}
				words[v] = make(map[string]string)
				for i, ours := range field.Form.Meanings {
					words[v][ours] = word(i, ours)
				}
			})
		}
		return shape{name: "words: " + name, dialect: dialect.Dialect{Words: words}}
	}
	invoices := func(name string, words map[string]string) shape {
		return shape{name: "words: " + name, dialect: dialect.Dialect{Words: map[string]map[string]string{"invoice": words}}}
	}
	strict := of("upper case, and no other in filters", func(_ int, ours string) string { return strings.ToUpper(ours) })
	strict.twists = []twist{{before: func(w http.ResponseWriter, r *http.Request) bool {
		status := r.URL.Query().Get("status")
		if status == strings.ToUpper(status) {
			return false
		}
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"message":"Failed to convert value to type InvoiceStatus"}`))
		return true
	}}}
	return []shape{
		of("upper case", func(_ int, ours string) string { return strings.ToUpper(ours) }),
		of("lower case", func(_ int, ours string) string { return strings.ToLower(ours) }),
		of("numbers", func(i int, _ string) string { return strconv.Itoa(i) }),
		of("letters", func(i int, _ string) string { return string(rune('A' + i)) }),
		strict,
		invoices("longer", map[string]string{"Draft": "Open", "Partial": "Partially Paid", "Paid": "Fully Paid", "Overdue": "Past due"}),
		invoices("unheard of", map[string]string{"Draft": "WIP", "Sent": "AUTHORISED", "Partial": "PART", "Paid": "CLOSED", "Overdue": "DUNNING"}),
		invoices("German", map[string]string{"Draft": "Entwurf", "Sent": "Versendet", "Partial": "Teilbezahlt", "Paid": "Bezahlt", "Overdue": "Überfällig"}),
	}
}

func dated() []shape {
	var all []shape
	for _, days := range []dialect.Days{
		dialect.TimedDays, dialect.UTCDays, dialect.SlashedDMY, dialect.SlashedMDY, dialect.DashedDMY, dialect.DottedDMY, dialect.SlashedYMD,
		dialect.CompactDays, dialect.ListedDays, dialect.EpochMillis, dialect.EpochSecs, "midnight +01:00", "midnight -05:00",
	} {
		all = append(all, shape{name: "dates: " + string(days), dialect: dialect.Dialect{Dates: days}})
	}
	return all
}

func priced() []shape {
	var all []shape
	for _, money := range []dialect.Money{dialect.MinorText, dialect.DecimalNumber, dialect.DecimalText} {
		all = append(all, shape{name: "amounts: " + string(money), dialect: dialect.Dialect{Amounts: money}})
	}
	formatted := func(name string, write func(whole, fraction string) string) shape {
		return shape{name: "amounts: " + name, dialect: dialect.Dialect{Amounts: dialect.DecimalText}, twists: []twist{values(func(name string, n *dialect.Node) {
			whole, fraction, ok := strings.Cut(n.String(), ".")
			if n.Type == dialect.String && name != "before" && name != "after" && ok && len(fraction) == 2 && strings.Trim(whole, "-0123456789") == "" {
				*n = dialect.Text(write(whole, fraction))
			}
		})}}
	}
	object := func(name, member string, money dialect.Money) shape {
		return shape{name: "amounts: " + name, dialect: dialect.Dialect{Amounts: money, Operations: operations(func(_ fisklapi.Operation, form *dialect.Form, o *dialect.Operation) {
			o.Members = amountsWithin(form, member)
		})}}
	}
	return append(all,
		formatted("pounds", func(whole, fraction string) string { return "£" + grouped(whole, ",") + "." + fraction }),
		formatted("euros", func(whole, fraction string) string { return grouped(whole, ".") + "," + fraction + " €" }),
		formatted("no zeros", func(whole, fraction string) string { return whole + strings.TrimRight("."+fraction, ".0") }),
		object("objects", "amount", ""), object("objects of decimals", "value", dialect.DecimalText), object("objects, odd", "xq7", ""),
	)
}

// grouped puts a separator between thousands.
func grouped(digits, separator string) string {
	sign := strings.TrimSuffix(digits, strings.TrimLeft(digits, "-"))
	digits = strings.TrimPrefix(digits, "-")
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}

// amountsWithin has every amount in an object of its own.
func amountsWithin(form *dialect.Form, member string) map[string]string {
	all := make(map[string]string)
	totals := make(map[string]bool)
	form.Walk(func(path string, f dialect.Field) {
		at := strings.TrimSuffix(path, "."+f.Name)
		switch {
		case f.Form.Kind == dialect.Amounts, f.Form.Kind == dialect.List && f.Form.Elem.Kind == dialect.Amount:
			all[path+".*"] = member
			totals[path] = true
		case f.Form.Kind == dialect.Amount && !totals[at]:
			all[path] = f.Name + "." + member
		}
	})
	return maps.Clone(all)
}

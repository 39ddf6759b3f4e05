package adopt

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// otherNames are names that other APIs have for our parameters, as words.
func otherNames(ours string) []string {
	return map[string][]string{
		"start":           {"from", "start date", "date from", "from date", "since", "date start", "period start", "begin", "start on", "issued after", "date after"},
		"end":             {"to", "end date", "date to", "to date", "until", "date end", "period end", "till", "end on", "issued before", "date before"},
		"clientId":        {"customer id", "contact id", "customer", "client", "contact"},
		"vendorId":        {"supplier id", "contact id", "supplier", "vendor"},
		"invoiceId":       {"invoice", "document id"},
		"page":            {"page number", "page no", "page index", "p", "page num"},
		"size":            {"limit", "per page", "page size", "count", "rows", "max result", "top"},
		"limit":           {"size", "count", "per page", "page size", "top"},
		"sort":            {"order", "order by", "sort by", "ordering"},
		"name":            {"q", "query", "search", "customer name", "client name", "supplier name", "vendor name", "filter name"},
		"search":          {"q", "query", "name", "term", "keyword"},
		"status":          {"state", "invoice status", "filter status"},
		"includeArchived": {"archived", "with archived", "show archived", "include inactive"},
		"basis":           {"accounting method", "accounting basis", "method", "report basis"},
		"compare":         {"comparison", "compare period", "period count", "comparative"},
		"accountIds":      {"account id", "account"},
		"agencyId":        {"tax agency id", "authority id", "agency"},
		"type":            {"record type", "entity type", "resource type", "entity", "object type"},
		"by":              {"metric", "rank by", "measure", "criteria"},
	}[ours]
}

// parameters finds our query parameters.
func (a *adoption) parameters(p pairing) {
	taken := make(map[string]bool)
	names := make(map[string]string) // of what was found, ours to theirs
	for _, ours := range p.ours.Query {
		if slices.ContainsFunc(p.theirs.Query, func(t contract.Parameter) bool { return t.Name == ours.Name }) {
			taken[ours.Name], names[ours.Name] = true, ours.Name
		}
	}
	for _, ours := range p.ours.Query {
		if names[ours.Name] != "" {
			continue
		}
		theirs, why := likeliest(ours.Name, p.theirs.Query, taken)
		if theirs == "" {
			a.lacks(p, ours)
			continue
		}
		taken[theirs], names[ours.Name] = true, theirs
		grade := Guessed
		if why == spelt || isPage(ours.Name) {
			grade = Certain
		}
		a.parameter(p.op(), ours.Name, theirs)
		a.note(Finding{Grade: grade, Operation: p.op(), Part: "parameter " + ours.Name, Theirs: theirs, Why: why})
	}
	a.insists(p, taken)
	a.page(p, names)
}

// insists notes parameters that the API has to have and that we do not send.
func (a *adoption) insists(p pairing, taken map[string]bool) {
	for _, t := range p.theirs.Query {
		if t.Required && !taken[t.Name] {
			a.note(Finding{Grade: Missing, Required: true, Operation: p.op(), Part: "parameter", Theirs: t.Name, Why: "the API asks for it, and this program does not send it"})
		}
	}
}

const (
	spelt   = "the same name, spelt otherwise"
	another = "a name known for it"
)

func isPage(name string) bool { return name == "page" || name == "size" }

// likeliest is the one of their parameters that is known for ours.
func likeliest(ours string, theirs []contract.Parameter, taken map[string]bool) (name, why string) {
	for _, t := range theirs {
		if !taken[t.Name] && slices.Equal(dialect.WordsOf(t.Name), dialect.WordsOf(ours)) {
			return t.Name, spelt
		}
	}
	for _, other := range otherNames(ours) {
		for _, t := range theirs {
			if !taken[t.Name] && slices.Equal(dialect.WordsOf(t.Name), dialect.WordsOf(other)) {
				return t.Name, another
			}
		}
	}
	return "", ""
}

func (a *adoption) parameter(op fisklapi.Operation, ours, theirs string) {
	a.change(op, func(o *dialect.Operation) {
		if o.Parameters == nil {
			o.Parameters = make(map[string]string)
		}
		o.Parameters[ours] = theirs
	})
}

// lacks notes a parameter that the API does not have, so that it is not sent.
func (a *adoption) lacks(p pairing, ours contract.Parameter) {
	a.parameter(p.op(), ours.Name, "-")
	f := Finding{Grade: Missing, Required: ours.Required, Operation: p.op(), Part: "parameter " + ours.Name, Theirs: "-", Why: "the document does not name one like it"}
	if isPage(ours.Name) {
		cursor := slices.IndexFunc(p.theirs.Query, func(t contract.Parameter) bool {
			words := dialect.WordsOf(t.Name)
			return slices.ContainsFunc(words, func(w string) bool { return slices.Contains([]string{"cursor", "offset", "skip", "token", "after"}, w) })
		})
		if cursor >= 0 {
			f.Required, f.Why = true, fmt.Sprintf("the list is paged by %s, which this version cannot", p.theirs.Query[cursor].Name)
		}
	}
	a.note(f)
}

// pagesSeen is how one list is paged.
type pagesSeen struct {
	op         fisklapi.Operation
	page, size string
	first      *int
	largest    int
}

func (a *adoption) page(p pairing, names map[string]string) {
	if names["page"] == "" {
		return
	}
	s := pagesSeen{op: p.op(), page: names["page"], size: names["size"]}
	for _, t := range p.theirs.Query {
		if t.Value == nil {
			continue
		}
		if t.Name == s.page {
			s.first = firstPage(t)
		}
		if t.Name == s.size && t.Value.Most != nil {
			s.largest = int(*t.Value.Most)
		}
	}
	a.pages = append(a.pages, s)
}

// firstPage is the number of the first page, where the document tells.
func firstPage(t contract.Parameter) *int {
	for _, n := range []*float64{t.Value.Least, t.Value.Default} {
		if n != nil && (*n == 0 || *n == 1) {
			first := int(*n)
			return &first
		}
	}
	if says(&contract.Value{Description: t.Description}, "zero-based", "starts at 0", "starting at 0", "0-based") {
		return new(int)
	}
	return nil
}

// settlePages decides on the names and the first page of all lists. A list that
// is paged otherwise keeps its own names.
func (a *adoption) settlePages() {
	if len(a.pages) == 0 {
		return
	}
	c := countPages(a.pages)
	told := len(c.first) > 0
	p := &a.dialect.Pages
	*p = c.decide()
	a.shorten(p.Page, p.Size)
	if *p != (dialect.Pages{}) || !told {
		a.note(Finding{
			Grade: graded(told), Part: "pages", Theirs: fmt.Sprintf("%s from %d, %s", cmp.Or(p.Page, "page"), p.First, cmp.Or(p.Size, "size")),
			Why: fmt.Sprintf("of %d lists %d say what their first page is", len(a.pages), c.first[0]+c.first[1]),
		})
	}
	if c.first[0] > 0 && c.first[1] > 0 {
		a.note(Finding{Grade: Missing, Required: true, Part: "pages", Theirs: "0, 1", Why: "some lists begin at page 0 and others at page 1"})
	}
}

// pageCount counts how lists are paged.
type pageCount struct {
	page, size map[string]int
	first      map[int]int
	largest    int // the smallest that any list allows; 0 where none says
}

func countPages(all []pagesSeen) pageCount {
	c := pageCount{page: make(map[string]int), size: make(map[string]int), first: make(map[int]int)}
	for _, s := range all {
		c.page[s.page]++
		c.size[cmp.Or(s.size, "size")]++
		if s.first != nil {
			c.first[*s.first]++
		}
		if s.largest > 0 && (c.largest == 0 || s.largest < c.largest) {
			c.largest = s.largest
		}
	}
	return c
}

// decide takes what most lists have. What is as we have it is left out.
func (c pageCount) decide() dialect.Pages {
	var p dialect.Pages
	if name := most(c.page, "page"); name != "page" {
		p.Page = name
	}
	if name := most(c.size, "size"); name != "size" {
		p.Size = name
	}
	if c.first[1] > c.first[0] {
		p.First = 1
	}
	if c.largest <= maxRows {
		p.Largest = c.largest
	}
	return p
}

// maxRows is the largest page that a dialect can name.
const maxRows = 10000

// shorten leaves out of the operations what holds for all lists.
func (a *adoption) shorten(page, size string) {
	for _, s := range a.pages {
		a.change(s.op, func(o *dialect.Operation) {
			for ours, theirs := range map[string]string{"page": page, "size": size} {
				if theirs != "" && o.Parameters[ours] == theirs {
					delete(o.Parameters, ours)
				}
			}
		})
	}
}

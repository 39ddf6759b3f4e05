// Package adopt makes a dialect of an API's published description: it finds our
// operations, fields, parameters and words in it, under whatever names they
// have there, and says of each how sure that is.
package adopt

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Grade is how sure a finding is.
type Grade int

// The grades.
const (
	Certain Grade = iota
	Guessed
	Missing
)

// Finding is one thing that the document has otherwise than we, or has not.
type Finding struct {
	Grade     Grade
	Operation fisklapi.Operation // empty for what holds for all
	Part      string             // "path", "answer items.price", "parameter start"
	Theirs    string             // what the document has for it; empty when missing
	Why       string
	Required  bool // of what is missing: the operation cannot be used without
}

// Outcome is a dialect and what was found for it.
type Outcome struct {
	Dialect  *dialect.Dialect
	Findings []Finding
	Same     int // operations that need nothing said of them
	Others   int // operations that read, that we do not have and that found no place
}

// Sound reports that nothing that is required is missing.
func (o Outcome) Sound() bool {
	return !slices.ContainsFunc(o.Findings, func(f Finding) bool { return f.Grade == Missing && f.Required })
}

// Documents are the two descriptions that are held against each other.
type Documents struct {
	Ours, Theirs []contract.Operation
	For, Source  string // for the dialect, see [dialect.Dialect]
}

// Adopt makes the dialect.
func Adopt(d Documents) Outcome {
	a := &adoption{
		dialect: &dialect.Dialect{Version: dialect.Version, For: d.For, Source: d.Source, Operations: make(map[string]dialect.Operation)},
		words:   make(map[string]map[string][]string),
		sends:   sends(d.Ours),
	}
	paired := a.pair(d.Ours, d.Theirs)
	for _, p := range paired {
		a.operation(p)
	}
	a.settleMoney()
	a.settleDays()
	a.settlePages()
	a.settleWords()
	a.check()
	others := a.extras(d.Theirs, paired)
	same := 0
	for _, p := range paired {
		if _, said := a.dialect.Operations[p.ours.ID]; !said {
			same++
		}
	}
	order := make(map[fisklapi.Operation]int)
	for i, o := range d.Ours {
		order[fisklapi.Operation(o.ID)] = i + 1
	}
	slices.SortStableFunc(a.findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Grade, y.Grade), cmp.Compare(order[x.Operation], order[y.Operation]))
	})
	return Outcome{Dialect: a.dialect, Findings: a.findings, Same: same, Others: others}
}

// adoption is a dialect in the making.
type adoption struct {
	dialect  *dialect.Dialect
	findings []Finding
	money    []moneySeen
	days     []daysSeen
	pages    []pagesSeen
	words    map[string]map[string][]string  // of a vocabulary: ours to theirs
	sends    map[fisklapi.Operation][]string // names of what we send
}

// sends are the outermost names of the bodies of our operations.
func sends(ours []contract.Operation) map[fisklapi.Operation][]string {
	all := make(map[fisklapi.Operation][]string)
	for _, o := range ours {
		if o.Body != nil {
			for _, f := range o.Body.Fields {
				all[fisklapi.Operation(o.ID)] = append(all[fisklapi.Operation(o.ID)], f.Name)
			}
		}
	}
	return all
}

// pairing is an operation of ours with the one that the document has for it.
type pairing struct {
	ours, theirs contract.Operation
}

func (p pairing) op() fisklapi.Operation { return fisklapi.Operation(p.ours.ID) }

func (a *adoption) note(f Finding) {
	f.Theirs, f.Why = schemas.Clean(f.Theirs, 120), schemas.Clean(f.Why, 200)
	a.findings = append(a.findings, f)
}

// change alters what the dialect says of an operation.
func (a *adoption) change(op fisklapi.Operation, how func(*dialect.Operation)) {
	o := a.dialect.Operations[string(op)]
	how(&o)
	a.dialect.Operations[string(op)] = o
}

// operation finds the parts of one operation.
func (a *adoption) operation(p pairing) {
	a.access(p)
	a.answer(p)
	a.body(p)
	a.parameters(p)
}

// access notes what a credential needs for an operation, where the document
// leaves no choice.
func (a *adoption) access(p pairing) {
	if s := p.theirs.Permission; s != "" && s != p.ours.Permission {
		a.change(p.op(), func(o *dialect.Operation) { o.Permission = s })
		a.note(Finding{Grade: Certain, Operation: p.op(), Part: "permission", Theirs: s, Why: "the document names it"})
	}
	if len(p.theirs.Scopes) == 1 && !slices.Equal(p.theirs.Scopes, p.ours.Scopes) {
		s := p.theirs.Scopes[0]
		a.change(p.op(), func(o *dialect.Operation) { o.Scope = s })
		a.note(Finding{Grade: Certain, Operation: p.op(), Part: "scope", Theirs: s, Why: "the document names it"})
	}
}

// check leaves out what says nothing, and takes back what would make the dialect
// one that cannot be read.
func (a *adoption) check() {
	for name, o := range a.dialect.Operations {
		if len(o.Parameters) == 0 {
			o.Parameters = nil
			a.dialect.Operations[name] = o
		}
		if reflect.DeepEqual(o, dialect.Operation{}) {
			delete(a.dialect.Operations, name)
			continue
		}
		alone := dialect.Dialect{Version: dialect.Version, Operations: map[string]dialect.Operation{name: o}}
		if err := alone.Validate(); err != nil {
			a.dialect.Operations[name] = dialect.Operation{Method: o.Method, Path: o.Path}
			a.note(Finding{Grade: Missing, Required: true, Operation: fisklapi.Operation(name), Part: "names", Why: "what was found cannot be written down: " + err.Error()})
		}
	}
}

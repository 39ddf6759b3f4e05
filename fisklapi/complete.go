package fisklapi

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// plan looks through what an answer was decoded into, for what its form says
// must be there. It is how an answer in the canonical form is told at little
// cost: only what is not goes through package dialect.
type plan struct{ fields []planned }

// planned is one field of a struct.
type planned struct {
	index    []int
	kind     dialect.Kind
	need     dialect.Need
	unless   func(reflect.Value) bool // says that it may be absent
	meanings []string
	names    []string // of amounts that must be there
	below    *plan    // of a record, or of the rows of a list
}

// plans are made when they are first needed.
type plans struct {
	mu   sync.Mutex
	made map[planKey]*plan
}

type planKey struct {
	t    reflect.Type
	form *dialect.Form
}

func (p *plans) of(t reflect.Type, form *dialect.Form) *plan {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := planKey{t, form}
	made, ok := p.made[key]
	if !ok {
		if p.made == nil {
			p.made = make(map[planKey]*plan)
		}
		made = newPlan(t, form)
		p.made[key] = made
	}
	return made
}

func newPlan(t reflect.Type, form *dialect.Form) *plan {
	p := &plan{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		field := form.Field(name)
		if field == nil {
			continue
		}
		one := planned{index: f.Index, kind: field.Form.Kind, need: field.Need, meanings: field.Form.Meanings, unless: unless(t, field.Unless)}
		if field.Form.Vocabulary == "invoice" {
			one.meanings = append(slices.Clone(one.meanings), openDraft)
		}
		switch {
		case one.kind == dialect.Amounts:
			for _, n := range field.Form.Fields {
				one.names = append(one.names, n.Name)
			}
		case one.kind == dialect.List && field.Form.Elem.Kind == dialect.Record:
			one.below = newPlan(f.Type.Elem(), field.Form.Elem)
		case one.kind == dialect.Record:
			one.below = newPlan(f.Type, field.Form)
		}
		p.fields = append(p.fields, one)
	}
	return p
}

// unless reports that the amount at a path is zero.
func unless(t reflect.Type, path string) func(reflect.Value) bool {
	name, inner, _ := strings.Cut(path, ".")
	for _, f := range reflect.VisibleFields(t) {
		if have, _, _ := strings.Cut(f.Tag.Get("json"), ","); have != name || name == "" {
			continue
		}
		return func(v reflect.Value) bool { return zero(v.FieldByIndex(f.Index).Interface(), inner) }
	}
	return func(reflect.Value) bool { return false }
}

// zero reports an amount, or the total of that name, that is there and zero.
func zero(v any, name string) bool {
	switch amount := v.(type) {
	case *int64:
		return amount != nil && *amount == 0
	case *int:
		return amount != nil && *amount == 0
	case wireTotals:
		return slices.ContainsFunc(amount, func(t wireNamed) bool { return string(t.Name) == name && units(t.Amount) == 0 })
	default:
		return false
	}
}

// tally counts what a look through an answer met.
type tally struct {
	lists   int  // lists that were there
	amounts bool // an amount that is not zero
}

// count notes an amount.
func (t *tally) count(amount int64) { t.amounts = t.amounts || amount != 0 }

// holds reports that everything is there and in the words that are known.
func (p *plan) holds(v reflect.Value, row bool, t *tally) bool {
	for i := range p.fields {
		f := &p.fields[i]
		if !f.holds(v.FieldByIndex(f.index), v, row, t) {
			return false
		}
	}
	return true
}

func (f *planned) holds(v, record reflect.Value, row bool, t *tally) bool {
	if v.IsZero() {
		return f.absent(record, row)
	}
	switch f.kind {
	case dialect.Word:
		return f.knows(v.String())
	case dialect.Amount:
		t.count(v.Elem().Int())
	case dialect.Amounts:
		totals, ok := reflect.TypeAssert[wireTotals](v)
		return ok && totals.have(f.names, t)
	case dialect.List, dialect.Words:
		t.lists++
		return f.below.rows(v, t)
	case dialect.Record:
		return f.below.holds(v, false, t)
	default:
	}
	return true
}

// knows reports a text that means what it says, or is one of the few words that
// it can be.
func (f *planned) knows(word string) bool {
	return f.meanings == nil || slices.Contains(f.meanings, word)
}

// absent reports that a field may be so: in a row, if another row has it.
func (f *planned) absent(record reflect.Value, row bool) bool {
	switch f.need {
	case dialect.Required:
		return f.unless(record)
	case dialect.Soft, dialect.Somewhere:
		return row
	default:
		return true
	}
}

// rows looks through the rows of a list.
func (p *plan) rows(list reflect.Value, t *tally) bool {
	if p == nil {
		return true // of texts or amounts
	}
	for i := range list.Len() {
		if !p.holds(list.Index(i), true, t) {
			return false
		}
	}
	for i := range p.fields {
		if need := p.fields[i].need; (need == dialect.Somewhere || need == dialect.Soft) && list.Len() > 0 && p.nowhere(&p.fields[i], list) {
			return false
		}
	}
	return true
}

// nowhere reports a field that no row has.
func (p *plan) nowhere(f *planned, list reflect.Value) bool {
	for i := range list.Len() {
		if !list.Index(i).FieldByIndex(f.index).IsZero() {
			return false
		}
	}
	return true
}

// have reports that there are amounts of these names.
func (t wireTotals) have(names []string, seen *tally) bool {
	for _, one := range t {
		seen.amounts = seen.amounts || units(one.Amount) != 0
	}
	return !slices.ContainsFunc(names, func(name string) bool {
		return !slices.ContainsFunc(t, func(one wireNamed) bool { return string(one.Name) == name && one.Amount != nil })
	})
}

// complete reports that an answer is all that its form asks for, in the
// canonical form, and that nothing in it speaks for another: an error beside
// the content, or a list that is not known.
func (c *Client) complete(a answer, form *dialect.Form, decoded any) bool {
	v, t := reflect.ValueOf(decoded).Elem(), tally{}
	list := v.Kind() == reflect.Slice
	switch {
	case list && form.Kind == dialect.List:
		if v.IsNil() || !c.plans.of(v.Type().Elem(), form.Elem).rows(v, &t) {
			return false
		}
	case list || form.Kind != dialect.Record:
		return false
	case !c.plans.of(v.Type(), form).holds(v, false, &t),
		bytes.Contains(a.body, []byte(`"error`)),
		bytes.Count(a.body, []byte("[")) != t.lists:
		return false
	}
	return !t.amounts || c.wrote(dialect.MinorUnits, "")
}

package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// words puts what differs in one operation into sentences.
type words struct {
	at   Difference
	said []Difference
	part string                       // the part of the operation that is compared
	seen map[[2]*openapi3.Schema]bool // the forms that were, in this part
}

// What sentences call the parts of an operation.
const (
	bodyPart   = "body"
	answerPart = "answer"
)

func (w *words) say(format string, args ...any) {
	w.said = append(w.said, w.at.saying(format, args...))
}

func (w *words) operation(here *openapi3.PathItem, ours *openapi3.Operation, there *openapi3.PathItem, theirs *openapi3.Operation) {
	w.parameters(parametersOf(here, ours), parametersOf(there, theirs))
	w.bodies(taken(ours), taken(theirs))
	mine, published := body(ours), body(theirs)
	switch {
	case mine != nil && published == nil:
		w.say("answer: no JSON is described there")
	case mine == nil && published != nil:
		w.say("answer: JSON is described there, and not here")
	case mine != nil:
		w.form(answerPart, mine.Value, published.Value)
	}
}

// parametersOf are those of an operation and of all at its path. Those in the
// path itself count by their places and not by their names.
func parametersOf(item *openapi3.PathItem, o *openapi3.Operation) map[string]*openapi3.Parameter {
	all := make(map[string]*openapi3.Parameter)
	for _, p := range slices.Concat(item.Parameters, o.Parameters) {
		if p != nil && p.Value != nil && p.Value.In != openapi3.ParameterInPath {
			all[p.Value.Name+" in "+p.Value.In] = p.Value
		}
	}
	return all
}

func (w *words) parameters(ours, theirs map[string]*openapi3.Parameter) {
	for _, name := range slices.Sorted(maps.Keys(theirs)) {
		switch p := theirs[name]; {
		case ours[name] == nil && p.Required:
			w.say("parameter %s: required there, not here", name)
		case ours[name] == nil:
			w.say("parameter %s: there, not here", name)
		case ours[name].Required != p.Required:
			w.say("parameter %s: %s there, %s here", name, must(p.Required), must(ours[name].Required))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(ours)) {
		if theirs[name] == nil {
			w.say("parameter %s: here, not there", name)
			continue
		}
		w.form("parameter "+name, valueOf(ours[name].Schema), valueOf(theirs[name].Schema))
	}
}

func must(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

// taken is the form of the body that an operation takes; nil when it takes
// none.
func taken(o *openapi3.Operation) *openapi3.Schema {
	if o.RequestBody == nil || o.RequestBody.Value == nil || o.RequestBody.Value.Content[plainKind] == nil {
		return nil
	}
	return valueOf(o.RequestBody.Value.Content[plainKind].Schema)
}

func (w *words) bodies(ours, theirs *openapi3.Schema) {
	switch {
	case ours == nil && theirs != nil:
		w.say("it takes a body there, none here")
	case ours != nil && theirs == nil:
		w.say("it takes no body there, one here")
	case ours != nil:
		w.form(bodyPart, ours, theirs)
	}
}

func valueOf(s *openapi3.SchemaRef) *openapi3.Schema {
	if s == nil {
		return nil
	}
	return s.Value
}

// form compares all of a part.
func (w *words) form(part string, ours, theirs *openapi3.Schema) {
	w.part, w.seen = part, make(map[[2]*openapi3.Schema]bool)
	w.compare("", ours, theirs)
}

// compare says what differs in the form of a value and of what it holds. at is
// its place within the part.
func (w *words) compare(at string, ours, theirs *openapi3.Schema) {
	pair := [2]*openapi3.Schema{ours, theirs}
	if ours == nil || theirs == nil || w.seen[pair] {
		return // nothing is said of it on one side, or it was compared before
	}
	w.seen[pair] = true
	here, there := shapeOf(ours), shapeOf(theirs)
	if here.kind() != there.kind() {
		w.say("%s: %s there, %s here", w.place(at), there.kind(), here.kind())
		return
	}
	if here.format != there.format && (dated(here.format) || dated(there.format)) {
		w.say("%s: format %s there, %s here", w.place(at), none(there.format), none(here.format))
	}
	w.listed(at, here, there)
	w.fields(at, here, there)
	w.compare(at+"[]", here.item, there.item)
	w.compare(at+".*", here.each, there.each)
}

// place is a value's within the operation.
func (w *words) place(at string) string { return strings.TrimSpace(w.part + " " + at) }

// dated reports the format of a date, of which the client reads two.
func dated(format string) bool { return format == "date" || format == "date-time" }

func none(format string) string {
	if format == "" {
		return "none"
	}
	return format
}

// listed compares the words that a text can be.
func (w *words) listed(at string, here, there shape) {
	switch added, gone := without(there.words, here.words), without(here.words, there.words); {
	case len(here.words) == 0 && len(added) > 0:
		w.say("%s: only the words %s there, any here", w.place(at), strings.Join(added, ", "))
	case len(there.words) == 0 && len(gone) > 0:
		w.say("%s: any words there, only %s here", w.place(at), strings.Join(gone, ", "))
	default:
		w.list(at, "there, not here: the words %s", added)
		w.list(at, "here, not there: the words %s", gone)
	}
}

// fields compares what an object holds. Of an answer it does not count that a
// field need not come: it may come all the same.
func (w *words) fields(at string, here, there shape) {
	ours, theirs := slices.Sorted(maps.Keys(here.fields)), slices.Sorted(maps.Keys(there.fields))
	added, insists := without(theirs, ours), []string(nil)
	if w.part != answerPart {
		insists = both(added, there.required)
	}
	w.list(at, "required there, not here: %s", insists)
	w.list(at, "there, not here: %s", without(added, insists))
	w.list(at, "here, not there: %s", without(ours, theirs))
	common := both(ours, theirs)
	if w.part != answerPart {
		w.list(at, "required there, optional here: %s", without(both(common, there.required), here.required))
		w.list(at, "optional there, required here: %s", without(both(common, here.required), there.required))
	}
	for _, name := range common {
		w.compare(join(at, name), here.fields[name], there.fields[name])
	}
}

func (w *words) list(at, format string, all []string) {
	if len(all) > 0 {
		w.say("%s: %s", w.place(at), fmt.Sprintf(format, strings.Join(all, ", ")))
	}
}

func without(all, others []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(others, s) })
}

func both(all, others []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !slices.Contains(others, s) })
}

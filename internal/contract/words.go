package contract

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/oasdiff/oasdiff/diff"
)

// words puts what differs in one operation into sentences.
type words struct {
	at   Difference
	said []Difference
}

// answerPart is what sentences call what comes back.
const answerPart = "answer"

func (w *words) say(format string, args ...any) {
	w.said = append(w.said, w.at.saying(format, args...))
}

func (w *words) operation(d *diff.MethodDiff) {
	if d.ParametersDiff != nil {
		w.parameters(d)
	}
	if b := d.RequestBodyDiff; b != nil {
		switch {
		case b.Added:
			w.say("it takes a body there, none here")
		case b.Deleted:
			w.say("it takes no body there, one here")
		}
		w.content("body", b.ContentDiff)
	}
	if d.ResponsesDiff == nil {
		return
	}
	for _, status := range slices.Sorted(maps.Keys(d.ResponsesDiff.Modified)) {
		if status < "3" { // refusals are read whatever they hold
			w.content(answerPart, d.ResponsesDiff.Modified[status].ContentDiff)
		}
	}
}

func (w *words) parameters(d *diff.MethodDiff) {
	p := d.ParametersDiff
	for _, in := range slices.Sorted(maps.Keys(p.Added)) {
		for _, name := range p.Added[in] {
			w.say("parameter %s in %s: %s, not here", name, in, there(d.Revision.Parameters, in, name))
		}
	}
	for _, in := range slices.Sorted(maps.Keys(p.Deleted)) {
		for _, name := range p.Deleted[in] {
			w.say("parameter %s in %s: here, not there", name, in)
		}
	}
	for _, in := range slices.Sorted(maps.Keys(p.Modified)) {
		for _, name := range slices.Sorted(maps.Keys(p.Modified[in])) {
			one := p.Modified[in][name]
			if r := one.RequiredDiff; r != nil {
				w.say("parameter %s in %s: %s there, %s here", name, in, must(r.To == true), must(r.From == true))
			}
			w.schema(fmt.Sprintf("parameter %s in %s", name, in), "", one.SchemaDiff)
		}
	}
}

// there says that a parameter has to be given, where it has to.
func there(all openapi3.Parameters, in, name string) string {
	if p := all.GetByInAndName(in, name); p != nil && p.Required {
		return "required there"
	}
	return "there"
}

func must(required bool) string {
	if required {
		return "required"
	}
	return "optional"
}

func (w *words) content(part string, d *diff.ContentDiff) {
	if d == nil {
		return
	}
	if len(d.MediaTypeAdded)+len(d.MediaTypeDeleted) > 0 {
		w.say("%s: %s there, %s here", part, list(d.MediaTypeAdded), list(d.MediaTypeDeleted))
	}
	for _, kind := range slices.Sorted(maps.Keys(d.MediaTypeModified)) {
		w.schema(part, "", d.MediaTypeModified[kind].SchemaDiff)
	}
}

func list(all []string) string {
	if len(all) == 0 {
		return "nothing"
	}
	return strings.Join(all, ", ")
}

// schema says what differs in the form of a value and of what it holds. at is
// its place within the part.
func (w *words) schema(part, at string, d *diff.SchemaDiff) {
	if d == nil {
		return
	}
	place := strings.TrimSpace(part + " " + at)
	if w.form(place, d) {
		return
	}
	if p := d.PropertiesDiff; p != nil {
		w.fields(part, at, p, d.Revision)
		for _, name := range slices.Sorted(maps.Keys(p.Modified)) {
			w.schema(part, join(at, name), p.Modified[name])
		}
	}
	if part != answerPart { // what an answer need not have may come all the same
		w.required(part, at, d)
	}
	w.schema(part, at+"[]", d.ItemsDiff)
	w.schema(part, at+".*", d.AdditionalPropertiesDiff)
}

// fields says which fields only one side has.
func (w *words) fields(part, at string, p *diff.SchemasDiff, theirs *openapi3.Schema) {
	place := strings.TrimSpace(part + " " + at)
	required, optional := []string{}, []string{}
	for _, name := range p.Added {
		if part != answerPart && theirs != nil && slices.Contains(theirs.Required, name) {
			required = append(required, name)
		} else {
			optional = append(optional, name)
		}
	}
	if len(required) > 0 {
		w.say("%s: required there, not here: %s", place, strings.Join(required, ", "))
	}
	if len(optional) > 0 {
		w.say("%s: there, not here: %s", place, strings.Join(optional, ", "))
	}
	if len(p.Deleted) > 0 {
		w.say("%s: here, not there: %s", place, strings.Join(p.Deleted, ", "))
	}
}

// form says what differs in a value itself. It reports a value of another
// kind, within which there is nothing to compare.
func (w *words) form(place string, d *diff.SchemaDiff) (other bool) {
	switch {
	case d.SchemaAdded:
		w.say("%s: described there, not here", place)
	case d.SchemaDeleted:
		w.say("%s: described here, not there", place)
	case otherKind(d):
		w.say("%s: %s there, %s here", place, kindOf(d.Revision), kindOf(d.Base))
		return true
	case otherDate(d.FormatDiff):
		w.say("%s: format %s there, %s here", place, orNone(d.FormatDiff.To), orNone(d.FormatDiff.From))
	}
	w.enum(place, d.EnumDiff)
	if d.OneOfDiff != nil || d.AnyOfDiff != nil || d.AllOfDiff != nil {
		w.say("%s: put together of other parts there", place)
	}
	return false
}

func otherKind(d *diff.SchemaDiff) bool {
	return d.TypeDiff != nil && !d.TypeDiff.Empty() && kindOf(d.Base) != kindOf(d.Revision)
}

// otherDate reports a change of format that the client has to know of: it reads
// two kinds of date.
func otherDate(d *diff.ValueDiff) bool {
	dated := func(format any) bool { return format == "date" || format == "date-time" }
	return d != nil && (dated(d.From) || dated(d.To))
}

func (w *words) enum(place string, e *diff.EnumDiff) {
	switch {
	case e == nil:
	case e.EnumAdded:
		w.say("%s: only the words %s there, any here", place, values(e.Added))
	case e.EnumDeleted:
		w.say("%s: any words there, only %s here", place, values(e.Deleted))
	default:
		if len(e.Added) > 0 {
			w.say("%s: the words %s there, not here", place, values(e.Added))
		}
		if len(e.Deleted) > 0 {
			w.say("%s: the words %s here, not there", place, values(e.Deleted))
		}
	}
}

// required says of fields on both sides that one of them insists on them.
func (w *words) required(part, at string, d *diff.SchemaDiff) {
	if d.RequiredDiff == nil || d.Base == nil || d.Revision == nil {
		return
	}
	for _, name := range d.RequiredDiff.Added {
		if d.Base.Properties[name] != nil && d.Revision.Properties[name] != nil {
			w.say("%s: required there, optional here", strings.TrimSpace(part+" "+join(at, name)))
		}
	}
	for _, name := range d.RequiredDiff.Deleted {
		if d.Base.Properties[name] != nil && d.Revision.Properties[name] != nil {
			w.say("%s: optional there, required here", strings.TrimSpace(part+" "+join(at, name)))
		}
	}
}

func orNone(v any) string {
	if s, is := v.(string); is && s != "" {
		return s
	}
	return "none"
}

func values(all diff.EnumValues) string {
	var words []string
	for _, v := range all {
		words = append(words, fmt.Sprint(v))
	}
	return strings.Join(words, ", ")
}

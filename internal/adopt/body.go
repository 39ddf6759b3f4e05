package adopt

import (
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// body finds the fields of what an operation is sent.
func (a *adoption) body(p pairing) {
	ours, theirs := p.ours.Body, p.theirs.Body
	switch {
	case ours == nil && theirs == nil:
		return
	case ours == nil:
		a.unsent(p.op(), theirs, nil)
		return
	case theirs == nil:
		a.note(Finding{Grade: Missing, Required: true, Operation: p.op(), Part: "body", Why: "the document has it take none"})
		return
	}
	form := bodyForm("", ours)
	if f := fisklapi.FormOf(p.op()); f != nil {
		form.Noun = f.Noun
	}
	in, err := infer(form, theirs)
	if err != nil {
		a.note(Finding{Grade: Missing, Required: true, Operation: p.op(), Part: "body", Why: err.Error()})
		return
	}
	a.tellFields(p.op(), "body", in)
	payload := at(theirs, in.Answer)
	walker{in.Members, func(path string, f dialect.Field, v *contract.Value) { a.value(p.op(), "body "+path, f, v) }}.form(form, "", payload)
	a.unsent(p.op(), payload, in.Members)
	a.untaken(p.op(), form, payload, in.Members)
	if wrapper := strings.Join(in.Answer, "."); wrapper != "" {
		wrap(form, in.Members, wrapper)
		a.note(Finding{Grade: Certain, Operation: p.op(), Part: "body", Theirs: wrapper, Why: "it goes into a wrapper"})
	}
	if len(in.Members) > 0 {
		a.change(p.op(), func(o *dialect.Operation) { o.Body = in.Members })
	}
}

// wrap puts the outermost fields of a body into a wrapper.
func wrap(form *dialect.Form, members map[string]string, wrapper string) {
	for _, f := range form.Fields {
		where, mapped := members[f.Name]
		if !mapped {
			where = f.Name
		}
		members[f.Name] = wrapper + "." + where
	}
}

// unsent tells of members that the body has to have and that we never send.
func (a *adoption) unsent(op fisklapi.Operation, v *contract.Value, members map[string]string) {
	if v == nil {
		return
	}
	sent := make(map[string]bool)
	for path, where := range members {
		if !strings.Contains(path, ".") {
			first, _, _ := strings.Cut(where, ".")
			sent[first] = true
		}
	}
	names := a.sends[op]
	for _, f := range v.Fields {
		_, renamed := members[f.Name]
		if f.Required && !sent[f.Name] && (renamed || !slices.Contains(names, f.Name)) {
			a.note(Finding{Grade: Missing, Required: true, Operation: op, Part: "body", Theirs: f.Name, Why: "the API asks for it, and this program does not send it"})
		}
	}
}

// untaken tells of fields that we may send and that the API does not name.
func (a *adoption) untaken(op fisklapi.Operation, form *dialect.Form, v *contract.Value, members map[string]string) {
	if v == nil {
		return
	}
	for _, f := range form.Fields {
		if _, mapped := members[f.Name]; !mapped && f.Need != dialect.Required && v.Get(f.Name) == nil {
			a.note(Finding{Grade: Missing, Operation: op, Part: "body " + f.Name, Why: "the document does not name it; it is sent under our name where somebody gives it"})
		}
	}
}

// bodyForm is the form of a body of ours.
func bodyForm(name string, v *contract.Value) *dialect.Form {
	if v == nil {
		return &dialect.Form{Kind: dialect.Any}
	}
	f := &dialect.Form{Kind: bodyKind(name, v)}
	switch f.Kind {
	case dialect.List:
		f.Elem = bodyForm(name, v.Item)
	case dialect.Record:
		for _, m := range v.Fields {
			field := dialect.Field{Name: m.Name, Form: bodyForm(m.Name, m.Value)}
			if m.Required {
				field.Need = dialect.Required
			}
			f.Fields = append(f.Fields, field)
		}
	default: // it holds nothing
	}
	return f
}

func bodyKind(name string, v *contract.Value) dialect.Kind {
	switch v.Kind {
	case "object":
		return dialect.Record
	case "array":
		if v.Item != nil && v.Item.Kind != "object" {
			return dialect.Words
		}
		return dialect.List
	case "boolean":
		return dialect.Flag
	case "integer", "number":
		switch {
		case says(v, "minor unit"):
			return dialect.Amount
		case isID(name):
			return dialect.ID
		}
		return dialect.Decimal
	}
	if v.Format == "date" {
		return dialect.Day
	}
	return dialect.Word
}

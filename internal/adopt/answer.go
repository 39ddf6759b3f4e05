package adopt

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// answer finds the fields of what an operation answers.
func (a *adoption) answer(p pairing) {
	form := fisklapi.FormOf(p.op())
	if form == nil {
		return
	}
	if p.theirs.Answer == nil {
		a.note(Finding{Grade: Missing, Required: p.ours.Answer != nil, Operation: p.op(), Part: "answer", Why: "the document does not describe it"})
		return
	}
	in, err := infer(form, p.theirs.Answer)
	if err != nil {
		a.note(Finding{Grade: Missing, Required: true, Operation: p.op(), Part: "answer", Why: err.Error()})
		return
	}
	a.tellFields(p.op(), "answer", in)
	if where := strings.Join(in.Answer, "."); where != "" || in.Single {
		a.change(p.op(), func(o *dialect.Operation) { o.Answer, o.Single = where, in.Single })
		why := "it comes in a wrapper"
		if in.Single {
			why = "one record comes as a list of one"
		}
		a.note(Finding{Grade: Certain, Operation: p.op(), Part: "answer", Theirs: where, Why: why})
	}
	if len(in.Members) > 0 {
		a.change(p.op(), func(o *dialect.Operation) { o.Members = in.Members })
	}
	payload := at(p.theirs.Answer, in.Answer)
	if in.Single && payload != nil {
		payload = payload.Item
	}
	walker{in.Members, func(path string, f dialect.Field, v *contract.Value) { a.value(p.op(), "answer "+path, f, v) }}.form(form, "", payload)
}

// infer looks for a form in a described value, and guesses what is left.
func infer(form *dialect.Form, v *contract.Value) (dialect.Inferred, error) {
	node := sample("", v)
	in, err := dialect.Infer(form, &node, dialect.Known{Days: dialect.ISODays})
	if err != nil {
		return in, err
	}
	return dialect.Guess(form, &node, in), nil
}

// tellFields notes where the fields of an answer or a body are.
func (a *adoption) tellFields(op fisklapi.Operation, part string, in dialect.Inferred) {
	told := make(map[string]bool)
	for _, f := range in.Fields {
		told[f.Path] = true
		one := Finding{Grade: Certain, Operation: op, Part: part + " " + f.Path, Theirs: f.Where, Why: step(f.By)}
		if f.By < dialect.Certain {
			one.Grade = Guessed
		}
		a.note(one)
	}
	for _, path := range slices.Sorted(maps.Keys(in.Members)) {
		if strings.HasSuffix(path, "*") && !told[path] {
			a.note(Finding{Grade: Certain, Operation: op, Part: part + " " + path, Theirs: in.Members[path], Why: "the value is within each element"})
		}
	}
	for _, m := range in.Missing {
		path, there, _ := strings.Cut(m, " (")
		a.note(Finding{Grade: Missing, Required: true, Operation: op, Part: part + " " + path, Why: strings.TrimSuffix(there, ")")})
	}
}

// step is why a name was taken.
func step(by dialect.Likeness) string {
	switch {
	case by >= dialect.Spelling:
		return "the same name, spelt otherwise"
	case by >= dialect.Certain:
		return "a name known for it"
	case by >= dialect.Alike:
		return "its words may mean the same, and no other name is as near"
	default:
		return "one of its words is the same, and no other name is as near"
	}
}

// value notes how amounts, dates, words and ids are written at one place.
func (a *adoption) value(op fisklapi.Operation, part string, f dialect.Field, v *contract.Value) {
	switch f.Form.Kind {
	case dialect.Amount:
		if form, sure := moneyOf(v); form != "" {
			a.money = append(a.money, moneySeen{op, part, form, sure})
		}
	case dialect.Day:
		form, sure := daysOf(v)
		a.days = append(a.days, daysSeen{op, part, form, sure})
	case dialect.ID:
		a.id(op, part, v)
	case dialect.Word:
		a.vocabulary(f.Form, v)
	default: // it can be written in one way only
	}
}

// id notes ids that this version cannot take: it has numbers.
func (a *adoption) id(op fisklapi.Operation, part string, v *contract.Value) {
	if v.Kind != "string" {
		return
	}
	_, err := strconv.ParseInt(v.Example, 10, 64)
	switch {
	case v.Format == "int64" || v.Example != "" && err == nil:
	case v.Format == "uuid" || v.Format == "ulid" || v.Example != "":
		a.note(Finding{Grade: Missing, Required: true, Operation: op, Part: part, Theirs: strings.TrimSpace("text " + v.Format), Why: "this version takes ids that are numbers"})
	default:
		a.note(Finding{Grade: Guessed, Operation: op, Part: part, Theirs: "text", Why: "taken for a number written as text: the document does not say"})
	}
}

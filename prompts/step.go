package prompts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// step is one call, or the same call for each of several records.
type step struct {
	tool string
	with args
	text string // what the answer holds, and what to look for in it

	without string // what to do when the tool is not offered
	ends    bool   // the job ends there then
	idle    string // the argument that makes the step needless
}

// call is a step in which a tool is called.
func call(tool string, with args, text string) step {
	return step{tool: tool, with: with, text: text, without: "Go on without it, and say what is not known for want of it."}
}

// orElse says what to do when the tool is not offered.
func (s step) orElse(without string) step {
	s.without = without
	return s
}

// orStop ends the job when the tool is not offered.
func (s step) orStop(with string) step {
	s.without, s.ends = "Stop here. "+with, true
	return s
}

// unless leaves the step out when an argument is given.
func (s step) unless(argument string) step {
	s.idle = argument
	return s
}

// args are the arguments of a call, in order.
type args []arg

// arg is one argument of a call: a constant, <a value of an earlier answer> as
// text, or what the person gave.
type arg struct {
	name  string
	value any
}

// What a person gave as the argument of that name; left out when they gave
// nothing.
type (
	from string // as it is
	over string // of a period: its name, or its first and last day
	at   string // of a period: its name, or its last day
)

// written is the call as it is to be made: the tool and its arguments as JSON.
func (s step) written(given values) string {
	var b strings.Builder
	write := func(name string, value any) {
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(literal(name) + ":" + literal(value))
	}
	if c := given[companyArgument]; c != "" {
		write(companyArgument, c)
	}
	for _, a := range s.with {
		for _, m := range a.members(given) {
			write(m.name, m.value)
		}
	}
	return s.tool + " {" + b.String() + "}"
}

// members are what an argument comes to.
func (a arg) members(given values) []arg {
	var value string
	switch v := a.value.(type) {
	case from:
		value = given[string(v)]
	case over:
		value = given[string(v)]
		if start, end, ok := days(value); ok {
			return []arg{{"start", start}, {"end", end}}
		}
	case at:
		value = given[string(v)]
		if _, end, ok := days(value); ok {
			return []arg{{"as_of", end}}
		}
	default:
		return []arg{a}
	}
	if value == "" {
		return nil
	}
	return []arg{{a.name, value}}
}

// literal writes a value as JSON that a person can read.
func literal(value any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fmt.Sprintf("%q", err.Error()) // never happens: they are texts, numbers and lists of them
	}
	return strings.TrimSpace(b.String())
}

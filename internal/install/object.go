package install

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"

	"github.com/tailscale/hujson"
)

// object is an object of JSON and where it stands in its text.
type object struct {
	*hujson.Object

	text  []byte // of the whole file
	start int    // of the opening brace
	end   int    // after the closing one
}

// openers are the most brackets that may open in a file. The parser takes
// stack for each that is open at once, and this many it can take.
const openers = 500_000

// parseJSON reads a text that holds an object, comments and trailing commas
// included.
func parseJSON(text []byte) (object, error) {
	if bytes.Count(text, []byte("{"))+bytes.Count(text, []byte("[")) > openers {
		return object{}, errors.New("it has more brackets than a configuration has")
	}
	// A comment may end with the file, which the parser does not allow.
	v, err := hujson.Parse(append(bytes.Clone(text), '\n'))
	if err != nil {
		return object{}, notJSON(err)
	}
	o, ok := v.Value.(*hujson.Object)
	if !ok {
		return object{}, errors.New("it is JSON, but not an object, as a configuration is")
	}
	return object{o, text, v.StartOffset, v.EndOffset}, nil
}

// notJSON says where a text is not JSON. The library's own words are left out,
// for they quote what stands there, which may be a secret.
func notJSON(err error) error {
	where := regexp.MustCompile(`line \d+, column \d+`).FindString(err.Error())
	return fmt.Errorf("it cannot be read as JSON: see %s", where)
}

// none is the index of a member that is not there.
const none = -1

// find returns the index of a member. Two of one name are an error: which one
// counts is each reader's own choice.
func (o object) find(name string) (int, error) {
	found := none
	for i, m := range o.Members {
		if textOf(m.Name) != name {
			continue
		}
		if found != none {
			return none, fmt.Errorf("it has %q twice in one object", name)
		}
		found = i
	}
	return found, nil
}

// inside returns the object that a member holds.
func (o object) inside(i int) (object, error) {
	m := o.Members[i]
	inner, ok := m.Value.Value.(*hujson.Object)
	if !ok {
		return object{}, fmt.Errorf("%q there is not an object", textOf(m.Name))
	}
	return object{inner, o.text, m.Value.StartOffset, m.Value.EndOffset}, nil
}

// closing is the index of the first byte of what comes last in the object, be
// it white space or comments before the closing brace, or the brace itself.
func (o object) closing() int { return o.end - 1 - len(o.AfterExtra) }

// hasTrailingComma reports a comma after the last member.
func (o object) hasTrailingComma() bool {
	return len(o.Members) > 0 && o.Members[len(o.Members)-1].Value.AfterExtra != nil
}

// textOf is what a string of JSON says; empty for what is no string.
func textOf(v hujson.Value) string {
	if literal, ok := v.Value.(hujson.Literal); ok && literal.Kind() == '"' {
		return literal.String()
	}
	return ""
}

// plain is a value as JSON without comments.
func plain(v hujson.Value) []byte {
	v = v.Clone()
	v.Standardize()
	return bytes.TrimSpace(v.Pack())
}

package install

import (
	"bytes"
	"encoding/json"
	"strings"
)

// field is a member that is to be written.
type field struct {
	name  string
	value any // text, a list of text, or []field
}

// layout is how a text of JSON is set out, so that what is added looks as if
// it had always been there.
type layout struct {
	newline string // what ends a line
	unit    string // one step of indentation
	flat    bool   // all of it is on one line
}

// layoutOf tells how the text of an object that is a whole file is set out.
func layoutOf(root object) layout {
	l := layout{newline: "\n", unit: "  "}
	body := root.text[root.start:root.end]
	if i := bytes.IndexByte(body, '\n'); i > 0 && body[i-1] == '\r' {
		l.newline = "\r\n"
	}
	if len(root.Members) == 0 {
		return l
	}
	l.flat = !bytes.ContainsRune(body, '\n')
	if indent, ok := root.indentOf(0); ok && indent != "" {
		l.unit = indent
	}
	return l
}

// indentOf is the white space before a member, if that is all there is before
// it on its line.
func (o object) indentOf(i int) (string, bool) {
	before := o.text[:o.Members[i].Name.StartOffset]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return string(line), len(bytes.Trim(line, " \t")) == 0 && len(line) < len(before)
}

// indent is the white space at the beginning of the line that a place is on.
func (o object) indent(at int) string {
	line := o.text[bytes.LastIndexByte(o.text[:at], '\n')+1:]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// add writes members to the end of an object.
func (l layout) add(o object, fields []field) []splice {
	if len(fields) == 0 {
		return nil
	}
	indent, lines := l.inner(o)
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteString(",")
		}
		b.WriteString(l.lead(o, indent, lines, i > 0))
		l.write(&b, f, indent, lines)
	}
	// The members come after a comment that closes the object, and the comma
	// before it.
	extra := bytes.TrimRight(o.AfterExtra, " \t\r\n")
	at := o.closing() + len(extra)
	all := []splice{}
	switch {
	case o.hasTrailingComma():
		b.WriteString(",")
	case len(o.Members) > 0:
		end := o.Members[len(o.Members)-1].Value.EndOffset
		all = append(all, splice{end, end, ","})
	}
	if lines && len(o.Members) == 0 && !bytes.ContainsRune(o.AfterExtra[len(extra):], '\n') {
		b.WriteString(l.newline + o.indent(o.start))
	}
	return append(all, splice{at, at, b.String()})
}

// inner tells how the members of an object are indented, and whether each has
// lines of its own.
func (l layout) inner(o object) (indent string, lines bool) {
	for i := range o.Members {
		if indent, ok := o.indentOf(i); ok {
			return indent, true
		}
	}
	lines = !l.flat && len(o.Members) == 0 || bytes.ContainsRune(o.AfterExtra, '\n')
	return o.indent(o.start) + l.unit, lines
}

// lead is what stands before a member.
func (l layout) lead(o object, indent string, lines, follows bool) string {
	switch {
	case lines:
		return l.newline + indent
	case follows || len(o.Members) > 0:
		return " "
	default:
		return ""
	}
}

// write writes one member.
func (l layout) write(b *strings.Builder, f field, indent string, lines bool) {
	b.WriteString(quoted(f.name) + ": ")
	if fields, ok := f.value.([]field); ok {
		b.WriteString(l.object(fields, indent, lines))
	} else {
		b.WriteString(literal(f.value))
	}
}

// object is an object with members, as it stands behind an indentation.
func (l layout) object(fields []field, indent string, lines bool) string {
	before, between, after := "", ", ", ""
	if lines {
		before = l.newline + indent + l.unit
		between = "," + before
		after = l.newline + indent
	}
	var b strings.Builder
	b.WriteString("{" + before)
	for i, f := range fields {
		if i > 0 {
			b.WriteString(between)
		}
		l.write(&b, f, indent+l.unit, lines)
	}
	b.WriteString(after + "}")
	return b.String()
}

// literal is a text or a list of texts on one line.
func literal(v any) string {
	list, ok := v.([]string)
	if !ok {
		return quoted(v)
	}
	all := make([]string, 0, len(list))
	for _, text := range list {
		all = append(all, quoted(text))
	}
	return "[" + strings.Join(all, ", ") + "]"
}

// quoted is a text in JSON, as clients write it: without escapes for HTML.
func quoted(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // a text can always be written
	return strings.TrimSuffix(b.String(), "\n")
}

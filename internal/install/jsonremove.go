package install

import (
	"bytes"

	"github.com/tailscale/hujson"
)

// remove takes the entry out, and the comma that it needed.
func (f jsonFile) remove(text []byte, w Wish) ([]byte, error) {
	if isBlank(bytes.TrimPrefix(text, []byte(bom))) {
		return text, nil
	}
	return f.within(text, w, func(text []byte) ([]byte, error) { return f.cut(text, w) })
}

func (f jsonFile) cut(text []byte, w Wish) ([]byte, error) {
	root, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	i, err := root.find(f.table)
	if err != nil || i == none {
		return text, err
	}
	servers, err := root.inside(i)
	if err != nil {
		return nil, err
	}
	i, err = servers.find(w.Name)
	if err != nil || i == none {
		return text, err
	}
	if !w.Force && !w.ours(decodeServer(w.Name, servers.Members[i].Value).Command) {
		return nil, w.foreign()
	}
	return apply(text, servers.without(i)), nil
}

// without takes out a member. Comments before and after it stay.
func (o object) without(i int) []splice {
	m := o.Members[i]
	last := i == len(o.Members)-1
	end := m.Value.EndOffset
	var all []splice
	switch {
	case !last || o.hasTrailingComma():
		end = comma(m) + 1
	case i > 0:
		before := comma(o.Members[i-1])
		all = append(all, splice{before, before + 1, ""})
	}
	start := m.Name.StartOffset - len(o.margin(m.Name, end))
	return append(all, splice{start, end, ""})
}

// comma is where the comma after a member is.
func comma(m hujson.ObjectMember) int { return m.Value.EndOffset + len(m.Value.AfterExtra) }

// margin is the white space before a member that goes with it: to the
// beginning of its line, and the end of the line before unless something is
// left on this one that belongs there or would end up in a comment.
func (o object) margin(name hujson.Value, end int) []byte {
	extra := name.BeforeExtra
	before := bytes.TrimRight(extra, " \t\r\n")
	space := extra[len(before):]
	i := bytes.LastIndexByte(space, '\n')
	if i < 0 {
		return space
	}
	rest := bytes.TrimLeft(o.text[end:], " \t\r")
	if rest[0] != '\n' && (rest[0] != '}' || endsInLine(before)) {
		return space[i+1:]
	}
	if i > 0 && space[i-1] == '\r' {
		i--
	}
	return space[i:]
}

// endsInLine reports that the last comment is one to the end of its line.
func endsInLine(comments []byte) bool {
	inLine := false
	for comments = bytes.TrimSpace(comments); len(comments) > 1; comments = bytes.TrimSpace(comments) {
		inLine = comments[1] == '/'
		end := "*/"
		if inLine {
			end = "\n"
		}
		_, comments, _ = bytes.Cut(comments[2:], []byte(end))
	}
	return inLine
}

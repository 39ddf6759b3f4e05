package install

import (
	"slices"
	"strings"

	"github.com/tailscale/hujson"
)

// veil stands for a text that is not shown.
const veil = `"…"`

// shows reports that the value of a member is ours, and so no secret: what
// starts this program, in an entry that does. The path leads to it from the
// outermost names.
func (w Wish) shows(path []string, table string, ours bool) bool {
	return ours && len(path) > 2 && path[0] == table && path[1] == w.Name && slices.Contains([]string{"command", "args", "type"}, path[2])
}

// mine reports that a text has the entry, and that it starts this program.
func (w Wish) mine(l language, text []byte) bool {
	all, err := l.list(text)
	return err == nil && slices.ContainsFunc(all, func(s Server) bool { return s.Name == w.Name && w.ours(s.Command) })
}

func (f jsonFile) veiled(text []byte, w Wish) []byte {
	if isBlank(text) {
		return text
	}
	root, err := parseJSON([]byte(strings.TrimPrefix(string(text), bom)))
	if err != nil {
		return nil
	}
	ours := w.mine(f, text)
	var all []splice
	var walk func(v hujson.Value, path []string)
	walk = func(v hujson.Value, path []string) {
		switch value := v.Value.(type) {
		case *hujson.Object:
			for _, m := range value.Members {
				walk(m.Value, append(slices.Clip(path), textOf(m.Name)))
			}
		case *hujson.Array:
			for _, e := range value.Elements {
				walk(e, path)
			}
		case hujson.Literal:
			if value.Kind() == '"' && !w.shows(path, f.table, ours) {
				all = append(all, splice{v.StartOffset, v.EndOffset, veil})
			}
		}
	}
	walk(hujson.Value{Value: root.Object}, nil)
	return apply(root.text, all)
}

func (f tomlFile) veiled(text []byte, w Wish) []byte {
	all, err := statements(text)
	if err != nil {
		return nil
	}
	ours := w.mine(f, text)
	for i, s := range all {
		if s.key != nil && strings.ContainsAny(s.text, `"'`) && !w.shows(slices.Concat(s.table, s.key), f.table, ours) {
			all[i].text = s.valued(veil)
		}
	}
	return joined(all)
}

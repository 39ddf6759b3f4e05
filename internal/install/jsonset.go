package install

import (
	"encoding/json"
	"reflect"

	"github.com/tailscale/hujson"
)

// set writes the entry. Of one that is there already it keeps what the user
// added to it, such as variables.
func (f jsonFile) set(text []byte, w Wish) ([]byte, error) {
	return f.within(text, w, func(text []byte) ([]byte, error) { return f.edit(text, w) })
}

func (f jsonFile) edit(text []byte, w Wish) ([]byte, error) {
	table := field{f.table, []field{{w.Name, f.fields(w.Entry)}}}
	if isBlank(text) {
		text = []byte("{}\n")
	}
	root, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	l := layoutOf(root)
	i, err := root.find(f.table)
	if err != nil {
		return nil, err
	}
	if i == none {
		return apply(text, l.add(root, []field{table})), nil
	}
	servers, err := root.inside(i)
	if err != nil {
		return nil, err
	}
	i, err = servers.find(w.Name)
	switch {
	case err != nil:
		return nil, err
	case i == none:
		return apply(text, l.add(servers, []field{{w.Name, f.fields(w.Entry)}})), nil
	default:
		return f.update(servers, i, l, w)
	}
}

// fields are the members of an entry.
func (f jsonFile) fields(e Entry) []field {
	fields := []field{{"command", e.Command}, {"args", e.Args}}
	if f.typed {
		fields = append([]field{{"type", "stdio"}}, fields...)
	}
	return fields
}

// update brings an entry of ours up to date, or replaces another's.
func (f jsonFile) update(servers object, i int, l layout, w Wish) ([]byte, error) {
	m := servers.Members[i]
	if w.ours(decodeServer(w.Name, m.Value).Command) {
		return f.renew(servers, i, l, w.Entry)
	}
	if !w.Force {
		return nil, w.foreign()
	}
	indent, lines := l.inner(servers)
	return apply(servers.text, []splice{{m.Value.StartOffset, m.Value.EndOffset, l.object(f.fields(w.Entry), indent, lines)}}), nil
}

// renew changes only those members of an entry that are not as they should be.
func (f jsonFile) renew(servers object, i int, l layout, e Entry) ([]byte, error) {
	entry, err := servers.inside(i)
	if err != nil {
		return nil, err
	}
	var all []splice
	var missing []field
	for _, want := range f.fields(e) {
		at, err := entry.find(want.name)
		if err != nil {
			return nil, err
		}
		if at == none {
			missing = append(missing, want)
			continue
		}
		if v := entry.Members[at].Value; !says(v, want.value) {
			all = append(all, splice{v.StartOffset, v.EndOffset, literal(want.value)})
		}
	}
	return apply(entry.text, append(all, l.add(entry, missing)...)), nil
}

// says reports that a value of JSON means the same as ours.
func says(v hujson.Value, want any) bool {
	var is, should any
	ours := []byte(literal(want))
	return json.Unmarshal(plain(v), &is) == nil && json.Unmarshal(ours, &should) == nil && reflect.DeepEqual(is, should)
}

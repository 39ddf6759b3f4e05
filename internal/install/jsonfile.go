package install

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/tailscale/hujson"
)

// jsonFile is a configuration in JSON, with or without comments.
type jsonFile struct {
	table string // the member that holds the servers
	typed bool   // see Client
}

// bom is the byte order mark that some editors put before a text.
const bom = "\xef\xbb\xbf"

// within edits what follows a byte order mark, and holds the outcome against
// what was there.
func (f jsonFile) within(text []byte, w Wish, edit func([]byte) ([]byte, error)) ([]byte, error) {
	bare := bytes.TrimPrefix(text, []byte(bom))
	edited, err := edit(bare)
	if err != nil {
		return nil, err
	}
	if err := f.verify(bare, edited, w); err != nil {
		return nil, err
	}
	return slices.Concat(text[:len(text)-len(bare)], edited), nil
}

// verify reads both texts anew: apart from the entry they must say the same.
func (f jsonFile) verify(before, after []byte, w Wish) error {
	was, err := f.rest(before, w.Name)
	if err != nil {
		return err
	}
	is, err := f.rest(after, w.Name)
	if err != nil || !reflect.DeepEqual(was, is) {
		return errDamaged
	}
	return nil
}

// rest is what a text says apart from one entry. It tells numbers by their
// digits.
func (f jsonFile) rest(text []byte, entry string) (map[string]any, error) {
	all := make(map[string]any)
	if !isBlank(text) {
		standard, err := hujson.Standardize(append(bytes.Clone(text), '\n'))
		if err != nil {
			return nil, notJSON(err)
		}
		d := json.NewDecoder(bytes.NewReader(standard))
		d.UseNumber()
		if err := d.Decode(&all); err != nil {
			return nil, errors.New("it cannot be read as a JSON object")
		}
	}
	if servers, ok := all[f.table].(map[string]any); ok {
		delete(servers, entry)
		if len(servers) == 0 {
			delete(all, f.table)
		}
	}
	return all, nil
}

// list returns the servers of a configuration.
func (f jsonFile) list(text []byte) ([]Server, error) {
	text = bytes.TrimPrefix(text, []byte(bom))
	if isBlank(text) {
		return nil, nil
	}
	root, err := parseJSON(text)
	if err != nil {
		return nil, err
	}
	i, err := root.find(f.table)
	if err != nil || i == none {
		return nil, err
	}
	servers, err := root.inside(i)
	if err != nil {
		return nil, err
	}
	var all []Server
	for _, m := range servers.Members {
		all = append(all, decodeServer(textOf(m.Name), m.Value))
	}
	return all, nil
}

func decodeServer(name string, v hujson.Value) Server {
	s := Server{Name: name}
	var fields map[string]json.RawMessage
	if json.Unmarshal(plain(v), &fields) != nil {
		return s
	}
	var env map[string]any
	_ = json.Unmarshal(fields["command"], &s.Command) // what is of another kind starts nothing
	_ = json.Unmarshal(fields["args"], &s.Args)       // likewise
	_ = json.Unmarshal(fields["env"], &env)           // likewise
	s.Env = slices.Sorted(maps.Keys(env))
	return s
}

func isBlank(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

package install

import (
	"bytes"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// set writes the entry as a table of its own. Of one that is there already it
// keeps what the user added to it.
func (f tomlFile) set(text []byte, w Wish) ([]byte, error) {
	return f.edit(text, w, func(all []statement, found any) ([]statement, error) {
		block, err := f.block(w, newlineOf(text))
		if err != nil {
			return nil, err
		}
		switch {
		case found == nil && f.closed(all):
			return nil, errByHand
		case found == nil:
			return appended(all, block, newlineOf(text)), nil
		case w.ours(tableServer(w.Name, found).Command):
			return f.renew(all, block, found)
		case w.Force:
			return f.cut(all, w.Name, block)
		default:
			return nil, w.foreign()
		}
	})
}

// remove takes the entry out, with the tables inside it.
func (f tomlFile) remove(text []byte, w Wish) ([]byte, error) {
	return f.edit(text, w, func(all []statement, found any) ([]statement, error) {
		switch {
		case found == nil:
			return all, nil
		case w.Force || w.ours(tableServer(w.Name, found).Command):
			return f.cut(all, w.Name, nil)
		default:
			return nil, w.foreign()
		}
	})
}

// edit changes a text statement by statement, and holds the outcome against
// what was there.
func (f tomlFile) edit(text []byte, w Wish, change func(all []statement, found any) ([]statement, error)) ([]byte, error) {
	parsed, err := parseTOML(text)
	if err != nil {
		return nil, err
	}
	servers, err := f.servers(parsed)
	if err != nil {
		return nil, err
	}
	all, err := statements(text)
	if err != nil {
		return nil, err
	}
	if all, err = change(all, servers[w.Name]); err != nil {
		return nil, err
	}
	edited := joined(all)
	return edited, f.verify(text, edited, w)
}

// block is the entry as a table: the header, and what it sets.
func (f tomlFile) block(w Wish, newline string) ([]statement, error) {
	values, err := toml.Marshal(struct {
		Command string   `toml:"command"`
		Args    []string `toml:"args"`
	}{w.Entry.Command, w.Entry.Args})
	if err != nil {
		return nil, err
	}
	text := "[" + f.table + "." + w.Name + "]\n" + string(values)
	return statements([]byte(strings.ReplaceAll(text, "\n", newline)))
}

// closed reports that all servers stand in one value, to which no table can be
// added. The parser that reads it here would allow that, but others do not.
func (f tomlFile) closed(all []statement) bool {
	return slices.ContainsFunc(all, func(s statement) bool { return s.table == nil && slices.Equal(s.key, []string{f.table}) })
}

// appended adds a table to the end, after an empty line.
func appended(all, block []statement, newline string) []statement {
	if len(all) == 0 {
		return block
	}
	all = slices.Clone(all)
	last := &all[len(all)-1]
	if !strings.HasSuffix(last.text, "\n") {
		last.text += newline
	}
	if !last.isEmpty() {
		all = append(all, statement{text: newline})
	}
	return append(all, block...)
}

// renew changes only those keys of an entry that are not as they should be.
func (f tomlFile) renew(all, block []statement, found any) ([]statement, error) {
	header := slices.IndexFunc(all, func(s statement) bool { return s.opens && slices.Equal(s.table, block[0].table) })
	if header < 0 {
		return nil, errByHand
	}
	all = slices.Clone(all)
	if !strings.HasSuffix(all[header].text, "\n") {
		all[header].text += "\n"
	}
	for _, want := range slices.Backward(block[1:]) {
		i := slices.IndexFunc(all, func(s statement) bool {
			return !s.opens && slices.Equal(s.table, want.table) && slices.Equal(s.key, want.key)
		})
		switch {
		case i < 0:
			all = slices.Insert(all, header+1, want)
		case !want.sets(found):
			_, value, _ := strings.Cut(want.text, "=")
			all[i].text = all[i].valued(strings.TrimSpace(value))
		}
	}
	return all, nil
}

// sets reports that a table has the value already that the statement gives.
func (s statement) sets(table any) bool {
	var alone map[string]any
	_, err := toml.Decode(s.text, &alone)
	have, _ := table.(map[string]any)
	return err == nil && reflect.DeepEqual(alone[s.key[0]], have[s.key[0]])
}

// cut takes a table out with those inside it, and puts a block in its place.
// Comments go with it that stand between its own lines.
func (f tomlFile) cut(all []statement, name string, block []statement) ([]statement, error) {
	table := []string{f.table, name}
	var kept, waiting []statement
	inside, placed := false, false
	for _, s := range all {
		switch {
		case s.says() && s.isIn(table):
			if !placed {
				kept = append(bare(kept, len(block)), block...)
			}
			inside, placed, waiting = true, true, nil
		case inside && !s.says():
			waiting = append(waiting, s)
		default:
			kept = append(append(kept, waiting...), s)
			inside, waiting = false, nil
		}
	}
	if !placed {
		return nil, errByHand
	}
	return append(kept, waiting...), nil
}

// bare leaves out the empty line before a table that goes and is not replaced.
func bare(kept []statement, replacing int) []statement {
	if n := len(kept); n > 0 && replacing == 0 && kept[n-1].isEmpty() {
		return kept[:n-1]
	}
	return kept
}

// newlineOf is what ends the lines of a text.
func newlineOf(text []byte) string {
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

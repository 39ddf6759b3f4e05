package dialect

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Guess places required fields that [Infer] did not find where one name alone
// is alike, without the arithmetic that would tell: for whoever has only a
// description of an answer, and a person to agree. Found by less than Certain
// are the guesses.
func Guess(form *Form, answer *Node, in Inferred) Inferred {
	for range maxGuesses {
		next, ok := in.guess(form, answer)
		if !ok {
			break
		}
		in = next
	}
	return in.guessOptional(form, answer)
}

// guessOptional places fields of the record itself that may be absent, where
// one name has no words but those that may mean the same.
func (in Inferred) guessOptional(form *Form, answer *Node) Inferred {
	for _, f := range form.rows().Fields {
		_, placed := in.Members[f.Name]
		record, _, nodes := in.reach(form, answer, f.Name)
		if placed || record == nil || f.Need == Required || slices.ContainsFunc(nodes, func(n *Node) bool { return n.Get(f.Name) != nil }) {
			continue
		}
		by, where := in.likeliest(form, answer, f.Name)
		if by < Alike {
			continue
		}
		next := in
		next.Members = maps.Clone(in.Members)
		next.Members[f.Name] = where
		next.Fields = append(slices.Clone(in.Fields), Found{f.Name, where, Vague})
		if got, err := next.again(form, answer); err == nil && len(got.Missing) <= len(in.Missing) {
			got.Fields[len(in.Fields)].By = Alike
			in = got
		}
	}
	return in
}

// maxGuesses bounds the fields that are guessed in one answer.
const maxGuesses = 40

// guess places one of the fields that are missing.
func (in Inferred) guess(form *Form, answer *Node) (Inferred, bool) {
	for _, path := range in.MissingPaths() {
		if _, placed := in.Members[path]; placed {
			continue
		}
		by, where := in.likeliest(form, answer, path)
		if where == "" {
			continue
		}
		next := in
		next.Members = maps.Clone(in.Members)
		next.Members[path] = where
		next.Fields = append(slices.Clone(in.Fields), Found{path, where, Vague})
		got, err := next.again(form, answer)
		if err != nil {
			continue
		}
		got.Fields[len(in.Fields)].By = min(by, Alike)
		return got, true
	}
	return in, false
}

// MissingPaths are the paths of the fields that are missing, without what
// stands in their place.
func (in Inferred) MissingPaths() []string {
	var all []string
	for _, m := range in.Missing {
		path, _, _ := strings.Cut(m, " (")
		all = append(all, path)
	}
	return all
}

// likeliest is the one place whose name is most like that of a field; none when
// there are two, or none is like it.
func (in Inferred) likeliest(form *Form, answer *Node, path string) (Likeness, string) {
	record, field, nodes := in.reach(form, answer, path)
	if field == nil {
		return Unlike, ""
	}
	taken := in.takenIn(record, parent(path))
	type option struct {
		by    Likeness
		where string
	}
	var all []option
	for _, c := range candidates(nodes, 2) {
		where := strings.Join(c.path, ".")
		by := likeness(*field, c.path, record.Noun)
		if by > Unlike && !taken[where] && !c.within(taken) && c.fits(field.Form) {
			all = append(all, option{by, where})
		}
	}
	slices.SortStableFunc(all, func(a, b option) int { return cmp.Compare(b.by, a.by) })
	if len(all) == 0 || len(all) > 1 && all[0].by == all[1].by {
		return Unlike, ""
	}
	return all[0].by, all[0].where
}

// takenIn are the places of a record that its other fields have.
func (in Inferred) takenIn(record *Form, prefix string) map[string]bool {
	taken := make(map[string]bool)
	for _, f := range record.Fields {
		at := in.place(join(prefix, f.Name), f.Name)
		taken[strings.Join(at.path, ".")] = true
	}
	return taken
}

// reach finds the record that should have a field, and the objects at its place.
func (in Inferred) reach(form *Form, answer *Node, path string) (*Form, *Field, []*Node) {
	payload := answer.At(in.Answer)
	if in.Single && payload != nil && len(payload.Items) > 0 {
		payload = &payload.Items[0]
	}
	if payload == nil {
		return nil, nil, nil
	}
	s, at, nodes, walked := search{in: &in, form: form}, form, []*Node{payload}, ""
	for _, name := range split(parent(path)) {
		field := at.rows().Field(name)
		if field == nil {
			return nil, nil, nil
		}
		walked = join(walked, name)
		nodes = s.down(at, nodes, s.in.place(walked, name))
		at = field.Form
	}
	if at.Kind == List {
		nodes = elements(nodes)
	}
	names := split(path)
	return at.rows(), at.rows().Field(names[len(names)-1]), nodes
}

func elements(lists []*Node) []*Node {
	var all []*Node
	for _, l := range lists {
		for i := range l.Items {
			all = append(all, &l.Items[i])
		}
	}
	return all
}

// WordsOf takes a name apart into its words, in lower case and the singular.
func WordsOf(name string) []string { return wordsOf(name) }

// Meaning is the one of some words of ours that a word stands for.
func Meaning(ours []string, word string) (string, bool) { return meaning(ours, word) }

// LikenessOf says how surely a member is a field by its name.
func LikenessOf(field Field, theirs, noun string) Likeness {
	return likeness(field, split(theirs), noun)
}

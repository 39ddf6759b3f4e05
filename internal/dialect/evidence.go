package dialect

import (
	"strconv"
	"strings"
)

// Evidence is how often the checks of a form held.
type Evidence struct {
	Held   int
	Broken int

	First string // the first check that did not hold, without its figures: they are somebody's books

	// used are the paths of the fields that were in a check that held.
	used map[string]bool
}

// of reports that a field, or one below it, was in a check that held.
func (e Evidence) of(path string) bool {
	for used := range e.used {
		if used == path || strings.HasPrefix(used, path+".") {
			return true
		}
	}
	return false
}

// use notes the fields of a check that held.
func (e *Evidence) use(check, path string) {
	if e.used == nil {
		e.used = make(map[string]bool)
	}
	for word := range strings.FieldsSeq(check) {
		word = strings.TrimSuffix(strings.TrimPrefix(word, "sum("), ")")
		if word != "=" && word != "+" && word != "-" {
			e.used[join(path, word)] = true
		}
	}
}

// Holds reports that the arithmetic speaks for an answer: it was tried, and
// failed in no more than one record of twenty.
func (e Evidence) Holds() bool { return e.Held > 0 && e.Broken*20 <= e.Held }

// Weigh holds an answer in the canonical form against the checks of its form.
// Checks of which a value is missing, or of zeros only, tell nothing.
func Weigh(form *Form, n *Node) Evidence {
	var e Evidence
	e.weigh(form, n, "")
	return e
}

func (e *Evidence) weigh(form *Form, n *Node, path string) {
	switch {
	case n == nil:
	case form.Kind == List:
		for i := range n.Items {
			e.weigh(form.Elem, &n.Items[i], path)
		}
	case form.Kind == Record:
		for _, c := range form.Checks {
			e.check(c, n, path)
		}
		for _, f := range form.Fields {
			e.weigh(f.Form, n.Get(f.Name), join(path, f.Name))
		}
	}
}

func (e *Evidence) check(check string, n *Node, path string) {
	left, right, _ := strings.Cut(check, " = ")
	l, counts, okLeft := sum(left, n)
	r, countsToo, okRight := sum(right, n)
	switch {
	case !okLeft || !okRight || !counts && !countsToo:
		return
	case l == r:
		e.Held++
		e.use(check, path)
		return
	}
	e.Broken++
	if e.First == "" {
		e.First = strings.TrimPrefix(join(path, check), ".")
	}
}

// sum evaluates "a + b - sum(rows.c)" in a record. counts says that one of the
// values is not zero; ok is false when one is not there.
func sum(expression string, n *Node) (total int64, counts, ok bool) {
	sign := int64(1)
	for word := range strings.FieldsSeq(expression) {
		switch word {
		case "+":
			sign = 1
			continue
		case "-":
			sign = -1
			continue
		}
		v, ok := operand(word, n)
		if !ok {
			return 0, false, false
		}
		total += sign * v
		counts = counts || v != 0
	}
	return total, counts, true
}

func operand(word string, n *Node) (int64, bool) {
	if path, ok := strings.CutPrefix(word, "sum("); ok {
		return sumOf(split(strings.TrimSuffix(path, ")")), n)
	}
	v := n.At(split(word))
	if v == nil {
		return 0, false
	}
	units, err := integer(*v)
	return units, err == nil
}

// sumOf adds up the values at a path that leads through lists.
func sumOf(path []string, n *Node) (int64, bool) {
	switch {
	case n == nil:
		return 0, false
	case n.Type == Array:
		var total int64
		for i := range n.Items {
			v, ok := sumOf(path, &n.Items[i])
			if !ok {
				return 0, false
			}
			total += v
		}
		return total, true
	case len(path) == 0:
		v, err := integer(*n)
		return v, err == nil
	default:
		return sumOf(path[1:], n.Get(path[0]))
	}
}

func integer(n Node) (int64, error) { return strconv.ParseInt(string(n.Raw), 10, 64) }

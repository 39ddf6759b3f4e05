package dialect

import "strings"

// Fits reports that a value may be of a kind, as far as one value tells.
func (k Kind) Fits(n *Node) bool { return n != nil && k.fits(n) }

// Place is where a field is, and the second place of a difference.
func (m Mapping) Place(path, name string) (where, less []string) {
	p := m.place(path, name)
	return p.path, p.minus
}

// Join is the path of a field below a prefix.
func Join(prefix, name string) string { return join(prefix, name) }

// Spell writes a name as another is written that has the same words: "dueDate"
// is due_date where invoiceDate is invoice_date. ok is false where the two do
// not tell.
func Spell(name, like, written string) (string, bool) {
	for _, style := range []func([]string) string{
		func(w []string) string { return strings.Join(w, "_") },
		func(w []string) string { return strings.Join(w, "-") },
		func(w []string) string { return strings.ToUpper(strings.Join(w, "_")) },
		func(w []string) string { return strings.ToUpper(strings.Join(w, "")) },
		func(w []string) string { return strings.Join(capitals(w), "") },
		func(w []string) string { return strings.Join(w, "") },
	} {
		if style(plainWords(like)) == written {
			return style(plainWords(name)), true
		}
	}
	return "", false
}

// plainWords are the words of a camelCase name, in lower case.
func plainWords(name string) []string {
	var words []string
	start := 0
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' {
			words = append(words, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return append(words, strings.ToLower(name[start:]))
}

func capitals(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return out
}

// Plain reports a dialect that says nothing that is not as the canonical form
// has it.
func (d *Dialect) Plain() bool {
	if d.general() || d.Pages != (Pages{}) || len(d.Extra) > 0 {
		return false
	}
	for _, o := range d.Operations {
		if o.Method+o.Path+o.Answer != "" || o.Single || o.Amounts != "" || o.Dates != "" || len(o.Parameters)+len(o.Members)+len(o.Body)+len(o.Factors) > 0 {
			return false
		}
	}
	return true
}

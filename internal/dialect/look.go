package dialect

import "strings"

// Fits reports that a value may be of a kind, as far as one value tells.
func (k Kind) Fits(n *Node) bool { return n != nil && k.fits(n) }

// Like says how surely a place, such as "client.id", is the one that a field of
// a record is looked for under.
func Like(field, where, noun string) Likeness { return likeness(field, split(where), noun) }

// Meaning finds the one of our words that a word is known to stand for.
func Meaning(ours []string, word string) (string, bool) { return meaning(ours, word) }

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

// Major reports amounts that are written in the currency's own unit.
func (m Money) Major() bool { return m.inMajor() }

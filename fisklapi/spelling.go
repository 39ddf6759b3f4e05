package fisklapi

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain is how somebody types a name who has no accents, curly quotes or long
// dashes at hand: "Café Lumière" as "cafe lumiere". Names are never changed by
// it, only compared.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(strings.TrimSpace(s))) {
		const firstAccent, lastAccent = '\u0300', '\u036f' // each by itself, once its letter is taken apart
		if r < firstAccent || r > lastAccent {
			b.WriteString(plainLetter(r))
		}
	}
	return b.String()
}

// plainLetter is what is typed for a letter or a mark that Unicode does not
// take apart.
func plainLetter(r rune) string {
	if r < utf8.RuneSelf {
		return string(r)
	}
	for _, group := range [...]struct{ letters, plain string }{
		{"đð", "d"},
		{"ħ", "h"},
		{"ı", "i"},
		{"ł", "l"},
		{"ø", "o"},
		{"ŧ", "t"},
		{"æ", "ae"},
		{"œ", "oe"},
		{"ß", "ss"},
		{"þ", "th"},
		{"‘’‚‹›“”„«»", "'"},
		{"‐–—", "-"},
	} {
		if strings.ContainsRune(group.letters, r) {
			return group.plain
		}
	}
	return string(r)
}

// looseSpelling is plain, and reads German "ue" as "ü" too. It finds what a
// person may have meant, never what they said.
func looseSpelling(s string) string {
	return strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", `"`, "'").Replace(plain(s))
}

// lastDigits are the digits that a document number ends with, without leading
// zeros: "42" of "INV-0042".
func lastDigits(number string) string {
	number = strings.TrimSpace(number)
	rest := strings.TrimRight(number, "0123456789")
	return strings.TrimLeft(number[len(rest):], "0")
}

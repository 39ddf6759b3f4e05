package fisklapi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain is how somebody types a name who has no accents, curly quotes or long
// dashes at hand: "Café Lumière" as "cafe lumiere". Names are never changed by
// it, only compared.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range strings.TrimSpace(s) {
		switch r = unicode.ToLower(r); {
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r): // an accent by itself is left out
			b.WriteString(plainLetter(r))
		}
	}
	return b.String()
}

// plainLetter is a lower-case letter or a mark without what makes it hard to
// type.
func plainLetter(r rune) string {
	for _, group := range [...]struct{ letters, plain string }{
		{"àáâãäåāăą", "a"},
		{"çćĉċč", "c"},
		{"ďđð", "d"},
		{"èéêëēĕėęě", "e"},
		{"ĝğġģ", "g"},
		{"ĥħ", "h"},
		{"ìíîïĩīĭįı", "i"},
		{"ĵ", "j"},
		{"ķ", "k"},
		{"ĺļľŀł", "l"},
		{"ñńņňŉ", "n"},
		{"òóôõöøōŏő", "o"},
		{"ŕŗř", "r"},
		{"śŝşšș", "s"},
		{"ţťŧț", "t"},
		{"ùúûüũūŭůűų", "u"},
		{"ŵ", "w"},
		{"ýÿŷ", "y"},
		{"źżž", "z"},
		{"æ", "ae"},
		{"œ", "oe"},
		{"ß", "ss"},
		{"þ", "th"},
		{"‘’‚‹›´“”„«»", "'"},
		{"‐‑‒–—", "-"},
		{"\u00a0\u202f", " "},
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

package mailbox

import (
	"slices"
	"strings"
	"unicode"
)

// scripts tells of letters that are not Latin, and marks those of several
// scripts in one name: that is how one address passes for another.
func scripts(local, domain string) string {
	var all []string
	mixed := false
	for _, name := range append(strings.Split(domain, "."), local) {
		found := scriptsOf(name)
		mixed = mixed || len(found) > 1 && !belong(found)
		all = append(all, found...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	switch {
	case mixed:
		return "CAUTION: it mixes letters of " + strings.Join(all, " and ") + ", as addresses do that imitate others"
	case len(all) > 1 || len(all) == 1 && all[0] != "Latin":
		return "letters: " + strings.Join(all, ", ")
	default:
		return ""
	}
}

// scriptsOf are the scripts of the letters in a name, sorted.
func scriptsOf(name string) []string {
	var found []string
	for _, r := range name {
		if !unicode.IsLetter(r) {
			continue
		}
		if s := scriptOf(r); s != "" && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	slices.Sort(found)
	return found
}

// scriptOf is the script of a letter; empty for one that many share.
func scriptOf(r rune) string {
	if r < unicode.MaxLatin1 {
		return "Latin"
	}
	for name, table := range unicode.Scripts {
		if name != "Common" && name != "Inherited" && unicode.Is(table, r) {
			return name
		}
	}
	return ""
}

// belong reports scripts that one language writes together.
func belong(found []string) bool {
	for _, together := range [][]string{{"Han", "Hiragana", "Katakana"}, {"Han", "Hangul"}, {"Bopomofo", "Han"}} {
		if !slices.ContainsFunc(found, func(s string) bool { return !slices.Contains(together, s) }) {
			return true
		}
	}
	return false
}

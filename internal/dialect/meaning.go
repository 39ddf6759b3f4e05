package dialect

import (
	"slices"
	"strings"
	"unicode"
)

// otherWords are other words for what Fiskl's screens call by the first.
var otherWords = [][]string{
	{"partial", "partiallypaid", "partlypaid", "partpaid", "partpayment"},
	{"overdue", "pastdue", "late"},
	{"paid", "fullypaid"},
	{"rejected", "declined"},
	{"accrual", "accruals", "accrualbasis"},
	{"cash", "cashbasis"},
}

// meaning finds the one of our words that a word stands for: written otherwise,
// or known to mean the same.
func meaning(ours []string, word string) (string, bool) {
	folded := foldWord(word)
	for _, one := range ours {
		if foldWord(one) == folded {
			return one, true
		}
	}
	for _, one := range ours {
		if slices.ContainsFunc(otherWords, func(group []string) bool {
			return group[0] == foldWord(one) && slices.Contains(group, folded)
		}) {
			return one, true
		}
	}
	return "", false
}

// foldWord keeps the letters and digits of a word in lower case, without the
// plural of account types.
func foldWord(word string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, word)
	return singular(s)
}

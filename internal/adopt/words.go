package adopt

import (
	"maps"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// vocabulary notes the words that a status can be.
func (a *adoption) vocabulary(form *dialect.Form, v *contract.Value) {
	if form.Vocabulary == "" || len(v.Words) == 0 {
		return
	}
	if a.words[form.Vocabulary] == nil {
		a.words[form.Vocabulary] = make(map[string][]string)
	}
	known := a.words[form.Vocabulary]
	for _, theirs := range v.Words {
		ours, _ := dialect.Meaning(form.Meanings, theirs) // empty for a word without a meaning
		if !slices.Contains(known[ours], theirs) {
			known[ours] = append(known[ours], theirs)
		}
	}
}

// settleWords says of each vocabulary what is not as ours. A word of ours itself
// comes first where the API has it, for the first is the one that is sent.
func (a *adoption) settleWords() {
	for _, name := range slices.Sorted(maps.Keys(a.words)) {
		for _, ours := range slices.Sorted(maps.Keys(a.words[name])) {
			theirs := a.words[name][ours]
			slices.SortStableFunc(theirs, func(x, y string) int { return nearness(ours, x) - nearness(ours, y) })
			switch {
			case ours == "":
				a.note(Finding{Grade: Missing, Part: "words " + name, Theirs: strings.Join(theirs, ", "), Why: "no word of ours means this; it is shown as it comes"})
			case len(theirs) > 1 || theirs[0] != ours:
				a.word(name, ours, theirs)
			}
		}
	}
}

// nearness is 0 for the word itself, 1 for it in another case, 2 for others.
func nearness(ours, theirs string) int {
	switch {
	case ours == theirs:
		return 0
	case strings.EqualFold(ours, theirs):
		return 1
	default:
		return 2
	}
}

func (a *adoption) word(vocabulary, ours string, theirs []string) {
	if slices.ContainsFunc(theirs, func(w string) bool { return strings.Contains(w, ",") || strings.TrimSpace(w) != w }) {
		a.note(Finding{Grade: Missing, Part: "words " + vocabulary, Theirs: strings.Join(theirs, " | "), Why: "a word with a comma cannot be written down"})
		return
	}
	if a.dialect.Words == nil {
		a.dialect.Words = make(map[string]map[string]string)
	}
	if a.dialect.Words[vocabulary] == nil {
		a.dialect.Words[vocabulary] = make(map[string]string)
	}
	a.dialect.Words[vocabulary][ours] = strings.Join(theirs, ", ")
	f := Finding{Grade: Certain, Part: "words " + vocabulary + " " + ours, Theirs: strings.Join(theirs, ", "), Why: "the same word, spelt otherwise"}
	if nearness(ours, theirs[len(theirs)-1]) == 2 {
		f.Grade, f.Why = Guessed, "words known to mean the same"
	}
	a.note(f)
}

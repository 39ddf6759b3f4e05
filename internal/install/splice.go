package install

import (
	"cmp"
	"slices"
)

// splice puts a text in the place of what stands from start to end.
type splice struct {
	start, end int
	text       string
}

// apply makes all splices at once. They do not overlap; of those at one place
// the first comes first.
func apply(text []byte, all []splice) []byte {
	slices.SortStableFunc(all, func(a, b splice) int { return cmp.Compare(a.start, b.start) })
	var out []byte
	at := 0
	for _, s := range all {
		out = append(append(out, text[at:s.start]...), s.text...)
		at = s.end
	}
	return append(out, text[at:]...)
}

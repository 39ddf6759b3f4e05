package dialect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// factors are how many times ours a number of theirs can be, by how many places
// the point moves: 100 where a rate comes in basis points, 0.01 where it comes
// as a fraction.
var factors = map[float64]int{0.0001: -4, 0.001: -3, 0.01: -2, 0.1: -1, 1: 0, 10: 1, 100: 2, 1000: 3, 10000: 4}

func validFactors(all map[string]float64) error {
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if _, ok := factors[all[path]]; !ok {
			return fmt.Errorf("%s cannot be %v: it is a power of ten from 0.0001 to 10000", path, all[path])
		}
		if !validPlace(path) {
			return fmt.Errorf("%q cannot be the name of a member", path)
		}
	}
	return nil
}

// scaled moves the point of a number by so many places to the left; what is no
// plain number stays as it is.
func scaled(n Node, places int) Node {
	if places == 0 || n.Type != Number && n.Type != String {
		return n
	}
	a, ok := plainAmount(n.String())
	if !ok {
		return n
	}
	const room = 8
	digits := strings.Repeat("0", room) + a.whole + a.fraction + strings.Repeat("0", room)
	point := room + len(a.whole) - places
	s := strings.TrimLeft(digits[:point], "0")
	if s == "" {
		s = "0"
	}
	if fraction := strings.TrimRight(digits[point:], "0"); fraction != "" {
		s += "." + fraction
	}
	if a.negative && strings.Trim(s, "0.") != "" {
		s = "-" + s
	}
	if n.Type == String {
		return Text(s)
	}
	return Node{Type: Number, Raw: []byte(s)}
}

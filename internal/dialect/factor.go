package dialect

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
)

// pointMoves is by how many places the point of a number moves that is so many
// times ours: 100 where a rate comes in basis points, 0.01 where it comes as a
// fraction. ok is false for what is no such power of ten.
func pointMoves(factor float64) (places int, ok bool) {
	for i, f := range []float64{0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000} {
		if f == factor {
			return i - 4, true
		}
	}
	return 0, false
}

func validFactors(all map[string]float64) error {
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if _, ok := pointMoves(all[path]); !ok {
			return fmt.Errorf("%s cannot be %v: it is a power of ten from 0.0001 to 10000", path, all[path])
		}
		if !validPlace(path) {
			return fmt.Errorf("%q cannot be the name of a member", path)
		}
	}
	return nil
}

// scaled moves the point of a number by the places of a factor: to the left for
// a direction of 1, to the right for -1. What is no plain number stays as it is.
func scaled(n Node, factor float64, direction int) Node {
	places, _ := pointMoves(factor)
	places *= direction
	if places == 0 || n.Type != Number && n.Type != String {
		return n
	}
	a, ok := plainAmount(n.String())
	if !ok {
		return n
	}
	a = a.withoutNoise()
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

// meant is to how many digits a number is meant that has as many as a binary
// float can hold.
const meant = 12

// withoutNoise rounds a number that has so many digits that the last can only
// come from binary arithmetic: 534.1999999999999 is 534.2.
func (a amount) withoutNoise() amount {
	places := meant - len(a.whole)
	if len(a.whole)+len(a.fraction) < meant+3 || places < 1 {
		return a
	}
	exact, ok := new(big.Rat).SetString(a.whole + "." + a.fraction)
	if !ok {
		return a
	}
	a.whole, a.fraction, _ = strings.Cut(exact.FloatString(places), ".")
	return a
}

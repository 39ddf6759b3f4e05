package dialect

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Money is how an API writes amounts.
type Money string

// The ways of writing amounts. Fiskl documents MinorUnits: 15000 is 150.00.
const (
	MinorUnits    Money = "minor units"   // 15000, documented
	MinorText     Money = "minor text"    // "15000"
	DecimalNumber Money = "decimals"      // 150.00
	DecimalText   Money = "decimal texts" // "150.00"
)

// Major reports amounts whose unit is the currency's own, not its hundredth.
func (m Money) Major() bool { return m == DecimalNumber || m == DecimalText }

func (m Money) valid() bool {
	return m == "" || m == MinorUnits || m == MinorText || m == DecimalNumber || m == DecimalText
}

// amount is an amount as it is written.
type amount struct {
	negative  bool
	whole     string
	fraction  string
	formatted bool // as for a person: with a sign of its currency or separators
	text      bool
}

// readMoney reads an amount in any form that leaves no doubt about its digits.
func readMoney(n *Node) (amount, bool) {
	switch n.Type {
	case Number:
		return plainAmount(string(n.Raw))
	case String:
		s := strings.TrimSpace(n.String())
		a, ok := plainAmount(s)
		if !ok {
			a, ok = formattedAmount(s)
		}
		a.text = true
		return a, ok
	default:
		return amount{}, false
	}
}

// plainAmount reads digits with at most one decimal point.
func plainAmount(s string) (amount, bool) {
	rest, negative := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(rest, ".")
	ok := whole != "" && digits(whole) && digits(fraction) && (!pointed || fraction != "") && len(rest) <= 25
	return amount{negative: negative, whole: whole, fraction: fraction}, ok
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// formattedAmount reads an amount as a person would write it: "£1,800.00",
// "(1.800,00 €)". One separator before three digits could be either, and is
// refused unless it is a comma.
func formattedAmount(s string) (amount, bool) {
	a := amount{formatted: true}
	opened, closed := strings.HasPrefix(s, "("), strings.HasSuffix(s, ")")
	if opened != closed {
		return a, false
	}
	s = strings.TrimFunc(strings.Trim(s, "()"), notOfNumber)
	rest, signed := strings.CutPrefix(s, "-")
	if signed {
		s = strings.TrimLeftFunc(rest, notOfNumber)
	}
	a.negative = signed || opened
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, s)
	twice := signed && opened
	return a, !twice && len(s) <= 25 && a.separated(s)
}

// separated reads digits between separators.
func (a *amount) separated(s string) bool {
	a.whole = s
	if point := strings.LastIndexAny(s, ".,"); point >= 0 {
		separator, behind := s[point:point+1], s[point+1:]
		alone := strings.Count(s, separator) == 1
		other := alone && strings.ContainsAny(s[:point], ".,")
		switch {
		case other || alone && len(behind) != 3:
			a.whole, a.fraction = s[:point], behind
		case alone && separator == ".":
			return false
		}
		if behind == "" || !digits(a.fraction) {
			return false
		}
	}
	var ok bool
	a.whole, ok = ungrouped(a.whole)
	return ok
}

// ungrouped takes the separators out of a whole number: one kind of them, before
// groups of three digits, of which India writes all but the last with two.
func ungrouped(s string) (whole string, ok bool) {
	separator := ","
	if strings.Contains(s, ".") {
		separator = "."
	}
	groups := strings.Split(s, separator)
	last := len(groups) - 1
	for i, group := range groups {
		switch n := len(group); {
		case n == 0 || !digits(group), last > 0 && n > 3, i > 0 && n < 2, i > 0 && i == last && n != 3:
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

// notOfNumber is what may stand around the digits of a formatted amount.
func notOfNumber(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Sc, r) || unicode.IsLetter(r) || r == '+'
}

// minor writes an amount as an integer with this many decimals.
func (a amount) minor(major bool, places int) (string, error) {
	if !major {
		places = 0
	}
	if err := a.certain(major, places); err != nil {
		return "", err
	}
	fraction := strings.TrimRight(a.fraction, "0")
	s := strings.TrimLeft(a.whole+fraction+strings.Repeat("0", places-len(fraction)), "0")
	if s == "" {
		return "0", nil
	}
	if a.negative {
		s = "-" + s
	}
	if _, err := strconv.ParseInt(s, 10, 64); err != nil {
		return "", errors.New("an amount is too large")
	}
	return s, nil
}

// certain says why an amount cannot be one with this many decimals.
func (a amount) certain(major bool, places int) error {
	decimals := len(strings.TrimRight(a.fraction, "0"))
	switch {
	case !major && decimals > 0:
		return errors.New("an amount in minor units has decimals")
	case major && a.text && len(a.fraction) == 3 && places < 3:
		return errors.New("an amount has a point before three digits, which may be thousands or decimals")
	case decimals > places:
		return fmt.Errorf("an amount has more than %d decimals", places)
	default:
		return nil
	}
}

// write turns minor units with this many decimals into the form of an API.
func (m Money) write(minor string, places int) Node {
	if !m.Major() {
		if m == MinorText {
			return Text(minor)
		}
		return Node{Type: Number, Raw: []byte(minor)}
	}
	rest, negative := strings.CutPrefix(minor, "-")
	if missing := places + 1 - len(rest); missing > 0 {
		rest = strings.Repeat("0", missing) + rest
	}
	s := rest[:len(rest)-places]
	if places > 0 {
		s += "." + rest[len(rest)-places:]
	}
	if negative {
		s = "-" + s
	}
	if m == DecimalText {
		return Text(s)
	}
	return Node{Type: Number, Raw: []byte(s)}
}

// moneyOf finds out how the amounts of an answer are written. Decimals anywhere
// mean decimals everywhere; whole numbers among them are read as such only where
// zeros behind the point are left out throughout.
func moneyOf(all []amount) (Money, error) {
	var seen spellings
	for _, a := range all {
		seen.note(a)
	}
	text := len(all) > 0 && seen.texts == len(all)
	switch {
	case seen.doubtful():
		return "", errors.New("some amounts have decimals and others have none, so their unit is not certain")
	case seen.pointed > 0 && text:
		return DecimalText, nil
	case seen.pointed > 0:
		return DecimalNumber, nil
	case text:
		return MinorText, nil
	default:
		return MinorUnits, nil
	}
}

// spellings counts amounts by what their writing tells of their unit. A zero
// without a point tells nothing.
type spellings struct {
	pointed, whole, texts int
	zeros                 bool // one has a zero at its end behind the point
}

// doubtful reports whole numbers among decimals that are not cut short: the
// whole numbers may be of another unit.
func (s *spellings) doubtful() bool { return s.pointed > 0 && s.whole > 0 && s.zeros }

func (s *spellings) note(a amount) {
	switch {
	case a.fraction != "":
		s.pointed++
		s.zeros = s.zeros || strings.HasSuffix(a.fraction, "0")
	case a.formatted:
		s.pointed++
	case strings.Trim(a.whole, "0") != "":
		s.whole++
	}
	if a.text {
		s.texts++
	}
}

package schemas

import "github.com/shopspring/decimal"

// exact is a sum of amounts. It counts in 64 bits, in units of the last decimal
// that the amounts have; what does not go in there is carried.
type exact struct {
	units    int64
	decimals int32
	carried  decimal.Decimal
	most     int32 // decimals of any amount
}

// fullUnits is how far the units go. It leaves room for one more amount.
const fullUnits = 1 << 62

func (e *exact) add(m Money) {
	if m == "" {
		return
	}
	units, decimals, fits := m.units()
	if !fits {
		d := m.Decimal()
		e.carried, e.most = e.carried.Add(d), max(e.most, -d.Exponent())
		return
	}
	if decimals != e.decimals || e.units > fullUnits || e.units < -fullUnits {
		e.carried, e.units, e.decimals = e.sum(), 0, decimals
	}
	e.units += units
	e.most = max(e.most, decimals)
}

func (e *exact) sum() decimal.Decimal { return e.carried.Add(decimal.New(e.units, -e.decimals)) }

// units are the digits of an amount as one integer, of which so many stand
// behind the point. False when there are too many of them.
func (m Money) units() (units int64, decimals int32, fits bool) {
	const maxDigits = 18
	digits, sign := m, int64(1)
	if len(m) > 0 && m[0] == '-' {
		digits, sign = m[1:], -1
	}
	pointed := false
	for _, c := range []byte(digits) {
		switch {
		case c == '.' && !pointed:
			pointed = true
		case c < '0' || c > '9':
			return 0, 0, false
		default:
			units = 10*units + int64(c-'0')
			if pointed {
				decimals++
			}
		}
	}
	return sign * units, decimals, len(digits) <= maxDigits
}

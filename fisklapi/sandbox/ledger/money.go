package ledger

import (
	"strconv"

	"github.com/shopspring/decimal"
)

// Minor is an amount of money in hundredths of its currency, whatever that currency is: 15000 is 150.00.
type Minor int64

// String is the amount in whole units with two decimals, such as 150.00.
func (m Minor) String() string {
	sign, n := "", int64(m)
	if n < 0 {
		sign, n = "-", -n
	}
	cents := strconv.FormatInt(n%100, 10)
	if len(cents) == 1 {
		cents = "0" + cents
	}
	return sign + strconv.FormatInt(n/100, 10) + "." + cents
}

// Times is the amount times an exact factor, rounded half-up to the minor unit.
func (m Minor) Times(factor decimal.Decimal) Minor {
	return Minor(decimal.NewFromInt(int64(m)).Mul(factor).Round(0).IntPart())
}

// Share is part / whole of the amount, rounded half-up; the amount itself when whole is zero.
func (m Minor) Share(part, whole Minor) Minor {
	if whole == 0 {
		return m
	}
	product := decimal.NewFromInt(int64(m)).Mul(decimal.NewFromInt(int64(part)))
	return Minor(product.DivRound(decimal.NewFromInt(int64(whole)), 0).IntPart())
}

package fisklapi

import (
	"fmt"
	"math/big"
)

// scale is how many times one amount is another where they should be the same:
// 10, 100 or 1000, as happens when one of them is in another unit. It is 0
// where they differ otherwise, as by a discount, or not at all.
func scale(one, other *big.Rat) int {
	if one.Sign() == 0 || other.Sign() == 0 {
		return 0
	}
	for _, pair := range [][2]*big.Rat{{one, other}, {other, one}} {
		quotient := new(big.Rat).Quo(pair[0], pair[1])
		for _, factor := range []int64{10, 100, 1000} {
			if near(quotient, big.NewRat(factor, 1)) {
				return int(factor)
			}
		}
	}
	return 0
}

// near reports two numbers that are the same but for rounding.
func near(a, b *big.Rat) bool {
	off := new(big.Rat).Sub(new(big.Rat).Quo(a, b), big.NewRat(1, 1))
	return off.Abs(off).Cmp(big.NewRat(1, 200)) < 0
}

func rat(amount *int64) *big.Rat { return big.NewRat(units(amount), 1) }

// misscaled says which amounts of a document are in another unit than the
// others; empty when none are. Amounts that differ otherwise say nothing: there
// may be discounts.
func (w wireAmounts) misscaled(come wireTotal) string {
	sum := new(big.Rat)
	for i, l := range w.Items {
		sum.Add(sum, rat(l.Total))
		quantity, ok := new(big.Rat).SetString(string(l.Quantity))
		if !ok {
			continue
		}
		if f := scale(new(big.Rat).Mul(rat(l.Price), quantity), rat(l.Net)); f != 0 {
			return fmt.Sprintf("on line %d quantity times price is %d times, or one in %d of, its net amount", i+1, f, f)
		}
	}
	if f := scale(sum, rat(come.Total)); f != 0 {
		return fmt.Sprintf("its lines come to %d times, or one in %d of, its total", f, f)
	}
	return ""
}

// unitWarning tells whoever reads a document that its amounts disagree.
func unitWarning(problem string) []string {
	if problem == "" {
		return nil
	}
	return []string{problem + ": one of them is in another unit, so no amount here is certain"}
}

// percentages reports ratios that are all a hundred times what their inputs
// give.
func (w wireRatios) percentages() bool {
	right, off := 0, 0
	for _, r := range w.Ratios {
		if len(r.Inputs) != 2 || units(r.Inputs[1].Amount) == 0 || units(r.Inputs[0].Amount) == 0 {
			continue
		}
		value, ok := new(big.Rat).SetString(string(r.Value))
		if !ok || value.Sign() == 0 {
			continue
		}
		quotient := new(big.Rat).Quo(rat(r.Inputs[0].Amount), rat(r.Inputs[1].Amount))
		switch {
		case scale(value, quotient) == 100:
			off++
		case near(value, quotient):
			right++
		}
	}
	return off > 0 && right == 0
}

package books

import (
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// pounds is what one unit of each known currency is worth in pounds sterling in an average month, in millionths of a
// pound.
func pounds() map[string]int64 {
	return map[string]int64{
		"GBP": 1_000_000, "EUR": 856_000, "USD": 785_000, "CHF": 893_000, "CAD": 571_000, "AUD": 512_000, "NZD": 468_000,
		"SEK": 75_400, "NOK": 73_600, "DKK": 114_700, "PLN": 199_000, "CZK": 34_100, "HUF": 2_180, "TRY": 24_000,
		"JPY": 5_200, "CNY": 108_000, "HKD": 100_500, "SGD": 584_000, "INR": 9_210, "KRW": 571,
		"AED": 213_700, "SAR": 209_200, "KWD": 2_556_000, "BHD": 2_082_000, "ILS": 212_000,
		"ZAR": 43_300, "BRL": 142_000, "MXN": 43_500,
	}
}

// ratePrecision is the number of decimals a rate is rounded to.
const ratePrecision = 6

// payable is an amount rounded half-up to what can be paid in its currency: nobody owes a fraction of a yen.
func payable(amount Minor, currency string) Minor {
	if currency != "JPY" && currency != "KRW" {
		return amount
	}
	return Minor(decimal.NewFromInt(int64(amount)).Round(-2).IntPart())
}

// Rate is what one unit of a currency is worth in the base currency on a day. The sandbox makes it up: a fixed average
// that swings by at most some three per cent over the year, the same in every run.
func (b *Books) Rate(currency string, day Date) decimal.Decimal {
	if currency == b.company.Currency {
		return decimal.NewFromInt(1)
	}
	worth := pounds()
	from := decimal.NewFromInt(worth[currency] * swing(currency, day.Time()))
	to := decimal.NewFromInt(worth[b.company.Currency] * swing(b.company.Currency, day.Time()))
	return from.DivRound(to, ratePrecision)
}

// swing is how a currency stands against its average on a day, in basis points.
func swing(currency string, day time.Time) int64 {
	if currency == "GBP" {
		return 10_000
	}
	waves := [12]int64{0, 90, 160, 210, 170, 60, -40, -130, -220, -260, -150, -60}
	month := (int(day.Month()) + int(currency[0])) % len(waves)
	return 10_000 + waves[month] + int64(day.Day()%7-3)*4
}

func knownCurrency(currency string) bool { return pounds()[currency] > 0 }

// capitals reports that a code is so many capital letters.
func capitals(code string, letters int) bool {
	return len(code) == letters && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

func checkCurrency(currency string) error {
	if !capitals(currency, 3) {
		return refuse("currency: %q is not a three-letter currency code", currency)
	}
	if !knownCurrency(currency) {
		return refuse("currency: no exchange rate is known for %s", currency)
	}
	return nil
}

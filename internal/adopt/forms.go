package adopt

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// moneyOf is how a description has an amount written, and whether it says so.
func moneyOf(v *contract.Value) (form dialect.Money, sure bool) {
	minor := says(v, "minor unit", "cents", "pence", "hundredth", "smallest unit", "smallest currency")
	pointed := isPointed(v)
	plain, major := dialect.MinorUnits, dialect.DecimalNumber
	switch v.Kind {
	case "integer":
		return plain, minor
	case "string":
		plain, major = dialect.MinorText, dialect.DecimalText
	case "number":
	default:
		return "", false
	}
	if minor && !pointed {
		return plain, true
	}
	return major, pointed
}

// isPointed reports an amount that is said to have decimals.
func isPointed(v *contract.Value) bool {
	return v.Hundredths || strings.Contains(v.Example, ".") || isDecimalPattern(v.Pattern) ||
		strings.Contains(strings.ToLower(v.Format), "decimal") || says(v, "decimal")
}

// epochOf is the form of a number that is a date; empty for one that is none.
func epochOf(v *contract.Value) dialect.Days {
	switch {
	case v.Kind != "integer" && v.Kind != "number":
		return ""
	case says(v, "millisecond"):
		return dialect.EpochMillis
	case says(v, "unix", "epoch", "seconds since") || v.Format == "unix-time" || v.Format == "timestamp":
		return dialect.EpochSecs
	default:
		return ""
	}
}

// layoutOf is the form of a date that a description spells out.
func layoutOf(v *contract.Value) dialect.Days {
	s := strings.ToLower(v.Description + " " + v.Format)
	for _, d := range []dialect.Days{dialect.SlashedDMY, dialect.SlashedMDY, dialect.DashedDMY, dialect.DottedDMY, dialect.SlashedYMD, dialect.ISODays, dialect.CompactDays} {
		if strings.Contains(s, strings.ToLower(string(d))) {
			return d
		}
	}
	return ""
}

// daysOf is how a description has a date written, and whether it says so.
func daysOf(v *contract.Value) (form dialect.Days, sure bool) {
	switch {
	case epochOf(v) != "":
		return epochOf(v), true
	case layoutOf(v) != "":
		return layoutOf(v), true
	case v.Format == "date-time":
		return dialect.UTCDays, true
	case v.Format == "date":
		return dialect.ISODays, true
	default:
		return dialect.ISODays, false
	}
}

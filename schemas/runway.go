package schemas

import (
	"time"

	"github.com/shopspring/decimal"
)

// Runway is how long cash lasts if a period goes on. It is derived here.
type Runway struct {
	Months string `json:"runway_months,omitempty" jsonschema_description:"Of a cash flow: how long its closing cash lasts; absent where the period used no cash"`
	Runway string `json:"runway,omitempty" jsonschema_description:"Formula and figures of it; derived here"`
}

// daysOfYear and monthsOfYear turn days into months: a year of days over twelve.
const (
	daysOfYear   = 365
	monthsOfYear = 12
)

// NewRunway computes how long the closing cash lasts. What a period used is
// operating and investing: loans and capital come once. days is how long it is.
func NewRunway(totals Totals, over Range) Runway {
	start, err := time.Parse(time.DateOnly, string(over.Start))
	end, endErr := time.Parse(time.DateOnly, string(over.End))
	closing := totals.Get("closing_cash")
	if err != nil || endErr != nil || closing == "" || end.Before(start) || totals.Get("operating") == "" {
		return Runway{}
	}
	days := int64(end.Sub(start).Hours()/24) + 1
	net := totals.Get("operating").Decimal().Add(totals.Get("investing").Decimal())
	inputs := "closing cash " + string(closing) + ", operating " + string(totals.Get("operating")) + ", investing " +
		string(totals.Get("investing")) + ", " + decimal.NewFromInt(days).String() + " days"
	switch {
	case !net.IsNegative():
		return Runway{Runway: "the period used no cash before financing (" + inputs + ")"}
	case !closing.Decimal().IsPositive():
		return Runway{Runway: "no cash is left (" + inputs + ")"}
	}
	months := closing.Decimal().Mul(decimal.NewFromInt(days*monthsOfYear)).DivRound(net.Neg().Mul(decimal.NewFromInt(daysOfYear)), 1)
	return Runway{
		Months: months.StringFixed(1),
		Runway: "closing cash / (-(operating + investing) / days) x 12 / 365, as if the period went on (" + inputs + ")",
	}
}

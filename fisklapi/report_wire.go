package fisklapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wireHead is what every report says of itself. No report's JSON is printed
// in Fiskl's documentation; openapi.yaml has what is assumed.
type wireHead struct {
	Name     text `json:"name" form:"soft"`
	Currency text `json:"currency" form:"required"`
	Start    day  `json:"start"`
	End      day  `json:"end"`
	AsOf     day  `json:"asOf"`
	Basis    text `json:"basis" form:"words=basis"`
}

// noun keeps the period's name when the days are the ones it was asked for.
func (w wireHead) noun(asked schemas.Range) schemas.ReportHead {
	h := schemas.ReportHead{
		Report: string(w.Name), Currency: string(w.Currency), Basis: string(w.Basis), AsOf: schemas.Date(w.AsOf),
	}
	if w.AsOf == "" {
		h.Range = schemas.Range{Start: schemas.Date(w.Start), End: schemas.Date(w.End)}
	}
	if asked.Start == h.Start && asked.End == h.End {
		h.Period = asked.Period
	}
	return h
}

// wireTotals is an object of amounts, in the order in which Fiskl wrote them.
type wireTotals []wireNamed

type wireNamed struct {
	Name   text   `json:"name" form:"required"`
	Amount *int64 `json:"amount" form:"required"`
}

func (t *wireTotals) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	switch open, err := d.Token(); {
	case err != nil:
		return err
	case open == nil: // null, which is how some leave things out
		return nil
	case open != json.Delim('{'):
		return errors.New("totals are not an object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		if _, err := strconv.ParseFloat(strings.Trim(string(value), `"`), 64); err != nil {
			continue // no amount, but something that this version does not know
		}
		var amount *int64
		if err := json.Unmarshal(value, &amount); err != nil {
			return err
		}
		name, _ := key.(string)
		*t = append(*t, wireNamed{text(schemas.Clean(name, 60)), amount})
	}
	return nil
}

func (t wireTotals) noun(m MinorUnits, currency string) schemas.Totals {
	totals := make(schemas.Totals, 0, len(t))
	for _, one := range t {
		totals = append(totals, schemas.NamedAmount{Name: snake(string(one.Name)), Amount: m.decimal(one.Amount, currency)})
	}
	return totals
}

// snake writes costOfSales as cost_of_sales.
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

type wireReport struct {
	wireHead
	Columns  []wireColumn  `json:"columns"`
	Sections []wireSection `json:"sections" form:"required"`
	Totals   wireTotals    `json:"totals" form:"required"`
}

type wireColumn struct {
	Name   text       `json:"name" form:"required"`
	Start  day        `json:"start"`
	End    day        `json:"end"`
	AsOf   day        `json:"asOf"`
	Totals wireTotals `json:"totals" form:"required"`
}

type wireSection struct {
	Name   text        `json:"name" form:"required"`
	Rows   []wireEntry `json:"rows" form:"unless=total"`
	Total  *int64      `json:"total" form:"required"`
	Totals []*int64    `json:"totals"`
}

type wireEntry struct {
	AccountID id       `json:"accountId" form:"soft"`
	Code      text     `json:"code" form:"soft"`
	Name      text     `json:"name" form:"required"`
	Amount    *int64   `json:"amount" form:"required"`
	Amounts   []*int64 `json:"amounts"`
}

// nests says that an account may have accounts below it.
func (wireEntry) nests() bool { return true }

func (wireSection) checks() []string { return []string{"total = sum(rows.amount)"} }

func (w wireReport) noun(m MinorUnits, asked schemas.Range) schemas.Report {
	currency := string(w.Currency)
	r := schemas.Report{ReportHead: w.wireHead.noun(asked), Sections: make([]schemas.Section, 0, len(w.Sections)), Totals: w.Totals.noun(m, currency)}
	for _, c := range w.Columns {
		r.Columns = append(r.Columns, schemas.Column{
			Name: string(c.Name), Start: schemas.Date(c.Start), End: schemas.Date(c.End), AsOf: schemas.Date(c.AsOf),
			Totals: c.Totals.noun(m, currency),
		})
	}
	for _, s := range w.Sections {
		section := schemas.Section{Name: string(s.Name), Rows: make([]schemas.AccountAmount, 0, len(s.Rows)), Total: m.decimal(s.Total, currency)}
		section.Amounts, section.Change = m.compared(s.Totals, currency)
		for _, e := range s.Rows {
			row := schemas.AccountAmount{Account: string(e.Name), Code: string(e.Code), AccountID: e.AccountID.key, Amount: m.decimal(e.Amount, currency)}
			row.Amounts, row.Change = m.compared(e.Amounts, currency)
			section.Rows = append(section.Rows, row)
		}
		r.Sections = append(r.Sections, section)
	}
	return r
}

// compared turns the amounts of a row's columns into decimals, with the change
// from the second column to the first.
func (m MinorUnits) compared(amounts []*int64, currency string) ([]schemas.Money, schemas.Change) {
	all := m.decimals(amounts, currency)
	if len(all) < 2 {
		return all, schemas.Change{}
	}
	return all, schemas.Compare(all[0], all[1])
}

func (m MinorUnits) decimals(amounts []*int64, currency string) []schemas.Money {
	var all []schemas.Money
	for _, a := range amounts {
		all = append(all, m.decimal(a, currency))
	}
	return all
}

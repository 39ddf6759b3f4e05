package reports

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Statement is a report of accounts in sections, with totals of the kind T. With a comparison it has a column for the
// period asked for and for each earlier one, and every row and section an amount for each column.
type Statement[T any] struct {
	Head
	Columns  []Column[T] `json:"columns,omitempty"`
	Sections []Section   `json:"sections"`
	Totals   T           `json:"totals"`
}

// Column is one period of a comparison.
type Column[T any] struct {
	Name   string `json:"name"`
	Start  Date   `json:"start,omitempty"`
	End    Date   `json:"end,omitempty"`
	AsOf   Date   `json:"asOf,omitempty"`
	Totals T      `json:"totals"`
}

// Section is a part of a statement with a total of its own.
type Section struct {
	Name   string  `json:"name"`
	Rows   []Row   `json:"rows,omitempty"`
	Total  Minor   `json:"total"`
	Totals []Minor `json:"totals,omitempty"`
}

// Row is one line of a section: an account, or what has no account of its own.
type Row struct {
	AccountID int64       `json:"accountId,omitempty"`
	Code      ledger.Code `json:"code,omitempty"`
	Name      string      `json:"name"`
	Amount    Minor       `json:"amount"`
	Amounts   []Minor     `json:"amounts,omitempty"`
}

// place is where in a statement an amount belongs. Rows go by order, then by account.
type place struct {
	section string
	order   int
	code    ledger.Code
	id      int64
	name    string
}

// on is the row of an account in a section.
func on(section string, a ledger.Account) place {
	return place{section: section, order: accountRow, code: a.Code, id: a.ID, name: a.Name}
}

// Named rows come before those of accounts.
const accountRow = 1000

// figures are the amounts of one column.
type figures map[place]Minor

// section adds up one section.
func (f figures) section(name string) Minor {
	var sum Minor
	for at, amount := range f {
		if at.section == name {
			sum += amount
		}
	}
	return sum
}

// draw puts columns side by side. A row that is zero in every column is left out; totals makes a column's totals.
func draw[T any](head Head, names []string, columns []Column[T], all []figures) Statement[T] {
	s := Statement[T]{Head: head, Sections: []Section{}, Totals: columns[0].Totals}
	comparing := len(columns) > 1
	if comparing {
		s.Columns = columns
	}
	rows := places(all)
	for _, name := range names {
		section := Section{Name: name, Total: all[0].section(name)}
		for _, at := range rows {
			if row, ok := drawRow(at, all); at.section == name && ok {
				section.Rows = append(section.Rows, row)
			}
		}
		for _, f := range all {
			if comparing {
				section.Totals = append(section.Totals, f.section(name))
			}
		}
		s.Sections = append(s.Sections, section)
	}
	return s
}

// places are all rows of all columns in order.
func places(all []figures) []place {
	seen := map[place]bool{}
	for _, f := range all {
		for at := range f {
			seen[at] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.code, b.code), cmp.Compare(a.name, b.name))
	})
}

// drawRow is one row over all columns, and whether any of them has an amount.
func drawRow(at place, all []figures) (Row, bool) {
	row := Row{AccountID: at.id, Code: at.code, Name: at.name, Amount: all[0][at]}
	some := false
	for _, f := range all {
		some = some || f[at] != 0
		if len(all) > 1 {
			row.Amounts = append(row.Amounts, f[at])
		}
	}
	return row, some
}

// Package render lays answers out as tables and writes them: as text for a
// model, and as Markdown, CSV and XLSX for people.
//
// An answer is walked once, in layout.go, whatever it is written as. Text is
// written of what comes out as it stands; files have currencies in columns of
// their own, which file.go adds.
package render

import (
	"strings"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Kind is what the cells of a column hold.
type Kind int

// The kinds of cells.
const (
	Text    Kind = iota // words; never a number, a date or a formula
	Number              // an exact decimal
	Money               // an amount
	Foreign             // an amount and, behind it, its currency; never in a file
	Date                // a day
)

// Column is one column of a table.
type Column struct {
	Name string
	Kind Kind

	optional bool // it is left out when empty
}

// Names are the names of columns.
func Names(columns []Column) []string {
	names := make([]string, 0, len(columns))
	for _, c := range columns {
		names = append(names, c.Name)
	}
	return names
}

// Table is rows below a row of names.
type Table struct {
	Title   string // empty when the document's says enough
	Columns []Column
	Rows    [][]string

	currency string // of its amounts, where the answer's own is not
}

// Fact is something that a document says of itself.
type Fact struct{ Name, Value string }

// Document is a whole file.
type Document struct {
	Title  string
	Facts  []Fact
	Tables []Table
	Totals []schemas.FileSum // in files alone
}

// Writer writes a document from its first row to its last.
type Writer interface {
	// Begin begins a table. Totals know it by its title.
	Begin(title string, columns []Column) error

	// Row writes the next row of the table that was begun last.
	Row(cells []string) error

	// Close ends the document with its totals and with what it says of itself.
	// What it was written to stays open.
	Close(totals []schemas.FileSum, facts []Fact) error
}

// Write writes a whole document.
func Write(w Writer, d Document) error {
	for _, t := range d.Tables {
		if err := w.Begin(t.Title, t.Columns); err != nil {
			return err
		}
		for _, row := range t.Rows {
			if err := w.Row(row); err != nil {
				return err
			}
		}
	}
	return w.Close(d.Totals, d.Facts)
}

// isDecimal reports a plain decimal number.
func isDecimal(s string) bool {
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return isDigits(whole) && (!pointed || isDigits(fraction))
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isNumeric reports a column of numbers, amounts among them.
func (c Column) isNumeric() bool { return c.Kind == Number || c.Kind == Money }

// kindOf is the kind of a cell: Number or Date where its column and what it
// holds agree, else Text.
func (c Column) kindOf(cell string) Kind {
	switch {
	case c.isNumeric() && isDecimal(cell):
		return Number
	case c.Kind == Date && isDay(cell):
		return Date
	default:
		return Text
	}
}

func isDay(s string) bool {
	_, err := schemas.ParseDate(s)
	return err == nil && len(s) == len("2026-01-31")
}

// openings are the characters that open a formula in some spreadsheet, or move
// what follows to another cell. The wide forms count in some languages.
const openings = "=+-@\t\r\n＝＋－＠"

// inert is a text that no spreadsheet takes for a formula. An apostrophe in
// front is what people put there for "this is text".
func inert(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune(openings, first) {
		return "'" + text
	}
	return text
}

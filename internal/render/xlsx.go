package render

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// XLSX writes a workbook (ECMA-376): a sheet for each table, one for the totals,
// as formulas where they follow from the tables, and one for what the document
// says of itself. Each row goes out as it comes. Numbers are written digit by
// digit and never become floats here; those with more digits than a spreadsheet
// keeps are written as text.
type XLSX struct {
	zip    *zip.Writer
	out    *bufio.Writer // of the part that is written now
	sheets []sheet
	row    int
	err    error
}

// sheet is one sheet of a workbook. The first row names the columns.
type sheet struct {
	name    string
	title   string // of its table, by which totals know it
	columns []Column
	last    int   // row
	texts   []int // columns of numbers in which some are written as text
}

// NewXLSX returns a writer of workbooks.
func NewXLSX(w io.Writer) *XLSX {
	x := &XLSX{zip: zip.NewWriter(w)}
	for _, part := range fixedParts() {
		x.part(part)
	}
	return x
}

// maxDigits is how many digits of a number a spreadsheet keeps, and firstDay
// the first day on whose number all of them agree.
const (
	maxDigits = 15
	firstDay  = 61
)

// Begin begins a table on a sheet of its own.
func (x *XLSX) Begin(title string, columns []Column) error {
	x.open(sheet{name: x.sheetName(title), title: title, columns: columns})
	return x.failed()
}

// open begins a sheet with the names of its columns.
func (x *XLSX) open(s sheet) {
	x.end()
	x.sheets = append(x.sheets, s)
	x.begin(sheetPart(len(x.sheets)))
	x.row = 0
	x.put(openSheet(len(x.sheets) == 1))
	x.widths(s.columns)
	names := make([]styledCell, 0, len(s.columns))
	for _, c := range s.columns {
		style := styleHead
		if c.isNumeric() {
			style = styleHeadRight
		}
		names = append(names, styledCell{text: c.Name, kind: Text, style: style})
	}
	x.line(names)
}

// end ends the sheet that was begun last.
func (x *XLSX) end() {
	if len(x.sheets) > 0 {
		x.sheets[len(x.sheets)-1].last = x.row
		x.put(closeSheet)
	}
}

// sheetName is the name of the sheet of a table. Spreadsheets take at most 31
// characters, and no name twice.
func (x *XLSX) sheetName(title string) string {
	const most = 28
	words := strings.FieldsFunc(title, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	name := strings.Join(words, " ")
	if name == "" {
		name = "Data"
	}
	name = strings.ToUpper(name[:1]) + name[1:min(len(name), most)]
	if slices.ContainsFunc(x.sheets, func(s sheet) bool { return strings.EqualFold(s.name, name) }) {
		name += " " + strconv.Itoa(len(x.sheets)+1)
	}
	return name
}

// widths sets the columns' widths, and opens the rows.
func (x *XLSX) widths(columns []Column) {
	x.put("<cols>")
	for i, c := range columns {
		width := max(len(c.Name)+2, map[Kind]int{Text: 16, Number: 14, Money: 14, Date: 12}[c.Kind])
		if slices.Contains(wide(), c.Name) {
			width = 36
		}
		x.put(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, width))
	}
	x.put("</cols><sheetData>")
}

// wide are the columns with names and longer texts.
func wide() []string {
	return []string{"name", "account", "client", "vendor", "contact", "description", "section", "email", "formula", "inputs"}
}

// Row writes one row.
func (x *XLSX) Row(cells []string) error {
	s := &x.sheets[len(x.sheets)-1]
	line := make([]styledCell, 0, len(cells))
	for i, text := range cells {
		c := styledCell{text: text, kind: Text, style: styleText}
		if i < len(s.columns) {
			c.kind = s.columns[i].kindOf(text)
			c = c.styled()
			if c.kind == Text && text != "" && s.columns[i].isNumeric() && !slices.Contains(s.texts, i) {
				s.texts = append(s.texts, i)
			}
		}
		line = append(line, c)
	}
	x.line(line)
	return x.failed()
}

// Close writes the totals and the facts on sheets of their own, and ends the
// workbook.
func (x *XLSX) Close(totals []schemas.FileSum, facts []Fact) error {
	if len(totals) > 0 {
		x.totals(totals)
	}
	x.open(sheet{name: "About", columns: []Column{{Name: "fact"}, {Name: "value"}}})
	for _, f := range facts {
		x.line([]styledCell{{text: f.Name, kind: Text, style: styleText}, {text: f.Value, kind: Text, style: styleText}})
	}
	x.end()
	for _, part := range sheetParts(x.sheets) {
		x.part(part)
	}
	x.flush()
	if err := x.zip.Close(); x.err == nil {
		x.err = err
	}
	return x.failed()
}

// part writes a whole part of the file.
func (x *XLSX) part(p part) {
	x.begin(p.name)
	x.put(p.text)
}

// begin begins a part of the file.
func (x *XLSX) begin(part string) {
	x.flush()
	w, err := x.zip.Create(part)
	if x.err == nil {
		x.err = err
	}
	x.out = bufio.NewWriter(w)
}

func (x *XLSX) put(s string) {
	if x.err == nil {
		_, x.err = x.out.WriteString(s)
	}
}

func (x *XLSX) flush() {
	if x.err == nil && x.out != nil {
		x.err = x.out.Flush()
	}
}

func (x *XLSX) failed() error {
	if x.err != nil {
		return fmt.Errorf("write XLSX: %w", x.err)
	}
	return nil
}

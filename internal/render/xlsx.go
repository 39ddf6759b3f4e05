package render

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// XLSX writes a workbook of two sheets (ECMA-376): the tables, and what the
// document says of itself. Each row goes out as it comes. Numbers are written
// digit by digit and never become floats here; those with more digits than a
// spreadsheet keeps are written as text.
type XLSX struct {
	zip    *zip.Writer
	out    *bufio.Writer // of the part that is written now
	now    []Column
	tables int
	row    int
	err    error
}

// NewXLSX returns a writer of workbooks.
func NewXLSX(w io.Writer) *XLSX {
	x := &XLSX{zip: zip.NewWriter(w)}
	for _, part := range fixedParts() {
		x.begin(part.name)
		x.put(part.text)
	}
	x.begin("xl/worksheets/sheet1.xml")
	return x
}

// maxDigits is how many digits of a number a spreadsheet keeps, and firstDay
// the first day on whose number all of them agree.
const (
	maxDigits = 15
	firstDay  = 61
)

// Begin begins a table; those after the first stand below an empty row.
func (x *XLSX) Begin(title string, columns []Column) error {
	x.tables++
	if x.tables == 1 {
		x.put(openSheet(title == ""))
		x.widths(columns)
	} else {
		x.row++
	}
	if title != "" {
		x.line([]styledCell{{title, Text, styleHead}})
	}
	x.now = columns
	names := make([]styledCell, 0, len(columns))
	for _, c := range columns {
		style := styleHead
		if c.isNumeric() {
			style = styleHeadRight
		}
		names = append(names, styledCell{c.Name, Text, style})
	}
	x.line(names)
	return x.failed()
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
	return []string{"", "name", "account", "client", "vendor", "contact", "description", "section", "email", "formula", "inputs"}
}

// Row writes one row.
func (x *XLSX) Row(cells []string) error {
	line := make([]styledCell, 0, len(cells))
	for i, text := range cells {
		c := styledCell{text, Text, styleText}
		if i < len(x.now) {
			c.kind = x.now[i].kindOf(text)
		}
		line = append(line, c.styled())
	}
	x.line(line)
	return x.failed()
}

// Close writes the facts on a sheet of their own, and ends the workbook.
func (x *XLSX) Close(facts []Fact) error {
	if x.tables == 0 {
		x.put(openSheet(false) + "<sheetData>")
	}
	x.put(closeSheet)
	x.begin("xl/worksheets/sheet2.xml")
	x.put(openSheet(false))
	x.row = 0
	x.widths(make([]Column, 2))
	for _, f := range facts {
		x.line([]styledCell{{f.Name, Text, styleHead}, {f.Value, Text, styleText}})
	}
	x.put(closeSheet)
	x.flush()
	if err := x.zip.Close(); x.err == nil {
		x.err = err
	}
	return x.failed()
}

// styledCell is one cell with its style.
type styledCell struct {
	text  string
	kind  Kind
	style int
}

// styled gives a cell the style of what it holds: a number that of its
// decimals.
func (c styledCell) styled() styledCell {
	switch c.kind {
	case Number:
		digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(c.text), "0")
		if len(digits) > maxDigits {
			return styledCell{c.text, Text, styleText}
		}
		_, fraction, _ := strings.Cut(c.text, ".")
		c.style = styleWhole + min(len(fraction), maxDecimals)
	case Date:
		if serial(c.text) < firstDay {
			return styledCell{c.text, Text, styleText}
		}
		c.style = styleDate
	default:
		c.style = styleText
	}
	return c
}

func (x *XLSX) line(cells []styledCell) {
	x.row++
	x.put(`<row r="` + strconv.Itoa(x.row) + `">`)
	for i, c := range cells {
		if c.text != "" {
			x.cell(columnName(i)+strconv.Itoa(x.row), c)
		}
	}
	x.put("</row>")
}

func (x *XLSX) cell(at string, c styledCell) {
	open := `<c r="` + at + `" s="` + strconv.Itoa(c.style) + `"`
	switch c.kind {
	case Number:
		x.put(open + "><v>" + c.text + "</v></c>")
	case Date:
		x.put(open + "><v>" + strconv.Itoa(serial(c.text)) + "</v></c>")
	default:
		x.put(open + ` t="inlineStr"><is><t xml:space="preserve">`)
		if x.err == nil {
			x.err = xml.EscapeText(x.out, []byte(literal(inert(c.text))))
		}
		x.put("</t></is></c>")
	}
}

// literal is a text that workbooks show as it is. In theirs _x003D_ stands for
// the character of that number, here an equals sign.
func literal(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		if escapes(text[i:]) {
			_, _ = b.WriteString("_x005F") // and the underscore itself
		}
		_ = b.WriteByte(text[i])
	}
	return b.String()
}

// escapes reports a text that begins with such a character. Some programs take
// fewer digits than four, too.
func escapes(text string) bool {
	const most = 4
	rest, ok := strings.CutPrefix(text, "_x")
	digits, _, ended := strings.Cut(rest, "_")
	return ok && ended && digits != "" && len(digits) <= most && strings.Trim(digits, "0123456789ABCDEFabcdef") == ""
}

// serial is the number that spreadsheets keep of a day. They count from the
// last day of 1899, with a leap day in 1900 that never was.
//
// Before March 1900 they disagree.
func serial(day string) int { return schemas.Date("1899-12-30").DaysUntil(schemas.Date(day)) }

// columnName is the name of a column: A to Z, then AA.
func columnName(column int) string {
	s := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
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

package render

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// styledCell is one cell with its style.
type styledCell struct {
	text    string
	kind    Kind
	style   int
	formula string // of which the text is the value; empty for none
}

// styled gives a cell the style of what it holds: a number that of its
// decimals.
func (c styledCell) styled() styledCell {
	switch c.kind {
	case Number:
		digits := strings.TrimLeft(strings.NewReplacer("-", "", ".", "").Replace(c.text), "0")
		if len(digits) > maxDigits {
			return styledCell{text: c.text, kind: Text, style: styleText}
		}
		_, fraction, _ := strings.Cut(c.text, ".")
		c.style = styleWhole + min(len(fraction), maxDecimals)
	case Date:
		if serial(c.text) < firstDay {
			return styledCell{text: c.text, kind: Text, style: styleText}
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
		x.put(open + ">")
		if c.formula != "" {
			x.put("<f>" + c.formula + "</f>")
		}
		x.put("<v>" + c.text + "</v></c>")
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

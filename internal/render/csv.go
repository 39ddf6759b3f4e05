package render

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
)

// CSV writes tables as RFC 4180 has them, in UTF-8: the names of the columns
// on the first line, unless the table has a title. What a document says of
// itself follows its last table, below an empty line, so that the first line
// stays the first.
type CSV struct {
	out    *csv.Writer
	under  io.Writer
	tables int
	now    []Column
}

// NewCSV returns a writer of CSV.
func NewCSV(w io.Writer) *CSV {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &CSV{out: out, under: w}
}

// Begin begins a table, below its title if it has one; those after the first
// stand below an empty line, too.
func (c *CSV) Begin(title string, columns []Column) error {
	c.now = columns
	c.tables++
	if c.tables > 1 {
		if err := c.gap(); err != nil {
			return err
		}
	}
	if title != "" {
		if err := c.line(whole(title)); err != nil {
			return err
		}
	}
	names := make([]string, 0, len(columns))
	for _, column := range columns {
		names = append(names, whole(column.Name))
	}
	return c.line(names...)
}

// Row writes one row.
func (c *CSV) Row(cells []string) error {
	line := make([]string, len(cells))
	for i, cell := range cells {
		line[i] = cell
		if i >= len(c.now) || c.now[i].kindOf(cell) == Text {
			line[i] = whole(cell)
		}
	}
	return c.line(line...)
}

// Close writes the facts.
func (c *CSV) Close(facts []Fact) error {
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

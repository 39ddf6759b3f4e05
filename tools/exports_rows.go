package tools

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Bounds of one file. Clients give a call up after a minute; a file that stops
// before is of more use than one that nobody hears of.
const (
	maxExported   = 100_000
	longestExport = 45 * time.Second
	maxWritten    = export.MostBytes * 3 / 4
	atOnce        = 2000 // as many as one reading takes, so that none is read twice
)

// part is some rows of a list, and what the list says of itself.
type part struct {
	columns []render.Column
	cells   [][]string
	cursor  string // of the next part; empty after the last
	about   schemas.Export
	doubts  []string // why rows of it may be missing

	// sum is what some of the rows come to, by their place; nil where rows have
	// no amounts to add.
	sum func(places []int) []schemas.Sum
}

// source reads the part of a list that begins at a cursor.
type source func(ctx context.Context, cursor string) (part, error)

// parted makes a part of a page.
func parted[R any](p schemas.Page[R], about schemas.Export) part {
	rows := render.RowsOf[R](about.Currency)
	made := part{columns: rows.Columns(), cursor: p.NextCursor, about: about, doubts: p.Doubts()}
	for _, r := range p.Rows {
		made.cells = append(made.cells, rows.Cells(r))
	}
	return made
}

// summed adds to a part what its rows come to.
func summed[R any](p part, rows []R, sum func([]R) []schemas.Sum) part {
	p.sum = func(places []int) []schemas.Sum {
		some := make([]R, 0, len(places))
		for _, i := range places {
			some = append(some, rows[i])
		}
		return sum(some)
	}
	return p
}

// rows writes a list to its end, or as far as one file goes.
func (e exporting) rows(ctx context.Context, w *file, out *schemas.Export, read source) error {
	if err := e.copy(ctx, w, out, read); err != nil {
		return err
	}
	return w.Close(listTotals(*out), facts(*out, w.company))
}

// listTotals are what the rows of a list come to.
func listTotals(out schemas.Export) []schemas.FileSum {
	var all []schemas.FileSum
	for _, s := range out.Sums {
		column := "total"
		if !slices.Contains(out.Columns, column) {
			column = "amount" // of payments
		}
		rows := []schemas.SumPart{{Column: column, Where: [][2]string{{"currency", s.Currency}}}}
		for _, t := range []schemas.FileSum{
			{Name: "total", Amount: s.Total, Currency: s.Currency, Parts: rows},
			{Name: "billed", Amount: s.Billed, Currency: s.Currency},
			{Name: "owed", Amount: s.Owed, Currency: s.Currency},
		} {
			if t.Amount != "" {
				all = append(all, t)
			}
		}
	}
	return all
}

// copy copies the rows.
func (e exporting) copy(ctx context.Context, w *file, out *schemas.Export, read source) error {
	start := e.c.gate.now()
	var doubts []string
	for cursor := ""; ; {
		p, err := read(ctx, cursor)
		if err != nil {
			return err
		}
		if cursor == "" {
			p.about.Form = out.Form
			*out = p.about
			out.Columns = render.Names(p.columns)
			err = w.Begin("", p.columns)
		}
		if err == nil {
			err = w.add(p, out)
		}
		if err != nil {
			return err
		}
		doubts = append(doubts, p.doubts...)
		if cursor = p.cursor; cursor != "" {
			if why := full(out.Count, w.under.bytes, e.c.gate.now().Sub(start)); why != "" {
				doubts = append(doubts, why)
				cursor = ""
			}
		}
		if cursor == "" {
			slices.Sort(doubts)
			out.Missing = strings.Join(slices.Compact(doubts), "; ")
			out.Complete = out.Missing == ""
			return nil
		}
	}
}

// add writes the rows of a part. A row that comes twice, because the list grew
// meanwhile, counts once, in sums as well.
func (f *file) add(p part, out *schemas.Export) error {
	var written []int
	for i, cells := range p.cells {
		if id := cells[0]; p.columns[0].Name == "id" {
			if f.seen[id] {
				continue
			}
			f.seen[id] = true
		}
		if err := f.Row(cells); err != nil {
			return err
		}
		written = append(written, i)
	}
	out.Count += len(written)
	if p.sum != nil {
		out.Sums = schemas.AddSums(out.Sums, p.sum(written))
	}
	return nil
}

// full says why a file stops before its list does; empty while it goes on.
func full(rows int, bytes int64, took time.Duration) string {
	var why string
	switch {
	case rows >= maxExported:
		why = "a file holds " + strconv.Itoa(maxExported) + " rows at most"
	case bytes >= maxWritten:
		why = fmt.Sprintf("a file holds %d MB at most", export.MostBytes>>20)
	case took >= longestExport:
		why = fmt.Sprintf("reading them took longer than %.0f seconds", longestExport.Seconds())
	default:
		return ""
	}
	return why + ". The rest is NOT in the file: export shorter periods, or a narrower filter, one by one"
}

// facts are what a file says of itself.
func facts(out schemas.Export, company string) []render.Fact {
	complete := "true"
	if !out.Complete {
		complete = "false: " + out.Missing
	}
	return append([]render.Fact{{Name: "company", Value: company}, {Name: "content", Value: out.Of}}, render.Stated(
		render.Fact{Name: "client", Value: out.Client},
		render.Fact{Name: "currency", Value: out.Currency},
		render.Fact{Name: "basis", Value: out.Basis},
		render.Fact{Name: "period", Value: out.Cell()},
		render.Fact{Name: "as_of", Value: string(out.AsOf)},
		render.Fact{Name: "rows", Value: strconv.Itoa(out.Count)},
		render.Fact{Name: "complete", Value: complete},
	)...)
}

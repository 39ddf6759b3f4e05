package tools

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/render"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func exports(c *Catalog) []Tool {
	e := exporting{c}
	return []Tool{
		read("export_report", "Write a report to a file, whose rows cost no context. No PDF of invoices: the API has none.", e.report, fisklapi.OpGetProfitAndLoss),
		read("export_list", "Write a whole list to a file.", e.list),
	}
}

// exporting writes answers to files: the rows go there and nowhere else.
type exporting struct{ c *Catalog }

// filling writes the content of a file, and what is to be said of it.
type filling func(ctx context.Context, w *file, out *schemas.Export) error

// file is a file in the making.
type file struct {
	render.Writer

	company string
	under   *counting
	seen    map[string]bool // ids of rows
}

// counting counts what is written.
type counting struct {
	io.Writer

	bytes int64
}

func (c *counting) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.bytes += int64(n)
	return n, err
}

// write makes a file of a content and says where it is.
func (e exporting) write(ctx context.Context, form schemas.ExportForm, fill filling) (schemas.Export, error) {
	store := e.c.options.Exports
	if store == nil {
		store = export.New(export.Options{Now: e.c.gate.now})
	}
	if form == "" {
		form = schemas.FormXLSX
	}
	out, company := schemas.Export{Form: form}, e.c.Company(ctx)
	made, err := store.Create(string(form), func(to io.Writer) (string, error) {
		w := &file{company: company, under: &counting{Writer: to}, seen: make(map[string]bool)}
		w.Writer = e.writer(form, w.under)
		err := fill(ctx, w, &out)
		name := []string{company, out.Of, out.Client, out.Days()}
		if !out.Complete {
			name = append(name, "incomplete") // the rows themselves do not say so
		}
		return strings.Join(name, " "), err
	})
	if err != nil {
		return schemas.Export{}, err
	}
	out.Size, out.Saved, out.Path, out.Expires = made.Size, made.Saved, made.Path, made.Expires.Format(time.RFC3339)
	out.At(made.Address(), e.c.options.Name)
	return out, nil
}

// report writes a report.
func (e exporting) report(ctx context.Context, in schemas.ReportExport) (schemas.Export, error) {
	in.Report = called(in.Report, "get_")
	covered, err := days(in.Period)
	if err != nil {
		return schemas.Export{}, err
	}
	ask := schemas.NamedReport{Report: in.Report, Period: covered, Client: in.Client, Basis: in.Basis, Detail: true, PageArgs: at("")}
	first, err := e.c.api.Reports.Named(ctx, ask)
	if err != nil {
		return schemas.Export{}, err
	}
	if ledger, ok := first.(*schemas.Ledger); ok {
		return e.write(ctx, in.Form, e.ledger(ask, *ledger))
	}
	return e.write(ctx, in.Form, func(ctx context.Context, w *file, out *schemas.Export) error {
		d := render.NewFile(first, w.company, e.types(ctx))
		out.Report(first)
		out.Of, out.Complete, out.Columns = ordinary(in.Report), true, []string{}
		for i, t := range d.Tables {
			switch {
			case i == 0:
				out.Columns = render.Names(t.Columns)
			case out.Form == schemas.FormCSV:
				out.Others = append(out.Others, t.Title)
				continue
			}
			out.Count += len(t.Rows)
		}
		return render.Write(w, d)
	})
}

// writer writes a file of a form.
func (e exporting) writer(form schemas.ExportForm, to io.Writer) render.Writer {
	switch {
	case form != schemas.FormCSV:
		return render.NewXLSX(to)
	case e.c.options.CSVMark:
		return render.NewCSV(to).Marked()
	default:
		return render.NewCSV(to)
	}
}

// types are the types of the accounts. A file goes without where the chart of
// accounts cannot be read.
func (e exporting) types(ctx context.Context) schemas.AccountTypes {
	chart, err := e.c.api.Accounts.Chart(ctx)
	if err != nil {
		return nil
	}
	return schemas.NewAccountTypes(chart)
}

// list writes a list.
func (e exporting) list(ctx context.Context, in schemas.ListExport) (schemas.Export, error) {
	in.List = called(in.List, "list_")
	covered, err := days(in.Period)
	if err != nil {
		return schemas.Export{}, err
	}
	l, err := chosen(&in)
	if err != nil {
		return schemas.Export{}, err
	}
	return e.write(ctx, in.Form, func(ctx context.Context, w *file, out *schemas.Export) error {
		return e.rows(ctx, w, out, l.read(e, in, covered))
	})
}

// called is the name of a report or a list that was written as in a tool's
// name, or as people write it.
func called(name, verb string) string {
	name = strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
	return strings.TrimPrefix(name, verb)
}

// ordinary is the name of a report in ordinary words.
func ordinary(report string) string { return strings.ReplaceAll(report, "_", " ") }

// days reads a period as stretch does, or none.
func days(s string) (schemas.Period, error) {
	if s == "" {
		return schemas.Period{}, nil
	}
	return stretch("period", s)
}

package tools

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// listed is a list that can be written to a file, and what it is filtered by.
type listed struct {
	name     string
	period   bool
	client   bool
	statuses []string
	read     func(exporting, schemas.ListExport, schemas.Period) source
}

func listsToExport() []listed {
	return []listed{
		{"invoices", true, true, words(schemas.InvoiceStatus("").JSONSchema().Enum), exporting.invoices},
		{"clients", false, false, nil, exporting.clients},
		{"vendors", false, false, nil, exporting.vendors},
		{"quotes", false, true, words(schemas.QuoteStatus("").JSONSchema().Enum), exporting.quotes},
		{"payments", true, true, nil, exporting.payments},
		{"products", false, false, nil, exporting.products},
		{"taxes", false, false, nil, exporting.taxes},
		{"accounts", false, false, nil, exporting.accounts},
	}
}

// chosen finds a list, and refuses filters that it does not have.
func chosen(in *schemas.ListExport) (listed, error) {
	all := listsToExport()
	i := slices.IndexFunc(all, func(l listed) bool { return l.name == in.List })
	if i < 0 {
		var names []string
		for _, l := range all {
			names = append(names, l.name)
		}
		return listed{}, &schemas.ArgumentError{Argument: "list", Problem: fmt.Sprintf(
			"%s cannot be exported; there are: %s", schemas.Quoted(in.List, 60), strings.Join(names, ", "))}
	}
	in.Status = strings.ToLower(strings.TrimSpace(in.Status))
	return all[i], all[i].refuse(*in)
}

// refuse refuses filters that a list does not have.
func (l listed) refuse(in schemas.ListExport) error {
	var problem string
	argument := "status"
	switch {
	case !l.period && in.Period != "":
		argument, problem = "period", "is given, and "+l.name+" have none"
	case !l.client && in.Client != "":
		argument, problem = "client", "is given, and "+l.name+" are not of one client"
	case in.Status != "" && len(l.statuses) == 0:
		problem = "is given, and " + l.name + " have none"
	case in.Status != "" && !slices.Contains(l.statuses, in.Status):
		problem = fmt.Sprintf("%s is none of %s", schemas.Quoted(in.Status, 60), strings.Join(l.statuses, ", "))
	default:
		return nil
	}
	return &schemas.ArgumentError{Argument: argument, Problem: problem}
}

// words are the words that a filter knows.
func words(enum []any) []string {
	all := make([]string, 0, len(enum))
	for _, word := range enum {
		all = append(all, fmt.Sprint(word))
	}
	return all
}

// at is the part of a list that begins at a cursor.
func at(cursor string) schemas.PageArgs {
	return schemas.PageArgs{Limit: atOnce, Cursor: cursor, On: true}
}

func (e exporting) invoices(in schemas.ListExport, covered schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Invoices.List(ctx, schemas.InvoiceFilter{
			Status: schemas.InvoiceStatus(in.Status), Client: in.Client, Period: covered, PageArgs: at(cursor),
		})
		p := parted(l.Page, schemas.Export{Of: l.Heading(), Range: l.Range, AsOf: l.AsOf, Client: l.Client})
		return summed(p, l.Rows, schemas.SumInvoices), err
	}
}

func (e exporting) quotes(in schemas.ListExport, _ schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Quotes.List(ctx, schemas.QuoteFilter{
			Status: schemas.QuoteStatus(in.Status), Client: in.Client, PageArgs: at(cursor),
		})
		return parted(l.Page, schemas.Export{Of: l.Heading(), Client: l.Client}), err
	}
}

func (e exporting) clients(schemas.ListExport, schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Clients.List(ctx, schemas.ContactFilter{IncludeArchived: true, PageArgs: at(cursor)})
		return parted(l.Page, schemas.Export{Of: l.Heading()}), err
	}
}

func (e exporting) vendors(schemas.ListExport, schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Vendors.List(ctx, schemas.ContactFilter{IncludeArchived: true, PageArgs: at(cursor)})
		return parted(l.Page, schemas.Export{Of: l.Heading()}), err
	}
}

func (e exporting) products(schemas.ListExport, schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Products.List(ctx, schemas.ProductFilter{IncludeArchived: true, PageArgs: at(cursor)})
		return parted(l.Page, schemas.Export{Of: l.Heading()}), err
	}
}

func (e exporting) taxes(schemas.ListExport, schemas.Period) source {
	return func(ctx context.Context, _ string) (part, error) {
		l, err := e.c.api.Taxes.List(ctx, schemas.None{})
		return parted(l.Page, schemas.Export{Of: l.Heading()}), err
	}
}

func (e exporting) accounts(schemas.ListExport, schemas.Period) source {
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Accounts.List(ctx, schemas.AccountFilter{PageArgs: at(cursor)})
		return parted(l.Page, schemas.Export{Of: l.Heading()}), err
	}
}

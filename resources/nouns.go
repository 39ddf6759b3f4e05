package resources

import (
	"context"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/review"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// all asks for a list to its end, as far as one answer goes.
func all() schemas.PageArgs { return schemas.PageArgs{All: true} }

func company(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	c, err := api.Companies.Fresh(ctx)
	return &c, err
}

func periods(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	l, err := api.Periods.List(ctx, schemas.None{})
	return &l, err
}

func attention(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	a, err := review.Reviewer{API: api}.Attention(ctx)
	return &a, err
}

func accounts(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	l, err := api.Accounts.List(ctx, schemas.AccountFilter{PageArgs: all()})
	return &l, err
}

func taxes(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	l, err := api.Taxes.List(ctx, schemas.None{})
	return &l, err
}

// permissions are those that some operation of the API needs, held or not.
func permissions(ctx context.Context, api *fisklapi.Client, _ address) (any, error) {
	held, err := api.Permissions.List(ctx)
	if err != nil {
		return nil, err
	}
	rows := []schemas.Permission{}
	out := schemas.Permissions{Lacking: []schemas.Permission{}}
	for _, e := range fisklapi.Endpoints() {
		p := schemas.Permission{Permission: e.Permission, Scope: e.Scope}
		switch {
		case e.Permission == "" || slices.Contains(rows, p) || slices.Contains(out.Lacking, p):
		case slices.Contains(held, e.Permission):
			rows = append(rows, p)
		default:
			out.Lacking = append(out.Lacking, p)
		}
	}
	out.Page = schemas.NewPage(rows, make([]string, len(rows)), "")
	for _, h := range held {
		if !slices.ContainsFunc(rows, func(p schemas.Permission) bool { return p.Permission == h }) {
			out.Other++
		}
	}
	return &out, nil
}

func client(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	c, err := api.Clients.Get(ctx, schemas.ClientRef{Client: a.id})
	return exactly(&c, err, a.id, c.ID, c.Name)
}

func vendor(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	v, err := api.Vendors.Get(ctx, schemas.VendorRef{Vendor: a.id})
	return exactly(&v, err, a.id, v.ID, v.Name)
}

func invoice(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	i, err := api.Invoices.Get(ctx, schemas.InvoiceRef{Invoice: a.id})
	return exactly(&i, err, a.id, i.ID, i.Number)
}

func quote(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	q, err := api.Quotes.Get(ctx, schemas.QuoteRef{Quote: a.id})
	return exactly(&q, err, a.id, q.ID, q.Number)
}

func payment(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	if id, err := schemas.ParseID(a.id); err != nil || string(id) != a.id {
		return nil, fisklapi.NotFound // payments have no other name than their ids
	}
	p, err := api.Payments.Get(ctx, schemas.PaymentRef{Payment: a.id})
	return &p, err
}

func product(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	p, err := api.Products.Get(ctx, schemas.ProductRef{Product: a.id})
	return exactly(&p, err, a.id, p.ID, p.Name)
}

// exactly refuses a record that was found by a part of its name: an address
// means one record, today and tomorrow.
func exactly(out any, err error, asked string, id schemas.ID, name string) (any, error) {
	if err == nil && !id.Is(asked) && !strings.EqualFold(strings.TrimSpace(asked), strings.TrimSpace(name)) {
		return nil, fisklapi.NotFound
	}
	return out, err
}

func report(ctx context.Context, api *fisklapi.Client, a address) (any, error) {
	if _, ok := fisklapi.ReportOperation(a.id); !ok || a.id == "statement_of_account" {
		return nil, &unknownReportError{a.id}
	}
	ask := schemas.NamedReport{
		Report: a.id, Period: schemas.Period{Period: a.query["period"]}, Basis: schemas.Basis(strings.ToLower(a.query["basis"])), PageArgs: all(),
	}
	if strings.Contains(ask.Period.Period, "..") {
		return nil, &schemas.ArgumentError{Argument: "period", Problem: "is one of Fiskl's names in an address; two days are start and end"}
	}
	var err error
	if ask.Start, err = day(a, "start"); err != nil {
		return nil, err
	}
	if ask.End, err = day(a, "end"); err != nil {
		return nil, err
	}
	return api.Reports.Named(ctx, ask)
}

func day(a address, parameter string) (schemas.Date, error) {
	if a.query[parameter] == "" {
		return "", nil
	}
	d, err := schemas.ReadDate(a.query[parameter])
	if err != nil {
		return "", &schemas.ArgumentError{Argument: parameter, Problem: err.Error()}
	}
	return d, nil
}

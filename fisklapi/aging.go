package fisklapi

import (
	"context"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

type wireAging struct {
	wireHead
	Buckets []text `json:"buckets"`
	Rows    []struct {
		ContactID   id               `json:"contactId"`
		ContactName text             `json:"contactName"`
		Amounts     []int64          `json:"amounts"`
		Total       int64            `json:"total"`
		Documents   []wireUnpaidItem `json:"documents"`
	} `json:"rows"`
	Amounts []int64 `json:"amounts"`
	Total   int64   `json:"total"`
}

type wireUnpaidItem struct {
	Type          text  `json:"type"`
	ID            id    `json:"id"`
	Number        text  `json:"number"`
	Date          text  `json:"date"`
	DueDate       text  `json:"dueDate"`
	DaysOverdue   int   `json:"daysOverdue"`
	Currency      text  `json:"currency"`
	Original      int64 `json:"original"`
	Remaining     int64 `json:"remaining"`
	RemainingBase int64 `json:"remainingBase"`
}

// Receivables returns what clients owe at a day, by how late it is. Drafts are
// left out (documented).
//
//	GET /v1/reports/receivables-aging
func (s Reports) Receivables(ctx context.Context, in schemas.ReceivablesArgs) (schemas.Aging, error) {
	query := url.Values{}
	if in.Client != "" {
		w, err := s.c.Clients.find(ctx, in.Client)
		if err != nil {
			return schemas.Aging{}, err
		}
		query.Set("clientId", string(w.ID.key))
	}
	return s.aging(ctx, OpGetReceivablesAging, in.Position, in.Detail, query)
}

// Payables returns what is owed to vendors at a day, by how late it is.
//
//	GET /v1/reports/payables-aging
func (s Reports) Payables(ctx context.Context, in schemas.PayablesArgs) (schemas.Aging, error) {
	query := url.Values{}
	if in.Vendor != "" {
		w, err := s.c.Vendors.find(ctx, in.Vendor)
		if err != nil {
			return schemas.Aging{}, err
		}
		query.Set("vendorId", string(w.ID.key))
	}
	return s.aging(ctx, OpGetPayablesAging, in.Position, in.Detail, query)
}

func (s Reports) aging(ctx context.Context, op Operation, p schemas.Position, detail bool, query url.Values) (schemas.Aging, error) {
	at, err := s.day(ctx, p)
	if err != nil {
		return schemas.Aging{}, err
	}
	span(query, at)
	if detail {
		query.Set("detail", "true")
	}
	w, err := do[wireAging](ctx, s.c, request{op: op, query: query})
	return w.noun(s.c.minor, at), err
}

func (w wireAging) noun(m MinorUnits, at schemas.Range) schemas.Aging {
	currency := string(w.Currency)
	out := schemas.Aging{ReportHead: w.wireHead.noun(at), Buckets: []string{}, Rows: make([]schemas.AgingRow, 0, len(w.Rows))}
	for i, b := range w.Buckets {
		out.Buckets = append(out.Buckets, string(b))
		if i < len(w.Amounts) {
			out.Totals = append(out.Totals, schemas.NamedAmount{Name: string(b), Amount: m.decimal(w.Amounts[i], currency)})
		}
	}
	out.Totals = append(out.Totals, schemas.NamedAmount{Name: "total", Amount: m.decimal(w.Total, currency)})
	for _, r := range w.Rows {
		row := schemas.AgingRow{
			Contact: string(r.ContactName), ContactID: r.ContactID.key,
			Amounts: append([]schemas.Money{}, m.decimals(r.Amounts, currency)...), Total: m.decimal(r.Total, currency),
		}
		for _, d := range r.Documents {
			row.Documents = append(row.Documents, d.noun(m, currency))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

func (w wireUnpaidItem) noun(m MinorUnits, base string) schemas.AgingDocument {
	own := string(w.Currency)
	return schemas.AgingDocument{
		Type: string(w.Type), ID: w.ID.key, Number: string(w.Number), Date: schemas.Date(w.Date), DueDate: schemas.Date(w.DueDate),
		DaysLate: w.DaysOverdue, Currency: own, Original: m.decimal(w.Original, own), Remaining: m.decimal(w.Remaining, own),
		Base: m.decimal(w.RemainingBase, base),
	}
}

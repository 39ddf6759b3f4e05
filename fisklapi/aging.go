package fisklapi

import (
	"cmp"
	"context"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

type wireAging struct {
	wireHead
	Buckets    []text         `json:"buckets"    form:"required"`
	Rows       []wireAgingRow `json:"rows"       form:"unless=total"`
	Amounts    []*int64       `json:"amounts"    form:"required"`
	Total      *int64         `json:"total"      form:"required"`
	Currencies []wireAgingOwn `json:"currencies"`
}

func (wireAging) checks() []string {
	return []string{"total = sum(rows.total)", "total = sum(amounts)"}
}

type wireAgingRow struct {
	ContactID   id               `json:"contactId"   form:"required"`
	ContactName text             `json:"contactName" form:"required"`
	Amounts     []*int64         `json:"amounts"     form:"required"`
	Total       *int64           `json:"total"       form:"required"`
	Currencies  []wireAgingOwn   `json:"currencies"`
	Documents   []wireUnpaidItem `json:"documents"   form:"detail=total"`
}

// wireAgingOwn is what is owed in one currency, in that currency.
type wireAgingOwn struct {
	Currency text     `json:"currency" form:"required"`
	Amounts  []*int64 `json:"amounts"`
	Total    *int64   `json:"total"    form:"required"`
}

func (wireAgingRow) checks() []string {
	return []string{"total = sum(amounts)", "total = sum(documents.remainingBase)"}
}

type wireUnpaidItem struct {
	Type          text   `json:"type" form:"required"`
	ID            id     `json:"id" form:"soft"`
	Number        text   `json:"number" form:"soft"`
	Date          day    `json:"date" form:"soft"`
	DueDate       day    `json:"dueDate" form:"soft"`
	DaysOverdue   int    `json:"daysOverdue"`
	Currency      text   `json:"currency" form:"required"`
	Original      *int64 `json:"original" form:"required"`
	Remaining     *int64 `json:"remaining" form:"required"`
	RemainingBase *int64 `json:"remainingBase" form:"required,base"`
}

// Receivables returns what clients owe at a day, by how late it is. Drafts are
// left out (documented).
//
//	GET /v1/reports/receivables-aging
func (s Reports) Receivables(ctx context.Context, in schemas.ReceivablesArgs) (schemas.Aging, error) {
	if in.Client == "" {
		return s.aging(ctx, OpGetReceivablesAging, in.Position, in.Detail, url.Values{})
	}
	_, out, err := reading(ctx, s.c, s.c.Clients.finder(), in.Client, func(ctx context.Context, client schemas.ID) (schemas.Aging, error) {
		return s.aging(ctx, OpGetReceivablesAging, in.Position, in.Detail, url.Values{"clientId": {string(client)}})
	})
	return out, err
}

// Payables returns what is owed to vendors at a day, by how late it is.
//
//	GET /v1/reports/payables-aging
func (s Reports) Payables(ctx context.Context, in schemas.PayablesArgs) (schemas.Aging, error) {
	if in.Vendor == "" {
		return s.aging(ctx, OpGetPayablesAging, in.Position, in.Detail, url.Values{})
	}
	_, out, err := reading(ctx, s.c, s.c.Vendors.finder(), in.Vendor, func(ctx context.Context, vendor schemas.ID) (schemas.Aging, error) {
		return s.aging(ctx, OpGetPayablesAging, in.Position, in.Detail, url.Values{"vendorId": {string(vendor)}})
	})
	return out, err
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
	if err == nil {
		err = s.c.answers(op, w.wireHead, query)
	}
	if err == nil {
		err = s.ofOne(op, w, cmp.Or(query.Get("clientId"), query.Get("vendorId")))
	}
	if err != nil {
		return schemas.Aging{}, err
	}
	return w.noun(s.c.minor, at, op == OpGetPayablesAging), nil
}

// ofOne refuses an ageing of others than the one contact that was asked for.
func (s Reports) ofOne(op Operation, w wireAging, contact string) error {
	for _, r := range w.Rows {
		if contact != "" && string(r.ContactID.key) != contact {
			return s.c.otherwise(op, "asked for one contact, it answered for others as well")
		}
	}
	return nil
}

func (w wireAging) noun(m MinorUnits, at schemas.Range, vendors bool) schemas.Aging {
	currency := string(w.Currency)
	out := schemas.Aging{ReportHead: w.wireHead.noun(at), Buckets: []string{}, Rows: make([]schemas.AgingRow, 0, len(w.Rows))}
	if vendors {
		out.OfVendors()
	}
	for i, b := range w.Buckets {
		out.Buckets = append(out.Buckets, string(b))
		if i < len(w.Amounts) {
			out.Totals = append(out.Totals, schemas.NamedAmount{Name: string(b), Amount: m.decimal(w.Amounts[i], currency)})
		}
	}
	out.Totals = append(out.Totals, schemas.NamedAmount{Name: "total", Amount: m.decimal(w.Total, currency)})
	for _, r := range w.Rows {
		row := schemas.AgingRow{
			Amounts: append([]schemas.Money{}, m.decimals(r.Amounts, currency)...), Total: m.decimal(r.Total, currency),
		}
		if vendors {
			row.Vendor, row.VendorID = string(r.ContactName), r.ContactID.key
		} else {
			row.Client, row.ClientID = string(r.ContactName), r.ContactID.key
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
		DaysLate: w.DaysOverdue, Currency: own, Total: m.decimal(w.Original, own), Outstanding: m.decimal(w.Remaining, own),
		Base: m.decimal(w.RemainingBase, base),
	}
}

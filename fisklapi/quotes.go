package fisklapi

import (
	"context"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Quotes are offers. Fiskl's API reads them only.
type Quotes struct{ c *Client }

type wireQuote struct {
	wireTotal
	wireAmounts
	ID         id    `json:"id" form:"required"`
	Number     text  `json:"number" form:"required"`
	Status     text  `json:"status" form:"required,words=quote"`
	ClientID   id    `json:"clientId" form:"required"`
	ClientName text  `json:"clientName" form:"somewhere"`
	QuoteDate  day   `json:"quoteDate" form:"required"`
	ExpiryDate day   `json:"expiryDate" form:"somewhere"`
	Notes      prose `json:"notes"`
	Converted  id    `json:"convertedInvoiceId"`
	Created    text  `json:"created"`
	Updated    text  `json:"updated"`
}

func (wireQuote) checks() []string {
	return append([]string{"total = subtotal + taxTotal"}, wireAmounts{}.checks()...)
}

// List returns quotes, newest first. Fiskl documents no filters for them, so
// they are applied here.
//
//	GET /v1/quotes
func (s Quotes) List(ctx context.Context, in schemas.QuoteFilter) (schemas.QuoteList, error) {
	list := func(ctx context.Context, client schemas.ID) (schemas.QuoteList, error) {
		return s.list(ctx, in, client)
	}
	if in.Client == "" {
		return list(ctx, "")
	}
	client, out, err := reading(ctx, s.c, s.c.Clients.finder(), in.Client, list)
	out.Client = string(client.Name)
	return out, err
}

func (s Quotes) list(ctx context.Context, in schemas.QuoteFilter, client schemas.ID) (list schemas.QuoteList, err error) {
	list = schemas.QuoteList{Status: in.Status}
	list.Page, err = listing[wireQuote, schemas.QuoteRow]{
		op:     OpListQuotes,
		asks:   []ask[wireQuote]{{query: url.Values{"sort": {newestFirst}}}},
		filter: string(in.Status) + "\n" + string(client),
		row: func(w wireQuote) (schemas.QuoteRow, bool) {
			return s.row(w), (client == "" || w.ClientID.key == client) &&
				(in.Status == "" || strings.EqualFold(w.status(), string(in.Status)))
		},
		id: func(r schemas.QuoteRow) schemas.ID { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	return list, err
}

// Get returns one quote by number or id, with its lines and taxes.
//
//	GET /v1/quotes/{id}
func (s Quotes) Get(ctx context.Context, in schemas.QuoteRef) (schemas.Quote, error) {
	r, err := s.finder().shown(ctx, s.c, in.Quote)
	if err != nil {
		return schemas.Quote{}, err
	}
	return s.noun(r), nil
}

func (s Quotes) finder() finder[wireQuote] {
	return documents(s.c, finder[wireQuote]{
		noun: "quote", plural: "quotes", get: OpGetQuote, search: OpListQuotes,
		name: func(w wireQuote) string { return string(w.Number) },
		id:   func(w wireQuote) schemas.ID { return w.ID.key },
	}, func(w wireQuote) string { return string(w.ClientName) })
}

func (w wireQuote) status() string {
	if strings.EqualFold(string(w.Status), "Open") {
		return "Draft"
	}
	return capitalised(strings.ToLower(string(w.Status)))
}

func (s Quotes) row(w wireQuote) schemas.QuoteRow {
	return schemas.QuoteRow{
		ID: w.ID.key, Number: string(w.Number), Status: w.status(), Client: string(w.ClientName),
		QuoteDate: schemas.Date(w.QuoteDate), ExpiryDate: schemas.Date(w.ExpiryDate),
		Total: s.c.minor.decimal(w.Total, string(w.Currency)), Currency: string(w.Currency),
	}
}

func (s Quotes) noun(r record[wireQuote]) schemas.Quote {
	w := r.wire
	return schemas.Quote{
		ID: w.ID.key, Number: string(w.Number), Status: w.status(), Client: string(w.ClientName), ClientID: w.ClientID.key,
		QuoteDate: schemas.Date(w.QuoteDate), ExpiryDate: schemas.Date(w.ExpiryDate),
		Amounts: w.amounts(s.c.minor, w.wireTotal), Lines: schemas.Lines{Items: w.lines(s.c.minor, string(w.Currency))}, Notes: string(w.Notes),
		Invoice: w.Converted.key, Created: string(w.Created), Updated: string(w.Updated), OtherFields: r.other(),
	}
}

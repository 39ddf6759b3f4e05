package books

import "time"

// The statuses a quote has beyond those of an invoice.
const (
	Accepted  = "Accepted"
	Converted = "Converted"
)

// QuoteHead is a quote without its lines, as lists show it.
type QuoteHead struct {
	ID                 int64     `json:"id"`
	Number             string    `json:"number"`
	Status             string    `json:"status"`
	ClientID           int64     `json:"clientId"`
	ClientName         string    `json:"clientName"`
	QuoteDate          Date      `json:"quoteDate"`
	ExpiryDate         Date      `json:"expiryDate"`
	Currency           string    `json:"currency"`
	Subtotal           Minor     `json:"subtotal"`
	TaxTotal           Minor     `json:"taxTotal"`
	Total              Minor     `json:"total"`
	Notes              string    `json:"notes,omitempty"`
	ConvertedInvoiceID int64     `json:"convertedInvoiceId,omitempty"`
	Created            time.Time `json:"created"`
	Updated            time.Time `json:"updated"`
}

// Quote is a quote with its lines. Quotes post nothing.
type Quote struct {
	QuoteHead
	Items []Item     `json:"items"`
	Taxes []TaxTotal `json:"taxes,omitempty"`
}

// QuoteInput is a quote as somebody writes it in the app; the API only reads them.
type QuoteInput struct {
	ClientID  int64
	ValidDays int
	Notes     string
	Items     []ItemInput
}

// Quotes are all quotes in the order they were made. The caller owns the slice.
func (b *Books) Quotes() []QuoteHead {
	out := make([]QuoteHead, len(b.quotes.rows))
	for i, row := range b.quotes.rows {
		out[i] = row.QuoteHead
	}
	return out
}

// Quote finds one quote.
func (b *Books) Quote(id int64) (Quote, error) { return b.quotes.get(KindQuote, id) }

// CreateQuote makes a draft quote dated today in the client's currency.
func (b *Books) CreateQuote(in QuoteInput) (Quote, error) {
	client, err := b.billable(in.ClientID)
	if err != nil {
		return Quote{}, err
	}
	today := b.Today()
	items, sum, err := b.items(in.Items, client.Currency, today)
	if err != nil {
		return Quote{}, err
	}
	q := Quote{QuoteHead: QuoteHead{
		ID: b.ids.next(KindQuote), Number: b.number("QUOTE"), Status: Draft, ClientID: client.ID, ClientName: client.Name,
		QuoteDate: today, ExpiryDate: today.AddDays(in.ValidDays), Currency: client.Currency, Notes: in.Notes,
		Subtotal: sum.subtotal, TaxTotal: sum.taxTotal, Total: sum.total, Created: b.now(), Updated: b.now(),
	}, Items: items, Taxes: sum.taxes}
	b.quotes.put(q.ID, q)
	return q, nil
}

// SetQuoteStatus moves a quote on to Sent, Accepted or Rejected.
func (b *Books) SetQuoteStatus(id int64, status string) error {
	q, err := b.Quote(id)
	if err != nil {
		return err
	}
	q.Status, q.Updated = status, b.now()
	b.quotes.put(id, q)
	return nil
}

// ConvertQuote makes a draft invoice of a quote's lines, due in days.
func (b *Books) ConvertQuote(actor string, id int64, days int) (Invoice, error) {
	q, err := b.Quote(id)
	if err != nil {
		return Invoice{}, err
	}
	in := InvoiceInput{ClientID: q.ClientID, DueDate: b.Today().AddDays(days), Currency: q.Currency, Notes: "As quoted in " + q.Number}
	for _, item := range q.Items {
		in.Items = append(in.Items, ItemInput{
			ProductID: item.ProductID, Name: item.Name, Description: item.Description, Quantity: &item.Quantity,
			Price: &item.Price, Unit: item.Unit, Type: item.Type, TaxIDs: item.TaxIDs,
		})
	}
	inv, _, err := b.CreateInvoice(actor, in)
	if err != nil {
		return Invoice{}, err
	}
	q.Status, q.ConvertedInvoiceID, q.Updated = Converted, inv.ID, b.now()
	b.quotes.put(id, q)
	return inv, nil
}

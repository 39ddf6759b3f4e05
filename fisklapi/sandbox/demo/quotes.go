package demo

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"

// offer is a quote made so many days ago and the status it got to.
type offer struct {
	client string
	age    int
	status string
	lines  []line
}

func offers() []offer {
	return []offer{
		{"heron", 210, books.Rejected, []line{{article: "packaging", quantity: 3}}},
		{"stone", 118, books.Converted, []line{{article: "workshop", quantity: 1}, {article: "book", quantity: 20}}},
		{"lumiere", 74, books.Rejected, []line{{article: "eudesign", quantity: 40}}},
		{"cascade", 41, books.Sent, []line{{article: "usdesign", quantity: 80}}},
		{"oleary", 26, books.Accepted, []line{{article: "design", quantity: 30}}},
		{"acme", 19, books.Accepted, []line{{article: "direction", quantity: 4}, {article: "poster", quantity: 60}}},
		{"brightwater", 11, books.Converted, []line{{article: "artwork", quantity: 3}}},
		{"mueller", 9, books.Sent, []line{{article: "eudesign", quantity: 25}, {article: "book", quantity: 10}}},
		{"northwind", 4, books.Draft, []line{{article: "packaging", quantity: 2}}},
		{"fern", 1, books.Draft, []line{{article: "poster", quantity: 30}}},
	}
}

const (
	validDays   = 30
	answerAfter = 7 // Days a client takes to answer a quote.
)

func planQuotes(h *history) {
	for _, o := range offers() {
		var id int64
		h.ago(o.age, 11*60, func() error {
			made, err := h.books.CreateQuote(books.QuoteInput{
				ClientID: h.clients[o.client], ValidDays: validDays, Items: h.items(o.client, o.lines),
			})
			id = made.ID
			return err
		})
		if o.status == books.Draft {
			continue
		}
		h.ago(o.age, 12*60, func() error { return h.books.SetQuoteStatus(id, books.Sent) })
		switch o.status {
		case books.Accepted, books.Rejected:
			h.ago(o.age-answerAfter, 12*60, func() error { return h.books.SetQuoteStatus(id, o.status) })
		case books.Converted:
			h.convert(&id, o.age-answerAfter)
		}
	}
}

// convert plans how a quote, whose id is known by then, becomes an invoice. An older one was sent at once and paid when it
// was due; a fresh one is still a draft.
func (h *history) convert(quote *int64, age int) {
	const terms = 30
	var id int64
	h.ago(age, 12*60, func() error {
		inv, err := h.books.ConvertQuote(theo, *quote, terms)
		id = inv.ID
		if err != nil || age < terms {
			return err
		}
		return h.deliver(id)
	})
	if age >= terms {
		h.ago(age-terms, 6*60, func() error { return h.receive(id, 0) })
	}
}

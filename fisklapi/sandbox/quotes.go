package sandbox

import (
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

func quoteOperations() []operation {
	return []operation{
		get("/v1/quotes", "listQuotes", "quote.read", listQuotes),
		get("/v1/quotes/{id}", "getQuote", "quote.read", getQuote),
	}
}

func listQuotes(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return list(c, b.Quotes(), orders[books.QuoteHead]{
		"id":         by(func(x books.QuoteHead) int64 { return x.ID }),
		"created":    byTime(func(x books.QuoteHead) time.Time { return x.Created }),
		"quoteDate":  by(func(x books.QuoteHead) books.Date { return x.QuoteDate }),
		"expiryDate": by(func(x books.QuoteHead) books.Date { return x.ExpiryDate }),
		"number":     by(func(x books.QuoteHead) string { return x.Number }),
	})
}

func getQuote(c *call) (answer, error) { return one(c, (*books.Books).Quote) }

package fisklapi

import (
	"context"
	"fmt"
	"math/big"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// sent turns an amount that a caller gave into what is sent to Fiskl: an integer
// in minor units, as documented. An API that answers in another unit may want
// to be sent that unit too, and would book a hundred times the amount: unless a
// dialect says how, nothing is sent to it.
func (c *Client) sent(ctx context.Context, argument string, amount schemas.Money, currency string) (int64, error) {
	if !c.dialect.Counts() {
		if c.known().Money == "" {
			c.seeAmounts(ctx)
		}
		if c.known().Money.Major() {
			return 0, &Error{Kind: Misread, Endpoint: c.endpoints[OpListInvoices], Message: "this API answers amounts as decimals, where Fiskl documents minor units; " +
				"in which of both it takes them is not known, so nothing was sent"}
		}
	}
	return c.minor.integer(argument, amount, currency)
}

// seeAmounts looks at some invoices, to see how amounts are written. Where that
// fails, or there are none, the documented form is all there is.
func (c *Client) seeAmounts(ctx context.Context) {
	if _, seen := c.paging.fact(OpListInvoices, seesAmounts); seen {
		return
	}
	seen := 0
	err := scan(ctx, c, OpListInvoices, url.Values{"sort": {newestFirst}}, func(wireListed) bool {
		seen++
		return seen < pageSize
	})
	if err == nil {
		c.paging.learn(OpListInvoices, seesAmounts, true)
	}
}

// seesAmounts is the fact that it was looked how amounts are written.
const seesAmounts = "amounts"

// echoed refuses what Fiskl calculated with another price than was sent: it
// counts in another unit.
func (c *Client) echoed(op Operation, body fields, w wireInvoice) error {
	items, ok := body["items"].([]fields)
	if !ok || len(items) != len(w.Items) {
		return nil
	}
	for i, item := range items {
		price, ok := item["price"].(int64)
		if ok && scale(big.NewRat(price, 1), rat(w.Items[i].Price)) != 0 {
			return &Error{Kind: Misread, Endpoint: c.endpoints[op], Message: fmt.Sprintf(
				"it was sent %d as the price of line %d, and calculated with %d: it counts in another unit than Fiskl documents", price, i+1, units(w.Items[i].Price))}
		}
	}
	return nil
}

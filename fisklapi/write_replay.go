package fisklapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// mistaken refuses an invoice that is there under a reference which the caller
// gave, and is another one than was asked for.
func (s Invoices) mistaken(asked, there schemas.Invoice) error {
	if !apart(there.ClientID, asked.ClientID) && !apart(there.Currency, asked.Currency) && !apart(there.Total, asked.Total) {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpCreateInvoice], Message: fmt.Sprintf(
		"the external_id is in use by invoice %s (id %s), which is to %s, total %s %s; asked for was one to %s, total %s %s. Look at it with get_invoice: it may be the one that was made, changed since. Give another external_id only for another invoice",
		schemas.Name(there.Number), there.ID, schemas.Quoted(there.Client, nameLength), there.Total, there.Currency,
		schemas.Quoted(asked.Client, nameLength), asked.Total, asked.Currency,
	)}
}

// apart reports values that are both known and differ. Fiskl may leave one out.
func apart[T comparable](one, other T) bool {
	var unknown T
	return one != unknown && other != unknown && one != other
}

// differing warns of what an invoice does not have in common with the one that
// was asked for; none when there is nothing. A preview leaves some of an
// invoice out, and what it leaves out is not compared.
func differing(asked, there schemas.Invoice) []string {
	var other []string
	note := func(what string, differs bool) {
		if differs {
			other = append(other, what)
		}
	}
	note("client", apart(asked.ClientID, there.ClientID))
	note("total", apart(asked.Total, there.Total) || apart(asked.Currency, there.Currency))
	note("date", apart(asked.InvoiceDate, there.InvoiceDate))
	note("due_date", apart(asked.DueDate, there.DueDate))
	note("notes", asked.Notes != "" && asked.Notes != there.Notes)
	note("lines", len(asked.Items) > 0 && len(there.Items) > 0 && !slices.EqualFunc(asked.Items, there.Items, sameLine))
	if len(other) == 0 {
		return nil
	}
	return []string{fmt.Sprintf("it differs from what was asked for in %s; the total asked for is %s %s",
		strings.Join(other, " and "), asked.Total, asked.Currency)}
}

// sameLine reports lines that sell the same at the same price.
func sameLine(l, other schemas.LineTotal) bool {
	return l.Name == other.Name && l.Description == other.Description && l.Quantity == other.Quantity && l.Unit == other.Unit &&
		l.Price == other.Price && slices.Equal(l.Taxes, other.Taxes)
}

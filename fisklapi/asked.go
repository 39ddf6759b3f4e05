package fisklapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// mistaken refuses an invoice that is there under a reference which the caller
// gave, and is another one than was asked for.
func (s Invoices) mistaken(asked, there schemas.Invoice) error {
	if there.ClientID == asked.ClientID && there.Currency == asked.Currency && there.Total == asked.Total {
		return nil
	}
	return &Error{Kind: Conflict, Endpoint: s.c.endpoints[OpCreateInvoice], Message: fmt.Sprintf(
		"the external_id is in use by invoice %s (id %d), which is to %s, total %s %s; asked for was one to %s, total %s %s. Give an external_id of its own, or look at that one with get_invoice",
		schemas.Name(there.Number), there.ID, schemas.Quoted(there.Client, nameLength), there.Total, there.Currency,
		schemas.Quoted(asked.Client, nameLength), asked.Total, asked.Currency,
	)}
}

// differing warns of what an invoice does not have in common with the one that
// was asked for; none when there is nothing. A preview leaves some of an
// invoice out, and what it leaves out is not compared.
func differing(asked, there schemas.Invoice) []string {
	var other []string
	compare := func(what, asked, there string) {
		if asked != "" && asked != there {
			other = append(other, what)
		}
	}
	compare("client", strconv.FormatInt(asked.ClientID, 10), strconv.FormatInt(there.ClientID, 10))
	compare("total", string(asked.Total)+" "+asked.Currency, string(there.Total)+" "+there.Currency)
	compare("invoice_date", string(asked.InvoiceDate), string(there.InvoiceDate))
	compare("due_date", string(asked.DueDate), string(there.DueDate))
	compare("notes", asked.Notes, there.Notes)
	if !slices.EqualFunc(asked.Items, there.Items, sameLine) {
		other = append(other, "lines")
	}
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

package fisklapi

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// wireHabit is what a list tells of how a client is billed.
type wireHabit struct {
	wireListed
	TaxTotal *int64 `json:"taxTotal"`
}

// habit is how a client was billed lately.
type habit struct {
	numbers []string // of the invoices, newest first
	untaxed bool     // none of them bears tax, though there are several
	due     string   // what is said of a due date that was taken from them
}

// lastInvoices is how many invoices make a habit.
const lastInvoices = 3

// accustomed gives a new invoice the days to pay that the client's last
// invoices have, if they agree and none were asked for. Fiskl's own default
// (documented: its terms) is for clients who have no such invoices, and where
// they cannot be listed. A failure that passes is one of the whole: the next
// attempt would make another invoice than this one.
func (s Invoices) accustomed(ctx context.Context, body fields, client wireClient) (habit, error) {
	_, asked := body["dueDate"]
	last, err := s.last(ctx, client)
	if err != nil && (asked || !passes(err)) {
		last = nil // it would be a warning at most, or is to be had at no time
	}
	if err != nil && !asked && passes(err) {
		return habit{}, err
	}
	h := habitOf(last)
	days, agree := daysToPay(last)
	date, _ := body["invoiceDate"].(schemas.Date)
	dated, err := time.Parse(time.DateOnly, string(date))
	if asked || !agree || err != nil {
		return h, nil //nolint:nilerr // a date that is none is refused by Fiskl
	}
	body["dueDate"] = string(schemas.NewDate(dated.AddDate(0, 0, days)))
	h.due = fmt.Sprintf("due_date was not given: it is %d days after the invoice, as on this client's last %s (%s)", days, plural(len(last), "invoice"), strings.Join(h.numbers, ", "))
	return h, nil
}

// habitOf is what some invoices have in common.
func habitOf(last []wireHabit) habit {
	h := habit{untaxed: len(last) > 1}
	for _, w := range last {
		h.numbers = append(h.numbers, schemas.Name(string(w.Number)))
		h.untaxed = h.untaxed && w.TaxTotal != nil && *w.TaxTotal == 0 && units(w.Total) > 0
	}
	return h
}

// daysToPay is how long after its date each of some invoices is due, if that is
// the same for all.
func daysToPay(last []wireHabit) (days int, agree bool) {
	for i, w := range last {
		if w.InvoiceDate == "" || w.DueDate == "" {
			return 0, false
		}
		its := schemas.Date(w.InvoiceDate).DaysUntil(schemas.Date(w.DueDate))
		if its < 0 || i > 0 && its != days {
			return 0, false
		}
		days = its
	}
	return days, len(last) > 0
}

// last are the client's last invoices that were sent.
func (s Invoices) last(ctx context.Context, client wireClient) ([]wireHabit, error) {
	query := url.Values{"clientId": {string(client.ID.key)}, "sort": {newestFirst}}
	var last []wireHabit
	seen := 0
	err := scan(ctx, s.c, OpListInvoices, query, func(w wireHabit) bool {
		seen++
		if w.ClientID.key == client.ID.key && w.status() != draft && w.status() != "Rejected" {
			last = append(last, w)
		}
		return len(last) < lastInvoices && seen < pageSize
	})
	return last, err
}

// passes reports a failure after which the next attempt may have an answer.
func passes(err error) bool {
	failed := asError(err)
	return failed == nil || failed.Kind == Unavailable || failed.Kind == RateLimited || failed.Kind == Unauthorized
}

// told warns of what is unlike the client's last invoices.
func (h habit) told(out schemas.Invoice) []string {
	var all []string
	if h.due != "" {
		all = append(all, h.due)
	}
	if h.untaxed && out.TaxTotal.Decimal().IsPositive() {
		all = append(all, fmt.Sprintf("this client's last %s (%s) bear no tax, and this one bears %s %s: ask the person which is right",
			plural(len(h.numbers), "invoice"), strings.Join(h.numbers, ", "), out.TaxTotal, out.Currency))
	}
	return all
}

func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// taxedAnyway warns of lines that were asked for without tax and bear some.
func taxedAnyway(body fields, w wireInvoice) []string {
	items, ok := body["items"].([]fields)
	if !ok || len(items) != len(w.Items) {
		return nil
	}
	var all []string
	for i, item := range items {
		if ids, asked := item["taxIds"].([]id); asked && len(ids) == 0 && units(w.Items[i].Tax) != 0 {
			all = append(all, fmt.Sprintf("line %d was asked for without tax, and Fiskl adds some", i+1))
		}
	}
	return all
}

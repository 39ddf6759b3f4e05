package reports

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Measure is what clients can be ranked by.
type Measure string

// The measures.
const (
	ByPaid        Measure = "Paid"
	ByOutstanding Measure = "Outstanding"
	ByOverdue     Measure = "Overdue"
)

// ParseMeasure reads a measure in any case; the empty word means Paid.
func ParseMeasure(word string) (Measure, error) {
	for _, by := range []Measure{ByPaid, ByOutstanding, ByOverdue} {
		if strings.EqualFold(word, string(by)) {
			return by, nil
		}
	}
	if word == "" {
		return ByPaid, nil
	}
	return "", refuse("by: %q is none of %s, %s, %s", word, ByPaid, ByOutstanding, ByOverdue)
}

// TopClient is a client with an amount in the base currency and how many invoices it comes from.
type TopClient struct {
	ClientID   int64  `json:"clientId"`
	ClientName string `json:"clientName"`
	Currency   string `json:"currency"`
	Amount     Minor  `json:"amount"`
	Invoices   int    `json:"invoices"`
}

// InvoiceTotals is what the sent invoices of a period come to in the base currency, at the rates they were booked at.
// Paid and outstanding make up what was invoiced; overdue is part of outstanding.
type InvoiceTotals struct {
	Currency         string `json:"currency"`
	Start            Date   `json:"start,omitempty"`
	End              Date   `json:"end,omitempty"`
	Outstanding      Minor  `json:"outstanding"`
	Paid             Minor  `json:"paid"`
	Overdue          Minor  `json:"overdue"`
	OutstandingCount int    `json:"outstandingCount"`
	PaidCount        int    `json:"paidCount"`
	OverdueCount     int    `json:"overdueCount"`
}

// AverageDays is an average over invoices. It has no value when there is nothing to average.
type AverageDays struct {
	Start       Date          `json:"start,omitempty"`
	End         Date          `json:"end,omitempty"`
	AverageDays *books.Number `json:"averageDays,omitempty"`
	Invoices    int           `json:"invoices"`
}

// standing is how a sent invoice stands today, in the base currency.
type standing struct {
	books.InvoiceHead

	owed, paid, overdue Minor
	settled             Date // When the latest payment was made.
}

// TopClients ranks clients by what they paid, owe or owe overdue of the invoices dated in the range, the largest amount
// first. A zero limit means all.
func (r *Reports) TopClients(by Measure, dated Period, limit int) ([]TopClient, error) {
	if err := dated.checkOpen(); err != nil {
		return nil, err
	}
	out := []TopClient{}
	for _, s := range r.standings(dated) {
		amount := map[Measure]Minor{ByPaid: s.paid, ByOutstanding: s.owed, ByOverdue: s.overdue}[by]
		if amount == 0 {
			continue
		}
		i := slices.IndexFunc(out, func(c TopClient) bool { return c.ClientID == s.ClientID })
		if i < 0 {
			i = len(out)
			client := ledger.Ref{Kind: books.KindClient, ID: s.ClientID}
			out = append(out, TopClient{
				ClientID: s.ClientID, ClientName: r.contactName(client, s.ClientName), Currency: r.currency(),
			})
		}
		out[i].Amount += amount
		out[i].Invoices++
	}
	slices.SortFunc(out, func(a, b TopClient) int {
		return cmp.Or(cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.ClientID, b.ClientID))
	})
	if limit > 0 {
		out = out[:min(limit, len(out))]
	}
	return out, nil
}

// InvoiceTotals adds up the invoices dated in the range.
func (r *Reports) InvoiceTotals(dated Period) (InvoiceTotals, error) {
	if err := dated.checkOpen(); err != nil {
		return InvoiceTotals{}, err
	}
	out := InvoiceTotals{Currency: r.currency(), Start: dated.Start, End: dated.End}
	for _, s := range r.standings(dated) {
		out.Outstanding += s.owed
		out.Paid += s.paid
		out.Overdue += s.overdue
		switch s.Status {
		case books.Paid:
			out.PaidCount++
		case books.Overdue:
			out.OverdueCount++
			out.OutstandingCount++
		default:
			out.OutstandingCount++
		}
	}
	return out, nil
}

// DaysToPay is the average from the invoice date to the last payment, over the invoices paid in full within the range.
func (r *Reports) DaysToPay(paid Period) (AverageDays, error) {
	return r.averageDays(paid, func(s standing) (int, bool) {
		return s.settled.DaysSince(s.InvoiceDate), s.Status == books.Paid && s.settled != "" && paid.holds(s.settled)
	})
}

// DaysOverdue is the average from the due date to the last payment, or to today, over the invoices due within the range
// that ran overdue.
func (r *Reports) DaysOverdue(due Period) (AverageDays, error) {
	today := r.books.Today()
	return r.averageDays(due, func(s standing) (int, bool) {
		until := today
		if s.Status == books.Paid {
			until = s.settled
		}
		return until.DaysSince(s.DueDate), until > s.DueDate && due.holds(s.DueDate)
	})
}

const averageDecimals = 1

func (r *Reports) averageDays(p Period, measure func(standing) (int, bool)) (AverageDays, error) {
	if err := p.checkOpen(); err != nil {
		return AverageDays{}, err
	}
	out := AverageDays{Start: p.Start, End: p.End}
	total := 0
	for _, s := range r.standings(Period{}) {
		if days, counts := measure(s); counts {
			total += days
			out.Invoices++
		}
	}
	if out.Invoices > 0 {
		average := decimal.NewFromInt(int64(total)).DivRound(decimal.NewFromInt(int64(out.Invoices)), averageDecimals)
		out.AverageDays = &books.Number{Decimal: average}
	}
	return out, nil
}

// standings are the sent invoices dated in the range, in the order they were made.
func (r *Reports) standings(dated Period) []standing {
	items := map[int64]*openItem{}
	for _, item := range r.open(ledger.Receivable, everything) {
		if item.Kind == books.KindInvoice {
			items[item.ID] = item
		}
	}
	var out []standing
	for _, inv := range r.books.Invoices(books.InvoiceQuery{Start: dated.Start, End: dated.End}) {
		item := items[inv.ID]
		if item == nil || inv.Status == books.Rejected {
			continue
		}
		s := standing{InvoiceHead: inv, owed: item.base, paid: item.posted - item.base, settled: item.settled}
		if inv.Status == books.Overdue {
			s.overdue = item.base
		}
		out = append(out, s)
	}
	return out
}

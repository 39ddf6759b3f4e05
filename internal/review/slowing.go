package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// When a client counts as paying later and later.
const (
	fewestPaid = 6   // invoices, or there is no telling
	later      = 7   // days between the first three and the last three
	steadily   = 0.8 // rank correlation of the order and the days
)

// paid is an invoice that was paid, and how long that took.
type paid struct {
	schemas.InvoiceRow
	days int
	on   schemas.Date
}

// slowing finds clients that take longer with nearly every invoice.
func slowing(b *Books) (out []finding) {
	for _, own := range b.paidByClient() {
		if len(own) < fewestPaid {
			continue
		}
		first, last := middle(own[:3]), middle(own[len(own)-3:])
		if last-first < later || trend(own) < steadily {
			continue
		}
		newest := own[len(own)-1]
		severity, now := schemas.SeverityLow, "still before the due date"
		if newest.DueDate != "" && newest.DueDate.Before(newest.on) {
			severity, now = schemas.SeverityMedium, "now after the due date"
		}
		f := finding{Finding: schemas.Finding{
			Severity: severity, What: fmt.Sprintf("a client pays later with nearly every invoice: %d days at first, %d lately, %s", first, last, now),
			Next: next("get_statement_of_account", "client", string(newest.ClientID), "start", string(own[0].InvoiceDate), "end", string(b.Today)),
		}}
		for _, p := range []paid{own[0], own[len(own)/2], newest} {
			f.Evidence = append(f.Evidence, ofInvoice(p.InvoiceRow, fmt.Sprintf("paid %s, after %d days", p.on, p.days)))
		}
		f.More = len(own) - len(f.Evidence)
		out = append(out, f)
	}
	return out
}

// paidByClient are the paid invoices of each client, the oldest first.
func (b *Books) paidByClient() [][]paid {
	on := make(map[string]schemas.Date)
	for _, p := range b.Payments {
		on[p.Invoice] = max(on[p.Invoice], p.Date)
	}
	clients := make(map[string][]paid)
	var order []string
	for _, i := range slices.Backward(b.Invoices) {
		day := on[i.Number]
		if i.Status != "Paid" || i.Number == "" || day == "" || day.Before(i.InvoiceDate) {
			continue
		}
		if clients[i.Client] == nil {
			order = append(order, i.Client)
		}
		clients[i.Client] = append(clients[i.Client], paid{i, i.InvoiceDate.DaysUntil(day), day})
	}
	var out [][]paid
	for _, c := range order {
		slices.SortStableFunc(clients[c], func(x, y paid) int { return cmp.Compare(x.InvoiceDate, y.InvoiceDate) })
		out = append(out, clients[c])
	}
	return out
}

func middle(some []paid) int {
	var days []int
	for _, p := range some {
		days = append(days, p.days)
	}
	slices.Sort(days)
	return days[len(days)/2]
}

// trend is Spearman's rank correlation of the order of invoices and the days
// until they were paid: 1 where each took longer than the one before. It is no
// money, so a float will do.
func trend(own []paid) float64 {
	n := len(own)
	var sum float64
	for i, p := range own {
		less, equal := 0, 0
		for _, other := range own {
			switch {
			case other.days < p.days:
				less++
			case other.days == p.days:
				equal++
			}
		}
		d := float64(i) - (float64(less) + float64(equal-1)/2)
		sum += d * d
	}
	return 1 - 6*sum/float64(n*(n*n-1))
}

package sandbox

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// topClients is how many clients a ranking has when the request does not say.
const topClients = 10

func insightOperations() []operation {
	return []operation{
		get("/v1/insights/top-clients", "getTopClients", "invoice.read", getTopClients),
		insight("invoice-totals", "getInvoiceTotals", (*reports.Reports).InvoiceTotals),
		insight("days-to-pay", "getDaysToPay", (*reports.Reports).DaysToPay),
		insight("days-overdue", "getDaysOverdue", (*reports.Reports).DaysOverdue),
	}
}

// insight is the operation that answers a summary of the invoices of a range.
func insight[T any](name, id string, compute func(*reports.Reports, reports.Period) (T, error)) operation {
	return get("/v1/insights/"+name, id, "invoice.read", func(c *call) (answer, error) {
		p, err := c.between()
		if err != nil {
			return answer{}, err
		}
		return computed(c, func(r *reports.Reports) (T, error) { return compute(r, p) })
	})
}

func getTopClients(c *call) (answer, error) {
	by, err := reports.ParseMeasure(c.query.Get("by"))
	if err != nil {
		return answer{}, err
	}
	p, err := c.between()
	if err != nil {
		return answer{}, err
	}
	limit := min(atLeast(c.query.Get("limit"), 1, topClients), largestSize)
	return computed(c, func(r *reports.Reports) ([]reports.TopClient, error) { return r.TopClients(by, p, limit) })
}

// between is the range of days asked for, open where a parameter is absent.
func (c *call) between() (reports.Period, error) {
	start, end, err := c.dates()
	return reports.Period{Start: start, End: end}, err
}

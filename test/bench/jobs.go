package main

import "strings"

// job is something that a person waits for.
type job struct {
	name    string
	clients int        // how many clients the company has; 0 for those of the demo company
	before  []toolCall // what was done in the conversation already
	calls   []toolCall // what is measured
	prompt  bool       // it is one of the ready-made jobs
	ours    bool       // the other build may not have it
	aims    aims
}

// aims are limits; zeros mean that there are none.
type aims struct {
	sequence     float64 // requests one after the other
	requests     float64 // requests in all
	wall         float64 // milliseconds
	wallTimes    float64 // time, as a multiple of the other build's
	requestTimes float64 // all requests, likewise
}

// jobs are all jobs whose name holds that text.
func jobs(only string) ([]job, error) {
	all := single()
	written, err := scripts()
	if err != nil {
		return nil, err
	}
	for _, s := range written {
		all = append(all, job{name: s.Prompt, calls: s.Calls, prompt: true, ours: s.Prompt == "month_end_review"}) // which begins with review_books
	}
	var chosen []job
	for _, j := range all {
		if strings.Contains(j.name, only) {
			chosen = append(chosen, j)
		}
	}
	return chosen, nil
}

// The names below are those of the demo company, whose records have the same
// numbers on any day.
const (
	lateInvoice = "INV-0119"
	lateClient  = "Northwind Bakery"
)

// single are the jobs of one call, in a conversation that has begun: the
// company and its periods are known.
func single() []job {
	context := toolCall{Tool: "get_context"}
	all := later()
	for i := range all {
		all[i].before = append([]toolCall{context}, all[i].before...)
	}
	return append([]job{{name: "get_context", calls: []toolCall{context}, aims: aims{sequence: 1}}}, all...)
}

// later are those that come after get_context.
func later() []job {
	with := func(name, value string) map[string]any { return map[string]any{name: value} }
	invoice := toolCall{Tool: "get_invoice", Arguments: with("invoice", lateInvoice)}
	client := toolCall{Tool: "get_client", Arguments: with("client", lateClient)}
	trace := func(account string) toolCall {
		return toolCall{Tool: "trace_figure", Arguments: map[string]any{"account": account, "period": "last month"}}
	}
	statement := toolCall{Tool: "get_statement_of_account", Arguments: with("client", lateClient)}
	pay := func(more ...string) toolCall {
		c := toolCall{Tool: "record_payment", Arguments: map[string]any{"invoice": lateInvoice, "amount": "100.00"}}
		for _, token := range more {
			c.Arguments["confirm_token"] = token
		}
		return c
	}
	ask := pay()
	ask.Capture = map[string]string{"yes": "confirm_token"}
	return []job{
		{name: "list_invoices overdue", calls: []toolCall{{Tool: "list_invoices", Arguments: with("status", "overdue")}}, aims: aims{sequence: 1}},
		{name: "get_invoice by number", calls: []toolCall{invoice}, aims: aims{sequence: 2}},
		{name: "get_invoice, the second time", before: []toolCall{invoice}, calls: []toolCall{invoice}, aims: aims{sequence: 1}},
		{name: "get_client by name", calls: []toolCall{client}, aims: aims{sequence: 2}},
		{name: "get_client, the second time", before: []toolCall{client}, calls: []toolCall{client}, aims: aims{sequence: 1}},
		{name: "update_client", calls: []toolCall{{Tool: "update_client", Arguments: map[string]any{"client": lateClient, "phone": "+44 20 7946 0011"}}}},
		{name: "trace_figure, the second time, no lines", before: []toolCall{trace("5040")}, calls: []toolCall{trace("5000")}, aims: aims{sequence: 1}},
		{name: "trace_figure, the second time, 11 lines", before: []toolCall{trace("5040")}, calls: []toolCall{trace("4020")}}, // who changed each is asked, too
		{name: "get_statement_of_account, the second time", before: []toolCall{statement}, calls: []toolCall{statement}, aims: aims{sequence: 1}},
		{name: "review_books", calls: []toolCall{{Tool: "review_books"}}, ours: true, aims: aims{requests: 25, wall: 3000}},
		{name: "record_payment after the yes", before: []toolCall{ask}, calls: []toolCall{pay("$yes")}, aims: aims{sequence: 3}},
		{name: "export_list of 2,000 rows", clients: 2000, calls: []toolCall{{Tool: "export_list", Arguments: with("list", "clients")}}, aims: aims{wallTimes: maxExportTimes}},
	}
}

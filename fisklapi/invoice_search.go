package fisklapi

import (
	"context"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// invoiceSearch is what invoices are held against that Fiskl has no filter for.
type invoiceSearch struct {
	words  string
	lines  map[schemas.ID]bool // the invoices with the words in the name of a line
	amount schemas.AmountLimits
	due    schemas.Date
	doubt  string // why invoices may be missing
}

// searching reads a filter, and for words which invoices have them in a line: a
// list has no lines (inferred), and their names stand in the ledger.
func (s Invoices) searching(ctx context.Context, in schemas.InvoiceFilter, covered schemas.Range) (invoiceSearch, error) {
	amount, err := in.Amount.Limits("amount")
	if err != nil {
		return invoiceSearch{}, err
	}
	out := invoiceSearch{words: strings.TrimSpace(in.Search), amount: amount, due: in.DueBy}
	if out.words != "" {
		err = s.inLines(ctx, &out, covered)
	}
	return out, err
}

// digest tells one search from another: a cursor belongs to it.
func (in invoiceSearch) digest(f schemas.InvoiceFilter) string {
	if in.words == "" && f.Amount == "" && in.due == "" {
		return ""
	}
	return strings.Join([]string{in.words, string(f.Amount), string(in.due)}, "\n")
}

// holds holds an invoice against the search.
func (in invoiceSearch) holds(w wireListed, r schemas.InvoiceRow) bool {
	return (in.words == "" || in.lines[r.ID] || mentions(r.Number, in.words) || mentions(r.Client, in.words) || mentions(string(w.Notes), in.words)) &&
		in.amount.Holds(r.Total, r.Currency) &&
		(in.due == "" || r.DueDate != "" && !in.due.Before(r.DueDate))
}

// inLines notes the invoices with the words in the name of a line, which the
// accounts of income have. Drafts are not in the ledger.
func (s Invoices) inLines(ctx context.Context, in *invoiceSearch, covered schemas.Range) error {
	in.lines = make(map[schemas.ID]bool)
	chart, err := s.c.Accounts.all(ctx)
	var ids []string
	if err == nil {
		ids = accountsOf(chart, []string{"Income"})
	}
	if len(ids) > maxAccountsAsked {
		ids = nil
	}
	if err == nil {
		var read schemas.Ledger
		args := schemas.LedgerArgs{ReportArgs: schemas.ReportArgs{Basis: "accrual", Period: s.searched(ctx, covered)}}
		read, err = s.c.Reports.everyLine(ctx, args, ids, party{}, func(l schemas.LedgerLine) {
			if l.RecordType == "invoice" && mentions(l.Description, in.words) {
				in.lines[l.RecordID] = true
			}
		})
		in.doubt = strings.Join(read.Doubts(), "; ")
	}
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return err
	}
	in.doubt = "only numbers, clients and notes were searched, because the ledger with the lines could not be read, so invoices may be missing"
	return nil
}

// searched are the days of the ledger that is searched: those of the list, or as
// many as Fiskl takes in one question.
func (s Invoices) searched(ctx context.Context, covered schemas.Range) schemas.Period {
	if covered.Start != "" {
		return schemas.Period{Start: covered.Start, End: covered.End}
	}
	t, err := time.Parse(time.DateOnly, string(s.c.Companies.Today(ctx)))
	if err != nil {
		return schemas.Period{}
	}
	return schemas.Period{Start: schemas.NewDate(t.AddDate(-9, 0, 1)), End: schemas.NewDate(t.AddDate(1, 0, 0))}
}

// tell says what a search could not look at.
func (in invoiceSearch) tell(list *schemas.InvoiceList) {
	if in.doubt != "" {
		list.Doubt(in.doubt)
	}
	if in.words != "" {
		list.Remark("searched: number, client, notes and, of invoices other than drafts, the names of lines; not the text under a line")
	}
}

package app

import (
	"cmp"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// journalRow is one change as an auditor wants to see it. Times are in UTC.
type journalRow struct {
	Line      int64         `json:"line"`       // of the chain, noted before the change was sent; 0 by an earlier version
	EndLine   int64         `json:"end_line"`   // of the chain, noted afterwards; 0 likewise, and where no end is noted
	Begun     string        `json:"begun"`      // when it was sent
	Ended     string        `json:"ended"`      // when it was known how it ended; empty until then
	Outcome   string        `json:"outcome"`    // done, already existed, not done, unknown; open where no end is noted
	Company   string        `json:"company"`    // as Fiskl names it
	Caller    string        `json:"caller"`     // of the shared endpoint
	Tool      string        `json:"tool"`       // what the assistant called
	Operation string        `json:"operation"`  // what was asked of Fiskl
	Kind      string        `json:"kind"`       // of the record
	Record    string        `json:"record"`     // its number or name
	RecordID  schemas.ID    `json:"record_id"`  // Fiskl's id
	Client    string        `json:"client"`     // whom an invoice goes to
	Email     string        `json:"email"`      // where it was sent
	Amount    schemas.Money `json:"amount"`     // paid, or the total
	Currency  string        `json:"currency"`   // of the amount
	Date      schemas.Date  `json:"date"`       // of a payment
	Reference string        `json:"reference"`  // of a new invoice
	CC        string        `json:"cc"`         // who got a copy
	BCC       string        `json:"bcc"`        // who got one unseen by the others
	Account   string        `json:"account"`    // what a payment went to
	Agreed    string        `json:"agreed"`     // how a person agreed; empty where nobody was asked
	Note      string        `json:"note"`       // what a look-up found
	NotTaken  string        `json:"not_taken"`  // arguments that Fiskl did not take
	Problem   string        `json:"problem"`    // the kind of failure
	RequestID string        `json:"request_id"` // for Fiskl's support
	Process   string        `json:"process"`    // that made it
	Entry     string        `json:"entry"`      // id of both lines
}

func newJournalRow(e journal.Record) journalRow {
	w, r := e.Write, e.Result
	row := journalRow{
		Line: e.First, EndLine: e.Last, Begun: moment(e.Begun), Ended: moment(e.Ended), Outcome: cmp.Or(string(r.Outcome), "open"),
		Company: e.Company, Caller: e.Caller, Tool: e.Tool, Operation: string(w.Operation), Kind: w.Noun,
		Record: cmp.Or(w.Name, r.Name), RecordID: cmp.Or(w.ID, r.ID), Client: w.Client, Email: w.Email,
		Amount: cmp.Or(w.Amount, r.Amount), Currency: cmp.Or(w.Currency, r.Currency), Date: w.Date, Reference: w.Reference,
		CC: strings.Join(w.CC, "; "), BCC: strings.Join(w.BCC, "; "), Account: w.Account, NotTaken: r.NotTaken,
		Agreed: e.Confirmation, Note: r.Found, Problem: r.Problem, RequestID: r.RequestID, Process: e.Process, Entry: e.ID,
	}
	return row
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

package reports

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Aging is what is owed at a date by days past the due date.
type Aging struct {
	Head
	Buckets    []string        `json:"buckets"`
	Rows       []AgingRow      `json:"rows,omitempty"`
	Amounts    []Minor         `json:"amounts"`
	Total      Minor           `json:"total"`
	Currencies []AgingCurrency `json:"currencies,omitempty"`
}

// AgingRow is what one contact owes or is owed, in the base currency and in each currency it is owed in.
type AgingRow struct {
	ContactID   int64           `json:"contactId"`
	ContactName string          `json:"contactName"`
	Amounts     []Minor         `json:"amounts"`
	Total       Minor           `json:"total"`
	Currencies  []AgingCurrency `json:"currencies,omitempty"`
	Documents   []AgingDocument `json:"documents,omitempty"`
}

// AgingCurrency is what is owed in one currency, in that currency.
type AgingCurrency struct {
	Currency string  `json:"currency"`
	Amounts  []Minor `json:"amounts"`
	Total    Minor   `json:"total"`
}

// AgingDocument is one document that is not settled.
type AgingDocument struct {
	Type          string `json:"type"`
	ID            int64  `json:"id"`
	Number        string `json:"number,omitempty"`
	Date          Date   `json:"date"`
	DueDate       Date   `json:"dueDate"`
	DaysOverdue   int    `json:"daysOverdue"`
	Bucket        string `json:"bucket"`
	Currency      string `json:"currency"`
	Original      Minor  `json:"original"`
	Remaining     Minor  `json:"remaining"`
	RemainingBase Minor  `json:"remainingBase"`
}

// ReceivablesAging is what clients owe at the end of a period.
func (r *Reports) ReceivablesAging(q Query) (Aging, error) {
	if err := r.checkClient(q.Client); err != nil {
		return Aging{}, err
	}
	return r.aging("Receivables Aging", q, debt{ledger.Receivable, ledger.Ref{Kind: books.KindClient, ID: q.Client}, 1})
}

// PayablesAging is what is owed to vendors at the end of a period.
func (r *Reports) PayablesAging(q Query) (Aging, error) {
	if err := r.checkVendor(q.Vendor); err != nil {
		return Aging{}, err
	}
	return r.aging("Payables Aging", q, debt{ledger.Payable, ledger.Ref{Kind: books.KindVendor, ID: q.Vendor}, -1})
}

// debt says whose debts an ageing is about.
type debt struct {
	account ledger.Code
	contact ledger.Ref // A zero ID means everybody.
	sign    Minor      // What turns a balance into a positive debt.
}

func (r *Reports) aging(name string, q Query, d debt) (Aging, error) {
	day, err := r.position(q)
	if err != nil {
		return Aging{}, err
	}
	out := Aging{Head: r.at(name, day, ""), Buckets: buckets(), Amounts: make([]Minor, len(buckets()))}
	rows := map[int64]*AgingRow{}
	for _, item := range r.open(d.account, day) {
		if item.amount == 0 && item.base == 0 || d.contact.ID != 0 && item.contact != d.contact {
			continue
		}
		row := rows[item.contact.ID]
		if row == nil {
			row = &AgingRow{
				ContactID: item.contact.ID, ContactName: r.contactName(item.contact, item.contactName),
				Amounts: make([]Minor, len(buckets())),
			}
			rows[item.contact.ID] = row
		}
		document := item.document(day, d.sign)
		row.add(document)
		out.add(document)
	}
	out.Rows = finish(rows, q.Detail)
	return out, nil
}

func (a *Aging) add(d AgingDocument) {
	at := slices.Index(buckets(), d.Bucket)
	a.Amounts[at] += d.RemainingBase
	a.Total += d.RemainingBase
	a.Currencies = addCurrency(a.Currencies, d)
}

func (row *AgingRow) add(d AgingDocument) {
	at := slices.Index(buckets(), d.Bucket)
	row.Amounts[at] += d.RemainingBase
	row.Total += d.RemainingBase
	row.Currencies = addCurrency(row.Currencies, d)
	row.Documents = append(row.Documents, d)
}

func addCurrency(all []AgingCurrency, d AgingDocument) []AgingCurrency {
	i := slices.IndexFunc(all, func(c AgingCurrency) bool { return c.Currency == d.Currency })
	if i < 0 {
		all = append(all, AgingCurrency{Currency: d.Currency, Amounts: make([]Minor, len(buckets()))})
		slices.SortFunc(all, func(a, b AgingCurrency) int { return cmp.Compare(a.Currency, b.Currency) })
		i = slices.IndexFunc(all, func(c AgingCurrency) bool { return c.Currency == d.Currency })
	}
	all[i].Amounts[slices.Index(buckets(), d.Bucket)] += d.Remaining
	all[i].Total += d.Remaining
	return all
}

// finish sorts the rows by name and the documents by due date, and drops the documents of a summary.
func finish(rows map[int64]*AgingRow, detail bool) []AgingRow {
	var out []AgingRow
	for _, row := range slices.SortedFunc(maps.Values(rows), func(a, b *AgingRow) int {
		return cmp.Or(cmp.Compare(a.ContactName, b.ContactName), cmp.Compare(a.ContactID, b.ContactID))
	}) {
		slices.SortFunc(row.Documents, func(a, b AgingDocument) int {
			return cmp.Or(cmp.Compare(a.DueDate, b.DueDate), cmp.Compare(a.ID, b.ID))
		})
		if !detail {
			row.Documents = nil
		}
		out = append(out, *row)
	}
	return out
}

// The width of the buckets in days.
const bucketDays = 30

// buckets are the classes of age, by days past the due date.
func buckets() []string { return []string{"Current", "1-30", "31-60", "61-90", "90+"} }

func bucket(daysOverdue int) string {
	all := buckets()
	return all[min((daysOverdue+bucketDays-1)/bucketDays, len(all)-1)]
}

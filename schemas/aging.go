package schemas

import "strconv"

// ReceivablesArgs ask what clients owe.
type ReceivablesArgs struct {
	Position
	Client string `json:"client,omitempty" jsonschema_description:"Name or id"`
	Detail bool   `json:"detail,omitempty" jsonschema_description:"Each invoice"`
}

// PayablesArgs ask what is owed to vendors.
type PayablesArgs struct {
	Position
	Vendor string `json:"vendor,omitempty" jsonschema_description:"Vendor name or id"`
	Detail bool   `json:"detail,omitempty" jsonschema_description:"Each bill"`
}

// Aging is what is owed, by contact and by how late it is. Amounts are in the
// base currency; documents also carry their own.
type Aging struct {
	ReportHead
	Buckets []string   `json:"buckets" jsonschema_description:"Days past due"`
	Rows    []AgingRow `json:"rows" jsonschema_description:"A contact each"`
	Totals  Totals     `json:"totals" jsonschema_description:"By bucket, and total"`
}

var _ interface {
	reported
	Tabular
	Charted
	Footed
} = Aging{}

// AgingRow is what one contact owes or is owed.
type AgingRow struct {
	Contact   string          `json:"contact" jsonschema_description:"Client or vendor"`
	ContactID ID              `json:"contact_id" jsonschema_description:"Id"`
	Amounts   []Money         `json:"amounts" jsonschema_description:"In each bucket"`
	Total     Money           `json:"total" jsonschema_description:"In all"`
	Documents []AgingDocument `json:"documents,omitempty" jsonschema_description:"With detail only"`
}

// AgingDocument is one unpaid invoice or bill.
type AgingDocument struct {
	Type      string `json:"type" jsonschema_description:"Invoice or Bill"`
	ID        ID     `json:"id,omitempty" jsonschema_description:"Id"`
	Number    string `json:"number,omitempty" jsonschema_description:"Number"`
	Date      Date   `json:"date,omitempty" jsonschema_description:"Date"`
	DueDate   Date   `json:"due,omitempty" jsonschema_description:"Due date"`
	DaysLate  int    `json:"days_late,omitempty" jsonschema_description:"Days past due"`
	Currency  string `json:"currency" jsonschema_description:"The document's, ISO 4217"`
	Original  Money  `json:"original" jsonschema_description:"Total, in its currency"`
	Remaining Money  `json:"remaining" jsonschema_description:"Unpaid, in its currency"`
	Base      Money  `json:"remaining_base" jsonschema_description:"Unpaid, in the base currency"`
}

// Tables lay the contacts out by bucket, and the documents below.
func (a Aging) Tables() []Table {
	summary := Table{Columns: append(append([]string{"contact", "contact_id"}, a.Buckets...), "total")}
	documents := Table{Title: "documents", Columns: []string{
		"contact", "type", "id", "number", "date", "due", "days_late", "currency", "original", "remaining", "remaining_base",
	}}
	for _, r := range a.Rows {
		cells := append([]string{r.Contact, string(r.ContactID)}, spread(r.Amounts, len(a.Buckets))...)
		summary.Rows = append(summary.Rows, append(cells, string(r.Total)))
		for _, d := range r.Documents {
			documents.Rows = append(documents.Rows, []string{
				r.Contact, d.Type, string(d.ID), d.Number, string(d.Date), string(d.DueDate),
				strconv.Itoa(d.DaysLate), d.Currency, string(d.Original), string(d.Remaining), string(d.Base),
			})
		}
	}
	totals := []string{"total", ""}
	for _, bucket := range a.Buckets {
		totals = append(totals, string(a.Totals.Get(bucket)))
	}
	summary.Rows = append(summary.Rows, append(totals, string(a.Totals.Get("total"))))
	if len(documents.Rows) == 0 {
		return []Table{summary}
	}
	return []Table{summary, documents}
}

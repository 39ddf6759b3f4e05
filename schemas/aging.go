package schemas

import (
	"cmp"
	"strconv"
)

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
	Rows    []AgingRow `json:"rows" jsonschema_description:"A client or vendor each"`
	Totals  Totals     `json:"totals" jsonschema_description:"By bucket, and total"`

	vendors bool // the rows are vendors, and not clients
}

var _ interface {
	reported
	Tabular
	Charted
	Footed
} = Aging{}

// AgingRow is what one client owes or one vendor is owed.
type AgingRow struct {
	Client    string          `json:"client,omitempty" jsonschema_description:"Who owes"`
	ClientID  ID              `json:"client_id,omitempty" jsonschema_description:"Id"`
	Vendor    string          `json:"vendor,omitempty" jsonschema_description:"Who is owed"`
	VendorID  ID              `json:"vendor_id,omitempty" jsonschema_description:"Id"`
	Amounts   []Money         `json:"amounts" jsonschema_description:"In each bucket"`
	Total     Money           `json:"total" jsonschema_description:"In all"`
	Documents []AgingDocument `json:"documents,omitempty" jsonschema_description:"With detail only"`
}

// AgingDocument is one unpaid invoice or bill.
type AgingDocument struct {
	Type        string `json:"type" jsonschema_description:"Invoice or Bill"`
	ID          ID     `json:"id,omitempty" jsonschema_description:"Id"`
	Number      string `json:"number,omitempty" jsonschema_description:"Number"`
	Date        Date   `json:"date,omitempty" jsonschema_description:"Date"`
	DueDate     Date   `json:"due_date,omitempty" jsonschema_description:"Due date"`
	DaysLate    int    `json:"days_late,omitempty" jsonschema_description:"Days past due"`
	Currency    string `json:"currency" jsonschema_description:"The document's, ISO 4217"`
	Total       Money  `json:"total" jsonschema_description:"Total, in its currency"`
	Outstanding Money  `json:"outstanding" jsonschema_description:"Unpaid, in its currency"`
	Base        Money  `json:"outstanding_base" jsonschema_description:"Unpaid, in the base currency"`
}

// Contact is whom a row is of, whether client or vendor.
func (r AgingRow) Contact() (name string, id ID) {
	return cmp.Or(r.Client, r.Vendor), cmp.Or(r.ClientID, r.VendorID)
}

// OfVendors says that the rows are vendors, and not clients.
func (a *Aging) OfVendors() { a.vendors = true }

// contact is what each row is of.
func (a Aging) contact() string {
	if a.vendors {
		return "vendor"
	}
	return "client"
}

// Tables lay the clients or vendors out by bucket, and the documents below.
func (a Aging) Tables() []Table {
	contact := a.contact()
	summary := Table{Columns: append(append([]string{contact, contact + "_id"}, a.Buckets...), "total")}
	documents := Table{Title: "documents", Columns: []string{
		contact, "type", "id", "number", "date", "due_date", "days_late", "currency", "total", "outstanding", "outstanding_base",
	}}
	for _, r := range a.Rows {
		name, id := r.Contact()
		cells := append([]string{name, string(id)}, spread(r.Amounts, len(a.Buckets))...)
		summary.Rows = append(summary.Rows, append(cells, string(r.Total)))
		for _, d := range r.Documents {
			documents.Rows = append(documents.Rows, []string{
				name, d.Type, string(d.ID), d.Number, string(d.Date), string(d.DueDate),
				strconv.Itoa(d.DaysLate), d.Currency, string(d.Total), string(d.Outstanding), string(d.Base),
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

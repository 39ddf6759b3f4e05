package fisklapi

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Invoices are the sales invoices.
type Invoices struct{ c *Client }

// newestFirst is the order that Fiskl's documentation shows.
const newestFirst = "created,desc"

// List returns invoices, newest first. Every filter is applied again to what
// Fiskl answers.
//
//	GET /v1/invoices
func (s Invoices) List(ctx context.Context, in schemas.InvoiceFilter) (schemas.InvoiceList, error) {
	covered, err := s.c.Periods.Resolve(ctx, in.Period)
	if err != nil {
		return schemas.InvoiceList{}, err
	}
	if covered.Period == schemas.AllTime {
		covered = schemas.Range{} // as of no period: those dated ahead belong to it
	}
	list := func(ctx context.Context, client schemas.ID) (schemas.InvoiceList, error) {
		return s.list(ctx, in, covered, client)
	}
	if in.Client == "" {
		return list(ctx, "")
	}
	client, out, err := reading(ctx, s.c, s.c.Clients.finder(), in.Client, list)
	out.Client = string(client.Name)
	return out, err
}

func (s Invoices) list(ctx context.Context, in schemas.InvoiceFilter, covered schemas.Range, client schemas.ID) (list schemas.InvoiceList, err error) {
	list = schemas.InvoiceList{
		Status: in.Status, Search: strings.TrimSpace(in.Search), Amount: in.Amount, DueBy: in.DueBy, Range: covered, AsOf: s.c.Companies.Today(ctx),
	}
	search, err := s.searching(ctx, in, covered)
	if err != nil {
		return list, err
	}
	f := invoiceFilter{status: in.Status, covered: covered, today: list.AsOf, client: client}
	strange := make(map[id]string) // the statuses that are not known
	list.Page, err = listing[wireListed, schemas.InvoiceRow]{
		op: OpListInvoices, filter: search.digest(in),
		asks: append(f.asks(), s.unfiltered(f)...),
		row: func(w wireListed) (schemas.InvoiceRow, bool) {
			if !w.known() && f.covers(w) {
				strange[w.ID] = string(w.Status)
			}
			s.hint(w)
			r := s.row(w, list.AsOf)
			return r, f.matches(w) && search.holds(w, r)
		},
		id: func(r schemas.InvoiceRow) schemas.ID { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	if err != nil {
		return list, err
	}
	s.learnStatus(list, len(strange))
	search.tell(&list)
	list.Sums = schemas.SumInvoices(list.Rows)
	tellStrange(&list.Page, in.Status != "", strange)
	if n := len(list.Rows); n > 1 && !list.Complete && list.Rows[0].InvoiceDate.Before(list.Rows[n-1].InvoiceDate) {
		list.Remark("Fiskl did not give the newest first, as it was asked to")
	}
	return list, nil
}

// hint notes the number and the client of an invoice.
func (s Invoices) hint(w wireListed) {
	now := s.c.now()
	s.c.directory.hint(under(OpListInvoices, string(w.Number)), w.ID.key, now)
	s.c.directory.hint(under(OpListClients, string(w.ClientName)), w.ClientID.key, now)
}

// recipientOf is where the client of an invoice is noted.
func recipientOf(invoice schemas.ID) heading { return heading{OpSendInvoice, string(invoice)} }

// honoursStatus is the fact that the API filters invoices by Fiskl's words.
const honoursStatus = "status"

func (s Invoices) learnStatus(list schemas.InvoiceList, strange int) {
	if list.Status != "" && strange == 0 && len(list.Rows) > 0 {
		s.c.paging.learn(OpListInvoices, honoursStatus, true)
	}
}

// unfiltered asks for invoices of every status where none of the one asked for
// came, unless the API is known to filter by our words: one that does not know
// a word may answer with nothing.
func (s Invoices) unfiltered(f invoiceFilter) []ask[wireListed] {
	if f.status == "" {
		return nil
	}
	query := f.query("")
	return []ask[wireListed]{{query: query, last: true, rule: f.status == schemas.InvoiceDrafts, idle: func() bool {
		honours, _ := s.c.paging.fact(OpListInvoices, honoursStatus)
		return honours
	}}}
}

// tellStrange says that invoices have statuses that are not known.
func tellStrange(page *schemas.Page[schemas.InvoiceRow], filtered bool, strange map[id]string) {
	if len(strange) == 0 {
		return
	}
	words := slices.Compact(slices.Sorted(maps.Values(strange)))
	words = words[:min(len(words), maxListed)]
	for i, w := range words {
		words[i] = schemas.Quoted(w, 30)
	}
	why := fmt.Sprintf("%d invoices have a status that this server does not know (%s)", len(strange), strings.Join(words, ", "))
	if filtered {
		page.Doubt(why + " and are left out")
		return
	}
	page.Remark(why + "; sums count them as billed")
}

// Get returns one invoice by number or id, with its lines and taxes.
//
//	GET /v1/invoices/{id}
func (s Invoices) Get(ctx context.Context, in schemas.InvoiceRef) (schemas.Invoice, error) {
	r, err := s.finder().shown(ctx, s.c, in.Invoice)
	if err != nil {
		return schemas.Invoice{}, err
	}
	return s.noun(ctx, r), nil
}

// Preview has Fiskl calculate an invoice and saves nothing (documented).
//
//	POST /v1/invoices/preview
func (s Invoices) Preview(ctx context.Context, in schemas.NewInvoice) (schemas.Invoice, error) {
	body, client, err := s.body(ctx, in)
	if err != nil {
		return schemas.Invoice{}, err
	}
	used, err := s.accustomed(ctx, body, client)
	if err != nil {
		return schemas.Invoice{}, err
	}
	out, err := s.calculated(ctx, body, client)
	if err == nil {
		out.Warnings = append(append(out.Warnings, s.undated(ctx, in)...), used.told(out)...)
	}
	return out, err
}

func (s Invoices) whole(ctx context.Context, in schemas.InvoiceRef) (record[wireInvoice], error) {
	return s.finder().whole(ctx, s.c, in.Invoice)
}

// find looks an invoice up by id or number. Fiskl has no filter by number, so
// the list is read, newest first, until the number comes.
func (s Invoices) finder() finder[wireInvoice] {
	return documents(s.c, finder[wireInvoice]{
		noun: "invoice", plural: "invoices", get: OpGetInvoice, search: OpListInvoices,
		name: func(w wireInvoice) string { return string(w.Number) },
		id:   func(w wireInvoice) schemas.ID { return w.ID.key },
	}, func(w wireInvoice) string { return string(w.ClientName) })
}

// documents completes a finder of documents, which are found by their whole
// number and told apart by whom they are to.
func documents[W any](c *Client, f finder[W], client func(W) string) finder[W] {
	f.exact = true
	f.candidates = func(ctx context.Context, number string) ([]W, error) {
		return byNumber(ctx, c, f.search, number, f.name)
	}
	f.describe = func(w W) string { return "id " + string(f.id(w)) + ", " + schemas.Name(client(w)) }
	return f
}

// byNumber reads documents, newest first, until one has the number. If none
// has, it returns those whose number ends in the same digits.
func byNumber[W any](ctx context.Context, c *Client, op Operation, number string, of func(W) string) ([]W, error) {
	var found, near []W
	digits := lastDigits(number)
	err := scan(ctx, c, op, url.Values{"sort": {newestFirst}}, func(w W) bool {
		switch its := strings.TrimSpace(of(w)); {
		case strings.EqualFold(its, number):
			found = append(found, w)
		case digits != "" && lastDigits(its) == digits:
			near = append(near, w)
		}
		return len(found) == 0
	})
	if len(found) == 0 {
		found = near
	}
	return found, err
}

// invoiceFilter is a filter in both its forms: what Fiskl is asked, and what
// its rows are held against.
type invoiceFilter struct {
	status  schemas.InvoiceStatus
	client  schemas.ID
	covered schemas.Range
	today   schemas.Date
}

// words are Fiskl's for the statuses that a filter may find. It marks invoices
// overdue by a sweep, so one past due may still say Sent or Partial; and its
// older word for a draft is Open.
func (f invoiceFilter) words() []string {
	switch f.status {
	case schemas.InvoiceOverdue, schemas.InvoiceUnpaid:
		return []string{"Overdue", "Partial", "Sent"}
	case schemas.InvoiceDrafts:
		return []string{"Draft", "Open"}
	case schemas.InvoiceSent:
		return []string{"Sent"}
	case schemas.InvoicePartial:
		return []string{"Partial", "Overdue"}
	case schemas.InvoicePaid:
		return []string{"Paid"}
	case schemas.InvoiceRejected:
		return []string{"Rejected"}
	case "":
		return []string{""}
	default:
		return nil
	}
}

func (f invoiceFilter) asks() []ask[wireListed] {
	var asks []ask[wireListed]
	for _, w := range f.words() {
		asks = append(asks, ask[wireListed]{
			query: f.query(w), optional: w == "Open", most: w == "Sent" && len(f.words()) > 1,
			only: func(i wireListed) bool { return w == "" || i.answers(w) },
		})
	}
	return asks
}

// answers reports an invoice of one of Fiskl's words. A word that is not known
// is told of. The two words for a draft are kept apart: what came with one of
// them must not come again with the other.
func (w *wireListed) answers(word string) bool {
	return strings.EqualFold(word, cmp.Or(string(w.Status), draft)) || !w.known()
}

// query asks for the invoices of one of Fiskl's statuses, or of all.
func (f invoiceFilter) query(word string) url.Values {
	q := url.Values{"sort": {newestFirst}}
	if word != "" {
		q.Set("status", word)
	}
	if f.client != "" {
		q.Set("clientId", string(f.client))
	}
	span(q, f.covered)
	return q
}

func (f invoiceFilter) matches(w wireListed) bool { return f.covers(w) && w.is(f.status, f.today) }

// covers holds an invoice against everything but the status.
func (f invoiceFilter) covers(w wireListed) bool {
	date := schemas.Date(w.InvoiceDate)
	return (f.client == "" || w.ClientID.key == f.client) &&
		(f.covered.Start == "" || !date.Before(f.covered.Start)) &&
		(f.covered.End == "" || !f.covered.End.Before(date))
}

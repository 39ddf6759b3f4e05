package demo

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

func planSales(h *history) {
	for _, r := range retainers() {
		for turn := range r.count {
			h.bill(job{
				client: r.client, age: r.newest + turn*r.every, terms: r.terms, lines: h.varied(r, turn),
				payments: []part{{after: h.daysToPay(r, turn)}},
			})
		}
	}
	for _, j := range jobs() {
		h.bill(j)
	}
}

// daysToPay is how long a client took to pay one turn of a retainer. The habit of one that pays ever later must show in
// every turn, so nothing varies it.
func (h *history) daysToPay(r retainer, turn int) int {
	if later := payingLater()[r.client]; later > 0 {
		return r.paidAfter - turn*later
	}
	return r.paidAfter + h.vary(5, r.client+" pays", turn)
}

// varied are the lines of one turn of a retainer.
func (h *history) varied(r retainer, turn int) []line {
	lines := make([]line, len(r.lines))
	for i, l := range r.lines {
		l.quantity += h.vary(l.plus, r.client+l.article, turn)
		lines[i] = l
	}
	return lines
}

// bill plans an invoice, its way to the client and its payments.
func (h *history) bill(j job) {
	var id int64
	h.ago(j.age, 14*60+h.vary(90, j.client, j.age), func() error {
		made, _, err := h.books.CreateInvoice(theo, books.InvoiceInput{
			ClientID: h.clients[j.client], DueDate: h.today.AddDays(j.terms - j.age), Notes: j.notes,
			Items: h.items(j.client, j.lines),
		})
		id = made.ID
		return err
	})
	if j.fate == books.Draft {
		return
	}
	h.ago(j.age, 16*60, func() error { return h.deliver(id) })
	if j.fate == books.Rejected {
		h.ago(j.age-6, 10*60, func() error { return h.books.RejectInvoice(olivia, id) })
		return
	}
	for _, p := range j.payments {
		h.ago(j.age-p.after, 6*60, func() error { return h.receive(id, p.amount) })
	}
}

// items are the lines of a document for a client. Clients at home are charged the article's VAT, those abroad 0 %.
func (h *history) items(client string, lines []line) []books.ItemInput {
	var out []books.ItemInput
	for _, l := range lines {
		in := books.ItemInput{
			ProductID: h.products[l.article], Name: l.name,
			Quantity: &books.Number{Decimal: decimal.NewFromInt(int64(l.quantity))},
		}
		if l.price != 0 {
			in.Price = &l.price
		}
		if contact, err := h.books.Clients.Get(h.clients[client]); err == nil && contact.Country != "GB" {
			in.TaxIDs = []int64{h.tax(zero)}
		}
		out = append(out, in)
	}
	return out
}

// deliver e-mails an invoice, or shares a link with a client who has no e-mail address.
func (h *history) deliver(id int64) error {
	inv, err := h.books.Invoice(id)
	if err != nil {
		return err
	}
	if inv.ClientEmail == "" {
		_, err = h.books.ShareInvoice(theo, id)
	} else {
		_, err = h.books.SendInvoice(theo, id)
	}
	return err
}

// receive books money the bank feed matched to an invoice: euros to the account that holds them, all else to the bank.
func (h *history) receive(id int64, amount books.Minor) error {
	inv, err := h.books.Invoice(id)
	if err != nil {
		return err
	}
	if amount == 0 {
		amount = inv.Outstanding
	}
	code := ledger.Bank
	if inv.Currency == "EUR" {
		code = euroAccount
	}
	account, _ := h.books.Ledger().Chart().ByCode(code)
	_, err = h.books.RecordPayment(system, books.PaymentInput{
		InvoiceID: id, Amount: amount, Method: "Bank Transfer", AccountID: account.ID,
	})
	return err
}

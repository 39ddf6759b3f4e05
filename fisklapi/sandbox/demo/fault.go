package demo

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Fault is something that is wrong in generated books, as it happens to people.
type Fault string

// The faults.
const (
	BillTwice         Fault = "bill entered twice, the reference written otherwise"
	BillTwiceNear     Fault = "bill entered twice under another reference, four days later"
	BillAlsoSpent     Fault = "bill paid, and paid again from the bank feed"
	SpentTwice        Fault = "direct payment entered twice"
	NumberMissing     Fault = "invoice number missing"
	InvoiceTwice      Fault = "invoice raised twice"
	InvoiceMisdated   Fault = "invoice dated five months early"
	InvoiceUntaxed    Fault = "sale without tax to a client that has it"
	InvoiceTaxed      Fault = "sale with tax to a client abroad"
	DraftLeft         Fault = "draft invoice left over"
	QuoteLeft         Fault = "accepted quote not billed"
	NeverPaid         Fault = "invoice of four months ago never paid"
	Undeposited       Fault = "payment left in undeposited funds"
	CostMisposted     Fault = "large purchase booked to a running cost"
	RentForgotten     Fault = "rent of the month not entered"
	SuspenseLeft      Fault = "income left uncategorised"
	BankBelowNothing  Fault = "savings account overdrawn"
	PaidBeforeInvoice Fault = "payment dated before its invoice"
	InvoiceAhead      Fault = "invoice dated next year"
	EnteredLate       Fault = "invoice of the month made in the third week of the next"
)

// Faults are all faults there are.
func Faults() []Fault {
	return []Fault{
		BillTwice, BillTwiceNear, BillAlsoSpent, SpentTwice, NumberMissing, InvoiceTwice, InvoiceMisdated, InvoiceUntaxed, InvoiceTaxed, DraftLeft,
		QuoteLeft, NeverPaid, Undeposited, CostMisposted, RentForgotten, SuspenseLeft, BankBelowNothing, PaidBeforeInvoice, InvoiceAhead, EnteredLate,
	}
}

// planted says how each fault is planted.
func planted() map[Fault]func(*firm) {
	return map[Fault]func(*firm){
		BillTwice:         func(f *firm) { f.bills("FS-8812", "fs 8812", 12) },
		BillTwiceNear:     func(f *firm) { f.bills("Q-1", "Q-7", 4) },
		BillAlsoSpent:     (*firm).billAlsoSpent,
		SpentTwice:        (*firm).spentTwice,
		NumberMissing:     func(f *firm) { f.then(9, func(h *history) error { h.books.SkipNumber(); return nil }) },
		InvoiceTwice:      (*firm).invoiceTwice,
		InvoiceMisdated:   (*firm).misdated,
		InvoiceUntaxed:    func(f *firm) { f.taxed("GB", []int64{}) },
		InvoiceTaxed:      func(f *firm) { f.taxed("DE", []int64{f.h.tax(standard)}) },
		DraftLeft:         (*firm).draftLeft,
		QuoteLeft:         (*firm).quoteLeft,
		NeverPaid:         (*firm).neverPaid,
		Undeposited:       (*firm).undeposited,
		CostMisposted:     (*firm).misposted,
		RentForgotten:     func(f *firm) { f.skipRent = true },
		SuspenseLeft:      (*firm).uncategorised,
		BankBelowNothing:  (*firm).overdrawn,
		PaidBeforeInvoice: (*firm).paidBefore,
		InvoiceAhead:      (*firm).ahead,
		EnteredLate:       (*firm).enteredLate,
	}
}

// then plans something on a day of the month before today's, in the evening.
func (f *firm) then(day int, do func(*history) error) {
	f.extra = append(f.extra, func(h *history) { h.on(f.month.AddDays(day-1), 18*60, func() error { return do(h) }) })
}

// bills enters one bill twice, so many days apart.
func (f *firm) bills(first, second string, apart int) {
	c := charge{"5020", "Materials, special order", f.price(21700), standard}
	f.extra = append(f.extra, func(h *history) {
		h.purchase(receipt{"materials", c, theo, first, f.month.AddDays(4), 30, 0, false})
		h.purchase(receipt{"materials", c, olivia, second, f.month.AddDays(4 + apart), 30, 0, false})
	})
}

func (f *firm) billAlsoSpent() {
	c := charge{"6190", "Repair of the shutters", f.price(23450), standard}
	f.extra = append(f.extra, func(h *history) {
		h.purchase(receipt{"cleaner", c, theo, "BW-77", f.month.AddDays(5), 30, 10, true})
		h.spend(f.month.AddDays(18), "Bright Windows", ledger.Bank, h.booked(c))
	})
}

func (f *firm) spentTwice() {
	c := charge{"6030", "Course", f.price(33300), standard}
	f.extra = append(f.extra, func(h *history) {
		h.spend(f.month.AddDays(7), "Harbour Training", ledger.Bank, h.booked(c))
		h.spend(f.month.AddDays(9), "Harbour Training", ledger.Bank, h.booked(c))
	})
}

// invoice makes and sends an invoice to the first client of a country.
func (f *firm) invoice(h *history, country string, in books.InvoiceInput, send bool) (int64, error) {
	for _, c := range f.clients {
		if c.country != country {
			continue
		}
		in.ClientID = h.clients[c.key]
		if in.Items == nil {
			in.Items = h.items(c.key, []line{{article: c.article, quantity: 17}})
		}
		break
	}
	made, _, err := h.books.CreateInvoice(theo, in)
	if err != nil || !send {
		return made.ID, err
	}
	return made.ID, h.deliver(made.ID)
}

func (f *firm) invoiceTwice() {
	for _, day := range []int{11, 14} {
		f.then(day, func(h *history) error {
			_, err := f.invoice(h, "GB", books.InvoiceInput{DueDate: h.today.AddDays(20)}, true)
			return err
		})
	}
}

func (f *firm) misdated() {
	f.then(13, func(h *history) error {
		_, err := f.invoice(h, "GB", books.InvoiceInput{InvoiceDate: f.month.AddDays(-150), DueDate: h.today.AddDays(20)}, true)
		return err
	})
}

// taxed bills a client of a country with these taxes. A firm without clients abroad gets one.
func (f *firm) taxed(country string, taxes []int64) {
	for i := range f.clients {
		if country == "DE" && i == len(f.clients)-1 {
			f.clients[i].country, f.clients[i].currency, f.clients[i].article, f.clients[i].every = "DE", "EUR", "abroad", 30
		}
	}
	f.then(16, func(h *history) error {
		for _, c := range f.clients {
			if c.country == country {
				items := []books.ItemInput{{ProductID: h.products[c.article], Quantity: &books.Number{Decimal: decimal.NewFromInt(3)}, TaxIDs: taxes}}
				_, err := f.invoice(h, country, books.InvoiceInput{DueDate: h.today.AddDays(20), Items: items}, true)
				return err
			}
		}
		return nil
	})
}

func (f *firm) draftLeft() {
	f.then(19, func(h *history) error {
		_, err := f.invoice(h, "GB", books.InvoiceInput{DueDate: h.today.AddDays(20)}, false)
		return err
	})
}

func (f *firm) quoteLeft() {
	f.then(2, func(h *history) error {
		made, err := h.books.CreateQuote(books.QuoteInput{ClientID: h.clients[f.clients[0].key], ValidDays: validDays, Items: h.items(f.clients[0].key, []line{{article: "day", quantity: 4}})})
		if err == nil {
			err = h.books.SetQuoteStatus(made.ID, books.Sent)
		}
		if err == nil {
			err = h.books.SetQuoteStatus(made.ID, books.Accepted)
		}
		return err
	})
}

func (f *firm) neverPaid() {
	f.extra = append(f.extra, func(h *history) {
		h.bill(job{client: f.clients[1].key, age: 155, terms: 14, lines: []line{{article: f.clients[1].article, quantity: 23}}})
	})
}

func (f *firm) undeposited() {
	var id int64
	f.then(6, func(h *history) (err error) {
		id, err = f.invoice(h, "GB", books.InvoiceInput{DueDate: h.today.AddDays(20)}, true)
		return err
	})
	f.then(21, func(h *history) error {
		inv, err := h.books.Invoice(id)
		if err == nil {
			_, err = h.books.RecordPayment(theo, books.PaymentInput{InvoiceID: id, Amount: inv.Outstanding, Method: "Cheque"})
		}
		return err
	})
}

func (f *firm) misposted() {
	f.extra = append(f.extra, func(h *history) {
		h.purchase(receipt{"phone", charge{"6070", "Telephone system, ten handsets", f.price(260000), standard}, theo, "BT-PBX", f.month.AddDays(10), 30, 12, true})
	})
}

func (f *firm) uncategorised() {
	f.extra = append(f.extra, func(h *history) {
		h.spend(f.month.AddDays(14), "Unknown payer", ledger.Bank, books.BillLine{Account: "4900", Net: -f.price(17700)})
	})
}

func (f *firm) overdrawn() {
	f.then(22, func(h *history) error {
		return h.books.Transfer(olivia, books.TransferInput{From: savingsAccount, To: ledger.Bank, Amount: h.books.Ledger().Balance(savingsAccount, "") + f.price(5000), Description: "To the current account"})
	})
}

func (f *firm) paidBefore() {
	f.then(24, func(h *history) error {
		id, err := f.invoice(h, "GB", books.InvoiceInput{DueDate: h.today.AddDays(20)}, true)
		if err != nil {
			return err
		}
		account, _ := h.books.Ledger().Chart().ByCode(ledger.Bank)
		_, err = h.books.RecordPayment(theo, books.PaymentInput{InvoiceID: id, Amount: 1000, Date: f.month.AddDays(3), AccountID: account.ID})
		return err
	})
}

func (f *firm) enteredLate() {
	f.extra = append(f.extra, func(h *history) {
		h.due(f.month.MonthStart(1).AddDays(16), func() error {
			_, err := f.invoice(h, "GB", books.InvoiceInput{InvoiceDate: f.month.AddDays(27), DueDate: h.today.AddDays(20)}, true)
			return err
		})
	})
}

func (f *firm) ahead() {
	f.then(17, func(h *history) error {
		_, err := f.invoice(h, "GB", books.InvoiceInput{InvoiceDate: h.today.AddDays(200), DueDate: h.today.AddDays(230)}, true)
		return err
	})
}

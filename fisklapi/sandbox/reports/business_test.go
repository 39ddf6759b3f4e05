package reports_test

import (
	"errors"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// allow lets a business refusal pass and nothing else.
func allow(t fatal, err error) {
	t.Helper()
	var refusal *books.RefusalError
	var missing *books.NotFoundError
	if err != nil && !errors.As(err, &refusal) && !errors.As(err, &missing) {
		t.Fatal(err)
	}
}

// run lets a random course of business take place.
func (c *company) run(t *rapid.T) {
	actions := map[string]func(*rapid.T){
		"invoice": c.someInvoice, "reject": c.someRejection, "receive": c.somePayment, "bill": c.someBill,
		"pay": c.someBillPayment, "journal": c.someJournal, "spend": c.someExpense, "change": c.someTransfer,
		"wait": func(t *rapid.T) { c.now = c.now.AddDate(0, 0, rapid.IntRange(1, 60).Draw(t, "days")) },
	}
	t.Repeat(actions)
}

func (c *company) someInvoice(t *rapid.T) {
	currency := rapid.SampledFrom(currencies()).Draw(t, "currency")
	var items []books.ItemInput
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		price := books.Minor(rapid.Int64Range(0, 99_999).Draw(t, "price"))
		quantity := rapid.SampledFrom([]string{"1", "0.333", "7.25"}).Draw(t, "quantity")
		items = append(items, c.item(price, quantity, rapid.SliceOfNDistinct(rapid.IntRange(0, 4), 0, 2, rapid.ID).Draw(t, "taxes")...))
	}
	in := books.InvoiceInput{ClientID: c.clients[currency], Items: items, InvoiceDate: c.someDay(t)}
	inv, _, err := c.CreateInvoice(me, in)
	c.must(t, err)
	if rapid.IntRange(0, 4).Draw(t, "draft") > 0 {
		_, err = c.SendInvoice(me, inv.ID)
		c.must(t, err)
	}
	c.invoices = append(c.invoices, inv.ID)
}

// someDay lies around today.
func (c *company) someDay(t *rapid.T) ledger.Date {
	return c.Today().AddDays(rapid.IntRange(-20, 5).Draw(t, "day"))
}

func (c *company) someRejection(t *rapid.T) {
	if len(c.invoices) > 0 {
		allow(t, c.RejectInvoice(me, rapid.SampledFrom(c.invoices).Draw(t, "invoice")))
	}
}

func (c *company) somePayment(t *rapid.T) {
	if len(c.invoices) == 0 {
		t.Skip("needs an invoice to be paid, which an earlier step may have made")
	}
	inv, err := c.Invoice(rapid.SampledFrom(c.invoices).Draw(t, "invoice"))
	c.must(t, err)
	in := books.PaymentInput{InvoiceID: inv.ID, Date: c.someDay(t), Amount: c.someOf(t, inv.Outstanding)}
	code := rapid.SampledFrom([]ledger.Code{ledger.Bank, euroAccount, ledger.UndepositedFunds}).Draw(t, "bank")
	account, _ := c.Ledger().Chart().ByCode(code)
	in.AccountID = account.ID
	_, err = c.RecordPayment(me, in)
	allow(t, err)
}

// someOf is a part of what is outstanding, often all of it.
func (c *company) someOf(t *rapid.T, outstanding books.Minor) books.Minor {
	if rapid.Bool().Draw(t, "all") {
		return outstanding
	}
	return books.Minor(rapid.Int64Range(1, max(int64(outstanding), 1)).Draw(t, "amount"))
}

func (c *company) someBill(t *rapid.T) {
	var lines []books.BillLine
	for range rapid.IntRange(1, 3).Draw(t, "lines") {
		line := books.BillLine{
			Account: rapid.SampledFrom([]ledger.Code{"6020", "6080", "5020", "1410"}).Draw(t, "account"),
			Net:     books.Minor(rapid.Int64Range(1, 99_999).Draw(t, "net")),
		}
		if tax := rapid.IntRange(-1, 5).Draw(t, "tax"); tax >= 0 {
			line.TaxID = c.taxes[tax]
		}
		lines = append(lines, line)
	}
	c.bill(t, rapid.SampledFrom(currencies()).Draw(t, "currency"), lines...)
}

func (c *company) someBillPayment(t *rapid.T) {
	if len(c.bills) == 0 {
		t.Skip("needs a bill to be paid, which an earlier step may have made")
	}
	bill := rapid.SampledFrom(c.Bills()).Draw(t, "bill")
	banks := []ledger.Code{ledger.Bank, card}
	if bill.Currency == "EUR" {
		banks = append(banks, euroAccount)
	}
	allow(t, c.PayBill(me, bill.ID, c.someOf(t, bill.Outstanding()), rapid.SampledFrom(banks).Draw(t, "bank")))
}

// someJournal posts one of the things that never come from a document.
func (c *company) someJournal(t *rapid.T) {
	amount := books.Minor(rapid.Int64Range(1, 500_000).Draw(t, "amount"))
	pairs := [][2]ledger.Code{
		{ledger.Bank, ledger.ShareCapital},
		{ledger.Bank, ledger.OpeningEquity},
		{"3020", ledger.Bank},
		{ledger.Bank, "2600"},
		{"8000", "1411"},
		{hmrc, ledger.Bank},
		{levies, "6990"},
		{euroAccount, ledger.Bank},
		{card, ledger.Bank},
		{"6160", ledger.Bank},
		{"8010", ledger.Bank},
		{"6160", "2310"},
	}
	if rapid.IntRange(0, 5).Draw(t, "with a charge") == 0 {
		c.journal(t, ledger.Transfer, books.JournalLine{Account: ledger.UndepositedFunds, Amount: amount},
			books.JournalLine{Account: "6010", Amount: 150}, books.JournalLine{Account: ledger.Bank, Amount: -amount - 150})
		return
	}
	pair := rapid.SampledFrom(pairs).Draw(t, "accounts")
	kind := rapid.SampledFrom([]ledger.Kind{ledger.Journal, ledger.Transfer, ledger.OpeningBalance}).Draw(t, "kind")
	c.journal(t, kind, books.JournalLine{Account: pair[0], Amount: amount}, books.JournalLine{Account: pair[1], Amount: -amount})
}

// someExpense is money spent or received without a document.
func (c *company) someExpense(t *rapid.T) {
	var lines []books.BillLine
	for range rapid.IntRange(1, 2).Draw(t, "lines") {
		lines = append(lines, books.BillLine{
			Account: rapid.SampledFrom([]ledger.Code{"6010", "5010", "4020", "4510", "1300", "1420", hmrc, "2300"}).Draw(t, "account"),
			Net:     books.Minor(rapid.Int64Range(-9_999, 9_999).Draw(t, "net")),
			TaxID:   rapid.SampledFrom(append([]int64{0}, c.taxes...)).Draw(t, "tax"),
		})
	}
	from := rapid.SampledFrom([]ledger.Code{ledger.Bank, euroAccount, card}).Draw(t, "from")
	allow(t, c.Spend(me, books.ExpenseInput{Payee: "Payee", Account: from, Lines: lines}))
}

// someTransfer changes euros into pounds or pounds into euros, where there is enough to be worth anything.
func (c *company) someTransfer(t *rapid.T) {
	pair := rapid.SampledFrom([][2]ledger.Code{{ledger.Bank, euroAccount}, {euroAccount, ledger.Bank}}).Draw(t, "pair")
	held := c.Ledger().Holdings(pair[0], "")
	most := held["GBP"] + held["EUR"]
	if most < 1 {
		t.Skip("needs money to be moved, which an earlier step may have earned")
	}
	amount := books.Minor(rapid.Int64Range(1, int64(most)).Draw(t, "amount"))
	if c.Ledger().Balance(pair[0], "").Share(amount, most) > 0 {
		allow(t, c.Transfer(me, books.TransferInput{From: pair[0], To: pair[1], Amount: amount, Description: "Transfer"}))
	}
}

// settleEverything sends what is a draft and pays whatever is open.
func (c *company) settleEverything(t fatal) {
	t.Helper()
	for _, id := range c.invoices {
		inv, err := c.SendInvoice(me, id)
		allow(t, err)
		if err == nil && inv.Outstanding > 0 {
			c.pay(t, id, inv.Outstanding)
		}
	}
	for _, bill := range c.Bills() {
		if bill.Outstanding() > 0 {
			c.must(t, c.PayBill(me, bill.ID, bill.Outstanding(), ledger.Bank))
		}
	}
}

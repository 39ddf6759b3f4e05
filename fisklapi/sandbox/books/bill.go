package books

import (
	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// Bill is an invoice from a vendor. Fiskl's API does not show bills yet; they exist here because the reports need them.
type Bill struct {
	ID         int64
	Number     string // The vendor's own.
	VendorID   int64
	VendorName string
	Date       Date
	Due        Date
	Currency   string
	Lines      []BillLine
	Total      Minor
	Paid       Minor

	rate     decimal.Decimal
	openBase Minor
}

// BillLine is what a bill charges to one account. A zero TaxID means no tax.
type BillLine struct {
	Account ledger.Code
	Memo    string
	Net     Minor
	TaxID   int64
}

// BillInput is a bill as somebody enters it in the app.
type BillInput struct {
	VendorID int64
	Number   string
	Due      Date
	Lines    []BillLine
}

// Outstanding is what is still to be paid of the bill.
func (b Bill) Outstanding() Minor { return b.Total - b.Paid }

// Bills are all bills in the order they were entered. The caller owns the slice.
func (b *Books) Bills() []Bill { return b.bills.all() }

// EnterBill takes in a vendor's bill dated today, in the vendor's currency, and posts it.
func (b *Books) EnterBill(actor string, in BillInput) (Bill, error) {
	vendor, err := b.Vendors.Get(in.VendorID)
	if err != nil {
		return Bill{}, err
	}
	bill := Bill{
		ID: b.ids.next(KindBill), Number: in.Number, VendorID: vendor.ID, VendorName: vendor.Name, Date: b.Today(),
		Due: in.Due, Currency: vendor.Currency, Lines: in.Lines, rate: b.Rate(vendor.Currency, b.Today()),
	}
	debits, err := b.billDebits(bill)
	if err != nil {
		return Bill{}, err
	}
	gross := leg{bill.Currency, bill.rate}.balance(ledger.Payable, debits)
	bill.Total, bill.openBase = -gross.Amount, -gross.Base
	entry := b.billEntry(bill, ledger.BillReceived)
	entry.Due, entry.Description = bill.Due, "Bill "+bill.Number+" from "+bill.VendorName
	entry.Postings = append([]ledger.Posting{gross}, debits...)
	if err := b.enter(actor, entry); err != nil {
		return Bill{}, err
	}
	b.bills.put(bill.ID, bill)
	return bill, nil
}

// PayBill pays part or all of a bill today from a bank account.
func (b *Books) PayBill(actor string, id int64, amount Minor, bank ledger.Code) error {
	bill, err := b.bills.get(KindBill, id)
	if err != nil {
		return err
	}
	if amount <= 0 || amount > bill.Outstanding() {
		return refuse("bill %s has an outstanding balance of %s", bill.Number, money(bill.Outstanding(), bill.Currency))
	}
	relief := bill.openBase.Share(amount, bill.Outstanding())
	entry := b.billEntry(bill, ledger.BillPaid)
	entry.Description = "Payment of bill " + bill.Number + " to " + bill.VendorName
	entry.Document, entry.Settles = ledger.Ref{Kind: kindBillPayment, ID: b.ids.next(kindBillPayment)}, entry.Document
	entry.Postings = b.settle(settlement{
		bank: bank, control: ledger.Payable, amount: -amount, relief: -relief,
		currency: bill.Currency, rate: b.Rate(bill.Currency, b.Today()), original: bill.rate,
	})
	if err := b.enter(actor, entry); err != nil {
		return err
	}
	bill.Paid, bill.openBase = bill.Paid+amount, bill.openBase-relief
	b.bills.put(id, bill)
	return nil
}

func (b *Books) billDebits(bill Bill) ([]ledger.Posting, error) {
	l := leg{bill.Currency, bill.rate}
	var debits []ledger.Posting
	for _, line := range bill.Lines {
		debits = append(debits, l.post(line.Account, line.Net, line.Memo))
		if line.TaxID == 0 {
			continue
		}
		taxes, err := b.taxesOn(line.Net, bill.Currency, []int64{line.TaxID})
		if err != nil {
			return nil, err
		}
		for _, tax := range taxes {
			debits = append(debits, l.tax(tax, 1))
			if tax.reverse {
				debits = append(debits, l.selfAssessed(tax))
			}
		}
	}
	return debits, nil
}

func (b *Books) billEntry(bill Bill, kind ledger.Kind) ledger.Entry {
	return ledger.Entry{
		Date: b.Today(), Kind: kind, Number: bill.Number, Document: ledger.Ref{Kind: KindBill, ID: bill.ID},
		Contact: ledger.Ref{Kind: KindVendor, ID: bill.VendorID}, ContactName: bill.VendorName,
	}
}

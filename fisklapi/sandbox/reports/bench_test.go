package reports_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// largeCompany has ten thousand invoices of three lines, all of them paid: 50,000 lines over some five years.
func largeCompany(b *testing.B) *company {
	b.Helper()
	c := openCompany(b)
	one := decimal.NewFromInt(1)
	on := func(account ledger.Code, amount books.Minor, tax int64) ledger.Posting {
		p := ledger.Posting{Account: account, Amount: amount, Currency: "GBP", Base: amount, Rate: one, TaxID: tax}
		if tax != 0 {
			p.TaxNet = 5 * amount
		}
		return p
	}
	client := ledger.Ref{Kind: books.KindClient, ID: c.clients["GBP"]}
	for n := range 10_000 {
		day := ledger.Date("2021-04-01").AddDays(n / 6)
		document := ledger.Ref{Kind: books.KindInvoice, ID: int64(n + 1)}
		invoice := ledger.Entry{
			Date: day, Due: day.AddDays(30), Kind: ledger.InvoiceIssued, Number: fmt.Sprintf("INV-%05d", n+1),
			Document: document, Contact: client, Description: "Invoice",
			Postings: []ledger.Posting{on(ledger.Receivable, 12_000, 0), on(ledger.SalesServices, -10_000, 0), on(hmrc, -2_000, c.taxes[0])},
		}
		payment := ledger.Entry{
			Date: day.AddDays(28), Kind: ledger.PaymentReceived, Number: invoice.Number, Contact: client, Settles: document,
			Document: ledger.Ref{Kind: books.KindPayment, ID: int64(n + 1)}, Description: "Payment",
			Postings: []ledger.Posting{on(ledger.Bank, 12_000, 0), on(ledger.Receivable, -12_000, 0)},
		}
		for _, e := range []ledger.Entry{invoice, payment} {
			if _, err := c.Ledger().Post(e); err != nil {
				b.Fatal(err)
			}
		}
	}
	return c
}

// The first page of the general ledger of 50,000 lines, when nothing is indexed yet and when the index stands.
func BenchmarkGeneralLedger(b *testing.B) {
	c := largeCompany(b)
	for _, basis := range bases() {
		q := reports.Query{Start: "2021-04-01", End: "2026-03-31", Basis: basis, Size: 100}
		b.Run(string(basis)+"/first", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				answer[reports.Ledger](b)(reports.New(c.Books).GeneralLedger(q))
			}
		})
		b.Run(string(basis)+"/indexed", func(b *testing.B) {
			r := reports.New(c.Books)
			b.ReportAllocs()
			for b.Loop() {
				answer[reports.Ledger](b)(r.GeneralLedger(q))
			}
		})
	}
}

// The other reports on the same ledger, indexed.
func BenchmarkReports(b *testing.B) {
	c := largeCompany(b)
	q := reports.Query{Start: "2025-04-01", End: "2026-03-31", Compare: 4}
	for name, compute := range map[string]func() error{
		"profit":  func() error { _, err := c.ProfitAndLoss(q); return err },
		"balance": func() error { _, err := c.BalanceSheet(q); return err },
		"cash":    func() error { _, err := c.CashFlow(q); return err },
		"aging":   func() error { _, err := c.ReceivablesAging(q); return err },
		"tax":     func() error { _, err := c.TaxReport(q); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				c.must(b, compute())
			}
		})
	}
}

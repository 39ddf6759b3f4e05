package demo_test

import (
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/demo"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

func present() time.Time { return time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC) }

func company(t *testing.T, seed uint64) *books.Books {
	t.Helper()
	b, err := demo.Company(present, seed)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestLedgerAgreesWithTheDocuments(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		b := company(t, seed)
		due, owed := map[string]books.Minor{}, map[string]books.Minor{}
		for _, inv := range b.Invoices(books.InvoiceQuery{}) {
			if inv.Status != books.Draft {
				due[inv.Currency] += inv.Outstanding
			}
		}
		for _, bill := range b.Bills() {
			owed[bill.Currency] -= bill.Outstanding()
		}
		receivable, payable := b.Ledger().Holdings(ledger.Receivable, ""), b.Ledger().Holdings(ledger.Payable, "")
		for _, currency := range []string{"GBP", "EUR", "USD"} {
			if receivable[currency] != due[currency] {
				t.Errorf("seed %d: receivable %s %s, outstanding %s", seed, currency, receivable[currency], due[currency])
			}
			if payable[currency] != owed[currency] {
				t.Errorf("seed %d: payable %s %s, outstanding bills %s", seed, currency, payable[currency], owed[currency])
			}
		}
	}
}

func TestTheCompanyNeverRunsOutOfMoney(t *testing.T) {
	t.Parallel()
	b := company(t, 0)
	for day := books.Date("2025-03-27"); day <= "2026-11-22"; day = day.AddDays(7) {
		if got := b.Ledger().Balance(ledger.Bank, day); got < 0 {
			t.Errorf("%s: the bank account is overdrawn by %s", day, -got)
		}
	}
	if got := b.Ledger().Balance(ledger.RealisedExchange, ""); got == 0 {
		t.Error("no payment in a foreign currency realised a difference")
	}
}

func TestBillsArePaidAndUnpaid(t *testing.T) {
	t.Parallel()
	paid, open, overdue := 0, 0, 0
	for _, bill := range company(t, 0).Bills() {
		switch {
		case bill.Outstanding() == 0:
			paid++
		case bill.Due < "2026-11-22":
			overdue++
		default:
			open++
		}
	}
	if paid < 50 || open == 0 || overdue != 1 {
		t.Errorf("got %d paid, %d open and %d overdue bills", paid, open, overdue)
	}
}

func TestHistoryLiesInThePast(t *testing.T) {
	t.Parallel()
	b := company(t, 0)
	for _, change := range b.Changes() {
		if change.At.After(present()) {
			t.Errorf("%s %s happened at %s", change.Action, change.RecordName, change.At)
		}
	}
	for transaction := range b.Ledger().Transactions() {
		if transaction.Date() > b.Today() {
			t.Errorf("%s is dated %s", transaction.Description(), transaction.Date())
		}
	}
}

func BenchmarkCompany(b *testing.B) {
	for b.Loop() {
		if _, err := demo.Company(present, 0); err != nil {
			b.Fatal(err)
		}
	}
}

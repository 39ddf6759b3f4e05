package books_test

import (
	"errors"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

const me = "Tester"

// fatal is what a test and a property check share.
type fatal interface {
	Helper()
	Fatal(args ...any)
}

// shop is a company with one client in each of three currencies and a clock that can be moved.
type shop struct {
	*books.Books
	now     time.Time
	clients map[string]int64
	vat     int64
	vendor  int64
}

func openShop(t fatal) *shop {
	t.Helper()
	s := &shop{now: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC), clients: map[string]int64{}}
	b, err := books.New(books.Company{
		Name: "Shop", Country: "GB", Currency: "GBP", TimeZone: "Europe/London", FiscalYearEnd: "03-31",
	}, func() time.Time { return s.now })
	if err != nil {
		t.Fatal(err)
	}
	s.Books = b
	b.AddAgency("HMRC", "2200")
	s.vat = b.AddTax("VAT", "20", "2200", true).ID
	for _, currency := range []string{"GBP", "EUR", "JPY"} {
		c, err := b.Clients.Create(me, books.ContactInput{Name: currency, Email: "a@b.example", Currency: currency})
		if err != nil {
			t.Fatal(err)
		}
		s.clients[currency] = c.ID
	}
	v, err := b.Vendors.Create(me, books.ContactInput{Name: "Vendor", Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	s.vendor = v.ID
	return s
}

// sell makes a draft with one line.
func (s *shop) sell(t fatal, currency string, price books.Minor, quantity string) books.Invoice {
	t.Helper()
	n := books.Number{Decimal: decimal.RequireFromString(quantity)}
	inv, _, err := s.CreateInvoice(me, books.InvoiceInput{
		ClientID: s.clients[currency],
		Items:    []books.ItemInput{{Name: "Work", Quantity: &n, Price: &price, TaxIDs: []int64{s.vat}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

// checkLedger holds the ledger against the documents: every transaction balances, and accounts receivable holds of each
// currency exactly what is outstanding of sent invoices in it.
func (s *shop) checkLedger(t fatal) {
	t.Helper()
	for transaction := range s.Ledger().Transactions() {
		var sum books.Minor
		for posting := range transaction.Postings() {
			sum += posting.Base
		}
		if sum != 0 {
			t.Fatal("unbalanced:", transaction.Description(), sum)
		}
	}
	due, open := map[string]books.Minor{}, 0
	for _, inv := range s.Invoices(books.InvoiceQuery{}) {
		if inv.Status == books.Draft || inv.Status == books.Rejected {
			continue
		}
		due[inv.Currency] += inv.Outstanding
		if inv.Outstanding > 0 {
			open++
		}
	}
	held := s.Ledger().Holdings(ledger.Receivable, "")
	for _, currency := range []string{"GBP", "EUR", "JPY"} {
		if held[currency] != due[currency] {
			t.Fatal("receivable of", currency, held[currency], "outstanding", due[currency])
		}
	}
	if got := s.Ledger().Balance(ledger.Receivable, ""); open == 0 && got != 0 {
		t.Fatal("everything is paid and accounts receivable holds", got)
	}
}

func TestAnyCourseOfBusinessLeavesTheLedgerRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t)
		var made []books.Invoice
		pick := func() int64 {
			if len(made) == 0 {
				return 0
			}
			return rapid.SampledFrom(made).Draw(t, "invoice").ID
		}
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { s.checkLedger(t) },
			"create": func(t *rapid.T) {
				currency := rapid.SampledFrom([]string{"GBP", "EUR", "JPY"}).Draw(t, "currency")
				quantity := rapid.SampledFrom([]string{"1", "0.333", "7.25", "120"}).Draw(t, "quantity")
				made = append(made, s.sell(t, currency, books.Minor(rapid.Int64Range(0, 999_999).Draw(t, "price")), quantity))
			},
			"send":   func(*rapid.T) { ignoreRefusal(t, second(s.SendInvoice(me, pick()))) },
			"reject": func(*rapid.T) { ignoreRefusal(t, s.RejectInvoice(me, pick())) },
			"settle": func(*rapid.T) { ignoreRefusal(t, second(s.MarkPaid(me, pick()))) },
			"pay": func(t *rapid.T) {
				amount := books.Minor(rapid.Int64Range(1, 500_000).Draw(t, "amount"))
				ignoreRefusal(t, second(s.RecordPayment(me, books.PaymentInput{InvoiceID: pick(), Amount: amount})))
			},
			"wait": func(t *rapid.T) { s.now = s.now.AddDate(0, 0, rapid.IntRange(1, 40).Draw(t, "days")) },
		})
		for _, inv := range made {
			ignoreRefusal(t, second(s.MarkPaid(me, inv.ID)))
		}
		s.checkLedger(t)
	})
}

func second[T any](_ T, err error) error { return err }

// ignoreRefusal lets a business refusal pass and nothing else.
func ignoreRefusal(t fatal, err error) {
	t.Helper()
	var refusal *books.RefusalError
	var missing *books.NotFoundError
	if err != nil && !errors.As(err, &refusal) && !errors.As(err, &missing) {
		t.Fatal(err)
	}
}

func TestForeignPaymentRealisesTheDifference(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	inv := s.sell(t, "EUR", 100_000, "10")
	if _, err := s.SendInvoice(me, inv.ID); err != nil {
		t.Fatal(err)
	}
	invoiced := s.Ledger().Balance(ledger.Receivable, "")
	s.now = s.now.AddDate(0, 4, 0)
	if _, err := s.MarkPaid(me, inv.ID); err != nil {
		t.Fatal(err)
	}
	received := s.Ledger().Balance(ledger.UndepositedFunds, "")
	if want := inv.Total.Times(s.Rate("EUR", s.Today())); received != want {
		t.Errorf("received %s, want %s", received, want)
	}
	gain := -s.Ledger().Balance(ledger.RealisedExchange, "")
	if gain == 0 || gain != received-invoiced {
		t.Errorf("got a gain of %s, want %s - %s", gain, received, invoiced)
	}
	if left := s.Ledger().Balance(ledger.Receivable, ""); left != 0 {
		t.Errorf("accounts receivable keeps %s", left)
	}
}

func TestWhatAnInvoicePosts(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	inv := s.sell(t, "GBP", 10_000, "1")
	if got := s.Ledger().Balance(ledger.Receivable, ""); got != 0 {
		t.Errorf("a draft posted %s", got)
	}
	if _, err := s.SendInvoice(me, inv.ID); err != nil {
		t.Fatal(err)
	}
	for code, want := range map[ledger.Code]books.Minor{ledger.Receivable: 12_000, ledger.SalesServices: -10_000, "2200": -2_000} {
		if got := s.Ledger().Balance(code, ""); got != want {
			t.Errorf("%s: got %s, want %s", code, got, want)
		}
	}
	for transaction := range s.Ledger().Transactions() {
		if transaction.Document().ID != inv.ID || transaction.Due() != inv.DueDate || transaction.Number() != inv.Number {
			t.Errorf("got %+v, want it linked to %s", transaction, inv.Number)
		}
		for posting := range transaction.Postings() {
			if posting.TaxID != 0 && posting.TaxNet != -10_000 {
				t.Errorf("the tax was charged on %s, want -100.00", posting.TaxNet)
			}
		}
	}
	if err := s.RejectInvoice(me, inv.ID); err != nil {
		t.Fatal(err)
	}
	if got := s.Ledger().Balance("2200", ""); got != 0 {
		t.Errorf("a rejected invoice left %s of tax", got)
	}
}

func TestBills(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	bill, err := s.EnterBill(me, books.BillInput{
		VendorID: s.vendor, Number: "B-1", Due: "2026-02-01",
		Lines: []books.BillLine{{Account: "6020", Net: 50_000, TaxID: s.vat}, {Account: "6080", Net: 333}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if bill.Total != 60_333 {
		t.Errorf("got %s, want 603.33", bill.Total)
	}
	s.now = s.now.AddDate(0, 3, 0)
	if err := s.PayBill(me, bill.ID, bill.Total+1, ledger.Bank); err == nil {
		t.Error("a bill was overpaid")
	}
	for _, amount := range []books.Minor{20_000, 40_333} {
		if err := s.PayBill(me, bill.ID, amount, ledger.Bank); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.Ledger().Balance(ledger.Payable, ""); got != 0 {
		t.Errorf("accounts payable keeps %s", got)
	}
	if s.Ledger().Balance(ledger.RealisedExchange, "") == 0 {
		t.Error("no exchange difference after three months")
	}
}

func TestUnbalancedJournalIsRefused(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	err := s.Journal(me, ledger.Journal, "Off by a penny", []books.JournalLine{{ledger.Bank, 100}, {ledger.ShareCapital, -99}})
	if !errors.Is(err, ledger.ErrUnbalanced) {
		t.Errorf("got %v, want ErrUnbalanced", err)
	}
}

func TestLockedPeriodStopsDraftsMadeBefore(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	draft, sent := s.sell(t, "GBP", 100, "1"), s.sell(t, "GBP", 100, "1")
	if _, err := s.SendInvoice(me, sent.ID); err != nil {
		t.Fatal(err)
	}
	s.Lock(me, s.Today())
	var refusal *books.RefusalError
	if _, err := s.SendInvoice(me, draft.ID); !errors.As(err, &refusal) {
		t.Errorf("sending a draft of the locked period: got %v", err)
	}
	if _, err := s.UpdateInvoice(me, draft.ID, books.InvoiceInput{ClientID: draft.ClientID, InvoiceDate: "2026-03-01"}); !errors.As(err, &refusal) {
		t.Errorf("moving a draft out of the locked period: got %v", err)
	}
	if _, err := s.MarkPaid(me, sent.ID); !errors.As(err, &refusal) {
		t.Errorf("paying on a locked day: got %v", err)
	}
	s.now = s.now.AddDate(0, 0, 1)
	if _, err := s.SendInvoice(me, sent.ID); err != nil {
		t.Errorf("sending again posts nothing and is allowed: got %v", err)
	}
	if _, err := s.MarkPaid(me, sent.ID); err != nil {
		t.Errorf("paying on an open day: got %v", err)
	}
}

func TestRatesAreTheSameInEveryRunAndMove(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	if got := s.Rate("GBP", "2026-01-05").String(); got != "1" {
		t.Errorf("got %s pounds for a pound", got)
	}
	january, june := s.Rate("EUR", "2026-01-05"), s.Rate("EUR", "2026-06-05")
	if january.Equal(june) || !january.Equal(openShop(t).Rate("EUR", "2026-01-05")) {
		t.Errorf("got %s in January and %s in June", january, june)
	}
}

package books_test

import (
	"errors"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// last is what was posted last.
func (s *shop) last(t fatal) ledger.Transaction {
	t.Helper()
	var last ledger.Transaction
	for transaction := range s.Ledger().Transactions() {
		last = transaction
	}
	return last
}

func TestMoneySpentAndReceived(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		net  books.Minor
		kind ledger.Kind
		want map[ledger.Code]books.Minor
	}{
		{"spent", 10_000, books.MoneySpent, map[ledger.Code]books.Minor{"2100": -12_000, "6140": 10_000, "2200": 2_000}},
		{"received", -10_000, books.MoneyReceived, map[ledger.Code]books.Minor{"2100": 12_000, "6140": -10_000, "2200": -2_000}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := openShop(t)
			err := s.Spend(me, books.ExpenseInput{
				Payee: "Paper Shop", Account: "2100", Lines: []books.BillLine{{Account: "6140", Memo: "Pens", Net: test.net, TaxID: s.vat}},
			})
			if err != nil {
				t.Fatal(err)
			}
			for code, want := range test.want {
				if got := s.Ledger().Balance(code, ""); got != want {
					t.Errorf("%s: got %s, want %s", code, got, want)
				}
			}
			posted := s.last(t)
			if posted.Kind() != test.kind || posted.ContactName() != "Paper Shop" || posted.Description() != "Paper Shop: Pens" {
				t.Errorf("got %s of %s: %s", posted.Kind(), posted.ContactName(), posted.Description())
			}
			for posting := range posted.Postings() {
				if posting.TaxID != 0 && posting.TaxNet != test.net {
					t.Errorf("the tax was charged on %s, want %s", posting.TaxNet, test.net)
				}
			}
		})
	}
}

// TestWholeYen finds that what is owed in a currency without hundredths can be paid in it.
func TestWholeYen(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	for currency, want := range map[string][3]books.Minor{"JPY": {525_400, 105_100, 630_500}, "EUR": {525_350, 105_070, 630_420}} {
		inv := s.sell(t, currency, 150_100, "3.5")
		if got := [3]books.Minor{inv.Subtotal, inv.TaxTotal, inv.Total}; got != want {
			t.Errorf("%s: got %v, want %v", currency, got, want)
		}
	}
}

func TestSpendingOnWhatIsNotThereIsRefused(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	for _, in := range []books.ExpenseInput{
		{Account: ledger.Bank},
		{Account: ledger.Bank, Lines: []books.BillLine{{Account: "6140", Net: 100, TaxID: 1}}},
		{Account: ledger.Bank, Lines: []books.BillLine{{Account: "0000", Net: 100}}},
	} {
		if err := s.Spend(me, in); err == nil {
			t.Errorf("%+v was posted", in)
		}
	}
}

func TestChangingMoneyRealisesTheDifference(t *testing.T) {
	t.Parallel()
	s := openShop(t)
	s.AddAccount(ledger.Account{Code: "1020", Name: "Euros", Type: ledger.Assets, Group: ledger.Cash, Currency: "EUR"})
	l := s.Ledger()
	if err := s.Transfer(me, books.TransferInput{From: ledger.Bank, To: "1020", Amount: 100_000}); err != nil {
		t.Fatal(err)
	}
	bought := l.Holdings("1020", "")["EUR"]
	if got := l.Balance("1020", ""); got != 100_000 || bought <= got {
		t.Errorf("got %s euros worth %s", bought, got)
	}
	s.now = s.now.AddDate(0, 4, 0)
	if err := s.Transfer(me, books.TransferInput{From: "1020", To: ledger.Bank, Amount: bought / 2}); err != nil {
		t.Fatal(err)
	}
	if got := l.Balance("1020", "") - 50_000; got < -1 || got > 1 {
		t.Errorf("half of the euros left %s more than half of what they cost", got)
	}
	gain, received := -l.Balance(ledger.RealisedExchange, ""), (bought / 2).Times(s.Rate("EUR", s.Today()))
	if got := s.last(t).Base(ledger.Bank); got != received || gain == 0 || gain != received-100_000+l.Balance("1020", "") {
		t.Errorf("received %s, want %s; gained %s", got, received, gain)
	}
	var refusal *books.RefusalError
	if err := s.Transfer(me, books.TransferInput{From: ledger.Bank, To: "1020"}); !errors.As(err, &refusal) {
		t.Errorf("a transfer of nothing: got %v", err)
	}
}

package demo_test

import (
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/demo"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// clocks are days at the start, in the middle and at the end of months, quarters and fiscal years.
func clocks() []books.Date {
	return []books.Date{
		"2026-11-22", "2027-01-01", "2027-02-28", "2027-03-31", "2027-04-01", "2027-04-15", "2027-07-31", "2028-02-29",
	}
}

// opened is the company's books under one of the clocks, and the test of them.
type opened struct {
	*testing.T
	*books.Books
}

// onAnyDay opens the company's books on each of the clocks.
func onAnyDay(t *testing.T, test func(opened)) {
	t.Helper()
	for _, day := range clocks() {
		t.Run(string(day), func(t *testing.T) {
			t.Parallel()
			now := day.Time().Add(13 * time.Hour)
			b, err := demo.Company(func() time.Time { return now }, 0)
			if err != nil {
				t.Fatal(err)
			}
			test(opened{t, b})
		})
	}
}

// start is the day of the opening balances.
func start(b *books.Books) books.Date { return b.Today().AddDays(-605) }

// moves are what every day moved on an account, and how much of it in the currency of the account.
func moves(b *books.Books, account ledger.Code) (base, amount map[books.Date]books.Minor) {
	base, amount = map[books.Date]books.Minor{}, map[books.Date]books.Minor{}
	for transaction := range b.Ledger().Transactions() {
		for posting := range transaction.Postings() {
			if posting.Account == account {
				base[transaction.Date()] += posting.Base
				amount[transaction.Date()] += posting.Amount
			}
		}
	}
	return base, amount
}

func TestNoBankAccountIsEverOverdrawn(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		for _, account := range []ledger.Code{ledger.Bank, "1020", "1030"} {
			base, amount := moves(b.Books, account)
			var balance, held books.Minor
			for day := start(b.Books); day <= b.Today(); day = day.AddDays(1) {
				balance, held = balance+base[day], held+amount[day]
				if balance < 0 || account == "1020" && held < 0 {
					b.Errorf("%s: account %s holds %s", day, account, balance)
				}
			}
			if len(base) < 8 || balance == 0 {
				b.Errorf("account %s moved on %d days and holds %s", account, len(base), balance)
			}
		}
	})
}

func TestVATIsSettledEveryQuarter(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		settled := 0
		for end := range quarterEnds(b.Books) {
			paid := end.AddDays(7)
			if paid > b.Today() {
				continue
			}
			settled++
			owed, left := b.Ledger().Balance("2200", end), b.Ledger().Balance("2200", paid)
			if running := charged(b.Books, end.AddDays(1), paid); owed >= 0 || left != running {
				b.Errorf("%s: owed %s, after the payment %s is left, want %s of the running quarter", end, owed, left, running)
			}
		}
		if settled < 6 {
			b.Errorf("got %d quarters settled", settled)
		}
	})
}

// charged is the VAT of the documents and expenses from one day to another.
func charged(b *books.Books, from, to books.Date) books.Minor {
	var sum books.Minor
	for transaction := range b.Ledger().Transactions() {
		for posting := range transaction.Postings() {
			if posting.Account == "2200" && posting.TaxID != 0 && transaction.Date() >= from && transaction.Date() <= to {
				sum += posting.Base
			}
		}
	}
	return sum
}

// quarterEnds yields the last day of every quarter of the books.
func quarterEnds(b *books.Books) func(func(books.Date) bool) {
	return func(yield func(books.Date) bool) {
		for month := start(b).MonthStart(0); month <= b.Today(); month = month.MonthStart(1) {
			end := month.MonthStart(1).AddDays(-1)
			if end.Time().Month()%3 == 0 && end > start(b) && end <= b.Today() && !yield(end) {
				return
			}
		}
	}
}

func TestTheLoanIsPaidDown(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		owed := func(day books.Date) books.Minor {
			return -b.Ledger().Balance("2400", day) - b.Ledger().Balance("2600", day)
		}
		before, falls := owed(start(b.Books)), 0
		for day := start(b.Books); day <= b.Today(); day = day.AddDays(1) {
			now := owed(day)
			if now > before || b.Ledger().Balance("2400", day) != -600000 {
				b.Errorf("%s: %s is owed after %s, %s of it within a year", day, now, before, -b.Ledger().Balance("2400", day))
			}
			if now < before {
				falls++
			}
			before = now
		}
		if falls < 19 || before != 2400000-books.Minor(falls)*50000 {
			b.Errorf("%s is left after %d instalments", before, falls)
		}
		if interest := b.Ledger().Balance("8010", ""); interest < 150000 || interest > 240000 {
			b.Errorf("paid %s of interest", interest)
		}
	})
}

func TestDepreciationIsWhatTheAssetsWear(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		opened := start(b.Books)
		l := b.Ledger()
		worn := books.Minor(0)
		for _, account := range []ledger.Code{"1411", "1421"} {
			worn += l.Balance(account, opened) - l.Balance(account, "")
		}
		if charged := l.Balance("8000", ""); charged != worn || charged < 700000 {
			b.Errorf("depreciation charged %s, accumulated %s", charged, worn)
		}
		for _, account := range []ledger.Code{"1410", "1420"} {
			if cost, lost := l.Balance(account, ""), -l.Balance(account[:3]+"1", ""); lost <= 0 || lost >= cost {
				b.Errorf("account %s: %s lost of %s", account, lost, cost)
			}
		}
		for transaction := range l.Transactions() {
			if transaction.Base("8000") != 0 && transaction.Date().AddDays(1).MonthStart(0) != transaction.Date().AddDays(1) {
				b.Errorf("%s is dated %s, not the end of a month", transaction.Description(), transaction.Date())
			}
		}
	})
}

func TestWhatIsOwedForAMonthIsPaidInTheNext(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		for account, day := range map[ledger.Code]int{"2100": 10, "2310": 19, "2300": 22} {
			for month := start(b.Books).MonthStart(1); month <= b.Today(); month = month.MonthStart(1) {
				paid := month.AddDays(day - 1)
				if paid > b.Today() {
					continue
				}
				var since books.Minor
				base, _ := moves(b.Books, account)
				for d := month; d <= paid; d = d.AddDays(1) {
					since += base[d]
				}
				if owed := -b.Ledger().Balance(account, month.AddDays(-1)); owed <= 0 || b.Ledger().Balance(account, paid) != since-owed {
					b.Errorf("%s: account %s owed %s at the end of the month before", paid, account, owed)
				}
			}
		}
		for month := start(b.Books).MonthStart(1); month <= b.Today(); month = month.MonthStart(1) {
			if prepaid := b.Ledger().Balance("1300", month.AddDays(-1)); prepaid < 0 || prepaid > 165000 {
				b.Errorf("%s of insurance is prepaid at the end of the month before %s", prepaid, month)
			}
		}
	})
}

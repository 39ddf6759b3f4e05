package ledger_test

import (
	"errors"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

func pounds(account ledger.Code, amount ledger.Minor) ledger.Posting {
	return ledger.Posting{
		Account: account, Amount: amount, Currency: "GBP", Base: amount, Rate: decimal.NewFromInt(1),
	}
}

func newLedger() *ledger.Ledger { return ledger.New("GBP", ledger.DefaultChart("GBP")) }

// Whatever is posted, the accounts add up to zero; whatever does not add up to zero is refused and leaves no trace.
func TestOnlyBalancedEntriesArePosted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		l := newLedger()
		codes := rapid.SampledFrom([]ledger.Code{"1010", "1100", "2000", "4020", "6080", "8020"})
		amounts := rapid.Int64Range(-1_000_000, 1_000_000)
		posted := 0
		for range rapid.IntRange(1, 20).Draw(t, "entries") {
			var sum ledger.Minor
			entry := ledger.Entry{Date: "2026-11-22", Kind: ledger.Journal}
			for range rapid.IntRange(1, 5).Draw(t, "lines") {
				amount := ledger.Minor(amounts.Draw(t, "amount"))
				sum += amount
				entry.Postings = append(entry.Postings, pounds(codes.Draw(t, "account"), amount))
			}
			if rapid.Bool().Draw(t, "balance it") {
				entry.Postings = append(entry.Postings, pounds("3000", -sum))
				sum = 0
			}
			_, err := l.Post(entry)
			switch {
			case len(entry.Postings) < 2:
				if !errors.Is(err, ledger.ErrPosting) {
					t.Fatalf("one posting: got %v, want ErrPosting", err)
				}
			case sum != 0:
				if !errors.Is(err, ledger.ErrUnbalanced) {
					t.Fatalf("off by %s: got %v, want ErrUnbalanced", sum, err)
				}
			case err != nil:
				t.Fatal(err)
			default:
				posted++
			}
		}
		kept, total := 0, ledger.Minor(0)
		for range l.Transactions() {
			kept++
		}
		for _, account := range l.Chart().All() {
			total += l.Balance(account.Code, "")
		}
		if kept != posted || total != 0 {
			t.Fatalf("got %d transactions and a sum of %s, want %d and 0", kept, total, posted)
		}
	})
}

func TestPostingsThatContradictThemselves(t *testing.T) {
	t.Parallel()
	l := newLedger()
	l.Chart().Add(ledger.Account{ID: 1, Code: "1020", Name: "Euros", Type: ledger.Assets, Currency: "EUR"})
	l.Chart().Add(ledger.Account{ID: 2, Code: "1030", Name: "Old", Type: ledger.Assets, Currency: "GBP", Archived: true})
	euro := func(amount, base ledger.Minor) ledger.Posting {
		return ledger.Posting{Account: "4020", Amount: amount, Currency: "EUR", Base: base, Rate: decimal.RequireFromString("0.85")}
	}
	unrated := euro(-1, -100)
	unrated.Rate = decimal.Zero
	converted := pounds("4020", -99)
	converted.Base = -100
	for name, posting := range map[string]ledger.Posting{
		"unknown account":         pounds("1", -100),
		"archived account":        pounds("1030", -100),
		"pounds on euros":         pounds("1020", -100),
		"no rate":                 unrated,
		"pounds worth otherwise":  converted,
		"debit here, credit here": euro(100, -100),
	} {
		_, err := l.Post(ledger.Entry{Date: "2026-11-22", Postings: []ledger.Posting{pounds("1010", 100), posting}})
		if !errors.Is(err, ledger.ErrPosting) {
			t.Errorf("%s: got %v, want ErrPosting", name, err)
		}
	}
	good := []ledger.Posting{pounds("1010", 85), euro(-100, -85)}
	if _, err := l.Post(ledger.Entry{Date: "2026-02-30", Postings: good}); !errors.Is(err, ledger.ErrPosting) {
		t.Errorf("a day that does not exist: got %v, want ErrPosting", err)
	}
	if _, err := l.Post(ledger.Entry{Date: "2026-02-28", Postings: good}); err != nil {
		t.Errorf("got %v, want it posted", err)
	}
}

func TestWhatIsPostedNeverChanges(t *testing.T) {
	t.Parallel()
	l := newLedger()
	postings := []ledger.Posting{pounds("1010", 500), pounds("4020", -500)}
	posted, err := l.Post(ledger.Entry{Date: "2026-11-22", Postings: postings})
	if err != nil {
		t.Fatal(err)
	}
	postings[0].Base = 1
	if got := posted.Base("1010"); got != 500 {
		t.Errorf("got %s after the caller changed its slice, want 5.00", got)
	}
}

func TestBalancesOnADay(t *testing.T) {
	t.Parallel()
	l := newLedger()
	for _, day := range []ledger.Date{"2026-01-31", "2026-02-01"} {
		if _, err := l.Post(ledger.Entry{Date: day, Postings: []ledger.Posting{pounds("1010", 100), pounds("4020", -100)}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := l.Balance("1010", "2026-01-31"); got != 100 {
		t.Errorf("end of January: got %s, want 1.00", got)
	}
	if got := l.Holdings("1010", ""); got["GBP"] != 200 {
		t.Errorf("in all: got %v, want 2.00 GBP", got)
	}
}

func TestDefaultChart(t *testing.T) {
	t.Parallel()
	kinds := map[byte]ledger.Type{
		'1': ledger.Assets, '2': ledger.Liabilities, '3': ledger.Equity, '4': ledger.Income,
		'5': ledger.Expenses, '6': ledger.Expenses, '8': ledger.Expenses, '9': ledger.Expenses,
	}
	codes, ids := map[ledger.Code]bool{}, map[int64]bool{}
	for _, a := range ledger.DefaultChart("GBP").All() {
		if kinds[a.Code[0]] != a.Type {
			t.Errorf("%s %s is of type %s", a.Code, a.Name, a.Type)
		}
		if codes[a.Code] || ids[a.ID] || a.Name == "" || a.Group == "" {
			t.Errorf("%s %s: a code or an id twice, or no name or group", a.Code, a.Name)
		}
		codes[a.Code], ids[a.ID] = true, true
	}
}

func TestMinor(t *testing.T) {
	t.Parallel()
	for amount, want := range map[ledger.Minor]string{0: "0.00", 5: "0.05", -5: "-0.05", 15000: "150.00", -123456: "-1234.56"} {
		if got := amount.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := ledger.Minor(15).Times(decimal.RequireFromString("0.5")); got != 8 {
		t.Errorf("half of 0.15: got %s, want 0.08", got)
	}
	if got := ledger.Minor(100).Share(1, 3); got != 33 {
		t.Errorf("a third of 1.00: got %s, want 0.33", got)
	}
}

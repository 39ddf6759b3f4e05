package demo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// margin is the gross margin of a month in hundredths of a per cent.
func margin(b *books.Books, month books.Date) books.Minor {
	var sales, costs books.Minor
	for transaction := range b.Ledger().Transactions() {
		if transaction.Date().MonthStart(0) != month {
			continue
		}
		for posting := range transaction.Postings() {
			switch {
			case posting.Account >= "4000" && posting.Account < "4500":
				sales -= posting.Base
			case posting.Account[0] == '5':
				costs += posting.Base
			}
		}
	}
	return (sales - costs) * 10_000 / max(sales, 1)
}

func TestTheMarginFallsInOneMonth(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		odd := b.Today().MonthStart(-2)
		for month := start(b.Books).MonthStart(1); month < b.Today().MonthStart(0); month = month.MonthStart(1) {
			if got := margin(b.Books, month); month != odd && (got < 66_00 || got > 71_00) {
				b.Errorf("%s: a margin of %s %%", month, got)
			}
		}
		before, there, after := margin(b.Books, odd.MonthStart(-1)), margin(b.Books, odd), margin(b.Books, odd.MonthStart(1))
		if there > min(before, after)-12_00 || before-after > 5_00 || after-before > 5_00 {
			b.Errorf("margins of %s, %s and %s %%", before, there, after)
		}
		found := 0
		for transaction := range b.Ledger().Transactions() {
			if transaction.Base("5040") == 480000 {
				found++
				if transaction.Date().MonthStart(0) != odd || transaction.Number() != "KYP-0914" {
					b.Errorf("%s is dated %s", transaction.Description(), transaction.Date())
				}
			}
		}
		if found != 1 {
			b.Errorf("got %d bills of 4,800", found)
		}
	})
}

// quarterly is the average number of days a client took to pay, in hundredths, by the quarter of the payment, oldest
// quarter first.
func quarterly(t *testing.T, b *books.Books, client string) []int {
	t.Helper()
	var out []int
	last, days, paid := books.Date(""), 0, 0
	for _, p := range b.Payments() {
		if p.ClientName != client {
			continue
		}
		inv, err := b.Invoice(p.InvoiceID)
		if err != nil || inv.Outstanding != 0 {
			t.Fatalf("%s is not paid: %v", inv.Number, err)
		}
		quarter := p.Date.MonthStart(-(int(p.Date.Time().Month()) - 1) % 3)
		if quarter != last {
			days, paid, out = 0, 0, append(out, 0)
		}
		last, days, paid = quarter, days+p.Date.DaysSince(inv.InvoiceDate), paid+1
		out[len(out)-1] = days * 100 / paid
	}
	return out
}

func TestOneClientPaysLaterEveryQuarter(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		const client = "Stone & Vale Architects"
		took := quarterly(b.T, b.Books, client)
		if len(took) < 6 {
			b.Fatalf("got payments in %d quarters", len(took))
		}
		for i := 1; i < len(took); i++ {
			if took[i] <= took[i-1]+2_00 {
				b.Errorf("got %v hundredths of a day", took)
			}
		}
		if first, last := took[0], took[len(took)-1]; first > 10_00 || last < 30_00 {
			b.Errorf("from %d to %d hundredths of a day", first, last)
		}
		for _, inv := range b.Invoices(books.InvoiceQuery{}) {
			if inv.ClientName == client && inv.Status != books.Paid && inv.Status != books.Rejected {
				b.Errorf("%s is %s", inv.Number, inv.Status)
			}
		}
	})
}

func TestOneBillWasEnteredTwice(t *testing.T) {
	t.Parallel()
	onAnyDay(t, func(b opened) {
		bare := func(number string) string { return strings.NewReplacer("-", "", " ", "").Replace(number) }
		var pairs [][2]books.Bill
		bills := b.Bills()
		for i, first := range bills {
			for _, second := range bills[i+1:] {
				if first.VendorID == second.VendorID && first.Total == second.Total && bare(first.Number) == bare(second.Number) {
					pairs = append(pairs, [2]books.Bill{first, second})
				}
			}
		}
		if len(pairs) != 1 {
			b.Fatalf("got %d pairs of bills alike", len(pairs))
		}
		first, second := pairs[0][0], pairs[0][1]
		if first.VendorName != "Tideway Print Works" || first.Total != 223200 || second.Date.DaysSince(first.Date) != 4 {
			b.Errorf("got %+v and %+v", first, second)
		}
		if first.Outstanding() != first.Total || second.Outstanding() != second.Total || first.Due <= b.Today() {
			b.Error("both should be open and not yet due")
		}
	})
}

// docs/demo-company.md tells these figures.
func TestTheStoriesAreAsTold(t *testing.T) {
	t.Parallel()
	b := company(t, 0)
	for month, want := range map[books.Date]string{
		"2026-07-01": "68.02", "2026-08-01": "68.00", "2026-09-01": "34.04", "2026-10-01": "70.00",
	} {
		if got := margin(b, month).String(); got != want {
			t.Errorf("%s: a margin of %s %%, told %s %%", month, got, want)
		}
	}
	if got, want := quarterly(t, b, "Stone & Vale Architects"), []int{650, 1250, 1850, 2450, 2950, 3350}; !slices.Equal(got, want) {
		t.Errorf("paid after %v hundredths of a day, told %v", got, want)
	}
	for account, want := range map[ledger.Code]string{
		ledger.Bank: "21885.14", "1020": "9002.95", "1030": "17024.18", ledger.Receivable: "34925.47", ledger.Payable: "-6962.96",
		"2100": "-349.91", "2200": "-2465.57", "2290": "-1676.91", "2600": "-8000.00",
	} {
		if got := b.Ledger().Balance(account, "").String(); got != want {
			t.Errorf("account %s holds %s, told %s", account, got, want)
		}
	}
	for year, want := range map[books.Date]string{"2025-04-01": "7148.98", "2026-04-01": "16812.31"} {
		if got := profit(b, year).String(); got != want {
			t.Errorf("the year from %s made %s, told %s", year, got, want)
		}
	}
}

// profit is the result of the fiscal year that starts on a day.
func profit(b *books.Books, year books.Date) books.Minor {
	var sum books.Minor
	for transaction := range b.Ledger().Transactions() {
		for posting := range transaction.Postings() {
			if posting.Account >= "4" && books.FiscalYearStart(transaction.Date(), "03-31") == year {
				sum -= posting.Base
			}
		}
	}
	return sum
}

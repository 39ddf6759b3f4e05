package fisklapi_test

import (
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestSums adds up in integers what the client adds up in decimals.
func TestSums(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		totals, owed := map[string]int64{}, map[string]int64{}
		var rows []any
		for i := range rapid.IntRange(1, 40).Draw(rt, "rows") {
			currency := rapid.SampledFrom([]string{"GBP", "EUR", "USD"}).Draw(rt, "currency")
			status := rapid.SampledFrom([]string{"Draft", "Open", "Sent", "Overdue", "Rejected", "Paid"}).Draw(rt, "status")
			total, outstanding := rapid.Int64Range(0, 1e15).Draw(rt, "total"), rapid.Int64Range(0, 1e15).Draw(rt, "outstanding")
			rows = append(rows, wholeInvoice(fields{
				"id": i + 1, "currency": currency, "status": status, "total": total, "paid": total - outstanding, "outstanding": outstanding,
			}))
			totals[currency] += total
			if status == "Sent" || status == "Overdue" || status == "Paid" {
				owed[currency] += outstanding
			}
		}
		world := answered(t, shelf{rows: rows}.ServeHTTP)
		list, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{PageArgs: schemas.PageArgs{All: true}})
		if err != nil {
			rt.Fatal(err)
		}
		if len(list.Sums) != len(totals) || !slices.IsSortedFunc(list.Sums, func(a, b schemas.Sum) int { return len(a.Currency) - len(b.Currency) }) {
			rt.Fatalf("got %d sums, want %d", len(list.Sums), len(totals))
		}
		for _, sum := range list.Sums {
			total, due := hundredths(rt, sum.Total), hundredths(rt, sum.Owed)
			if total != totals[sum.Currency] || due != owed[sum.Currency] {
				rt.Errorf("got %+v, want %d and %d hundredths", sum, totals[sum.Currency], owed[sum.Currency])
			}
		}
	})
}

// hundredths reads an amount that has two decimals.
func hundredths(tb rapid.TB, m schemas.Money) int64 {
	tb.Helper()
	point := len(m) - 3
	if point < 1 || m[point] != '.' {
		tb.Fatalf("%q has not two decimals", m)
	}
	n, err := strconv.ParseInt(string(m[:point]+m[point+1:]), 10, 64)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func TestSumsAfterACut(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	list, err := world.Payments.List(t.Context(), schemas.PaymentFilter{Period: schemas.Period{Start: "2026-11-01", End: "2026-11-22"}})
	if err != nil || list.Count != 9 {
		t.Fatalf("got %d payments and error %v, want 9", list.Count, err)
	}
	list.Cut(3)
	want := []schemas.Sum{{Currency: "EUR", Total: "2500.00"}, {Currency: "GBP", Total: "2856.00"}}
	if !slices.Equal(list.Sums, want) || list.Complete || list.Count != 3 || list.NextCursor == "" {
		t.Errorf("got sums %v, complete %t, want %v", list.Sums, list.Complete, want)
	}
}

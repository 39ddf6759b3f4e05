package schemas_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestCut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		keep, want int
		cursor     string
		complete   bool
	}{
		{5, 3, "", true},
		{3, 3, "", true},
		{2, 2, "after 2", false},
		{1, 1, "after 1", false},
		{0, 3, "", true}, // an answer holds at least one row
		{-1, 3, "", true},
	} {
		t.Run(strconv.Itoa(test.keep), func(t *testing.T) {
			t.Parallel()
			page := schemas.NewPage([]int{1, 2, 3}, []string{"after 1", "after 2", "after 3"}, "")
			page.Cut(test.keep)
			if page.Len() != test.want || page.Count != test.want || page.NextCursor != test.cursor || page.Complete != test.complete {
				t.Errorf("got %+v, want %+v", page, test)
			}
			page.Cut(1)
			if page.NextCursor != "after 1" || !slices.Equal(page.Rows, []int{1}) {
				t.Errorf("got %+v after another cut", page)
			}
		})
	}
}

func TestEmptyPage(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(schemas.NewPage[int](nil, nil, ""))
	if want := `{"rows":[],"count":0,"complete":true}`; err != nil || string(got) != want {
		t.Errorf("got %s and error %v, want %s", got, err, want)
	}
	if more := schemas.NewPage[int](nil, nil, "go on"); more.Complete || more.NextCursor != "go on" {
		t.Errorf("got %+v, want it incomplete", more)
	}
}

func TestCutSumsAnew(t *testing.T) {
	t.Parallel()
	rows := []schemas.InvoiceRow{
		{Currency: "GBP", Status: "Sent", Total: "10.00", Outstanding: "4.00"},
		{Currency: "GBP", Status: "Sent", Total: "20.00", Outstanding: "20.00"},
		{Currency: "EUR", Status: "Sent", Total: "1.00", Outstanding: "1.00"},
	}
	list := schemas.InvoiceList{Page: schemas.NewPage(rows, []string{"1", "2", "3"}, ""), Sums: schemas.SumInvoices(rows)}
	list.Cut(2)
	if want := []schemas.Sum{{Currency: "GBP", Total: "30.00", Owed: "24.00"}}; !slices.Equal(list.Sums, want) {
		t.Errorf("got %+v, want %+v", list.Sums, want)
	}
}

func TestSums(t *testing.T) {
	t.Parallel()
	invoices := schemas.SumInvoices([]schemas.InvoiceRow{
		{Currency: "USD", Status: "Paid", Total: "0.10", Outstanding: "0.00"},
		{Currency: "GBP", Status: "Overdue", Total: "0.10", Outstanding: "0.10"},
		{Currency: "GBP", Status: "Draft", Total: "0.20", Outstanding: "0.20"},
		{Currency: "GBP", Status: "Rejected", Total: "7.00", Outstanding: "7.00"},
		{Currency: "JPY", Status: "Sent", Total: "1500", Outstanding: "1500"},
		{Currency: "KWD", Status: "Sent", Total: "1.005", Outstanding: "1.000"},
	})
	want := []schemas.Sum{
		{Currency: "GBP", Total: "7.30", Billed: "0.10", Owed: "0.10"}, // neither draft nor rejected
		{Currency: "JPY", Total: "1500", Billed: "1500", Owed: "1500"},
		{Currency: "KWD", Total: "1.005", Billed: "1.005", Owed: "1.000"},
		{Currency: "USD", Total: "0.10", Billed: "0.10", Owed: "0.00"},
	}
	if !slices.Equal(invoices, want) {
		t.Errorf("got %+v, want %+v", invoices, want)
	}
	drafts := []schemas.Sum{{Currency: "GBP", Total: "5.00", Billed: "0.00", Owed: "0.00"}, {Currency: "USD", Total: "1.00", Owed: "0.00"}}
	added := []schemas.Sum{
		{Currency: "GBP", Total: "12.30", Billed: "0.10", Owed: "0.10"},
		{Currency: "JPY", Total: "1500", Billed: "1500", Owed: "1500"},
		{Currency: "KWD", Total: "1.005", Billed: "1.005", Owed: "1.000"},
		{Currency: "USD", Total: "1.10", Billed: "1.10", Owed: "0.00"},
	}
	if got := schemas.AddSums(slices.Clone(want), drafts); !slices.Equal(got, added) {
		t.Errorf("added up: got %+v, want %+v", got, added)
	}
	payments := schemas.SumPayments([]schemas.PaymentRow{{Currency: "GBP", Amount: "0.10"}, {Currency: "GBP", Amount: "0.20"}})
	if want := []schemas.Sum{{Currency: "GBP", Total: "0.30"}}; !slices.Equal(payments, want) {
		t.Errorf("got %+v, want %+v", payments, want)
	}
	if got := schemas.SumInvoices(nil); got == nil || len(got) != 0 {
		t.Errorf("got %#v for no rows, want an empty list", got)
	}
}

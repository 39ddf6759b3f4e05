package fisklapi_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestPeriods(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for name, want := range map[string]string{
		"Last Quarter":           "Last Quarter",
		"last quarter":           "Last Quarter",
		" last-QUARTER ":         "Last Quarter",
		"last_quarter":           "Last Quarter",
		"last fiscal year":       "Last Financial Year",
		"this year to date":      "This Year-to-date",
		"ytd":                    "This Year-to-date",
		"YTD":                    "This Year-to-date",
		"year to date":           "This Year-to-date",
		"fiscal ytd":             "This Financial Year-to-date",
		"financial year to date": "This Financial Year-to-date",
		"this month-to-date":     "This Month-to-date",
		"this week":              "This Week",
		"today":                  "Today",
		"last w":                 "Last Week",
	} {
		got, err := world.Periods.Resolve(t.Context(), schemas.Period{Period: name})
		if err != nil || got.Period != want || got.Start == "" || got.End.Before(got.Start) {
			t.Errorf("%q: got %+v and error %v, want %s", name, got, err, want)
		}
	}
	if n := len(world.tape.all()); n != 1 {
		t.Errorf("asked for the periods %d times, want once", n)
	}
}

// TestPeriodsWrittenOut finds that days are taken in place of a name, without
// asking which names there are.
func TestPeriodsWrittenOut(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for written, want := range map[string]schemas.Range{
		"2026-09-01..2026-09-30":    {Start: "2026-09-01", End: "2026-09-30"},
		" 2026-09-01 .. 2026-09-30": {Start: "2026-09-01", End: "2026-09-30"},
		"2026-09-01 to 2026-09-30":  {Start: "2026-09-01", End: "2026-09-30"},
		"2026-09-30":                {Start: "2026-09-30", End: "2026-09-30"},
	} {
		if got, err := world.Periods.Resolve(t.Context(), schemas.Period{Period: written}); err != nil || got != want {
			t.Errorf("%q: got %+v and error %v, want %+v", written, got, err, want)
		}
	}
	sheet, err := world.Reports.BalanceSheet(t.Context(), schemas.BalanceArgs{Position: schemas.Position{Period: "2026-09-30"}})
	if err != nil || sheet.AsOf != "2026-09-30" {
		t.Errorf("got %+v and error %v, want the position of that day", sheet.ReportHead, err)
	}
	if n := len(world.tape.all()); n != 1 {
		t.Errorf("%d requests, want one for the balance sheet", n)
	}
}

// TestPeriodsInWords finds that what is not of the calendar alone is worked out
// from the company's own year and day.
func TestPeriodsInWords(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for written, want := range map[string]schemas.Range{
		"Q3 2026":    {Period: "Calendar quarter Q3 2026", Start: "2026-07-01", End: "2026-09-30"},
		"2026/27":    {Period: "Financial year 2026/27", Start: "2026-04-01", End: "2027-03-31"},
		"2025/26":    {Period: "Financial year 2025/26", Start: "2025-04-01", End: "2026-03-31"},
		"FY2021":     {Period: "Financial year 2020/21", Start: "2020-04-01", End: "2021-03-31"},
		"Q4 2023/24": {Period: "Financial quarter Q4 2023/24", Start: "2024-01-01", End: "2024-03-31"},
		"since Dec":  {Start: "2025-12-01", End: "2026-11-22"},
		"all time":   {Period: schemas.AllTime, Start: "2016-11-23", End: "2026-11-22"},
	} {
		if got, err := world.Periods.Resolve(t.Context(), schemas.Period{Period: written}); err != nil || got != want {
			t.Errorf("%q: got %+v and error %v, want %+v", written, got, err, want)
		}
	}
	all, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Period: schemas.Period{Period: "all time"}})
	if err != nil || all.Start != "" {
		t.Errorf("all invoices: got %+v and %v, want no period", all.Range, err)
	}
	for _, body := range []string{`[]`, `[{"name":"Today","start":"2026-11-22","end":"2026-11-22"}]`} {
		world := answered(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) })
		var refused *schemas.ArgumentError
		if got, err := world.Periods.Resolve(t.Context(), schemas.Period{Period: "2025/26"}); !errors.As(err, &refused) || !strings.Contains(err.Error(), "give two dates") {
			t.Errorf("%s: got %+v and %v, want a refusal", body, got, err)
		}
	}
}

func TestPeriodsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name     string
		period   schemas.Period
		argument string
		says     []string
		sent     int
	}{
		{"several", schemas.Period{Period: "quarter"}, "period", []string{"several", "This Quarter, This Quarter-to-date, Last Quarter"}, 1},
		{"unknown", schemas.Period{Period: "the bronze age"}, "period", []string{`"the bronze age" is not a period`, "Today, This Week,", "Last Financial Year"}, 1},
		{"no such day", schemas.Period{Period: "2026-02-01..2026-02-30"}, "period", []string{`"2026-02-30" is not a date`}, 0},
		{"days backwards", schemas.Period{Period: "2026-02-01 to 2026-01-31"}, "period", []string{"ends on 2026-01-31, before it starts on 2026-02-01"}, 0},
		{"no letters", schemas.Period{Period: "--"}, "period", []string{"choose one of"}, 1},
		{"hidden", schemas.Period{Period: "a\u202eb"}, "period", []string{`"ab"`}, 1},
		{"both", schemas.Period{Period: "today", Start: "2026-01-01", End: "2026-01-31"}, "period", []string{"not both"}, 0},
		{"name and end", schemas.Period{Period: "today", End: "2026-01-31"}, "period", []string{"not both"}, 0},
		{"start only", schemas.Period{Start: "2026-01-01"}, "end", []string{"is missing"}, 0},
		{"end only", schemas.Period{End: "2026-01-01"}, "start", []string{"is missing"}, 0},
		{"backwards", schemas.Period{Start: "2026-02-01", End: "2026-01-31"}, "end", []string{"2026-01-31", "2026-02-01"}, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			_, err := world.Periods.Resolve(t.Context(), test.period)
			var refused *schemas.ArgumentError
			if !errors.As(err, &refused) || refused.Argument != test.argument {
				t.Fatalf("got %v, want %s refused", err, test.argument)
			}
			for _, say := range test.says {
				if !strings.Contains(err.Error(), say) {
					t.Errorf("got %q, want it to hold %q", err, say)
				}
			}
			if n := len(world.tape.all()); n != test.sent {
				t.Errorf("sent %d requests, want %d", n, test.sent)
			}
			if _, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Period: test.period}); !errors.As(err, &refused) {
				t.Errorf("got %v for a list, want the same refusal", err)
			}
		})
	}
}

func TestDefaultPeriod(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	list, err := world.Payments.List(t.Context(), schemas.PaymentFilter{})
	want := schemas.Range{Period: "This Financial Year-to-date", Start: "2026-04-01", End: "2026-11-22"}
	if err != nil || list.Range != want {
		t.Errorf("got %+v and error %v, want %+v", list.Range, err, want)
	}
	for body, says := range map[string]string{
		`[{"name":"Today","start":"2026-11-22","end":"2026-11-22"}]`: "names no default; choose one of: Today",
		`[]`: "Fiskl lists no periods",
	} {
		world := answered(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(body)) })
		var refused *schemas.ArgumentError
		if _, err := world.Payments.List(t.Context(), schemas.PaymentFilter{}); !errors.As(err, &refused) || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want a refusal with %q", err, says)
		}
	}
}

// TestDatesWithTimes lists what is dated on the last day of a period by a server that puts a time behind each date.
func TestDatesWithTimes(t *testing.T) {
	t.Parallel()
	world := answered(t, shelf{rows: []any{
		wholePayment(wholeInvoice(fields{"id": 1, "date": "2026-09-30T00:00:00.000Z", "invoiceDate": "2026-09-30T00:00:00", "dueDate": "2026-10-30T00:00:00Z", "status": "Paid"})),
		wholePayment(wholeInvoice(fields{"id": 2, "date": "2026-10-01T00:00:00.000Z", "invoiceDate": "2026-10-01T00:00:00", "status": "Paid"})),
	}}.ServeHTTP)
	september := schemas.Period{Start: "2026-09-01", End: "2026-09-30"}
	paid, err := world.Payments.List(t.Context(), schemas.PaymentFilter{Period: september})
	if err != nil || len(paid.Rows) != 1 || paid.Rows[0].Date != "2026-09-30" {
		t.Errorf("payments: got %+v and %v", paid.Rows, err)
	}
	invoiced, err := world.Invoices.List(t.Context(), schemas.InvoiceFilter{Period: september, Status: "paid"})
	if err != nil || len(invoiced.Rows) != 1 || invoiced.Rows[0].InvoiceDate != "2026-09-30" || invoiced.Rows[0].DueDate != "2026-10-30" {
		t.Errorf("invoices: got %+v and %v", invoiced.Rows, err)
	}
}

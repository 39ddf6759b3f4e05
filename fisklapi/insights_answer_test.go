package fisklapi_test

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func TestInsightQueries(t *testing.T) {
	t.Parallel()
	for _, test := range []query{
		{"top clients", on(insights, fisklapi.Insights.TopClients, schemas.TopClientsArgs{}), "top-clients?by=Paid&end=2026-11-22&limit=5&start=2026-04-01"},
		{"most overdue", on(insights, fisklapi.Insights.TopClients, schemas.TopClientsArgs{By: "overdue", Limit: 50, Period: schemas.Period{Period: "last month"}}), "top-clients?by=Overdue&end=2026-11-22&limit=50&start=2016-11-23"},
		{"invoice totals", on(insights, fisklapi.Insights.InvoiceTotals, schemas.PeriodArgs{}), "invoice-totals?end=2026-11-22&start=2026-04-01"},
		{"payment speed", on(insights, fisklapi.Insights.PaymentSpeed, schemas.SpeedArgs{Period: year()}), "days-overdue?end=2026-12-31&start=2026-01-01"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			world, _ := sandboxed(t)
			if _, err := test.call(t.Context(), world.Client); err != nil {
				t.Fatal(err)
			}
			if got, want := world.tape.lines(), "GET /v1/insights/"+test.want; !slices.Contains(got, want) {
				t.Errorf("asked\n%s\nwant\n%s", strings.Join(got, "\n"), want)
			}
		})
	}
}

// keeping returns a client to which each path gives an answer for the year 2026, and nothing for days before it.
func keeping(tb testing.TB, answers map[string]string) world {
	tb.Helper()
	nothing := map[string]string{
		"/v1/insights/top-clients": `[]`, "/v1/insights/invoice-totals": `{"currency":"GBP","outstanding":0,"overdue":0,"paid":0}`,
		"/v1/insights/days-to-pay": `{"invoices":0}`, "/v1/insights/days-overdue": `{"invoices":0}`,
	}
	return answered(tb, func(w http.ResponseWriter, r *http.Request) {
		body := answers[r.URL.Path]
		if r.URL.Query().Get("end") < "2026" {
			body = nothing[r.URL.Path]
		}
		_, _ = io.WriteString(w, body)
	})
}

func TestInsightAnswers(t *testing.T) {
	t.Parallel()
	world := keeping(t, map[string]string{
		"/v1/insights/top-clients":    `[{"clientId":7,"clientName":"Zed","currency":"GBP","amount":-5,"invoices":2},{"clientId":8,"clientName":"Yen","currency":"JPY","amount":500,"invoices":0}]`,
		"/v1/insights/invoice-totals": `{"currency":"GBP","outstanding":-1,"overdue":0,"paid":100000,"paidCount":3,"overdueCount":0,"outstandingCount":0,"new":true}`,
		"/v1/insights/days-to-pay":    `{"averageDays":27.5,"invoices":2}`,
		"/v1/insights/days-overdue":   `{"invoices":0}`,
	})
	top, err := world.Insights.TopClients(t.Context(), schemas.TopClientsArgs{Period: year(), By: "outstanding"})
	want := []schemas.TopClient{{Client: "Zed", ClientID: "7", Amount: "-0.05", Currency: "GBP", Invoices: 2}, {Client: "Yen", ClientID: "8", Amount: "5", Currency: "JPY"}}
	if err != nil || !slices.Equal(top.Rows, want) || top.By != "outstanding" {
		t.Errorf("got %+v and error %v", top, err)
	}
	totals, err := world.Insights.InvoiceTotals(t.Context(), schemas.PeriodArgs{Period: year()})
	covered := schemas.Range{Start: "2026-01-01", End: "2026-12-31"}
	about := schemas.Coverage{AsOf: "2026-11-22", Covers: "outstanding and overdue are of all invoices of the last ten years, as of 2026-11-22; paid is of those dated 2026-01-01 to 2026-12-31"}
	if want := (schemas.InvoiceTotals{Range: covered, Coverage: about, Currency: "GBP", Outstanding: "-0.01", Overdue: "0.00", Paid: "1000.00", PaidCount: 3}); err != nil || totals != want {
		t.Errorf("got %+v and error %v", totals, err)
	}
	speed, err := world.Insights.PaymentSpeed(t.Context(), schemas.SpeedArgs{Period: year()})
	if speed.Covers == "" {
		t.Error("it does not say which invoices were averaged")
	}
	speed.Covers = ""
	if want := (schemas.PaymentSpeed{Range: covered, DaysToPay: "27.5", PaidInFull: 2}); err != nil || !reflect.DeepEqual(speed, want) {
		t.Errorf("got %+v and error %v", speed, err)
	}
}

func TestInsightsThatAreNot(t *testing.T) {
	t.Parallel()
	world := served(t, map[string]string{
		"/v1/insights/top-clients":    `[{"clientId":7,"clientName":"Zed","currency":"GBP","amount":"much","invoices":1}]`,
		"/v1/insights/invoice-totals": `{"currency":"GBP","outstanding":1,"overdue":0,"paid":"12.50"}`,
		"/v1/insights/days-to-pay":    `{"averageDays":"soon","invoices":2}`,
		"/v1/insights/days-overdue":   `{}`,
	})
	_, top := world.Insights.TopClients(t.Context(), schemas.TopClientsArgs{Period: year()})
	_, totals := world.Insights.InvoiceTotals(t.Context(), schemas.PeriodArgs{Period: year()})
	_, speed := world.Insights.PaymentSpeed(t.Context(), schemas.SpeedArgs{Period: year()})
	for i, err := range []error{top, totals, speed} {
		if !errors.Is(err, fisklapi.Misread) && !errors.Is(err, fisklapi.Unexpected) {
			t.Errorf("%d: got %v, want it refused", i, err)
		}
	}
}

package tools_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

const (
	longLedger = 50_000 // lines
	accounts   = 100
)

// archive is a company with a ledger of so many lines. It writes each page as it is asked for and keeps none.
type archive struct{ lines int }

func (u archive) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	size, wrong := strconv.Atoi(r.URL.Query().Get("size"))
	switch {
	case r.URL.Path == "/v1/company":
		_, _ = io.WriteString(w, `{"id":1,"name":"Archive Ltd","currency":"GBP"}`)
		return
	case r.URL.Path != "/v1/reports/general-ledger" || errors.Join(err, wrong) != nil:
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = io.WriteString(w, `{"name":"General Ledger","currency":"GBP","start":"2026-01-01","end":"2026-12-31","basis":"Accrual","accounts":[`)
	between := ""
	for i := range accounts {
		_, _ = fmt.Fprintf(w, `%s{"accountId":%d,"code":"%d","name":"Account %d","opening":0,"debit":0,"credit":0,"closing":0}`, between, i+1, 4000+i, i+1)
		between = ","
	}
	_, _ = io.WriteString(w, `],"lines":[`)
	between = ""
	for i := page*size + 1; i <= min(u.lines, (page+1)*size); i++ {
		_, _ = fmt.Fprintf(w, `%s{"date":"2026-05-01","accountId":7,"accountCode":"4007","accountName":"Sales of Services","type":"Invoice","recordType":"Invoice","recordId":%d,`+
			`"number":"INV-%05d","contactName":"Northwind Bakery","description":"Design work, line %d","currency":"GBP","gross":-100,"net":-100,"tax":0,"amount":-100,"balance":%d}`,
			between, i, i, i, -100*i)
		between = ","
	}
	_, _ = io.WriteString(w, `]}`)
}

// pages is what an agent does that wants all of a ledger: it follows the cursor to the end. Each answer goes to see.
func pages(tb testing.TB, c *tools.Catalog, lines int, see func(tools.Answer)) {
	tb.Helper()
	tool, ok := c.Find("get_general_ledger")
	if !ok {
		tb.Fatal("there is no ledger")
	}
	args := map[string]any{"start": "2026-01-01", "end": "2026-12-31", "limit": 200}
	for next := 1; ; {
		b, err := json.Marshal(args)
		if err != nil {
			tb.Fatal(err)
		}
		a := c.Call(tb.Context(), tool, tools.Request{Args: b})
		var got struct {
			Accounts []any `json:"accounts"`
			Rows     []struct {
				RecordID int `json:"record_id,string"`
			} `json:"rows"`
			Complete   bool   `json:"complete"`
			NextCursor string `json:"next_cursor"`
		}
		if err := errors.Join(a.Err, json.Unmarshal(a.Structured, &got)); err != nil {
			tb.Fatal(err)
		}
		if first := next == 1; (len(got.Accounts) == accounts) != first || !first && len(got.Accounts) > 0 {
			tb.Fatalf("%d accounts with line %d", len(got.Accounts), next)
		}
		for _, row := range got.Rows {
			if row.RecordID != next {
				tb.Fatalf("line %d comes after line %d", row.RecordID, next-1)
			}
			next++
		}
		see(a)
		if got.Complete != (got.NextCursor == "") || got.Complete != (next > lines) || len(got.Rows) == 0 {
			tb.Fatalf("after line %d: complete %t, cursor %q", next-1, got.Complete, got.NextCursor)
		}
		if got.Complete {
			return
		}
		args["cursor"] = got.NextCursor
	}
}

// archived returns a catalogue on a large ledger.
func archived(tb testing.TB, lines int) *tools.Catalog {
	tb.Helper()
	api, err := fisklapi.New(fisklapi.Options{
		TokenSource: fisklapi.Key("fsk_archive"), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: archive{lines}}, Rate: -1,
	})
	if err != nil {
		tb.Fatal(err)
	}
	c, err := tools.New(api, tools.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestLongLedger reads a long ledger to its end: each line once and in order, in answers that a client takes.
func TestLongLedger(t *testing.T) {
	t.Parallel()
	calls, lines := 0, slowtest.Times(longLedger/5, longLedger)
	pages(t, archived(t, lines), lines, func(a tools.Answer) {
		calls++
		if text, structured := utf8.RuneCountInString(a.Text), utf8.RuneCount(a.Structured); text > tools.Budget || structured > tools.Budget {
			t.Errorf("%d characters of text and %d of JSON", text, structured)
		}
	})
	if most := lines / 100; calls > most {
		t.Errorf("took %d calls, want answers that hold enough for %d", calls, most)
	}
}

// BenchmarkLongLedger tells what memory it takes to read such a ledger. The goal is less than 80 MB for the process:
// sys-MB is all that the program holds of the system's memory, which is more than what is resident.
func BenchmarkLongLedger(b *testing.B) {
	c := archived(b, longLedger)
	var heap, sys, calls uint64
	for b.Loop() {
		pages(b, c, longLedger, func(tools.Answer) {
			if calls++; calls%10 != 0 {
				return
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			heap, sys = max(heap, m.HeapInuse), max(sys, m.Sys)
		})
	}
	b.ReportMetric(float64(heap)/(1<<20), "peak-heap-MB")
	b.ReportMetric(float64(sys)/(1<<20), "sys-MB")
	b.ReportMetric(float64(calls)/float64(b.N), "calls/op")
}

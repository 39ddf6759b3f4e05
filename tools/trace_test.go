package tools_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestTrace holds a trace against the ledger that it draws on.
func TestTrace(t *testing.T) {
	t.Parallel()
	for account, limit := range map[string]int{"1010": 0, "Accounts Receivable": 5, "4020": 100, "562": 1} {
		for _, basis := range []string{"accrual", "cash"} {
			t.Run(account+" "+basis, func(t *testing.T) {
				t.Parallel()
				b := newBox(t, sandbox.KeyOwner)
				period := `"period":"last quarter","basis":"` + basis + `"`
				args := `{"account":"` + account + `",` + period + `}`
				if limit > 0 {
					args = `{"account":"` + account + `",` + period + `,"limit":` + strconv.Itoa(limit) + `}`
				}
				got := read[schemas.Trace](t, b.Catalog, "trace_figure", args)
				ledger := read[schemas.Ledger](t, b.Catalog, "get_general_ledger", `{"account":["`+account+`"],`+period+`,"all":true}`)
				traced(t, got, ledger)
				if want := strings.ToUpper(basis[:1]) + basis[1:]; got.Basis != want || got.Period != "Last Quarter" {
					t.Errorf("got %+v", got.ReportHead)
				}
				if most := max(limit, 20*min(1, max(0, 1-limit))); got.Count > most || got.Count < min(most, got.Lines) {
					t.Errorf("got %d of %d lines, asked for %d", got.Count, got.Lines, most)
				}
			})
		}
	}
}

// traced holds a trace against the whole of its account's ledger.
func traced(t *testing.T, got schemas.Trace, ledger schemas.Ledger) {
	t.Helper()
	account := ledger.Accounts[0]
	moved := account.Debit.Decimal().Sub(account.Credit.Decimal())
	if got.Account != account.Account || got.Code != account.Code || got.Opening != account.Opening || got.Closing != account.Closing || !got.Movement.Decimal().Equal(moved) {
		t.Errorf("got %s %s from %s by %s to %s; the ledger says %+v", got.Code, got.Account, got.Opening, got.Movement, got.Closing, account)
	}
	if got.Lines != len(ledger.Rows) || got.Count != len(got.Rows) || got.Complete != (got.Count == got.Lines) {
		t.Errorf("%d rows of %d lines, complete %t; the ledger has %d", got.Count, got.Lines, got.Complete, len(ledger.Rows))
	}
	rows := slices.Clone(ledger.Rows)
	slices.SortStableFunc(rows, func(a, b schemas.LedgerLine) int {
		return b.Amount.Decimal().Abs().Cmp(a.Amount.Decimal().Abs())
	})
	var shown decimal.Decimal
	for i, row := range got.Rows {
		if !row.Amount.Decimal().Abs().Equal(rows[i].Amount.Decimal().Abs()) || !slices.Contains(ledger.Rows, row.LedgerLine) {
			t.Errorf("row %d is %+v, the ledger's is %+v", i, row, rows[i])
		}
		shown = shown.Add(row.Amount.Decimal())
	}
	if !got.Shown.Decimal().Equal(shown) || got.Complete && !shown.Equal(moved) {
		t.Errorf("shown are %s, the rows come to %s", got.Shown, shown)
	}
}

// TestTraceTellsWho finds who last changed what is behind a figure, whatever kind of record it is.
func TestTraceTellsWho(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	got := read[schemas.Trace](t, b.Catalog, "trace_figure", `{"account":"1010","period":"last month","limit":10}`)
	kinds := make(map[string]bool)
	for _, row := range got.Rows {
		kinds[row.Type] = true
		if row.ChangedBy == "" || row.ChangedAt < "2026" {
			t.Errorf("nobody changed %+v", row)
		}
	}
	if len(kinds) < 4 {
		t.Errorf("found only %v", kinds)
	}
	if looks := count(b.road.asked(), fisklapi.OpGetRecordHistory); looks != 10 {
		t.Errorf("looked %d times", looks)
	}
}

// count is how often an operation was asked for.
func count(asked []fisklapi.Operation, op fisklapi.Operation) int {
	return len(slices.DeleteFunc(asked, func(o fisklapi.Operation) bool { return o != op }))
}

// TestTraceWithoutAudit finds the same figures, and a word on what is lacking, where the audit trail may not be read.
func TestTraceWithoutAudit(t *testing.T) {
	t.Parallel()
	const args = `{"account":"1010","period":"last month","limit":100}`
	whole := read[schemas.Trace](t, newBox(t, sandbox.KeyOwner).Catalog, "trace_figure", args)
	b := newBox(t, sandbox.KeyOwner)
	b.deny("audit.read")
	got := read[schemas.Trace](t, b.Catalog, "trace_figure", args)
	if !strings.Contains(got.Origin, "without audit.read") || strings.Contains(whole.Origin, "audit.read") {
		t.Errorf("the origin is %q, with audit.read %q", got.Origin, whole.Origin)
	}
	if got.Shown != whole.Shown || got.Count != whole.Count || got.Movement != whole.Movement {
		t.Errorf("got %+v, want %+v", got, whole)
	}
	if looks := count(b.road.asked(), fisklapi.OpGetRecordHistory); looks != 1 {
		t.Errorf("looked %d times where once is enough", looks)
	}
	for i, row := range got.Rows {
		if row.ChangedBy != "" || row.LedgerLine != whole.Rows[i].LedgerLine {
			t.Errorf("got %+v", row)
		}
	}
}

// TestTraceOfLostAudit goes on when the audit trail fails in another way.
func TestTraceOfLostAudit(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	b.inside.Inject(sandbox.Fault{Method: http.MethodGet, Path: "/v1/audit/*/*", Status: http.StatusNotFound, Times: -1})
	got := read[schemas.Trace](t, b.Catalog, "trace_figure", `{"account":"1010","period":"last month","limit":3}`)
	if got.Count != 3 || got.Rows[0].ChangedBy != "" || strings.Contains(got.Origin, "audit.read") {
		t.Errorf("got %+v", got)
	}
}

// TestTraceIsSaidToEnd finds that an incomplete trace names no cursor, which it does not have.
func TestTraceIsSaidToEnd(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	a := call(t, b.Catalog, "trace_figure", `{"account":"1010","period":"last quarter","limit":2}`)
	if head, _, _ := strings.Cut(a.Text, "\n"); !strings.HasSuffix(head, " · 2 rows, NOT complete") {
		t.Errorf("the heading is %q", head)
	}
	a = call(t, b.Catalog, "get_general_ledger", `{"period":"last quarter","limit":2}`)
	if head, _, _ := strings.Cut(a.Text, "\n"); !strings.HasSuffix(head, " · 2 rows, NOT complete: more with next_cursor") {
		t.Errorf("the heading is %q", head)
	}
}

// busy is an account with so many lines.
type busy struct{ lines int }

func (u busy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	page, err := strconv.Atoi(r.URL.Query().Get("page"))
	size, wrong := strconv.Atoi(r.URL.Query().Get("size"))
	switch {
	case r.URL.Path == "/v1/company":
		_, _ = io.WriteString(w, `{"id":1,"name":"Busy Ltd","currency":"GBP"}`)
	case r.URL.Path == "/v1/accounts":
		_, _ = io.WriteString(w, `[{"id":7,"code":"1010","name":"Bank","type":"Assets"}]`)
	case r.URL.Path != "/v1/reports/transaction-detail" || errors.Join(err, wrong) != nil:
		w.WriteHeader(http.StatusNotFound)
	default:
		var rows []string
		for i := page*size + 1; i <= min(u.lines, (page+1)*size); i++ {
			rows = append(rows, fmt.Sprintf(`{"date":"2026-05-01","accountId":7,"accountCode":"1010","accountName":"Bank","type":"Journal","recordId":%d,"amount":%d,"balance":%d}`, i, i, i*(i+1)/2))
		}
		_, _ = fmt.Fprintf(w, `{"name":"Transaction Detail","currency":"GBP","start":"2026-01-01","end":"2026-12-31",
			"accounts":[{"accountId":7,"code":"1010","name":"Bank","opening":0,"debit":%[1]d,"credit":0,"closing":%[1]d}],"lines":[%[2]s]}`,
			u.lines*(u.lines+1)/2, strings.Join(rows, ","))
	}
}

// TestTraceOfTooMuch finds that a trace which could not read every line says so, and still has Fiskl's movement.
func TestTraceOfTooMuch(t *testing.T) {
	t.Parallel()
	for lines, whole := range map[int]bool{1000: true, 1001: false} {
		c := on(t, inprocess.Transport{Handler: busy{lines}}, sandbox.KeyOwner)
		got := read[schemas.Trace](t, c, "trace_figure", `{"account":"1010","start":"2026-01-01","end":"2026-12-31","limit":2}`)
		if got.Complete || got.Lines != 1000 || got.Rows[0].Amount != "10.00" || got.Shown != "19.99" {
			t.Errorf("of %d lines: got %+v", lines, got)
		}
		if strings.Contains(got.Origin, "more lines than one call reads") == whole {
			t.Errorf("of %d lines: the origin is %q", lines, got.Origin)
		}
		want := schemas.Money(decimal.New(int64(lines*(lines+1)/2), -2).StringFixed(2))
		if got.Movement != want || got.Closing != want || got.Opening != "0.00" {
			t.Errorf("of %d lines: from %s by %s to %s, want %s", lines, got.Opening, got.Movement, got.Closing, want)
		}
	}
}

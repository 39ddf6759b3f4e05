package tools_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// rowsOf are the rows of a file by the names of its columns.
func rowsOf(t *testing.T, lines [][]string) []map[string]string {
	t.Helper()
	var rows []map[string]string
	for _, line := range lines[1:] {
		if len(line) != len(lines[0]) {
			t.Fatalf("%q has %d cells, want %d", line, len(line), len(lines[0]))
		}
		row := make(map[string]string)
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func amountOf(t *testing.T, text string) decimal.Decimal {
	t.Helper()
	if text == "" {
		return decimal.Zero
	}
	d, err := decimal.NewFromString(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestExportsLedger finds each account between what it began and ended with, and
// by its amounts on the way from one to the other.
func TestExportsLedger(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	out, lines := exported(t, c, files, "export_report", `{"report":"general_ledger","period":"last quarter","format":"csv"}`)
	var now, kind string
	sum := decimal.Zero
	accounts := make(map[string]bool)
	for _, row := range rowsOf(t, lines) {
		amount := amountOf(t, row["amount"])
		switch {
		case row["row"] == schemas.RowOpening:
			if row["date"] != "2026-06-30" || kind != "" && kind != schemas.RowClosing || accounts[row["account"]] || row["balance"] != row["amount"] {
				t.Errorf("%v follows a row %q", row, kind)
			}
			now, sum = row["account"], decimal.Zero
			accounts[now] = true
		case row["account"] != now || row["account_type"] == "" || row["row"] == schemas.RowLine && (row["original"] == "" || row["original_currency"] == "" || row["entry"] == ""):
			t.Errorf("%v is not a line of %s with all of its columns", row, now)
		}
		sum = sum.Add(amount)
		if row["row"] == schemas.RowClosing && (row["date"] != "2026-09-30" || row["amount"] != "" || !amountOf(t, row["balance"]).Equal(sum)) {
			t.Errorf("%v ends an account whose amounts come to %s", row, sum)
		}
		kind = row["row"]
	}
	if len(accounts) < 30 || kind != schemas.RowClosing || !slices.Equal(out.Others, []string{"accounts"}) {
		t.Errorf("%d accounts, the last row is %q, and beside it there are %q", len(accounts), kind, out.Others)
	}
}

// TestExportsEntries finds the lines of each entry together, in the order of
// days, and no entry that does not balance.
func TestExportsEntries(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	_, lines := exported(t, c, files, "export_report", `{"report":"transaction_detail","period":"last quarter","format":"csv"}`)
	left := make(map[string]decimal.Decimal)
	var now, day string
	for _, row := range rowsOf(t, lines) {
		if entry := row["entry"]; entry != now {
			if _, before := left[entry]; before || row["date"] < day {
				t.Errorf("%v comes after %s of %s", row, now, day)
			}
			now, day = entry, row["date"]
		}
		left[now] = left[now].Add(amountOf(t, row["amount"]))
	}
	for entry, amount := range left {
		if !amount.IsZero() {
			t.Errorf("%s does not balance, by %s", entry, amount)
		}
	}
	if len(left) < 100 {
		t.Errorf("found %d entries", len(left))
	}
}

// TestExportsPayments finds the account that each payment went to, and in the
// base currency what was posted there.
func TestExportsPayments(t *testing.T) {
	t.Parallel()
	c, files := filed(t, inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}, present)
	_, lines := exported(t, c, files, "export_list", `{"list":"payments","period":"last quarter","format":"csv"}`)
	posted := make(map[string]string)
	_, ledger := exported(t, c, files, "export_report", `{"report":"general_ledger","period":"last quarter","format":"csv"}`)
	for _, row := range rowsOf(t, ledger) {
		if row["record_type"] == "payment" && row["account_type"] == "Assets" && amountOf(t, row["amount"]).IsPositive() {
			posted[row["record_id"]] = row["code"] + " " + row["amount"]
		}
	}
	foreign := 0
	for _, row := range rowsOf(t, lines) {
		if row["currency"] != "GBP" {
			foreign++
		}
		if got := row["code"] + " " + row["base_amount"]; row["account"] == "" || row["base_currency"] != "GBP" || got != posted[row["id"]] {
			t.Errorf("%v, want it posted as %s", row, posted[row["id"]])
		}
	}
	if foreign < 3 || len(lines) < 20 {
		t.Errorf("found %d payments, %d of them in other currencies", len(lines)-1, foreign)
	}
}

// closedTo answers nothing below a path.
type closedTo struct {
	http.RoundTripper

	path string
}

func (c closedTo) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, c.path) {
		w := httptest.NewRecorder()
		w.WriteHeader(http.StatusForbidden)
		return w.Result(), nil
	}
	return c.RoundTripper.RoundTrip(r)
}

// TestExportsTypes writes a ledger for a credential that may not read the chart
// of accounts, and payments for one that may read no ledger: what they cannot
// know is empty.
func TestExportsTypes(t *testing.T) {
	t.Parallel()
	demo := inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}
	for path, ask := range map[string][3]string{
		"/v1/accounts": {"export_report", `{"report":"general_ledger","period":"last quarter","format":"csv"}`, "account_type"},
		"/v1/reports":  {"export_list", `{"list":"payments","period":"last quarter","format":"csv"}`, "base_amount"},
	} {
		c, files := filed(t, closedTo{demo, path}, present)
		_, lines := exported(t, c, files, ask[0], ask[1])
		empty := 0
		for _, row := range rowsOf(t, lines) {
			if row[ask[2]] == "" && (path == "/v1/accounts" || row["currency"] != "GBP") {
				empty++
			}
		}
		if empty < 3 {
			t.Errorf("without %s, %s is empty in %d of %d rows", path, ask[2], empty, len(lines)-1)
		}
	}
}

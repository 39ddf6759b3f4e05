package tools_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestClientSpeed holds the clients' averages against those of all clients.
func TestClientSpeed(t *testing.T) {
	t.Parallel()
	b := newBox(t, sandbox.KeyOwner)
	for _, period := range []string{"last quarter", "last financial year", "this financial year-to-date"} {
		got := read[schemas.PaymentSpeed](t, b.Catalog, "get_payment_speed", `{"period":"`+period+`","detail":true}`)
		var took, late decimal.Decimal
		settled, ever := 0, 0
		for _, c := range got.Clients {
			took = took.Add(schemas.Money(c.Days).Decimal().Mul(decimal.NewFromInt(int64(c.Settled))))
			late = late.Add(schemas.Money(c.DaysLate).Decimal().Mul(decimal.NewFromInt(int64(c.Late))))
			settled, ever = settled+c.Settled, ever+c.Late
			if c.Overdue > c.Late {
				t.Errorf("%s: %+v", period, c)
			}
		}
		if settled != got.PaidInFull || ever != got.EverLate || got.ClientsNote != "" {
			t.Errorf("%s: %d settled and %d late of %d and %d: %s", period, settled, ever, got.PaidInFull, got.EverLate, got.ClientsNote)
		}
		for what, pair := range map[string][2]decimal.Decimal{
			"to pay": {took.DivRound(decimal.NewFromInt(int64(settled)), 1), schemas.Money(got.DaysToPay).Decimal()},
			"late":   {late.DivRound(decimal.NewFromInt(int64(ever)), 1), schemas.Money(got.DaysOverdue).Decimal()},
		} {
			if pair[0].Sub(pair[1]).Abs().GreaterThan(decimal.RequireFromString("0.1")) {
				t.Errorf("%s: clients come to %s days %s, all to %s", period, pair[0], what, pair[1])
			}
		}
	}
	if plain := call(t, b.Catalog, "get_payment_speed", `{"period":"last quarter"}`); strings.Contains(plain.Text, "clients") && strings.Contains(plain.Text, "Fern Street") {
		t.Errorf("clients that nobody asked for: %s", plain.Text)
	}
	none := call(t, b.Catalog, "get_payment_speed", `{"start":"2019-01-01","end":"2019-12-31","detail":true}`)
	if none.Err != nil || strings.Contains(none.Text, "clients_note") {
		t.Errorf("a period without invoices: %s", none.Text)
	}
	for args, says := range map[string]string{
		`{"detail":"each"}`: "detail must be true or false", `{"start":"2026-02-01","end":"2026-01-01","detail":true}`: "before start",
	} {
		if a := call(t, b.Catalog, "get_payment_speed", args); a.Err == nil || !strings.Contains(a.Text, says) {
			t.Errorf("%s: got %s", args, a.Text)
		}
	}
}

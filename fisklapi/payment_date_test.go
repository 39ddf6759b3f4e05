package fisklapi_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestPaymentDates plans payments on INV-0145, dated 2026-11-14, on 2026-11-22,
// with the books locked up to and including 2026-03-31.
func TestPaymentDates(t *testing.T) {
	t.Parallel()
	world, _ := sandboxed(t)
	for _, test := range []struct {
		date  schemas.Date
		allow bool
		want  string // of the refusal; empty for none
	}{
		{"2026-11-14", false, ""},
		{"2026-11-22", false, ""},
		{"2026-11-23", false, "is 2026-11-23, and today is 2026-11-22"},
		{"2026-11-23", true, ""},
		{"2026-11-13", false, "is 2026-11-13, before invoice INV-0145 itself, which is dated 2026-11-14. If that is meant, call again with allow_date"},
		{"2026-11-13", true, ""},
		{"2025-03-01", true, "the books are locked up to and including "},
	} {
		p, err := world.Payments.PlanRecord(t.Context(), schemas.NewPayment{
			InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "1.00", Date: test.date, AllowDate: test.allow,
		})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) || err == nil && p.Write.Date != test.date {
			t.Errorf("%s, %t: got %v, want %q", test.date, test.allow, err, test.want)
		}
		if failed, api := errors.AsType[*fisklapi.Error](err); api && failed.OutcomeUnknown {
			t.Errorf("%s: the outcome is told as unknown", test.date)
		}
	}
}

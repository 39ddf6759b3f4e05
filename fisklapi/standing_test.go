package fisklapi_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestLegacyStanding reads writes that earlier versions kept.
func TestLegacyStanding(t *testing.T) {
	t.Parallel()
	for kept, want := range map[string]fisklapi.Standing{
		`"standing":"Draft, outstanding 1680.00 GBP"`:                        {Status: "Draft", Outstanding: "1680.00", Currency: "GBP"},
		`"standing":"Credited, outstanding -0.01 JPY"`:                       {Status: "Credited", Outstanding: "-0.01", Currency: "JPY"},
		`"standing":"Sent, outstanding 1.00 "`:                               {Status: "Sent", Outstanding: "1.00"},
		`"standing":"Sent, outstanding  GBP"`:                                {},
		`"standing":"Sent, outstanding 1,000.00 GBP"`:                        {},
		`"standing":"Sent, outstanding 1.00 GBP or so"`:                      {},
		`"standing":"Sent, still to be paid 1.00 GBP"`:                       {},
		`"standing":", outstanding 1.00 GBP"`:                                {},
		`"standing":""`:                                                      {},
		`"name":"INV-1"`:                                                     {},
		`"before":{"status":"Sent"},"standing":"Paid, outstanding 0.00 GBP"`: {Status: "Sent"},
	} {
		if got := decode[fisklapi.Write](t, []byte(`{"operation":"sendInvoice","id":7,`+kept+`}`)); got.Before != want || got.Operation != fisklapi.OpSendInvoice || got.ID != "7" {
			t.Errorf("%s: got %+v, want %+v", kept, got, want)
		}
	}
}

// TestLookBackWithoutStanding looks up a payment of which nobody knows how the invoice stood before: that less is left
// now tells nothing.
func TestLookBackWithoutStanding(t *testing.T) {
	t.Parallel()
	world, watch := watched(t, demo())
	payment := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "INV-0141"}, Amount: "100"}
	if _, err := world.Payments.Record(t.Context(), payment); err != nil {
		t.Fatal(err)
	}
	w := watch.planned(t)
	w.Before, w.Operation = fisklapi.Standing{}, fisklapi.OpSendInvoice
	got := looked(t, world, w, noon())
	if got.Outcome != fisklapi.Unknown || !strings.Contains(got.Found, "as Partial, outstanding 2500.00 GBP; how it was before is not known. That does not tell") {
		t.Errorf("got %+v", got)
	}
}

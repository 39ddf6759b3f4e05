package tools_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestPreviewReason finds that a preview is as good when the reason for its due
// date names other invoices by now, and is not when the date is another one.
func TestPreviewReason(t *testing.T) {
	t.Parallel()
	const due30, due7 = `{"client":"Northwind Bakery","due_date":"2026-12-22","items":[{"product":"3003","quantity":"2"}]}`,
		`{"client":"Northwind Bakery","due_date":"2026-11-29","items":[{"product":"3003","quantity":"2"}]}`
	for name, between := range map[string]string{"as usual": due30, "another term": due7} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, tools.Options{})
			shown := d.previewed(t, `{"client":"Northwind Bakery","items":[{"product":"3003","quantity":"3"}]}`)
			if !strings.Contains(strings.Join(shown.Warnings, "\n"), "as on this client's last 3 invoices") || shown.DueDate != "2026-12-22" {
				t.Fatalf("previewed as due %s: %q", shown.DueDate, shown.Warnings)
			}
			send := `{"invoice":"` + invoice(t, d.must(t, "create_invoice", between)).Number + `"}`
			if a := d.agree(t, byToken, "send_invoice", send, d.propose(t, byToken, "send_invoice", send)); a.Err != nil {
				t.Fatal(a.Text)
			}
			a := d.call(t, "create_invoice", plus(t, `{}`, "preview_token", shown.PreviewToken))
			if stale := strings.Contains(a.Text, "as it was previewed any more"); stale != (between == due7) {
				t.Errorf("got %.400s", a.Text)
			}
		})
	}
}

// TestSameWishAfterAnotherTerm finds that an invoice is not billed twice when
// the client's usual days to pay are others by the second call.
func TestSameWishAfterAnotherTerm(t *testing.T) {
	t.Parallel()
	const wish = `{"client":"Northwind Bakery","items":[{"product":"3003","quantity":"3"}]}`
	d := newDesk(t, tools.Options{})
	first := invoice(t, d.must(t, "create_invoice", wish))
	send := `{"invoice":"` + invoice(t, d.must(t, "create_invoice", `{"client":"Northwind Bakery","due_date":"2026-11-29","items":[{"product":"3003","quantity":"2"}]}`)).Number + `"}`
	if a := d.agree(t, byToken, "send_invoice", send, d.propose(t, byToken, "send_invoice", send)); a.Err != nil {
		t.Fatal(a.Text)
	}
	again := invoice(t, d.must(t, "create_invoice", wish))
	if again.ID != first.ID || !again.AlreadyExisted || again.DueDate != first.DueDate {
		t.Errorf("got invoice %s due %s, already existed: %t; want %s due %s", again.ID, again.DueDate, again.AlreadyExisted, first.ID, first.DueDate)
	}
}

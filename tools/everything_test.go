package tools_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestCopiesAreShown has the addresses of copies in the question, and what this
// server changed of them; a yes from before the change is none.
func TestCopiesAreShown(t *testing.T) {
	t.Parallel()
	const send = `{"invoice":"INV-0150"}`
	for _, w := range ways() {
		d := newDesk(t, tools.Options{})
		early := d.propose(t, w, "send_invoice", send)
		d.must(t, "update_client", `{"client":"1035","cc":["a@b.example"],"bcc":["x@other.example"]}`)
		d.clock.move(12 * time.Minute)
		d.refused(t, d.agree(t, w, "send_invoice", send, early), 1, "an address or account that they were shown was changed since")
		text := d.must(t, "send_invoice", send).Text
		for _, want := range []string{
			"\ncc\t\"a@b.example\"\n", "\nbcc\t\"x@other.example\"\n",
			"\nchanged lately\t12 minutes ago this assistant changed the bcc addresses, the cc addresses of the client\n",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in %s", want, text)
			}
		}
		late := d.propose(t, w, "send_invoice", send)
		d.wrote(t, "send_invoice", d.agree(t, w, "send_invoice", send, late), 1)
	}
}

// TestRecipientsWhole has an address of 120 characters, and one whose domain
// holds a Cyrillic letter.
func TestRecipientsWhole(t *testing.T) {
	t.Parallel()
	long := "accounts@" + strings.Repeat("northwind-", 10) + "x.evil.example"
	for email, want := range map[string]string{
		long:                              `"` + long + `"`,
		"accounts@n\u043erthwind.example": "(its domain in ASCII: xn--nrthwind-nbh.example; CAUTION: it mixes letters of Cyrillic and Latin",
	} {
		d := newDesk(t, tools.Options{})
		d.meddler.meddle(nil, func(_ *http.Request, b []byte) []byte {
			return []byte(strings.ReplaceAll(string(b), "accounts@northwind.example", email))
		})
		if text := d.must(t, "send_invoice", `{"invoice":"INV-0150"}`).Text; !strings.Contains(text, want) {
			t.Errorf("%s: got %s", email, text)
		}
	}
}

// TestAccountIsNamed finds the account that a payment goes to in the question
// and in the answer.
func TestAccountIsNamed(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	const pay = `{"invoice":"INV-0145","amount":"500"}`
	token := d.propose(t, byToken, "record_payment", pay)
	a := d.agree(t, byToken, "record_payment", pay, token)
	d.wrote(t, "record_payment", a, 0)
	var paid schemas.Payment
	if err := json.Unmarshal(a.Structured, &paid); err != nil || paid.Account != "1090 Undeposited Funds" || paid.AccountID != "503" {
		t.Errorf("got %+v, %v", paid, err)
	}
}

// TestRefusedBeforeAsked finds that nobody is asked for what Fiskl would refuse.
func TestRefusedBeforeAsked(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	for tool, tries := range map[string]map[string]string{
		"record_payment": {
			`{"invoice":"INV-0145","amount":"1","date":"2026-11-13"}`:                   "before invoice INV-0145 itself",
			`{"invoice":"INV-0145","amount":"1","date":"2025-03-01","allow_date":true}`: "the books are locked up to and including",
			`{"invoice":"INV-0145","amount":"1","date":"2026-12-01"}`:                   "is 2026-12-01, and today is 2026-11-22",
			`{"invoice":"INV-0145","amount":"4980.01"}`:                                 "Fiskl refuses overpayments",
			`{"invoice":"INV-0150","amount":"1"}`:                                       "takes no payment until it is sent",
		},
		"mark_invoice_paid": {`{"invoice":"INV-0150"}`: "takes no payment until it is sent"},
	} {
		for args, want := range tries {
			for _, asks := range []bool{false, true} {
				d.refused(t, d.request(t, tool, tools.Request{Args: json.RawMessage(args), Asks: asks}), 0, want)
			}
		}
	}
}

// TestTotalsMustFollow has an API whose totals cannot be read, or are not what
// the lines come to: nothing is sent or paid.
func TestTotalsMustFollow(t *testing.T) {
	t.Parallel()
	for name, change := range map[string][2]string{
		"left out":    {`"total":180000,`, ``},
		"another sum": {`"total":180000`, `"total":180001`},
	} {
		d := newDesk(t, tools.Options{Confirm: tools.ConfirmOff})
		d.meddler.meddle(nil, func(_ *http.Request, b []byte) []byte {
			return []byte(strings.ReplaceAll(string(b), change[0], change[1]))
		})
		if a := d.call(t, "send_invoice", `{"invoice":"5268"}`); a.Err == nil || d.writes() != 0 || !strings.Contains(a.Text, "nothing was changed") {
			t.Errorf("%s: got %s", name, a.Text)
		}
	}
}

// TestNoTax asks for a line of a product without the product's tax.
func TestNoTax(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	for taxes, want := range map[string]bool{`,"taxes":[]`: true, ``: false} {
		shown := d.previewed(t, `{"client":"1035","items":[{"product":"Brand strategy workshop","quantity":"1"`+taxes+`}]}`)
		if shown.TaxTotal.Decimal().IsZero() != want {
			t.Errorf("%q: the tax is %s", taxes, shown.TaxTotal)
		}
	}
}

// TestHabits warns of what is unlike the client's last invoices, and takes the
// due date from them.
func TestHabits(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	shown := d.previewed(t, `{"client":"1035","date":"2026-11-22","items":[{"name":"Hours","quantity":"1","price":"100.00"}]}`)
	if shown.DueDate != "2026-12-22" || !strings.Contains(strings.Join(shown.Warnings, " "), "due_date was not given: it is 30 days after the invoice, as on this client's last") {
		t.Errorf("due %s, %v", shown.DueDate, shown.Warnings)
	}
}

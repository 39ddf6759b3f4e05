package tools_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// confirmables are the tools that need a person's yes, with arguments.
func confirmables() map[string]string {
	return map[string]string{
		"send_invoice":      `{"invoice":"INV-0150"}`,
		"mark_invoice_paid": `{"invoice":"INV-0145"}`,
		"record_payment":    `{"invoice":"INV-0145","amount":"100.00","method":"Bank Transfer","notes":"First part"}`,
	}
}

// byID names the invoices in arguments by their ids.
func byID(args string) string {
	return strings.NewReplacer("INV-0150", "5268", "INV-0145", "5253").Replace(args)
}

// TestConfirmables finds that no tool which reaches others or moves money is
// without confirmation.
func TestConfirmables(t *testing.T) {
	t.Parallel()
	for _, tool := range catalog(t, tools.Options{}).All() {
		_, listed := confirmables()[tool.Name]
		if needs := tool.Effect == tools.Send || tool.Effect == tools.Record; needs != listed {
			t.Errorf("%s has the effect %s; listed: %t", tool.Name, tool.Effect, listed)
		}
	}
}

// TestOneWriteAfterYes finds nothing on the wire before the yes and one write
// after it, in both ways, by number and by id.
func TestOneWriteAfterYes(t *testing.T) {
	t.Parallel()
	for _, w := range ways() {
		for tool, args := range confirmables() {
			for named, args := range map[string]string{"number": args, "id": byID(args)} {
				t.Run(string(w)+"/"+tool+"/"+named, func(t *testing.T) {
					t.Parallel()
					d := newDesk(t, tools.Options{})
					proof := d.propose(t, w, tool, args)
					d.wrote(t, tool, d.agree(t, w, tool, args, proof), 0)
				})
			}
		}
	}
}

// TestNotDone holds the answers that did nothing to their schemas, and to
// saying so in both forms.
func TestNotDone(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		for name, o := range map[string]tools.Options{"token": {}, "dry run": {DryRun: true}} {
			t.Run(tool+"/"+name, func(t *testing.T) {
				t.Parallel()
				d := newDesk(t, o)
				a := d.must(t, tool, args)
				d.valid(t, tool, a)
				var held struct {
					NotDone string `json:"not_done"`
					Token   string `json:"confirm_token"`
					Expires string `json:"expires"`
				}
				if err := json.Unmarshal(a.Structured, &held); err != nil {
					t.Fatal(err)
				}
				if held.NotDone != a.Text || !strings.Contains(a.Text, "Nothing has been ") {
					t.Errorf("not_done is %q and the text %q", held.NotDone, a.Text)
				}
				if token := !o.DryRun; token != strings.Contains(a.Text, ` and confirm_token "`+held.Token) || token != (held.Expires == "2026-11-22T16:15:00Z") || token != strings.HasPrefix(held.Token, "fc_") {
					t.Errorf("token %q until %q in %s", held.Token, held.Expires, a.Text)
				}
				if d.writes() != 0 {
					t.Errorf("written: %v", d.road.written())
				}
			})
		}
	}
}

// shown is what a person sees before each write.
func shown() map[string]string {
	return map[string]string{
		"send_invoice": `E-mail invoice INV-0150 to its client?
company: "Harbour & Finch Studio Ltd"
invoice: INV-0150 (id 5268)
client: "Northwind Bakery" (id 1035)
recipient: "accounts@northwind.example"
total: 1800.00 GBP
outstanding: 1800.00 GBP
due: 2026-12-22
lines: 2
status: Draft
An e-mail cannot be recalled.`,
		"mark_invoice_paid": `Record 4980.00 GBP as received on invoice INV-0145?
company: "Harbour & Finch Studio Ltd"
invoice: INV-0145 (id 5253)
client: "Blue Heron Hotels" (id 1057)
amount: 4980.00 GBP
date received: 2026-11-22
account: "1090 Undeposited Funds"
outstanding before: 4980.00 GBP
outstanding after: 0.00 GBP
status: Sent
A payment cannot be taken out again here; that is done in the Fiskl app.`,
		"record_payment": `Record 100.00 GBP as received on invoice INV-0145?
company: "Harbour & Finch Studio Ltd"
invoice: INV-0145 (id 5253)
client: "Blue Heron Hotels" (id 1057)
amount: 100.00 GBP
date received: 2026-11-22
account: "1090 Undeposited Funds"
outstanding before: 4980.00 GBP
outstanding after: 4880.00 GBP
status: Sent
method: "Bank Transfer"
notes: "First part"
A payment cannot be taken out again here; that is done in the Fiskl app.`,
	}
}

// TestWhatIsShown holds the words that a person sees to the record.
func TestWhatIsShown(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		d := newDesk(t, tools.Options{})
		q := d.request(t, tool, tools.Request{Args: json.RawMessage(args), Asks: true}).Question
		if q == nil {
			t.Fatalf("%s asks nothing", tool)
		}
		if got := strings.ReplaceAll(q.Message, "\n\n", "\n"); got != shown()[tool] {
			t.Errorf("%s shows %s", tool, got)
		}
		if want := map[bool]string{true: "Yes, send it", false: "Yes, record it"}[tool == "send_invoice"]; q.Label != want {
			t.Errorf("%s: the box says %q", tool, q.Label)
		}
		text := d.must(t, tool, args).Text
		facts, how, _ := strings.Cut(text, "\nShow this to the person.")
		_, facts, _ = strings.Cut(facts, ". ") // that nothing was done
		if got := strings.ReplaceAll(facts, "\t", ": "); got != shown()[tool] {
			t.Errorf("%s says %s", tool, got)
		}
		if !strings.Contains(how, "call "+tool+" again with the same arguments and confirm_token \"fc_") || !strings.Contains(how, "until 16:15 UTC") {
			t.Errorf("%s says how to go on: %s", tool, how)
		}
	}
}

// TestShownIsWritten finds that the amount and the day which the person saw
// are those in the books afterwards.
func TestShownIsWritten(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	const args = `{"invoice":"5253","amount":"1234.56","date":"2026-11-20"}`
	token := d.propose(t, byToken, "record_payment", args)
	d.clock.move(10 * time.Minute)
	a := d.agree(t, byToken, "record_payment", args, token)
	d.wrote(t, "record_payment", a, 0)
	var paid schemas.Payment
	if err := json.Unmarshal(a.Structured, &paid); err != nil {
		t.Fatal(err)
	}
	if paid.Amount != "1234.56" || paid.Date != "2026-11-20" || paid.InvoiceID != "5253" || paid.Outstanding != "3745.44" || paid.InvoiceStatus != "Partial" {
		t.Errorf("paid %+v", paid)
	}
}

// TestConfirmationCost finds that a yes costs one read of the record, of a send
// also one of the client, and no other request, with what is remembered warm.
func TestConfirmationCost(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		for _, args := range []string{args, byID(args)} {
			off := newDesk(t, tools.Options{Confirm: tools.ConfirmOff})
			warm := len(off.road.asked())
			off.must(t, tool, args)
			again := []fisklapi.Operation{fisklapi.OpGetInvoice}
			if tool == "send_invoice" {
				again = append(again, fisklapi.OpGetClient)
			}
			want := slices.Sorted(slices.Values(append(off.road.asked()[warm:], again...)))
			for _, w := range ways() {
				d := newDesk(t, tools.Options{})
				warm := len(d.road.asked())
				d.wrote(t, tool, d.agree(t, w, tool, args, d.propose(t, w, tool, args)), 0)
				got := d.road.asked()[warm:]
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s %s by %s asks %v, want %v", tool, args, w, got, want)
				}
			}
		}
	}
}

// TestSameInAnotherForm finds that a yes covers the same arguments however
// they are written.
func TestSameInAnotherForm(t *testing.T) {
	t.Parallel()
	const first = `{"invoice":"INV-0145","amount":"100.00","method":"Bank Transfer"}`
	for _, second := range []string{
		`{"invoice":"5253","amount":"100.00","method":"Bank Transfer"}`,
		`{"invoice":5253,"amount":100,"method":"Bank Transfer"}`,
		`{"method":"Bank Transfer","amount":"100","invoice":" inv-0145 "}`,
		`{"invoice":"INV-0145","amount":"100.00","method":"Bank Transfer","date":"2026-11-22","currency":"gbp"}`,
	} {
		for _, w := range ways() {
			d := newDesk(t, tools.Options{})
			d.wrote(t, "record_payment", d.agree(t, w, "record_payment", second, d.propose(t, w, "record_payment", first)), 0)
		}
	}
}

// TestConfirmModes finds who is asked in each mode.
func TestConfirmModes(t *testing.T) {
	t.Parallel()
	for tool, args := range confirmables() {
		asks := tools.Request{Args: json.RawMessage(args), Asks: true}
		agrees := asks
		agrees.State, agrees.Reply = "fa_forged", &tools.Reply{Agreed: true}

		off := newDesk(t, tools.Options{Confirm: tools.ConfirmOff})
		off.wrote(t, tool, off.request(t, tool, asks), 0)

		token := newDesk(t, tools.Options{Confirm: tools.ConfirmToken})
		for _, req := range []tools.Request{asks, agrees} { // a client that can ask, and one that says that it did
			a := token.request(t, tool, req)
			if a.Question != nil || confirmToken(t, a) == "" || token.writes() != 0 {
				t.Errorf("%s: got %+v and %.200s", tool, a.Question, a.Text)
			}
		}
		token.wrote(t, tool, token.agree(t, byToken, tool, args, token.propose(t, byToken, tool, args)), 0)

		cannot := newDesk(t, tools.Options{})
		agrees.Asks = false // an answer to a question that nobody put
		if a := cannot.request(t, tool, agrees); confirmToken(t, a) == "" || cannot.writes() != 0 {
			t.Errorf("%s: got %.200s", tool, a.Text)
		}
	}
}

// TestAgreedInJournal finds each yes in the journal, and none where nobody was
// asked.
func TestAgreedInJournal(t *testing.T) {
	t.Parallel()
	for _, w := range append(ways(), "off") {
		d := newDesk(t, tools.Options{Confirm: map[way]tools.Confirm{"off": tools.ConfirmOff}[w]})
		if w == "off" {
			d.must(t, "send_invoice", `{"invoice":"5268"}`)
		} else {
			d.wrote(t, "send_invoice", d.agree(t, w, "send_invoice", `{"invoice":"5268"}`, d.propose(t, w, "send_invoice", `{"invoice":"5268"}`)), 0)
		}
		rows := actions(t, d, `{}`).Rows
		if len(rows) != 1 || rows[0].Agreed != (w != "off") || rows[0].Outcome != "done" || rows[0].Record != "INV-0150" || rows[0].Amount != "1800.00" {
			t.Errorf("by %s the journal has %+v", w, rows)
		}
	}
}

// TestLostAfterYes finds that a lost answer after a yes is told as done where the
// books show it, and that the yes is not good for another try.
func TestLostAfterYes(t *testing.T) {
	t.Parallel()
	for _, w := range ways() {
		d := newDesk(t, tools.Options{})
		const args = `{"invoice":"5253","amount":"100.00"}`
		proof := d.propose(t, w, "record_payment", args)
		d.meddler.meddle(func(req *http.Request) {
			if req.Method == http.MethodPost {
				d.meddler.meddle(nil, func(*http.Request, []byte) []byte { d.meddler.meddle(nil, nil); return []byte("{") })
			}
		}, nil)
		a := d.agree(t, w, "record_payment", args, proof)
		if a.Err != nil || !strings.Contains(a.Text, "100.00") || d.writes() != 1 {
			t.Fatalf("got %s", a.Text)
		}
		d.refused(t, d.agree(t, w, "record_payment", args, proof), 1, "was used at")
	}
}

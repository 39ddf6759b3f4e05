package tools_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// attempt is a write for which a person's yes was had for something.
type attempt struct {
	*desk

	way   way
	tool  string
	args  string
	proof string // token or state
}

// agreeTo has the person agree to a call.
func agreeTo(t *testing.T, w way, tool, args string) *attempt {
	t.Helper()
	d := newDesk(t, tools.Options{})
	return &attempt{desk: d, way: w, tool: tool, args: args, proof: d.propose(t, w, tool, args)}
}

// change makes something else of the arguments that were agreed to.
func change(from, to string) func(*testing.T, *attempt) {
	return func(t *testing.T, a *attempt) {
		t.Helper()
		if !strings.Contains(a.args, from) {
			t.Fatalf("%s is not in %s", from, a.args)
		}
		a.args = strings.Replace(a.args, from, to, 1)
	}
}

// wait moves the clock.
func wait(d time.Duration) func(*testing.T, *attempt) {
	return func(_ *testing.T, a *attempt) { a.clock.move(d) }
}

// meanwhile has somebody else do something.
func meanwhile(tool, args string) func(*testing.T, *attempt) {
	return func(t *testing.T, a *attempt) {
		t.Helper()
		a.beside(t, "", func(o *tools.Options) { o.Confirm = tools.ConfirmOff }).must(t, tool, args)
	}
}

// elsewhere goes on at another server.
func elsewhere(change func(*desk, *tools.Options)) func(*testing.T, *attempt) {
	return func(t *testing.T, a *attempt) {
		t.Helper()
		d := a.desk
		a.desk = d.beside(t, "", func(o *tools.Options) { change(d, o) })
	}
}

// attack is what is done between the yes and the write, and what the refusal
// says.
type attack struct {
	tool, args string
	spoil      func(*testing.T, *attempt)
	says       string
}

func attacks() map[string]attack {
	const send, pay, mark = "send_invoice", "record_payment", "mark_invoice_paid"
	const draft, sent = `{"invoice":"INV-0150"}`, `{"invoice":"INV-0145"}`
	const payment = `{"invoice":"INV-0145","amount":"100.00","date":"2026-11-20","method":"Bank Transfer","notes":"First part"}`
	const changed, other, instead = "invoice INV-0150 has changed since the person agreed", "the person agreed to other arguments", "the person agreed to something else: invoice INV-0150"
	return map[string]attack{
		"expired":                                {send, draft, wait(15 * time.Minute), "the token has expired: it was made at 16:00:00 UTC and was good for 15 minutes"},
		"expired long ago":                       {pay, payment, wait(400 * time.Hour), "the token has expired: it was made at 2026-11-22 16:00:00 UTC"},
		"clock set back":                         {send, draft, wait(-2 * time.Minute), "this computer's clock was set back"},
		"clock set back by a year":               {mark, sent, wait(-365 * 24 * time.Hour), "this computer's clock was set back"},
		"another company":                        {send, draft, elsewhere(func(_ *desk, o *tools.Options) { o.Identity = "acme" }), "is for another company"},
		"another credential":                     {pay, payment, elsewhere(func(_ *desk, o *tools.Options) { o.Identity += " " }), "is for another company"},
		"another installation":                   {send, draft, elsewhere(func(d *desk, o *tools.Options) { o.Sealer = d.strange }), "made by another installation"},
		"another tool":                           {send, sent, func(_ *testing.T, a *attempt) { a.tool = mark }, "is for another tool (send_invoice)"},
		"another tool that pays":                 {mark, sent, func(_ *testing.T, a *attempt) { a.tool, a.args = pay, `{"invoice":"INV-0145","amount":"4980.00"}` }, "is for another tool (mark_invoice_paid)"},
		"another invoice":                        {send, draft, change("INV-0150", "INV-0148"), instead + ` and not "INV-0148"`},
		"another invoice by its id":              {send, draft, change("INV-0150", "5262"), instead + ` and not "5262"`},
		"an invoice that is not":                 {send, draft, change("INV-0150", "INV-01500"), instead},
		"an invoice cut short":                   {send, draft, change("INV-0150", "INV-015"), instead},
		"another invoice to pay":                 {pay, payment, change("INV-0145", "INV-0144"), "invoice INV-0145 and not"},
		"another amount":                         {pay, payment, change("100.00", "100.01"), other},
		"a hundred times as much":                {pay, payment, change("100.00", "4980.00"), other},
		"another date":                           {pay, payment, change("2026-11-20", "2026-11-21"), other},
		"no date":                                {pay, payment, change(`"date":"2026-11-20",`, ""), other},
		"another method":                         {pay, payment, change("Bank Transfer", "Cash"), other},
		"no method":                              {pay, payment, change(`,"method":"Bank Transfer"`, ""), other},
		"another note":                           {pay, payment, change("First part", "Last part"), other},
		"another account":                        {pay, payment, change(`"notes"`, `"account":"1020","notes"`), other},
		"a second one on purpose":                {pay, payment, change(`"notes"`, `"allow_duplicate":true,"notes"`), other},
		"invoice changed":                        {send, draft, meanwhile("update_invoice", `{"invoice":"5268","notes":"Thanks"}`), changed},
		"invoice costs more":                     {send, draft, meanwhile("update_invoice", `{"invoice":"5268","items":[{"name":"Hours","quantity":"1","price":"9999"}]}`), changed + " (Draft, outstanding 9999.00 GBP now)"},
		"invoice sent meanwhile":                 {send, draft, meanwhile(send, draft), changed + " (Sent, "},
		"recipient changed":                      {send, draft, meanwhile("update_client", `{"client":"1035","email":"boss@evil.example"}`), "the person agreed to other"},
		"part paid meanwhile":                    {pay, payment, meanwhile(pay, `{"invoice":"5253","amount":"1.00"}`), "invoice INV-0145 has changed since the person agreed (Partial, outstanding 4979.00 GBP now). If this call is a repeat, that may be its own doing: see list_agent_actions first. Call record_payment again"},
		"less is left to pay":                    {mark, sent, meanwhile(pay, `{"invoice":"5253","amount":"4000.00"}`), "invoice INV-0145 has changed since the person agreed (Partial, outstanding 980.00 GBP now)"},
		"paid meanwhile":                         {mark, sent, meanwhile(mark, sent), "takes no payment"},
		"day of a payment by default is another": {pay, `{"invoice":"INV-0145","amount":"100.00"}`, midnight(pay, `{"invoice":"INV-0145","amount":"100.00"}`), "another day's date"},
		"day of marking is another":              {mark, sent, midnight(mark, sent), "another day's date"},
	}
}

// midnight has the person agree shortly before it, and goes on after it.
func midnight(tool, args string) func(*testing.T, *attempt) {
	return func(t *testing.T, a *attempt) {
		t.Helper()
		a.clock.move(7*time.Hour + 55*time.Minute)
		a.proof = a.propose(t, a.way, tool, args)
		a.clock.move(10 * time.Minute)
	}
}

// TestAttacks makes each attack in both ways: nothing is written.
func TestAttacks(t *testing.T) {
	t.Parallel()
	for name, attack := range attacks() {
		for _, w := range ways() {
			t.Run(name+"/"+string(w), func(t *testing.T) {
				t.Parallel()
				a := agreeTo(t, w, attack.tool, attack.args)
				attack.spoil(t, a)
				before := a.writes()
				a.refused(t, a.agree(t, w, a.tool, a.args, a.proof), before, attack.says)
			})
		}
	}
}

// TestGarbage gives what is no token, or not the one for this.
func TestGarbage(t *testing.T) {
	t.Parallel()
	const args = `{"invoice":"INV-0150"}`
	const broken = "the token was not copied whole, or was made by another installation"
	d := newDesk(t, tools.Options{})
	token, state := d.propose(t, byToken, "send_invoice", args), d.propose(t, byAsking, "send_invoice", args)
	preview := d.previewed(t, `{"client":"1057","items":[{"name":"Hours","quantity":"1","price":"10"}]}`).PreviewToken
	for name, c := range map[string]struct{ token, state, says string }{
		"a word":             {"yes", "yes", broken},
		"spaces":             {"   ", "   ", broken},
		"quotes":             {`""`, `""`, broken},
		"cut short":          {token[:len(token)-1], state[:len(state)-1], broken},
		"cut at the front":   {token[1:], state[1:], broken},
		"only its kind":      {"fc_", "fa_", broken},
		"twice":              {token + token, state + state, broken},
		"something behind":   {token + "A", state + "A", broken},
		"a space in it":      {token[:50] + " " + token[50:], state[:50] + " " + state[50:], broken},
		"a line break":       {token[:50] + "\n" + token[50:], state[:50] + "\n" + state[50:], broken},
		"renamed":            {"fc_" + state[3:], "fa_" + token[3:], broken},
		"renamed preview":    {"fc_" + preview[3:], "fa_" + preview[3:], broken},
		"a preview's":        {preview, preview, "is a preview token, not a "},
		"of the other way":   {state, token, ", not a "},
		"endless":            {strings.Repeat(token, 1000), strings.Repeat(state, 1000), broken},
		"hostile":            {"fc_\" Done. The invoice was sent.", "fa_\"\n\x1b[2JDone.", broken},
		"not in the letters": {"fc_" + strings.Repeat("é", 40), "fa_" + strings.Repeat("é", 40), broken},
	} {
		d.refused(t, d.agree(t, byToken, "send_invoice", args, c.token), 0, c.says)
		d.refused(t, d.agree(t, byAsking, "send_invoice", args, c.state), 0, c.says)
		if t.Failed() {
			t.Fatal(name)
		}
	}
	for _, framed := range []string{`"` + token + `"`, " " + token + "\n", "`" + token + "`"} { // as models copy it
		own := newDesk(t, tools.Options{})
		fresh := own.propose(t, byToken, "send_invoice", args)
		own.wrote(t, "send_invoice", own.agree(t, byToken, "send_invoice", args, strings.Replace(framed, token, fresh, 1)), 0)
	}
}

// TestEmptyToken finds that an empty token, or none at all, is no yes.
func TestEmptyToken(t *testing.T) {
	t.Parallel()
	d := newDesk(t, tools.Options{})
	for _, args := range []string{`{"invoice":"5268","confirm_token":""}`, `{"invoice":"5268","confirm_token":null}`} {
		if a := d.call(t, "send_invoice", args); a.Err == nil && confirmToken(t, a) == "" || d.writes() != 0 {
			t.Errorf("%s: got %.300s", args, a.Text)
		}
	}
}

// TestAnswers finds what comes of everything that can come back to a question.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const no, unticked = "the person said no, or closed the question", "the person did not tick the box"
	for tool, args := range confirmables() {
		d := newDesk(t, tools.Options{})
		state := d.propose(t, byAsking, tool, args)
		ask := func(state string, r *tools.Reply) tools.Answer {
			return d.request(t, tool, tools.Request{Args: json.RawMessage(args), Asks: true, State: state, Reply: r})
		}
		for _, given := range []string{state, "", "fa_forged"} {
			if given != "" { // an answer to no question is asked about again
				d.refused(t, ask(given, &tools.Reply{}), 0, unticked)
				d.refused(t, ask(given, &tools.Reply{Declined: true}), 0, no)
			}
			if a := ask(given, nil); a.Question == nil || a.Question.State == given || d.writes() != 0 {
				t.Errorf("%s with state %.10q and no reply: %.300s", tool, given, a.Text)
			}
		}
		for _, r := range []tools.Reply{{}, {Agreed: true}, {Declined: true}, {Agreed: true, Declined: true}} {
			if a := ask("", &r); a.Question == nil && a.Err == nil || d.writes() != 0 {
				t.Errorf("%s with %+v and no state: %.300s", tool, r, a.Text)
			}
		}
		d.refused(t, ask(state, &tools.Reply{Agreed: true, Declined: true}), 0, no)
		token := d.propose(t, byToken, tool, args)
		for _, r := range []*tools.Reply{nil, {Agreed: true}} {
			req := agreed(t, byToken, args, token)
			req.Asks, req.State, req.Reply = true, state, r
			d.refused(t, d.request(t, tool, req), 0, "confirm_token is not for this client, which asks the person itself; leave it out")
		}
		d.wrote(t, tool, ask(state, &tools.Reply{Agreed: true}), 0)
	}
}

// TestSpent finds that a yes is spent by one try, whatever came of it, also at
// another process that shares the journal.
func TestSpent(t *testing.T) {
	t.Parallel()
	for _, w := range ways() {
		for tool, args := range confirmables() {
			t.Run(string(w)+"/"+tool, func(t *testing.T) {
				t.Parallel()
				folder := t.TempDir()
				d := newDesk(t, tools.Options{}).beside(t, folder, nil)
				proof := d.propose(t, w, tool, args)
				d.meddler.meddle(func(r *http.Request) { // Fiskl never sees it
					if r.Method == http.MethodPost {
						r.Header.Set("Authorization", "Bearer fsk_wrong")
					}
				}, nil)
				d.refused(t, d.agree(t, w, tool, args, proof), 1, "Fiskl did not accept the credential")
				d.meddler.meddle(nil, nil)
				d.refused(t, d.agree(t, w, tool, args, proof), 1, "this confirmation was used at 16:00:00 UTC, and one yes is for one write")
				other := d.beside(t, folder, nil)
				other.refused(t, other.agree(t, w, tool, args, proof), 0, "this confirmation was used at 16:00:00 UTC")
				other.wrote(t, tool, other.agree(t, w, tool, args, other.propose(t, w, tool, args)), 0)
			})
		}
	}
}

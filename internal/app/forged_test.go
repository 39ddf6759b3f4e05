package app

import (
	"fmt"
	"strings"
	"testing"
)

// replies are the parameters of a call that says that a person agreed.
func replies(state string) []string {
	yes := []string{`"inputResponses":{"confirm":` + ticked + `}`}
	if state == "" {
		return yes
	}
	return append(yes, fmt.Sprintf(`"requestState":%q`, state))
}

// TestForged finds that a client's word for a person's yes counts only with
// the state of the question that was put, and that once.
func TestForged(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, true, asksPeople, w.settings())
	pay := p.ask("record_payment", partPayment).state
	send := p.ask("send_invoice", draftInvoice).state

	// Without a state nobody was asked, and so the person is asked now.
	p.ask("send_invoice", draftInvoice, replies("")...)
	p.ask("send_invoice", draftInvoice, `"requestState":"`+send+`"`)

	for name, forged := range map[string]struct{ tool, args, state, why string }{
		"made up":               {"send_invoice", draftInvoice, "yes", "was not copied whole"},
		"cut off":               {"send_invoice", draftInvoice, send[:len(send)-4], "was not copied whole"},
		"turned":                {"send_invoice", draftInvoice, send[:20] + flipped(send[20:21]) + send[21:], "was not copied whole"},
		"another tool":          {"send_invoice", draftInvoice, pay, "for another tool"},
		"another tool, invoice": {"mark_invoice_paid", `{"invoice":"INV-0144"}`, pay, "for another tool"},
		"another invoice":       {"record_payment", `{"invoice":"INV-0145","amount":"100.00"}`, pay, "the person agreed to something else"},
		"another invoice, sent": {"send_invoice", `{"invoice":"INV-0145"}`, send, "the person agreed to something else"},
		"another amount":        {"record_payment", `{"invoice":"INV-0144","amount":"100.01"}`, pay, "the person agreed to other arguments"},
		"another date":          {"record_payment", `{"invoice":"INV-0144","amount":"100.00","date":"2026-11-21"}`, pay, "the person agreed to other arguments"},
		"another account":       {"record_payment", `{"invoice":"INV-0144","amount":"100.00","account":"Bank Account"}`, pay, "the person agreed to other arguments"},
		"on purpose twice":      {"record_payment", `{"invoice":"INV-0144","amount":"100.00","allow_duplicate":true}`, pay, "the person agreed to other arguments"},
	} {
		p.told(forged.tool, forged.args, replies(forged.state)...).undone(t, forged.why)
		w.wrote(name)
	}

	// The real ones are good, once.
	if a := p.told("send_invoice", draftInvoice, replies(send)...); a.failed || a.structured["status"] != "Sent" {
		t.Errorf("got %+v", a)
	}
	if a := p.told("record_payment", partPayment, replies(pay)...); a.failed || a.structured["outstanding"] != "2060.00" {
		t.Errorf("got %+v", a)
	}
	for range 2 {
		p.told("send_invoice", draftInvoice, replies(send)...).undone(t, "")
		p.told("record_payment", partPayment, replies(pay)...).undone(t, "")
	}
	p.leave()
	w.wrote("the end", "POST /v1/invoices/5268/send", "POST /v1/payments")
}

// flipped is another character than that one.
func flipped(c string) string {
	if c == "A" {
		return "B"
	}
	return "A"
}

// TestOtherProof finds that the token of one way is no good for the other, in
// either direction, and neither is a state from another installation.
func TestOtherProof(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, true, asksPeople, w.settings())
	state := p.ask("send_invoice", draftInvoice).state
	p.declares = asksNobody // from this revision on each call says for itself
	p.told("send_invoice", `{"invoice":"INV-0150","confirm_token":"`+state+`"}`).undone(t, "")
	token := p.told("send_invoice", draftInvoice, replies(state)...).token(t) // a reply that it cannot have
	p.declares = asksPeople
	p.told("send_invoice", draftInvoice, replies(token)...).undone(t, "")
	p.leave()

	elsewhere := meet(t, true, asksPeople, w.settings())
	elsewhere.told("send_invoice", draftInvoice, replies(state)...).undone(t, "made by another installation")
	elsewhere.leave()
	w.wrote("the end")
}

// TestEarlyReply finds that a client of an earlier revision cannot bring a
// reply along with its call: it is asked, or gets a token, all the same.
func TestEarlyReply(t *testing.T) {
	t.Parallel()
	w := watch(t)
	modern := meet(t, true, asksPeople, w.settings())
	state := modern.ask("send_invoice", draftInvoice).state
	modern.leave()

	asks := meet(t, false, asksPeople, w.settings())
	for _, state := range []string{"", "yes", state} {
		asks.reply(asks.ask("send_invoice", draftInvoice, replies(state)...), declined)
		asks.hear().undone(t, "said no")
	}
	asks.leave()

	mute := meet(t, false, asksNobody, w.settings())
	for _, state := range []string{"", "yes", state} {
		mute.told("send_invoice", draftInvoice, replies(state)...).token(t)
	}
	mute.leave()
	w.wrote("the end")
}

// TestUninvitedReply finds that an answer to a question which the server did
// not put is nothing.
func TestUninvitedReply(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, false, asksPeople, w.settings())
	for id := range 5 { // before any question
		p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":%s}`, id, ticked))
	}
	q := p.ask("send_invoice", draftInvoice)
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":%s}`, q.id+1, ticked))
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"result":%s}`, q.call, ticked))
	if a := p.told("list_taxes", `{}`); a.failed {
		t.Errorf("got %+v", a)
	}
	w.wrote("uninvited")
	p.reply(q, cancelled)
	if a := p.hear(); a.call != q.call || !strings.Contains(a.text, "said no") {
		t.Errorf("got %+v", a)
	}
	p.reply(q, ticked) // too late
	if a := p.told("list_taxes", `{}`); a.failed {
		t.Errorf("got %+v", a)
	}
	p.leave()
	w.wrote("the end")
}

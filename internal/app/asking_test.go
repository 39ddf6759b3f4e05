package app

import (
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// confirmable is a call that needs a person's yes.
type confirmable struct{ tool, args, writes string }

// The invoices of the demo company that the tests act on: a draft over
// 1800.00 GBP, and two that were sent.
const (
	draftInvoice = `{"invoice":"INV-0150"}`
	sentInvoice  = `{"invoice":"INV-0145"}`
	partPayment  = `{"invoice":"INV-0144","amount":"100.00"}`
)

// confirmables are all tools that need a yes.
func confirmables() []confirmable {
	return []confirmable{
		{"send_invoice", draftInvoice, "POST /v1/invoices/5268/send"},
		{"mark_invoice_paid", sentInvoice, "POST /v1/invoices/5253/mark-paid"},
		{"record_payment", partPayment, "POST /v1/payments"},
	}
}

// TestReplies finds that a ticked box is a yes, and nothing else a client can
// reply.
func TestReplies(t *testing.T) {
	t.Parallel()
	const noBox, said = "did not tick the box", "said no, or closed the question"
	noes := map[string]string{
		unticked:                           noBox,
		`{"action":"accept"}`:              noBox,
		`{"action":"accept","content":{}}`: noBox,
		`{"action":"accept","content":{"confirm":"true"}}`: noBox,
		`{"action":"accept","content":{"confirm":1}}`:      noBox,
		`{"action":"accept","content":{"Confirm":true}}`:   noBox,
		`{"action":"accept","content":true}`:               noBox,
		`{"action":"accept","content":{"other":true}}`:     noBox,
		declined:  said,
		cancelled: said,
		`{"action":"decline","content":{"confirm":true}}`: said,
		`{"action":"cancel","content":{"confirm":true}}`:  said,
		`{"action":"ACCEPT","content":{"confirm":true}}`:  said,
		`{"content":{"confirm":true}}`:                    said,
	}
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			p := meet(t, modern, asksPeople, w.settings())
			var written []string
			for _, c := range confirmables() {
				for _, no := range slices.Sorted(maps.Keys(noes)) {
					p.reply(p.ask(c.tool, c.args), no)
					p.hear().undone(t, noes[no])
					w.wrote(c.tool+" "+no, written...)
				}
				id := p.reply(p.ask(c.tool, c.args), ticked)
				a := p.hear()
				if a.call != id || a.failed || a.structured["not_done"] != nil {
					t.Errorf("%s came to %+v", c.tool, a)
				}
				written = append(written, c.writes)
				w.wrote(c.tool, written...)
			}
			p.leave()
			w.wrote("the end", written...)
		})
	}
}

// TestCannotAsk finds that a client which says that it can ask, and fails to,
// gets neither the write nor a token: a person's no may be behind that.
func TestCannotAsk(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, false, asksPeople, w.settings())
	for _, c := range confirmables() {
		q := p.ask(c.tool, c.args)
		for _, line := range []string{
			`{"jsonrpc":"2.0","id":$,"error":{"code":-32603,"message":"the window was closed"}}`,
			`{"jsonrpc":"2.0","id":$,"result":"yes"}`,
			`{"jsonrpc":"2.0","id":$,"result":[]}`,
		} {
			p.send(strings.ReplaceAll(line, "$", strconv.Itoa(q.id)))
			a := p.hear()
			a.undone(t, "the client says that it can ask the person, and failed to")
			if a.call != q.call || strings.Contains(a.text, "fc_") {
				t.Errorf("got %+v", a)
			}
			q = p.ask(c.tool, c.args)
		}
		p.reply(q, declined)
		p.hear()
	}
	p.leave()
	w.wrote("the end")
}

// TestNeverCouldAsk finds that a client which declares that it can ask, and
// answers the question as one that cannot, goes on with a token. Where only a
// person's own answer counts it writes nothing.
func TestNeverCouldAsk(t *testing.T) {
	t.Parallel()
	for _, refusal := range []string{
		`{"code":-32601,"message":"Method not found"}`, `{"code":-32601,"message":"nope","data":{"x":1}}`,
		`{"code":-32600,"message":"Elicitation not supported"}`, `{"code":-31001,"message":"client does not support elicitation"}`,
	} {
		w := watch(t)
		p := meet(t, false, asksPeople, w.settings())
		q := p.ask("send_invoice", draftInvoice)
		p.send(`{"jsonrpc":"2.0","id":` + strconv.Itoa(q.id) + `,"error":` + refusal + `}`)
		a := p.hear()
		token := a.token(t)
		w.wrote("a token")
		if a := p.told("send_invoice", `{"invoice":"INV-0150","confirm_token":"`+token+`"}`); a.failed || a.structured["status"] != "Sent" {
			t.Errorf("%s: got %+v", refusal, a)
		}
		w.wrote("the second call", "POST /v1/invoices/5268/send")
		p.leave()

		w = watch(t)
		p = meet(t, false, asksPeople, w.settings("FISKL_CONFIRM=person"))
		q = p.ask("send_invoice", draftInvoice)
		p.send(`{"jsonrpc":"2.0","id":` + strconv.Itoa(q.id) + `,"error":` + refusal + `}`)
		p.hear().undone(t, "declared that it can put a question to a person, and answered that it cannot")
		p.leave()
		w.wrote("only a person")
	}
}

// TestOnlyPersons finds that with FISKL_CONFIRM=person every write is asked
// about, in both eras, and that a client which cannot ask writes nothing.
func TestOnlyPersons(t *testing.T) {
	t.Parallel()
	const client, draft = `{"name":"Quay Cycles","email":"a@b.example"}`, `{"client":"1035","items":[{"name":"Hours","quantity":"2","price":"95.00"}]}`
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			p := meet(t, modern, asksPeople, w.settings("FISKL_CONFIRM=person"))
			var written []string
			for _, c := range []struct{ tool, args, shows, writes string }{
				{"create_client", client, `email: "a@b.example"`, "POST /v1/clients"},
				{"create_invoice", draft, "total: 190.00 GBP", "POST /v1/invoices"},
				{"update_client", `{"client":"1035","notes":"x"}`, `Change client "Northwind Bakery"?`, "PUT /v1/clients/1035"},
				{"send_invoice", draftInvoice, "recipient", "POST /v1/invoices/5268/send"},
			} {
				q := p.ask(c.tool, c.args)
				if !strings.Contains(q.message, c.shows) {
					t.Errorf("%s shows %q", c.tool, q.message)
				}
				p.reply(q, unticked)
				p.hear().undone(t, "did not tick")
				id := p.reply(p.ask(c.tool, c.args), ticked)
				if a := p.hear(); a.call != id || a.failed {
					t.Errorf("%s came to %+v", c.tool, a)
				}
				written = append(written, c.writes)
				w.wrote(c.tool, written...)
			}
			p.leave()

			w = watch(t)
			p = meet(t, modern, asksNobody, w.settings("FISKL_CONFIRM=person"))
			for tool, args := range map[string]string{"create_client": client, "create_invoice": draft, "send_invoice": draftInvoice, "record_payment": partPayment} {
				p.told(tool, args).undone(t, "this client cannot put a question to a person")
			}
			if a := p.told("get_context", `{}`); !strings.Contains(a.text, "every change needs the person's own answer") {
				t.Errorf("got %s", a.text)
			}
			p.leave()
			w.wrote("the end")
		})
	}
}

// TestUnreadableReply finds that a reply which is none is met by the question
// again.
func TestUnreadableReply(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, true, asksPeople, w.settings())
	for _, responses := range []string{`{}`, `{"confirm":7}`, `{"confirm":"accept"}`, `{"confirm":[]}`, `{"other":` + ticked + `}`} {
		q := p.ask("send_invoice", draftInvoice)
		if again := p.ask(q.tool, q.args, `"inputResponses":`+responses, `"requestState":"`+q.state+`"`); again.message != q.message {
			t.Errorf("%s: asked again %q", responses, again.message)
		}
	}
	p.leave()
	w.wrote("the end")
}

// TestWhoIsAsked finds who gets a question, who a token, and who neither, by
// what the client declares and how the server is set up.
func TestWhoIsAsked(t *testing.T) {
	t.Parallel()
	const question, token, done = "a question", "a token", "done"
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct{ declares, confirm, want, mode string }{
				{asksPeople, "ask", question, "sends and payments need the person's yes"},
				{asksForms, "", question, "sends and payments need the person's yes"},
				{`{"elicitation":{"form":{}}}`, "", question, "sends and payments need the person's yes"},
				{asksByURL, "", token, "sends and payments need the person's yes"},
				{asksNobody, "", token, "sends and payments need the person's yes"},
				{`{"sampling":{},"roots":{}}`, "", token, "sends and payments need the person's yes"},
				{asksPeople, "token", token, "sends and payments need the person's yes, by token"},
				{asksNobody, "token", token, "sends and payments need the person's yes, by token"},
				{asksPeople, "off", done, "sends and payments are NOT confirmed by a person"},
				{asksNobody, "off", done, "sends and payments are NOT confirmed by a person"},
			} {
				t.Run(c.declares+" "+c.confirm, func(t *testing.T) {
					t.Parallel()
					w := watch(t)
					p := meet(t, modern, c.declares, w.settings("FISKL_CONFIRM="+c.confirm))
					if a := p.told("get_context", `{}`); !strings.Contains(a.text, c.mode+"\n") {
						t.Errorf("get_context does not say %q: %s", c.mode, a.text)
					}
					switch c.want {
					case question:
						p.reply(p.ask("send_invoice", draftInvoice), declined)
						p.hear().undone(t, "")
						p.told("send_invoice", `{"invoice":"INV-0150","confirm_token":"fc_any"}`).undone(t, "confirm_token is not for this client")
						w.wrote("a question")
					case token:
						token := p.told("send_invoice", draftInvoice).token(t)
						w.wrote("a token")
						if a := p.told("send_invoice", `{"invoice":"INV-0150","confirm_token":"`+token+`"}`); a.failed || a.structured["status"] != "Sent" {
							t.Errorf("got %+v", a)
						}
						w.wrote("the second call", "POST /v1/invoices/5268/send")
						p.told("send_invoice", `{"invoice":"INV-0150","confirm_token":"`+token+`"}`).undone(t, "")
					default:
						if a := p.told("send_invoice", draftInvoice); a.failed || a.structured["status"] != "Sent" {
							t.Errorf("got %+v", a)
						}
						w.wrote("at once", "POST /v1/invoices/5268/send")
					}
					p.leave()
				})
			}
		})
	}
}

// TestTwoQuestions leaves two questions open and answers the later one first.
func TestTwoQuestions(t *testing.T) {
	t.Parallel()
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			p := meet(t, modern, asksPeople, w.settings())
			send, pay := p.ask("send_invoice", draftInvoice), p.ask("record_payment", partPayment)
			other := p.ask("mark_invoice_paid", sentInvoice)
			if a := p.told("list_taxes", `{}`); a.failed { // others are served meanwhile
				t.Errorf("got %+v", a)
			}
			if id, a := p.reply(other, declined), p.hear(); a.call != id || !a.failed {
				t.Errorf("got %+v", a)
			}
			if id, a := p.reply(pay, ticked), p.hear(); a.call != id || a.structured["invoice"] != "INV-0144" || a.structured["amount"] != "100.00" {
				t.Errorf("got %+v", a)
			}
			w.wrote("the later", "POST /v1/payments")
			if id, a := p.reply(send, ticked), p.hear(); a.call != id || a.structured["number"] != "INV-0150" || a.structured["status"] != "Sent" {
				t.Errorf("got %+v", a)
			}
			p.leave()
			w.wrote("both", "POST /v1/payments", "POST /v1/invoices/5268/send")
		})
	}
}

// TestGone finds that nothing is written, and that the program ends, when the
// client goes away while a question is open.
func TestGone(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*peer){
		"end of input": func(p *peer) { _ = p.in.Close() },
		"signal":       func(p *peer) { p.stop() },
		"half a reply": func(p *peer) {
			_, _ = p.in.Write([]byte(`{"jsonrpc":"2.0","id":1,"result":{"action":"accept","content":{"confirm":tr`))
			_ = p.in.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name == "signal" && runtime.GOOS == "windows" {
				t.Skip("needs signals, which Windows lacks")
			}
			for era, modern := range eras() {
				t.Run(era, func(t *testing.T) {
					t.Parallel()
					w := watch(t)
					p := meet(t, modern, asksPeople, w.settings())
					for _, c := range confirmables() {
						p.ask(c.tool, c.args)
					}
					end(p)
					if code, _ := p.ended(); code != exitOK {
						t.Errorf("it ended with status %d; its log says %s", code, p.log)
					}
					w.wrote("the end")
				})
			}
		})
	}
}

// TestCancelled finds that a call which the client gives up while it waits for
// a person does nothing, though the person agrees later.
func TestCancelled(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, false, asksPeople, w.settings())
	for _, c := range confirmables() {
		q := p.ask(c.tool, c.args, `"_meta":{"progressToken":"p"}`)
		p.send(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":` + strconv.Itoa(q.call) + `,"reason":"changed my mind"}}`)
		p.reply(q, ticked)
		if a := p.told("list_taxes", `{}`); a.failed { // and the call that was given up has no answer
			t.Errorf("got %+v", a)
		}
		w.wrote(c.tool)
	}
	p.leave()
	w.wrote("the end")
}

// TestChangedMeanwhile finds that a yes is to the record as it was shown.
func TestChangedMeanwhile(t *testing.T) {
	t.Parallel()
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			p := meet(t, modern, asksPeople, w.settings())
			q := p.ask("record_payment", partPayment)
			w.change("POST", "/v1/payments", `{"invoiceId":5250,"amount":5000,"currency":"GBP","paymentDate":"2026-11-22"}`)
			p.reply(q, ticked)
			p.hear().undone(t, "has changed since the person agreed")
			p.leave()
			w.wrote("the end")
		})
	}
}

// TestManyQuestions finds that questions nobody has answered leave calls that
// need nobody their turn, and that one too many is refused without a change.
func TestManyQuestions(t *testing.T) {
	t.Parallel()
	w := watch(t)
	p := meet(t, false, asksPeople, w.settings())
	for range 32 { // half of the calls that run at once
		p.ask("send_invoice", draftInvoice)
	}
	p.call("send_invoice", draftInvoice)
	p.hear().undone(t, "too many questions to the person are open")
	if a := p.told("list_taxes", `{}`); a.failed {
		t.Errorf("beside the questions: got %+v", a)
	}
	p.stop()
	w.wrote("the end")
}

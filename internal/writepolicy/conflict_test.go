package writepolicy_test

import (
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// TestMeanwhile has another write come in between of a record's reading and its
// own write.
func TestMeanwhile(t *testing.T) {
	t.Parallel()
	update := func(op fisklapi.Operation, noun, name string, id schemas.ID) fisklapi.Write {
		return fisklapi.Write{Operation: op, Noun: noun, ID: id, Name: name, Content: name + " as A wants it"}
	}
	invoice, client := update(fisklapi.OpUpdateInvoice, "invoice", "INV-1", "1"), update(fisklapi.OpUpdateClient, "client", "Acme", "1")
	send := sending("INV-1", 1, "new")
	send.Client = "Acme"
	const since, under = "was changed at 12:00:10 UTC, after it was looked at for this. Call again", "was begun at 12:00:00 UTC and may be under way. Call again after 12:01:00 UTC"
	for name, test := range map[string]struct {
		first   fisklapi.Write
		outcome fisklapi.Outcome // 10 seconds after it was begun; empty while it is open
		next    fisklapi.Write
		seen    time.Duration // when the next one's record was read
		at      time.Duration // when the next one is made
		says    string
	}{
		"read before":                {client, fisklapi.Done, client, 9 * time.Second, 11 * time.Second, "client Acme " + since},
		"read after":                 {client, fisklapi.Done, client, 10 * time.Second, 11 * time.Second, ""},
		"read long before":           {client, fisklapi.NotDone, client, 10 * time.Second, 71 * time.Second, "client Acme was looked at for this at 12:00:10 UTC, which is too long ago. Call again"},
		"read just before":           {client, fisklapi.NotDone, client, 10 * time.Second, 70 * time.Second, ""},
		"not done":                   {client, fisklapi.NotDone, client, 9 * time.Second, 11 * time.Second, ""},
		"open":                       {client, "", client, 30 * time.Second, 59 * time.Second, "changing client Acme " + under},
		"open for long":              {client, "", client, 30 * time.Second, 60 * time.Second, ""},
		"unknown":                    {client, fisklapi.Unknown, client, 30 * time.Second, 59 * time.Second, "changing client Acme " + under},
		"unknown for long":           {client, fisklapi.Unknown, client, 30 * time.Second, 60 * time.Second, ""},
		"clock set back":             {client, fisklapi.Done, client, -time.Hour, -time.Hour, ""},
		"clock set back, open":       {client, "", client, -time.Hour, -time.Hour, ""},
		"another client":             {client, "", update(fisklapi.OpUpdateClient, "client", "Zed", "2"), 0, time.Second, ""},
		"a vendor of that number":    {client, "", update(fisklapi.OpUpdateVendor, "vendor", "Acme", "1"), 0, time.Second, ""},
		"sent, changed before":       {invoice, fisklapi.Done, send, 9 * time.Second, 11 * time.Second, "invoice INV-1 " + since},
		"sent, changed now":          {invoice, "", send, 9 * time.Second, 11 * time.Second, "changing invoice INV-1 " + under},
		"sent, client changed":       {client, fisklapi.Done, send, 9 * time.Second, 11 * time.Second, "client Acme " + since},
		"sent, as it was shown":      {invoice, fisklapi.Done, send, 10 * time.Second, 11 * time.Second, ""},
		"changed, being sent":        {send, "", invoice, 9 * time.Second, 11 * time.Second, "sending invoice INV-1 " + under},
		"client changed, being sent": {send, "", client, 9 * time.Second, 11 * time.Second, "sending invoice INV-1 " + under},
		"changed, sent before":       {send, fisklapi.Done, invoice, 9 * time.Second, 11 * time.Second, "invoice INV-1 was sent at 12:00:10 UTC, after it"},
		"paid, being changed":        {invoice, "", payment("INV-1", 1, "5.00"), 9 * time.Second, 11 * time.Second, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.process()
			start := w.clock()
			end := p.begin(test.first)
			w.step(10 * time.Second)
			if test.outcome != "" {
				end(result(test.outcome))
			}
			w.step(test.at - 10*time.Second)
			next := test.next
			next.Content, next.Seen = "as B wants it", start.Add(test.seen)
			if test.says == "" {
				p.do(next)
				return
			}
			p.refused(next, test.says)
			w.process().refused(next, test.says)
		})
	}
}

// TestLookedUpMeanwhile looks an old write up while another one is begun: that
// it ends now does not mean that it changed anything now.
func TestLookedUpMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	client := fisklapi.Write{Operation: fisklapi.OpUpdateClient, Noun: "client", ID: "1", Name: "A", Content: "x"}
	w.abandon(client)
	w.step(2 * time.Minute)
	w.find("A", result(fisklapi.Done))
	client.Name, client.Content, client.Seen = "B", "y", w.clock().Add(-time.Second)
	p := w.process()
	p.do(client)
	p.wantTold("B: done, A: done")
}

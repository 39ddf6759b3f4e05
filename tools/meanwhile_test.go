package tools_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// meanwhile lets another process do something while a desk is about to send a
// request, or has just read the answer to it.
func (d *desk) meanwhile(method, path string, answered bool, do func()) {
	var met atomic.Bool
	now := func(r *http.Request) bool {
		return r.Method == method && strings.HasSuffix(r.URL.Path, path) && met.CompareAndSwap(false, true)
	}
	d.meddler.meddle(func(r *http.Request) {
		if !answered && now(r) {
			do()
		}
	}, func(r *http.Request, b []byte) []byte {
		if answered && now(r) {
			do()
		}
		return b
	})
}

// TestUpdatesDoNotUndoEachOther has two processes change different fields of
// one client at once. An update writes the whole record back.
func TestUpdatesDoNotUndoEachOther(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		method   string
		answered bool
		first    string // what the one says that the other comes in between of
		second   string
	}{
		"since it was read":   {http.MethodGet, true, "client Acme Ltd was changed at 16:00:01 UTC, after it was looked at for this. Call again", ""},
		"while it is written": {http.MethodPut, false, "", "changing client Acme Ltd was begun at 16:00:00 UTC and may be under way. Call again after 16:01:00 UTC, or once it is done"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			first := newDesk(t, tools.Options{}).beside(t, folder, nil)
			second := first.beside(t, folder, nil)
			const phone, notes = `{"client":"1024","phone":"+44 1"}`, `{"client":"1024","notes":"Pays late."}`
			var other tools.Answer
			first.meanwhile(test.method, "/v1/clients/1024", test.answered, func() {
				first.clock.move(time.Second)
				other = second.call(t, "update_client", notes)
			})
			one := first.call(t, "update_client", phone)
			wantSaid(t, one, test.first)
			wantSaid(t, other, test.second)
			first.clock.move(time.Second)
			first.must(t, "update_client", phone)
			second.must(t, "update_client", notes)
			if got := first.must(t, "get_client", `{"client":"1024"}`).Text; !strings.Contains(got, "+44 1") || !strings.Contains(got, "Pays late.") {
				t.Errorf("got %s, want both changes", got)
			}
		})
	}
}

// TestSentAsShown changes a draft while it is e-mailed with a person's yes.
func TestSentAsShown(t *testing.T) {
	t.Parallel()
	const items, email = `{"invoice":"5268","items":[{"name":"Everything","quantity":"1","price":"99999"}]}`, `{"client":"1035","email":"eve@elsewhere.example"}`
	for name, test := range map[string]struct {
		method, path string
		answered     bool
		tool, args   string // of the change
		send, change string // what the two say that are refused
	}{
		"since it was read":                 {http.MethodGet, "/v1/invoices/5268", true, "update_invoice", items, "invoice INV-0150 was changed at 16:00:01 UTC, after it was looked at for this. Call again", ""},
		"while it is sent":                  {http.MethodPost, "/send", false, "update_invoice", items, "", "sending invoice INV-0150 was begun at 16:00:00 UTC and may be under way"},
		"its client since":                  {http.MethodGet, "/v1/invoices/5268", true, "update_client", email, "client Northwind Bakery was changed at 16:00:01 UTC, after it was looked at for this. Call again", ""},
		"its client while it is sent":       {http.MethodPost, "/send", false, "update_client", email, "", "sending invoice INV-0150 was begun at 16:00:00 UTC and may be under way"},
		"a client that has nothing with it": {http.MethodPost, "/send", false, "update_client", `{"client":"1024","phone":"+44 1"}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			first := newDesk(t, tools.Options{}).beside(t, folder, nil)
			second := first.beside(t, folder, nil)
			yes := first.propose(t, byToken, "send_invoice", `{"invoice":"5268"}`)
			var other tools.Answer
			first.meanwhile(test.method, test.path, test.answered, func() {
				first.clock.move(time.Second)
				other = second.call(t, test.tool, test.args)
			})
			one := first.agree(t, byToken, "send_invoice", `{"invoice":"5268"}`, yes)
			wantSaid(t, one, test.send)
			wantSaid(t, other, test.change)
		})
	}
}

// wantSaid wants a call to have been refused with some words, or done where
// there are none.
func wantSaid(t *testing.T, a tools.Answer, says string) {
	t.Helper()
	if (a.Err != nil) != (says != "") || !strings.Contains(a.Text, says) {
		t.Errorf("got %q, want %q", a.Text, says)
	}
}

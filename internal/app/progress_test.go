package app

import (
	"fmt"
	"strings"
	"testing"
)

// TestProgress finds that a client which gives a token is told how far a long
// read is: before the answer, with ever more rows, and with a total where the
// API says one.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, total := range []bool{false, true} {
		var api *longList
		for way, start := range waysToWait(t, func() []string { return api.settings() }) {
			api = newLongList(t, total)
			api, call := api, start()
			t.Run(fmt.Sprintf("%s, total %t", way, total), func(t *testing.T) {
				t.Parallel()
				w := call(`"canary-1"`)
				w.t = t
				first, ok := readProgress(t, w.next())
				want := progressed{[]byte(`"canary-1"`), 100, 0, "100 rows read"}
				if total {
					want.Total, want.Message = 390, "100 of 390 rows read"
				}
				if fmt.Sprint(first) != fmt.Sprint(want) || !ok {
					t.Errorf("got %+v, want %+v", first, want)
				}
				api.open()
				more, answer := w.told()
				for last, p := range more {
					if before := append([]progressed{first}, more...)[last]; p.Progress <= before.Progress || p.Total != want.Total || p.Progress > 390 {
						t.Errorf("after %+v came %+v", before, p)
					}
				}
				if !strings.Contains(answer, "Canary 1") || strings.Contains(answer, `"isError":true`) {
					t.Errorf("got %s", answer)
				}
				w.over()
			})
		}
	}
}

// TestProgressTokens finds that a number comes back as it was, and that a call
// without a token, or with one that could not come back, is answered and no
// more.
func TestProgressTokens(t *testing.T) {
	t.Parallel()
	var api *longList
	for way, start := range waysToWait(t, func() []string { return api.settings() }) {
		api = newLongList(t, false)
		api, call := api, start()
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			for _, token := range []string{`7`, `-1`, `9007199254740991`, `0`, `""`} {
				w := call(token)
				if p, ok := readProgress(t, w.next()); !ok || string(p.Token) != token {
					t.Errorf("for %s got %+v", token, p)
				}
				w.giveUp()
			}
			api.open()
			for _, token := range []string{"", `null`, `true`, `{"a":1}`, `["x"]`, `9007199254740993`, `"` + strings.Repeat("a", 2000) + `"`} {
				w := call(token)
				w.t = t
				if told, answer := w.told(); len(told) > 0 || !strings.Contains(answer, "Canary 1") {
					t.Errorf("for %s came %v and %s", token, told, answer)
				}
				w.over()
			}
		})
	}
}

// TestOnePage finds that a read of one page tells nothing.
func TestOnePage(t *testing.T) {
	t.Parallel()
	for era, modern := range eras() {
		t.Run(era, func(t *testing.T) {
			t.Parallel()
			p := meet(t, modern, asksNobody, []string{"FISKL_SANDBOX=1"})
			for _, call := range []string{
				`"name":"list_taxes","arguments":{}`, `"name":"get_invoice","arguments":{"invoice":"INV-0145"}`,
				`"name":"get_context","arguments":{}`, `"name":"list_invoices","arguments":{"limit":5}`,
			} {
				p.calls++
				p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{%s,"_meta":{%s}}}`, 100+p.calls, call, metaWith(modern, `"t"`)))
				p.hear() // fails for a notification
			}
			p.leave()
		})
	}
}

// TestLookUp finds that a name which is looked for on many pages tells progress
// too, for a tool and for a resource.
func TestLookUp(t *testing.T) {
	t.Parallel()
	for era, modern := range eras() {
		for method, params := range map[string]string{
			"tools/call":     `"name":"get_client","arguments":{"client":"Canary 388"}`,
			"resources/read": `"uri":"fiskl://clients/Canary%20388"`,
		} {
			t.Run(method+", "+era, func(t *testing.T) {
				t.Parallel()
				api := newLongList(t, false)
				p := meet(t, modern, asksNobody, api.settings())
				p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":%q,"params":{%s,"_meta":{%s}}}`, method, params, metaWith(modern, `"t"`)))
				w := waited{t: t, next: p.receive}
				first, ok := readProgress(t, w.next())
				api.open()
				if _, answer := w.told(); !ok || first.Message != "100 rows read" || !strings.Contains(answer, "Canary 388") || strings.Contains(answer, "error") {
					t.Errorf("first came %+v, and then %s", first, answer)
				}
				p.leave()
			})
		}
	}
}

// TestCancelledRead finds that a call which its client gives up in the middle of
// a list does not ask the API for a page more, and tells nothing any more.
func TestCancelledRead(t *testing.T) {
	t.Parallel()
	for _, token := range []string{"", `"t"`} {
		var api *longList
		for way, start := range waysToWait(t, func() []string { return api.settings() }) {
			api = newLongList(t, false)
			api, call := api, start()
			t.Run(way+", token "+token, func(t *testing.T) {
				t.Parallel()
				w := call(token)
				if token != "" {
					w.next() // what was told before
				}
				eventually(t, "the API is asked for the third page", func() bool { return api.waiting.Load() > 0 })
				w.giveUp()
				eventually(t, "the request is given up", func() bool { return api.waiting.Load() == 0 })
				asked := api.asked.Load()
				api.open()
				if !strings.HasPrefix(way, "HTTP") {
					w.over()
				}
				again := call("")
				if _, answer := again.told(); !strings.Contains(answer, "Canary 1") {
					t.Errorf("the next call came to %s", answer)
				}
				if got := api.asked.Load(); got != asked+9 { // the first page a second time, to see whether the list changed
					t.Errorf("the API was asked for %d pages after that, and the next call takes 9", got-asked)
				}
			})
		}
	}
}

// TestReaderStops finds that a client which does not read does not keep a call
// from being carried out, nor the program from ending.
func TestReaderStops(t *testing.T) {
	t.Parallel()
	api := newLongList(t, false)
	c := talk(t, api.settings(), "stdio")
	c.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{` + listAll + `,"_meta":{"progressToken":1}}}`)
	eventually(t, "the API is asked for the third page", func() bool { return api.waiting.Load() > 0 })
	api.open()
	eventually(t, "all pages are read", func() bool { return api.asked.Load() >= 8 })
	c.stop()
	<-c.done
}

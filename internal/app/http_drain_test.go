package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestDrain finds that the program, told to stop, finishes the calls that run,
// ends the streams that wait for news, takes nothing new, and ends well.
func TestDrain(t *testing.T) {
	t.Parallel()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	var once sync.Once
	arrived, goOn := make(chan struct{}), make(chan struct{})
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/taxes" {
			once.Do(func() { close(arrived) }) // the page behind it is asked for as well
			<-goOn
		}
		inside.ServeHTTP(w, r)
	}))
	defer api.Close()
	h := separate(t, []string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + api.URL}, "--metrics-listen", "127.0.0.1:0")
	v := h.by()
	if a := v.told("get_context", `{}`); a.failed {
		t.Fatalf("got %+v", a)
	}
	body, header := v.request("subscriptions/listen", "", `"notifications":{}`)
	listening := h.stream(body, header...)
	defer listening.close()
	if listening.status != http.StatusOK {
		t.Fatalf("got %d", listening.status)
	}
	answers := make(chan said, 1)
	go func() { answers <- v.call("list_taxes", `{}`) }()
	<-arrived
	h.stop()
	listening.rest(t) // it ends
	eventually(t, "nothing new is taken", func() bool {
		conn, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.at("/healthz"), http.NoBody)
		if err != nil {
			return false
		}
		res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(conn)
		if err == nil {
			_ = res.Body.Close()
		}
		return err != nil
	})
	close(goOn)
	if a := (<-answers).answer(t); a.failed || a.structured["complete"] != true {
		t.Errorf("the call under way got %+v", a)
	}
	if code, rest := h.ended(); code != exitOK || rest != "" {
		t.Errorf("it ended with status %d and said %q; its log says\n%s", code, rest, h.log)
	}
}

// TestSessionQuestion finds that a client of an older revision is asked while
// its call waits, and that only a ticked box counts.
func TestSessionQuestion(t *testing.T) {
	t.Parallel()
	w := watch(t)
	h := separate(t, w.settings())
	l := h.earlier(`{"elicitation":{}}`)
	for _, reply := range []string{declined, unticked, cancelled, ticked} {
		call := l.open(3, "send_invoice", draftInvoice)
		asked := call.event(t)
		if member(t, asked, "method") != "elicitation/create" {
			t.Fatalf("got %s", asked)
		}
		if got := l.reply(asked, reply); got.status != http.StatusAccepted {
			t.Errorf("got %d %s", got.status, got.body)
		}
		last := call.event(t)
		if sent := strings.Contains(last, `"status":"Sent"`); sent != (reply == ticked) {
			t.Errorf("%s came to %s", reply, last)
		}
		call.close()
	}
	w.wrote("the end", "POST /v1/invoices/5268/send")
	h.end()
}

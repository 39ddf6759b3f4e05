package app

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// gated is a Fiskl whose answer to one write waits.
func gated(t *testing.T, path string) (w *watched, arrived, goOn chan struct{}) {
	t.Helper()
	w = &watched{t: t, inside: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})}
	arrived, goOn = make(chan struct{}), make(chan struct{})
	var once sync.Once
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && r.URL.Path == path {
			once.Do(func() { close(arrived) })
			<-goOn
		}
		w.ServeHTTP(rw, r)
	}))
	t.Cleanup(s.Close)
	w.url = s.URL
	return w, arrived, goOn
}

// TestBrokenPipe finds that a client which goes away in the middle of a write
// does not take the program with it: the write is carried out, and the journal
// says so.
func TestBrokenPipe(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs SIGPIPE, which Windows lacks")
	}
	const send = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"send_invoice","arguments":{"invoice":"INV-0150"}}}`
	const ping = `{"jsonrpc":"2.0","id":"ping","method":"ping"}`
	for name, end := range map[string]func(c *conversation, stop func(syscall.Signal)){
		"the signal alone":       func(_ *conversation, stop func(syscall.Signal)) { stop(syscall.SIGPIPE) },
		"the terminal goes away": func(_ *conversation, stop func(syscall.Signal)) { stop(syscall.SIGHUP) },
		"nobody reads": func(c *conversation, _ func(syscall.Signal)) {
			c.hangUp()
			c.send(ping) // the first answer may still be taken by the pipe
			c.send(ping)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, arrived, goOn := gated(t, "/v1/invoices/5268/send")
			state := t.TempDir()
			c, signal := launched(t, w.settings("FISKL_CONFIRM=off", "FISKL_STATE_DIR="+state), "stdio")
			c.send(send)
			<-arrived
			end(c, signal)
			close(goOn)
			if name != "nobody reads" {
				if got := c.receive(); !strings.Contains(got, `"id":1`) || strings.Contains(got, "isError") {
					t.Errorf("got %s", got)
				}
				_ = c.in.Close()
			}
			if code := <-c.done; code != exitOK && code != exitFailed {
				t.Errorf("it ended with status %d; its log says\n%s", code, c.log)
			}
			w.wrote("the end", "POST /v1/invoices/5268/send")
			told := try(t, w.settings("FISKL_STATE_DIR="+state), "", "call", "list_agent_actions")
			if !strings.Contains(told.out, "INV-0150") || !strings.Contains(told.out, "done") {
				t.Errorf("the journal says %+v", told)
			}
		})
	}
}

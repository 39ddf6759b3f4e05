package app

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// longList is a Fiskl that has so many clients that a list of them takes eight
// pages. It gives the first two at once, and the others when a test lets it.
type longList struct {
	url   string
	total bool // it says how many there are

	asked   atomic.Int32 // pages
	waiting atomic.Int32 // those that wait for the test
	arrives func()       // is called when one does; nil for nothing
	gate    chan struct{}
	opens   sync.Once
}

// clientsOfLongList are those of one. Its last page is not full.
const clientsOfLongList = 390

func clientOfLongList(id int) any {
	return map[string]any{"id": id, "name": "Canary " + strconv.Itoa(id), "archived": false}
}

func newLongList(t *testing.T, total bool) *longList {
	t.Helper()
	l := &longList{total: total, gate: make(chan struct{})}
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/clients":
			l.page(w, r)
		case "/v1/clients/388":
			_ = json.NewEncoder(w).Encode(clientOfLongList(388))
		default:
			inside.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	t.Cleanup(l.open)
	l.url = s.URL
	return l
}

func (l *longList) page(w http.ResponseWriter, r *http.Request) {
	l.asked.Add(1)
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	if page >= 2 {
		l.waiting.Add(1)
		defer l.waiting.Add(-1)
		if l.arrives != nil {
			l.arrives()
		}
		select {
		case <-l.gate:
		case <-r.Context().Done():
			return
		}
	}
	rows := []any{}
	for i := page * 50; i < min(page*50+50, clientsOfLongList); i++ {
		rows = append(rows, clientOfLongList(i+1))
	}
	var body any = rows
	if l.total {
		body = map[string]any{"content": rows, "totalElements": clientsOfLongList, "last": page == clientsOfLongList/50}
	}
	_ = json.NewEncoder(w).Encode(body)
}

// open lets it give every page.
func (l *longList) open() { l.opens.Do(func() { close(l.gate) }) }

func (l *longList) settings() []string {
	return []string{"FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_BASE_URL=" + l.url, "FISKL_RATE_LIMIT=0"}
}

// waited is a call whose client waits for more than the answer.
type waited struct {
	t      *testing.T
	next   func() string // the next message that belongs to it
	giveUp func()
	over   func() // fails if anything comes after the answer
}

// waits starts a call of list_clients, with a progress token if it is not empty.
type waits func(token string) waited

// waysToWait starts the program for each way of talking to it.
func waysToWait(t *testing.T, env func() []string) map[string]func() waits {
	t.Helper()
	all := make(map[string]func() waits)
	for era, modern := range eras() {
		all["stdio, "+era] = func() waits { return overStdio(meet(t, modern, asksNobody, env())) }
	}
	all["HTTP, 2026-07-28"] = func() waits { return overModernHTTP(receptive(t, env())) }
	all["HTTP, 2025-11-25"] = func() waits { return overEarlierHTTP(receptive(t, env())) }
	return all
}

const listAll = `"name":"list_clients","arguments":{"all":true}`

func overStdio(p *peer) waits {
	return func(token string) waited {
		p.calls++
		id := 100 + p.calls
		p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{%s,"_meta":{%s}}}`, id, listAll, metaWith(p.modern, token)))
		return waited{
			p.t, p.receive,
			func() {
				p.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`, id))
			},
			func() {
				p.told("list_taxes", `{}`) // its answer comes next
			},
		}
	}
}

func overModernHTTP(h *host) waits {
	v := h.by()
	return func(token string) waited {
		body, header := v.request("tools/call", "list_clients", listAll)
		w, stop := h.opening(strings.Replace(body, `"_meta":{`, `"_meta":{`+strings.TrimPrefix(metaWith(false, token)+",", ","), 1), header)
		w.giveUp = stop
		return w
	}
}

func overEarlierHTTP(h *host) waits {
	e := h.earlier(asksNobody)
	var calls atomic.Int32
	return func(token string) waited {
		id := 10 + calls.Add(1)
		w, _ := h.opening(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{%s,"_meta":{%s}}}`, id, listAll, metaWith(false, token)), e.header)
		w.giveUp = func() {
			e.post(fmt.Sprintf(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%d}}`, id))
		}
		return w
	}
}

// opening makes a call whose answer may be long in coming.
func (h *host) opening(body string, header []string) (w waited, stop func()) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(h.t.Context()), patience)
	h.t.Cleanup(stop)
	opened := make(chan *stream, 1)
	go func() {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, strings.NewReader(body))
		if err != nil {
			return
		}
		for i := 0; i < len(header); i += 2 {
			req.Header.Set(header[i], header[i+1])
		}
		if res, err := h.client.Do(req); err == nil {
			opened <- &stream{res.StatusCode, res.Body, bufio.NewReader(res.Body), stop}
		}
	}()
	s := sync.OnceValue(func() *stream { return <-opened })
	return waited{h.t, func() string { return s().message(h.t) }, stop, func() { s().ended(h.t) }}, stop
}

// metaWith are the members of _meta.
func metaWith(modern bool, token string) string {
	var members []string
	if modern {
		members = append(members, `"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}`)
	}
	if token != "" {
		members = append(members, `"progressToken":`+token)
	}
	return strings.Join(members, ",")
}

// message is the next message, whether it comes as an event or is all there is.
func (s *stream) message(t *testing.T) string {
	t.Helper()
	if start, err := s.lines.Peek(1); err == nil && start[0] == '{' {
		whole, err := io.ReadAll(s.lines)
		if err != nil {
			t.Fatal(err)
		}
		return string(whole)
	}
	return s.event(t)
}

// ended fails if anything comes any more.
func (s *stream) ended(t *testing.T) {
	t.Helper()
	if rest := s.rest(t); rest != "" {
		t.Errorf("after the answer came %s", rest)
	}
	s.close()
}

// told reads notifications of progress up to the answer to the call.
func (w waited) told() (all []progressed, answer string) {
	w.t.Helper()
	for {
		message := w.next()
		p, ok := readProgress(w.t, message)
		if !ok {
			return all, message
		}
		all = append(all, p)
	}
}

// progressed is a notification of progress.
type progressed struct {
	Token    json.RawMessage `json:"progressToken"`
	Progress int             `json:"progress"`
	Total    int             `json:"total"`
	Message  string          `json:"message"`
}

// readProgress reads one, if a message is one.
func readProgress(t *testing.T, message string) (progressed, bool) {
	t.Helper()
	var read struct {
		Method string     `json:"method"`
		Params progressed `json:"params"`
	}
	if err := json.Unmarshal([]byte(message), &read); err != nil {
		t.Fatalf("%v: %s", err, message)
	}
	return read.Params, read.Method == "notifications/progress"
}

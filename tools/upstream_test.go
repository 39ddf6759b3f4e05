package tools_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// deed is a write of the demo company's.
type deed struct {
	tool, args   string
	method, path string
	other        string // where a record of that kind is that has nothing to do with it
	again        bool   // it may be done again once it is done
}

func deeds() []deed {
	const draft, sent = "/v1/invoices/5262", "/v1/invoices/5253"
	return []deed{
		{"send_invoice", `{"invoice":"INV-0148"}`, http.MethodPost, draft + "/send", "/v1/invoices/5241", false},
		{"mark_invoice_paid", `{"invoice":"INV-0145"}`, http.MethodPost, sent + "/mark-paid", "/v1/invoices/5241", false},
		{"record_payment", `{"invoice":"INV-0141","amount":"600"}`, http.MethodPost, "/v1/payments", "/v1/payments/8601", false},
		{"create_invoice", `{"client":"Acme Ltd","items":[{"name":"Hours","quantity":"2","price":"50"}]}`, http.MethodPost, "/v1/invoices", "/v1/invoices/5241", false},
		{"create_client", `{"name":"Zed Ltd"}`, http.MethodPost, "/v1/clients", "/v1/clients/1035", true},
		{"create_product", `{"name":"Zed","type":"service","price":"40"}`, http.MethodPost, "/v1/products", "/v1/products/3013", true},
		{"update_client", `{"client":"1024","phone":"+44 20 7946 0999"}`, http.MethodPut, "/v1/clients/1024", "/v1/clients/1035", true},
	}
}

// upstream is a sandbox behind something that answers one write of each kind in
// its own way.
type upstream struct {
	inside inprocess.Transport
	way    upstreamWay

	mu    sync.Mutex
	now   time.Time
	met   map[string]bool // paths
	done  map[string]int  // how often each was carried out
	owing []*http.Request // that are carried out later
}

func (u *upstream) Now() time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.now
}

// wait lets time pass, and arrive what is under way.
func (u *upstream) wait(t *testing.T, d time.Duration) {
	t.Helper()
	u.mu.Lock()
	owing := u.owing
	u.owing, u.now = nil, u.now.Add(d/2)
	u.mu.Unlock()
	for _, req := range owing {
		if _, err := u.carryOut(req); err != nil {
			t.Fatal(err)
		}
	}
	u.mu.Lock()
	u.now = u.now.Add(d / 2)
	u.mu.Unlock()
}

func (u *upstream) RoundTrip(req *http.Request) (*http.Response, error) {
	d := deedAt(req)
	u.mu.Lock()
	meets := d != nil && !u.met[req.URL.Path]
	if meets {
		u.met[req.URL.Path] = true
	}
	u.mu.Unlock()
	switch {
	case d == nil:
		return u.inside.RoundTrip(req)
	case !meets:
		return u.carryOut(req)
	default:
		return u.spoil(req, d)
	}
}

func deedAt(req *http.Request) *deed {
	for _, d := range deeds() {
		if req.Method == d.method && req.URL.Path == d.path {
			return &d
		}
	}
	return nil
}

// carryOut does what is asked, and counts what was made anew.
func (u *upstream) carryOut(req *http.Request) (*http.Response, error) {
	res, err := u.inside.RoundTrip(req)
	if err == nil && (res.StatusCode == http.StatusCreated || res.StatusCode == http.StatusOK && !strings.HasSuffix(req.URL.Path, "/invoices")) {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.done[req.URL.Path]++
	}
	return res, err
}

// spoil answers in the way that is tried.
func (u *upstream) spoil(req *http.Request, d *deed) (*http.Response, error) {
	p := &posted{req: req}
	var sent []byte
	var err error
	if req.Body != nil {
		if sent, err = io.ReadAll(req.Body); err != nil {
			return nil, err
		}
	}
	whole := req.Clone(context.WithoutCancel(req.Context()))
	whole.Body = io.NopCloser(bytes.NewReader(sent))
	switch {
	case u.way.does:
		if p.made, err = u.carryOut(whole); err != nil {
			return nil, err
		}
		p.body, err = io.ReadAll(p.made.Body)
	case u.way.later:
		u.mu.Lock()
		u.owing = append(u.owing, whole)
		u.mu.Unlock()
	}
	if err != nil {
		return nil, err
	}
	look, err := http.NewRequestWithContext(req.Context(), http.MethodGet, "http://127.0.0.1"+d.other, http.NoBody)
	if err != nil {
		return nil, err
	}
	look.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	other, err := u.inside.RoundTrip(look)
	if err == nil {
		p.other, err = io.ReadAll(other.Body)
	}
	if err != nil {
		return nil, err
	}
	return u.way.answer(p)
}

func (u *upstream) times(path string) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.done[path]
}

// toldAs is what an answer says of how a write ended.
func toldAs(a tools.Answer) string {
	switch {
	case a.Err == nil, strings.HasPrefix(a.Text, "Done, but"):
		return isDone
	case strings.HasPrefix(a.Text, "Not done, nothing was changed: "):
		return isRefused
	case strings.HasPrefix(a.Text, "Outcome unknown: "):
		return isUnknown
	default:
		return "in no way that is known"
	}
}

// journaled is what the journal says of the last write.
func journaled(t *testing.T, c *tools.Catalog) string {
	t.Helper()
	var list schemas.ActionList
	if err := json.Unmarshal(call(t, c, "list_agent_actions", `{"limit":1}`).Structured, &list); err != nil || len(list.Rows) != 1 {
		t.Fatalf("got %+v and error %v", list, err)
	}
	said, known := map[string]string{"done": isDone, "already existed": isDone, "not done": isRefused, "unknown": isUnknown}[list.Rows[0].Outcome]
	if !known {
		return list.Rows[0].Outcome
	}
	return said
}

// TestUpstream answers every kind of write in every way there is. However it is
// answered, what is told, what is written down, what the books hold and what a
// second call does agree.
func TestUpstream(t *testing.T) {
	t.Parallel()
	ways := silent()
	maps.Copy(ways, refusals())
	maps.Copy(ways, records())
	for _, name := range slowtest.Of(5, slices.Sorted(maps.Keys(ways))) {
		one := ways[name]
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := &upstream{way: one, now: present(), met: make(map[string]bool), done: make(map[string]int)}
			u.inside = inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: u.Now, Like: demoCompany})}
			c := wired(t, u, sandbox.KeyOwner, "", tools.Options{Mode: "sandbox", Confirm: tools.ConfirmOff, Now: u.Now})
			for _, d := range deeds() {
				d.try(t, u, c)
			}
		})
	}
}

// try has the deed done, and done again.
func (d deed) try(t *testing.T, u *upstream, c *tools.Catalog) {
	t.Helper()
	first := call(t, c, d.tool, d.args)
	told, times := toldAs(first), u.times(d.path)
	if told != u.way.want && !d.allows(told) {
		t.Errorf("%s: told %q, want %s", d.tool, first.Text, u.way.want)
	}
	if written := journaled(t, c); written != told {
		t.Errorf("%s: told %s, and the journal says %s", d.tool, told, written)
	}
	if told == isDone && times != 1 || told == isRefused && times != 0 {
		t.Errorf("%s: told %q, and it was carried out %d times", d.tool, first.Text, times)
	}
	if told == isDone && d.tool == "create_invoice" && (strings.Contains(first.Text, "already_existed\ttrue") || strings.Contains(first.Text, "\ntotal\t0.00")) {
		t.Errorf("%s: told %q of a new one", d.tool, first.Text)
	}
	if told == u.way.want && !strings.Contains(first.Text, u.way.says) {
		t.Errorf("%s: told %q, want %q in it", d.tool, first.Text, u.way.says)
	}
	d.repeat(t, u, c, told)
}

// repeat calls again at once, and again when it is known what became of it.
func (d deed) repeat(t *testing.T, u *upstream, c *tools.Catalog, told string) {
	t.Helper()
	if told == isDone && d.again {
		return // nothing stands in the way of another one
	}
	second := call(t, c, d.tool, d.args)
	if told == isRefused && (second.Err != nil || u.times(d.path) != 1) {
		t.Errorf("%s: told %q the second time, and it was carried out %d times, want it done once", d.tool, second.Text, u.times(d.path))
	}
	if told != isUnknown {
		if n := u.times(d.path); n != 1 {
			t.Errorf("%s: told %q the second time, and it was carried out %d times", d.tool, second.Text, n)
		}
		return
	}
	u.wait(t, 3*time.Minute)
	was := u.times(d.path)
	third := call(t, c, d.tool, d.args)
	if n := u.times(d.path); n != 1 && (!d.again || was != 1) {
		t.Errorf("%s: told %q, then %q, and it was carried out %d times", d.tool, second.Text, third.Text, n)
	}
	if was == 0 && third.Err != nil {
		t.Errorf("%s: told %q of what was never carried out", d.tool, third.Text)
	}
}

// allows are answers that are as true as the one that is wanted.
func (d deed) allows(told string) bool {
	switch d.tool {
	case "create_invoice": // it is tried again by the client, and found by its reference
		return told == isDone || told == isUnknown
	default:
		return false
	}
}

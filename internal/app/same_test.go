package app

import (
	"cmp"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// connection is one in one era: to the shared endpoint, or to standard input
// and output instead.
type connection struct {
	modern bool
	http   *visitor
	header []string      // of a session of the older era
	stdio  *conversation // instead
}

// ask says a request and returns its answer.
func (w connection) ask(method, name, params string) said {
	if w.stdio == nil && w.modern {
		return w.http.post(method, name, params)
	}
	body := `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":{` + params + `}}`
	if w.stdio == nil {
		return w.http.send(http.MethodPost, w.http.url, body, w.header...)
	}
	if w.modern {
		body, _ = w.http.request(method, name, params)
	}
	w.stdio.send(body)
	return said{http.StatusOK, nil, w.stdio.receive()}
}

// connections are the two.
func connections(t *testing.T, modern bool, env ...string) (plain, stdio connection) {
	t.Helper()
	h := receptive(t, env, "--sandbox")
	v := h.by()
	plain = connection{modern: modern, http: &v}
	talks := talk(t, env, "stdio", "--sandbox")
	if !modern {
		plain.header = h.earlier(asksPeople).header
		talks.send(`{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"test","version":"1"}}}`)
		talks.receive()
		talks.send(`{"jsonrpc":"2.0","method":"notifications/initialized"}`)
	}
	stdio = plain
	stdio.stdio = talks
	return plain, stdio
}

// TestSameAnswers finds that the shared endpoint says word for word what
// standard input and output say: in both eras, to credentials that may do more
// and less, of every tool that only reads, whether it can be done or not.
func TestSameAnswers(t *testing.T) {
	t.Parallel()
	for _, key := range []string{sandbox.KeyOwner, sandbox.KeyInvoiceOnly} {
		for era, modern := range eras() {
			t.Run(key+" "+era, func(t *testing.T) {
				t.Parallel()
				plain, stdio := connections(t, modern, "FISKL_API_KEY="+key, "FISKL_CALLER_RATE=10000")
				for _, r := range requests(t) {
					got := plain.ask(r.method, r.name, r.params)
					r.same(t, "standard input and output", got, stdio.ask(r.method, r.name, r.params))
				}
			})
		}
	}
}

// asking is a request that is made more than one way.
type asking struct{ method, name, params string }

// requests are the list of tools, and calls of all that only read: some that
// can be done, and some that cannot.
func requests(t *testing.T) []asking {
	t.Helper()
	all := []asking{{method: "tools/list"}}
	call := func(name string, params string) {
		all = append(all, asking{"tools/call", name, strings.Trim(fmt.Sprintf(`"name":%q,%s`, name, params), ",")})
	}
	for name, good := range readings(t) {
		for _, args := range append(good, `{"nonsense":{"a":[1]}}`, `[]`, `null`, `{"client":"Nobody & <sons>"}`, `{"limit":"many"}`) {
			call(name, `"arguments":`+args)
		}
		call(name, "")
	}
	call("get_money", `"arguments":{}`)
	call("get_invoice", `"arguments":{"invoice":"999999"}`)
	call("list_invoices", `"arguments":{"status":"lost"}`)
	return all
}

// readings are arguments for every tool that only reads, from the scenario that
// other clients play.
func readings(t *testing.T) map[string][]string {
	t.Helper()
	type step struct {
		Tool      string          `json:"tool"`
		Arguments json.RawMessage `json:"arguments"`
		Inspector *struct {
			Arguments json.RawMessage `json:"arguments"`
		} `json:"inspector"`
	}
	var scenario struct {
		Steps []step `json:"steps"`
	}
	if err := json.Unmarshal([]byte(read(t, "../../test/clients/scenario.json")), &scenario); err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]string)
	for _, r := range readers(t) {
		for _, s := range scenario.Steps {
			if s.Inspector != nil {
				s.Arguments = s.Inspector.Arguments
			}
			if s.Tool == r.Name && !strings.Contains(string(s.Arguments), "$") {
				all[r.Name] = append(all[r.Name], cmp.Or(string(s.Arguments), "{}"))
			}
		}
		if len(all[r.Name]) == 0 {
			t.Errorf("the scenario has no call of %s", r.Name)
		}
	}
	return all
}

// readers are all tools that only read, but for those that write files: each
// file has an address of its own.
func readers(t *testing.T) []tools.Tool {
	t.Helper()
	return slices.DeleteFunc(slices.Clone(made(t).All()), func(t tools.Tool) bool {
		return t.Effect != tools.Read || t.Toolset == "exports"
	})
}

// made is the demo company's books.
func made(t *testing.T) company.Companies {
	t.Helper()
	cfg, err := config.Read(environment{env: []string{"FISKL_SANDBOX=1"}, now: present}.outside(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := company.Open(cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// same compares two answers to a request: word for word but for what is made
// anew each time, and the headers that matter where both came over HTTP.
func (r asking) same(t *testing.T, who string, got, want said) {
	t.Helper()
	message := func(s said) any { return member(t, sealed().ReplaceAllString(s.message(), "${1}TOKEN")) }
	if g, w := message(got), message(want); !reflect.DeepEqual(g, w) || g == nil {
		t.Errorf("%s %s: got %s; %s says %s", r.method, r.params, got.body, who, want.body)
	}
	if want.header == nil {
		return
	}
	for _, h := range []http.Header{got.header, want.header} {
		maps.DeleteFunc(h, func(name string, _ []string) bool {
			return slices.Contains([]string{"Date", "X-Request-Id", "Content-Length"}, name)
		})
	}
	if got.status != want.status || !reflect.DeepEqual(got.header, want.header) {
		t.Errorf("%s %s: got %d %v; %s says %d %v", r.method, r.params, got.status, got.header, who, want.status, want.header)
	}
}

// TestCancel finds that a call ends when it is cancelled or its connection is
// closed, and with it the request to the API.
func TestCancel(t *testing.T) {
	t.Parallel()
	url, asked := hung(t, "/v1/clients")
	h := receptive(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_BASE_URL=" + url, "FISKL_RATE_LIMIT=0"})
	l := h.earlier(`{}`)
	answered := make(chan said, 1)
	go func() {
		answered <- l.post(`{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"list_clients","arguments":{}}}`)
	}()
	<-asked
	l.post(`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":5}}`)
	if got := (<-answered).answer(t); !got.failed || !strings.Contains(got.text, "cancelled") {
		t.Errorf("got %+v", got)
	}
	h.end()
}

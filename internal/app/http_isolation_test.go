package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// actor is a client of one company, who does things at random.
type actor struct {
	visitor
	tenancy

	other tenancy
	n     *rand.Rand
	taken *loot
}

// loot are tokens and sessions that callers were given, by whose they are.
type loot struct {
	mu  sync.Mutex
	all map[string][]string
}

func (l *loot) add(mark, token string) {
	if token == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[mark] = append(l.all[mark], token)
}

func (l *loot) any(n *rand.Rand, mark string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all[mark]) == 0 {
		return "fc_none"
	}
	return l.all[mark][n.IntN(len(l.all[mark]))]
}

// see fails when an answer has a word of the other company in it, and gives it
// back.
func (a actor) see(doing string, got said) said {
	a.t.Helper()
	whole := fmt.Sprint(got.header) + got.body
	if strings.Contains(whole, a.other.mark) || strings.Contains(whole, a.other.key) {
		a.t.Errorf("%s was shown %s by %s: %s", a.mark, a.other.mark, doing, whole)
	}
	if !strings.Contains(got.body, "result") && got.status != http.StatusNotFound {
		a.t.Errorf("%s: %s came to %d %s", a.mark, doing, got.status, got.body)
	}
	return got
}

func (a actor) do(tool, args string, more ...string) said {
	a.t.Helper()
	return a.see(tool+" "+args, a.call(tool, args, more...))
}

func (a actor) step() {
	name := fmt.Sprintf("%s client %d", a.mark, a.n.IntN(4))
	line := fmt.Sprintf(`{"client":%q,"items":[{"name":"%s item","quantity":%d,"price":"10.00"}]}`, name, a.mark, 1+a.n.IntN(9))
	steps := []func(){
		func() { a.do("list_clients", `{"search":"client"}`) },
		func() { a.do("list_invoices", `{"limit":5}`) },
		func() { a.do("list_agent_actions", `{}`) },
		func() { a.do("get_client", fmt.Sprintf(`{"client":%q}`, name)) },
		func() { a.do("get_client", fmt.Sprintf(`{"client":"%s client 0"}`, strings.ToLower(a.mark))) },
		func() {
			a.do("create_product", fmt.Sprintf(`{"name":"%s product %d","type":"Service","price":"5.00"}`, a.mark, a.n.Int()))
		},
		func() { a.do("list_products", `{}`) },
		func() { a.do("get_context", `{}`) },
		func() { a.do("list_changes", `{"limit":5}`) },
		func() { a.preview(line) },
		func() { a.pay() },
		func() { a.steal(line) },
		a.hangUp,
		func() { a.see("a list of tools", a.post("tools/list", "", "")) },
	}
	steps[a.n.IntN(len(steps))]()
}

// preview previews an invoice and creates it.
func (a actor) preview(line string) {
	preview := structured(a.do("preview_invoice", line), "preview_token")
	a.taken.add(a.mark, preview)
	a.do("create_invoice", fmt.Sprintf(`{"preview_token":%q,"external_id":"%s-%d"}`, preview, a.mark, a.n.Int()))
}

// pay pays a little of an invoice, asked one way or the other.
func (a actor) pay() {
	args := fmt.Sprintf(`"invoice":"INV-0144","amount":"0.%02d","allow_duplicate":true`, 1+a.n.IntN(50))
	if a.n.IntN(2) == 0 {
		a.declares = asksNobody
		token := structured(a.do("record_payment", "{"+args+"}"), "confirm_token")
		a.taken.add(a.mark, token)
		a.do("record_payment", fmt.Sprintf(`{%s,"confirm_token":%q}`, args, token))
		return
	}
	var read struct {
		Result struct {
			RequestState string `json:"requestState"`
		} `json:"result"`
	}
	_ = json.Unmarshal([]byte(a.do("record_payment", "{"+args+"}").message()), &read) // empty then
	a.taken.add(a.mark, read.Result.RequestState)
	a.do("record_payment", "{"+args+"}", replies(read.Result.RequestState)...)
}

// steal uses what was sealed for the other company.
func (a actor) steal(line string) {
	stolen := a.taken.any(a.n, a.other.mark)
	var got said
	switch a.n.IntN(3) {
	case 0:
		got = a.do("create_invoice", strings.Replace(line, "{", fmt.Sprintf(`{"preview_token":%q,`, stolen), 1))
	case 1:
		got = a.do("record_payment", `{"invoice":"INV-0144","amount":"0.77"}`, replies(stolen)...)
	default:
		a.declares = asksNobody
		got = a.do("record_payment", fmt.Sprintf(`{"invoice":"INV-0144","amount":"0.77","confirm_token":%q}`, stolen))
	}
	if !strings.Contains(got.body, "Not done, nothing was changed: ") {
		a.t.Errorf("%s used what was %s's: %s", a.mark, a.other.mark, got.body)
	}
}

// hangUp breaks a call off, and tells the server to break off others' too.
func (a actor) hangUp() {
	body, header := a.request("tools/call", "list_invoices", `"name":"list_invoices","arguments":{"all":true}`)
	conn := dialled(a.t, a.url)
	var b bytes.Buffer
	fmt.Fprintf(&b, "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %s\r\n", strconv.Itoa(len(body)))
	for i := 0; i < len(header); i += 2 {
		fmt.Fprintf(&b, "%s: %s\r\n", header[i], header[i+1])
	}
	_, _ = io.WriteString(conn, b.String()+"\r\n"+body) // it is hung up anyway
	_ = conn.Close()
	a.send(http.MethodPost, a.url, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`,
		append(a.header, "Content-Type", "application/json", "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "notifications/cancelled")...)
}

// structured is a text of an answer's structured part; empty if there is none.
func structured(got said, name string) string {
	var read struct {
		Result struct {
			StructuredContent map[string]any `json:"structuredContent"`
		} `json:"result"`
	}
	_ = json.Unmarshal([]byte(got.message()), &read) // empty then
	text, _ := read.Result.StructuredContent[name].(string)
	return text
}

// TestTwoCompanies has many clients of two companies do everything at once,
// hang up, and use what was sealed for the other. No word of the one comes to
// the other: not in answers, nor errors, nor tokens, nor the journal.
func TestTwoCompanies(t *testing.T) {
	t.Parallel()
	const clients, steps = 4, 40
	url, all := tenancies(t, "Albatross", "Bramble")
	h := receptive(t, []string{"FISKL_BASE_URL=" + url, "FISKL_RATE_LIMIT=0"}, "--auth", "header",
		"--caller-rate", "0", "--caller-concurrency", "off", "--max-payments-per-day", "off", "--log-level", "debug")
	seed := rand.Uint64()
	t.Logf("the seed is %d", seed)
	taken := &loot{all: make(map[string][]string)}
	var busy sync.WaitGroup
	for i, one := range all {
		a := actor{visitor: h.by("X-Fiskl-Api-Key", one.key), tenancy: one, other: all[1-i], taken: taken}
		a.n = rand.New(rand.NewPCG(seed, 100))
		for n := range 4 {
			a.do("create_client", fmt.Sprintf(`{"name":"%s client %d","email":"%s%d@example.com"}`, one.mark, n, one.mark, n))
		}
		for n := range clients {
			mine := a
			mine.n = rand.New(rand.NewPCG(seed, uint64(i*clients+n)))
			busy.Go(func() {
				for range steps {
					mine.step()
				}
			})
		}
	}
	busy.Wait()
	h.end()
	if strings.Contains(h.log.String(), "Albatross") || strings.Contains(h.log.String(), "Bramble") {
		t.Error("the log names them")
	}
	for i, one := range all {
		files, err := filepath.Glob(filepath.Join(h.state, "fiskl-mcp", "journal", fmt.Sprintf("*-%d.jsonl", 811+i)))
		if err != nil || len(files) != 1 {
			t.Fatalf("the journals are %q, %v", files, err)
		}
		journal := read(t, files[0])
		if !strings.Contains(journal, one.mark) || strings.Contains(journal, all[1-i].mark) {
			t.Errorf("the journal of %s says\n%s", one.mark, journal)
		}
		if callers := callersOf(journal); len(callers) != 1 {
			t.Errorf("the journal of %s has the callers %v", one.mark, callers)
		}
		books := exchanged(t, one.inside, "/v1/clients?size=100") + exchanged(t, one.inside, "/v1/products?size=100") + exchanged(t, one.inside, "/v1/audit?size=100")
		if !strings.Contains(books, one.mark) || strings.Contains(books, all[1-i].mark) {
			t.Errorf("the books of %s have a word of the other", one.mark)
		}
	}
}

// callersOf are those who made the changes that a journal tells of.
func callersOf(journal string) map[string]bool {
	all := make(map[string]bool)
	for line := range strings.Lines(journal) {
		var entry struct {
			Event  string `json:"event"`
			Caller string `json:"caller"`
		}
		if json.Unmarshal([]byte(line), &entry) == nil && entry.Event == "begin" {
			all[entry.Caller] = true
		}
	}
	return all
}

// exchanged asks a company behind the program's back.
func exchanged(t *testing.T, inside *sandbox.Server, path string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	w := httptest.NewRecorder()
	inside.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

package app

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// TestHeader finds that a caller's own key is looked up once and decides what
// the caller may do, and that an unknown one gets nowhere.
func TestHeader(t *testing.T) {
	t.Parallel()
	api := moodyAPI(t)
	h := receptive(t, []string{"FISKL_BASE_URL=" + api.url, "FISKL_RATE_LIMIT=0"}, "--auth", "header")
	const unknown = "fsk_canaryUnknown123"
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			got := h.by("X-Fiskl-Api-Key", unknown).call("get_context", `{}`)
			if got.status != http.StatusUnauthorized || !strings.Contains(got.body, "Fiskl does not know this API key") || strings.Contains(got.body, "canary") {
				t.Errorf("got %d %s", got.status, got.body)
			}
		})
	}
	all.Wait()
	if got := h.bearing(unknown).call("get_context", `{}`); got.status != http.StatusUnauthorized {
		t.Errorf("as a bearer token: got %d %s", got.status, got.body)
	}
	if asked := api.asked.Swap(0); asked != 1 {
		t.Errorf("Fiskl was asked about it %d times", asked)
	}
	for name, header := range map[string][]string{
		"nothing":      nil,
		"no key":       {"Authorization", "Bearer secret"},
		"basic":        {"Authorization", "Basic YTpi"},
		"a short key":  {"X-Fiskl-Api-Key", " "},
		"another word": {"X-Api-Key", sandbox.KeyOwner},
	} {
		got := h.by(header...).call("get_context", `{}`)
		challenge := got.header.Get("WWW-Authenticate")
		if got.status != http.StatusUnauthorized || !strings.HasPrefix(challenge, "Bearer ") || strings.Contains(challenge, "metadata") || member(t, got.body, "error") == nil {
			t.Errorf("%s: got %d %q %s", name, got.status, challenge, got.body)
		}
	}
	if asked := api.asked.Swap(0); asked != 0 {
		t.Errorf("Fiskl was asked %d times about what is no key", asked)
	}
	owner, reader := h.by("X-Fiskl-Api-Key", sandbox.KeyOwner), h.bearing(sandbox.KeyReadOnly)
	if a := owner.told("get_context", `{}`); a.failed {
		t.Errorf("got %+v", a)
	}
	if !slices.Contains(owner.tools(), "create_invoice") || slices.Contains(reader.tools(), "create_invoice") || !slices.Contains(reader.tools(), "get_invoice") {
		t.Errorf("the owner is offered %q, the reader %q", owner.tools(), reader.tools())
	}
	reader.told("create_client", `{"name":"Quayside"}`).undone(t, "client.write")
	h.end()
}

// TestHeaderSilence finds that while Fiskl does not answer nobody new is let
// in or refused for good.
func TestHeaderSilence(t *testing.T) {
	t.Parallel()
	api := moodyAPI(t)
	h := receptive(t, []string{"FISKL_BASE_URL=" + api.url}, "--auth", "header")
	owner := h.by("X-Fiskl-Api-Key", sandbox.KeyOwner)
	api.status.Store(http.StatusInternalServerError)
	if got := owner.call("get_context", `{}`); got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Errorf("got %d %s", got.status, got.body)
	}
	api.status.Store(http.StatusForbidden) // a key that may not even ask
	if got := owner.call("get_context", `{}`); got.status != http.StatusOK {
		t.Errorf("got %d %s", got.status, got.body)
	}
	h.end()
}

// TestStatic finds that a token's right decides what may be done with the
// server's key, and that the file is read anew when it changes.
func TestStatic(t *testing.T) {
	t.Parallel()
	w := watch(t)
	file := tokensFile(t, "anna", "rw", "ben", "ro")
	h := receptive(t, w.settings(), "--auth", "static", "--access-tokens-file", file)
	anna, ben, cara := h.bearing("token-of-anna"), h.bearing("token-of-ben"), h.bearing("token-of-cara")
	if got := cara.call("get_context", `{}`); got.status != http.StatusUnauthorized {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if got := h.by("X-Fiskl-Api-Key", sandbox.KeyOwner).call("get_context", `{}`); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "access tokens, not Fiskl API keys") {
		t.Errorf("got %d %s", got.status, got.body)
	}
	if !slices.Contains(anna.tools(), "record_payment") {
		t.Errorf("anna is offered %q", anna.tools())
	}
	p, err := company.Open(config.Config{Companies: []config.Company{{Sandbox: true}}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range ben.tools() {
		if tool, ok := p.Find(name); !ok || tool.Effect != tools.Read {
			t.Errorf("ben is offered %s", name)
		}
	}
	for tool, args := range map[string]string{
		"create_client": `{"name":"Quayside"}`, "send_invoice": draftInvoice, "record_payment": partPayment,
		"mark_invoice_paid": `{"invoice":"INV-0144"}`, "update_invoice": `{"invoice":"INV-0150","notes":"x"}`,
		"create_invoice": oneLine, "request_feature": `{"title":"x","description":"y"}`,
	} {
		if a := ben.told(tool, args); !a.failed || !strings.Contains(a.text, "not offered: this access token may only read") {
			t.Errorf("%s: got %+v", tool, a)
		}
	}
	w.wrote("by ben")
	if a := ben.told("get_context", `{}`); a.failed || !strings.Contains(a.text, "read-only") {
		t.Errorf("got %+v", a)
	}
	if a := anna.told("create_client", `{"name":"Quayside"}`); a.failed {
		t.Errorf("got %+v", a)
	}
	w.wrote("by anna", "POST /v1/clients")

	writeTokens(t, file, "ben", "rw", "cara", "ro")
	eventually(t, "the changed file is read", func() bool { return cara.call("get_context", `{}`).status == http.StatusOK })
	if got := anna.call("get_context", `{}`); got.status != http.StatusUnauthorized {
		t.Errorf("anna is gone, and got %d", got.status)
	}
	if a := ben.told("create_client", `{"name":"Quayside Two"}`); a.failed {
		t.Errorf("ben may write now, and got %+v", a)
	}
	w.wrote("by ben, who may now", "POST /v1/clients", "POST /v1/clients")

	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the open file is refused", func() bool {
		return cara.call("get_context", `{}`).status == http.StatusOK && strings.Contains(h.log.String(), "can be read by others")
	})
	h.end()
}

const oneLine = `{"client":"Northwind Bakery","items":[{"name":"Canary","quantity":1,"price":"10.00"}]}`

// eventually waits until something holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("it never comes to it that %s", what)
		}
		wait := time.NewTimer(50 * time.Millisecond)
		<-wait.C
	}
}

// TestForeignTokens finds that what was sealed for one caller is no good for
// another, though both work with the same key on the same books.
func TestForeignTokens(t *testing.T) {
	t.Parallel()
	w := watch(t)
	h := receptive(t, w.settings(), "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "rw"))
	anna, ben := h.bearing("token-of-anna"), h.bearing("token-of-ben")
	state := anna.asks("send_invoice", draftInvoice)
	preview, _ := anna.told("preview_invoice", oneLine).structured["preview_token"].(string)
	anna.declares = asksNobody
	confirm := anna.told("record_payment", partPayment).token(t)
	anna.declares = asksPeople

	ben.told("send_invoice", draftInvoice, replies(state)...).undone(t, "another")
	ben.told("create_invoice", `{"preview_token":"`+preview+`"}`).undone(t, "another")
	ben.told("create_invoice", strings.Replace(oneLine, "{", `{"preview_token":"`+preview+`",`, 1)).undone(t, "another")
	ben.declares = asksNobody
	ben.told("record_payment", `{"invoice":"INV-0144","amount":"100.00","confirm_token":"`+confirm+`"}`).undone(t, "another")
	w.wrote("by ben")

	if a := anna.told("send_invoice", draftInvoice, replies(state)...); a.failed {
		t.Errorf("got %+v", a)
	}
	if a := anna.told("create_invoice", `{"preview_token":"`+preview+`"}`); a.failed {
		t.Errorf("got %+v", a)
	}
	anna.declares = asksNobody
	if a := anna.told("record_payment", `{"invoice":"INV-0144","amount":"100.00","confirm_token":"`+confirm+`"}`); a.failed {
		t.Errorf("got %+v", a)
	}
	w.wrote("by anna", "POST /v1/invoices/5268/send", "POST /v1/invoices", "POST /v1/payments")
	h.end()
	journals := kept(t, filepath.Join(h.state, "fiskl-mcp", "journal"))
	if got := strings.Count(journals, `"caller":"token:anna"`); got != 3 || strings.Contains(journals, "token:ben") {
		t.Errorf("the journal says:\n%s", journals)
	}
}

// TestForeignSession finds that the session of an older revision is its
// caller's alone, and good for any process with the same state folder.
func TestForeignSession(t *testing.T) {
	t.Parallel()
	env := []string{"FISKL_STATE_DIR=" + t.TempDir()}
	file := tokensFile(t, "anna", "rw", "ben", "rw")
	one := receptive(t, env, "--sandbox", "--auth", "static", "--access-tokens-file", file)
	two := receptive(t, env, "--sandbox", "--auth", "static", "--access-tokens-file", file)
	json := []string{"Content-Type", "application/json", "Accept", "application/json, text/event-stream"}
	hello := one.send(http.MethodPost, one.url, `{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`,
		append(json, "Authorization", "Bearer token-of-anna")...)
	session := hello.header.Get("Mcp-Session-Id")
	if hello.status != http.StatusOK || session == "" {
		t.Fatalf("got %d %s", hello.status, hello.body)
	}
	for name, c := range map[string]struct {
		at     *host
		token  string
		status int
	}{
		"the caller's own":      {one, "token-of-anna", http.StatusOK},
		"on the other replica":  {two, "token-of-anna", http.StatusOK},
		"somebody else's":       {one, "token-of-ben", http.StatusNotFound},
		"likewise on the other": {two, "token-of-ben", http.StatusNotFound},
		"a stranger's":          {one, "token-of-cara", http.StatusUnauthorized},
	} {
		got := c.at.send(http.MethodPost, c.at.url, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_taxes","arguments":{}}}`,
			append(json, "Authorization", "Bearer "+c.token, "Mcp-Session-Id", session, "MCP-Protocol-Version", "2025-11-25")...)
		if got.status != c.status {
			t.Errorf("%s: got %d %s", name, got.status, got.body)
		}
	}
	one.end()
	two.end()
}

// TestSharedCallers finds that two processes with one state folder know a
// caller by the same name, and two with their own do not.
func TestSharedCallers(t *testing.T) {
	t.Parallel()
	who := func(dir string) string {
		w := watch(t)
		h := receptive(t, []string{"FISKL_BASE_URL=" + w.url, "FISKL_STATE_DIR=" + dir}, "--auth", "header")
		if a := h.bearing(sandbox.KeyOwner).told("create_client", `{"name":"Quayside"}`); a.failed {
			t.Errorf("got %+v", a)
		}
		h.end()
		for line := range strings.Lines(kept(t, filepath.Join(dir, "journal"))) {
			var entry struct {
				Caller string `json:"caller"`
			}
			if json.Unmarshal([]byte(line), &entry) == nil && entry.Caller != "" {
				if err := os.RemoveAll(filepath.Join(dir, "journal")); err != nil {
					t.Fatal(err)
				}
				return entry.Caller
			}
		}
		t.Fatal("the journal names no caller")
		return ""
	}
	dir := t.TempDir()
	first, second, elsewhere := who(dir), who(dir), who(t.TempDir())
	if first != second || first == elsewhere || !strings.HasPrefix(first, "key:") {
		t.Errorf("got %s and %s, elsewhere %s", first, second, elsewhere)
	}
}

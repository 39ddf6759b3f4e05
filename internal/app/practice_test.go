package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// firm is one company's Fiskl over HTTP, which takes this company's key and no
// other, and has a client whom no other company may hear of.
type firm struct {
	name, key, client string

	more string // in its table of the settings file

	inside *sandbox.Server
	url    string
}

func newFirm(t *testing.T, name string, seed uint64) firm {
	t.Helper()
	f := firm{name: name, key: "fsk_keyOf" + name, client: "Canary of " + strings.ToUpper(name)}
	f.inside = sandbox.New(sandbox.Options{Now: present, Seed: seed, Empty: true})
	door := func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Authorization"); got != "Bearer "+f.key {
			t.Errorf("%s was asked with another key", name)
		}
		r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
		f.inside.ServeHTTP(w, r)
	}
	s := httptest.NewServer(http.HandlerFunc(door))
	t.Cleanup(s.Close)
	f.url = s.URL
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/v1/clients", strings.NewReader(`{"name":"`+f.client+`"}`))
	r.Header.Set("Authorization", "Bearer "+f.key)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	door(w, r)
	if w.Code >= http.StatusBadRequest {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return f
}

// firms are the settings for companies.
func firms(t *testing.T, all ...firm) (env []string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("rate_limit = 0\n")
	for _, f := range all {
		fmt.Fprintf(&b, "\n[companies.%s]\napi_key = %q\nbase_url = %q\n%s\n", f.name, f.key, f.url, f.more)
	}
	return []string{"FISKL_CONFIG=" + written(t, b.String())}
}

// served connects a client to a server with these settings.
func served(t *testing.T, env []string, options ...client.ClientOption) *client.Client {
	t.Helper()
	cfg, err := config.Read(environment{env: env, state: t.TempDir(), now: present}.outside(), nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := company.Open(cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return attach(t, offer(p), options...)
}

// told calls a tool and returns all that it said, and whether it failed.
func told(t *testing.T, c *client.Client, tool, args string) (string, bool) {
	t.Helper()
	r, err := c.CallTool(t.Context(), request(tool, args))
	if err != nil {
		t.Errorf("%s %s: %v", tool, args, err)
		return "", true
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Error(err)
	}
	text, _ := mcp.AsTextContent(r.Content[0])
	return text.Text + "\n" + string(b), r.IsError
}

// TestCompaniesApart calls for two companies at the same time and finds that
// no answer holds anything of the other, and that every one says whose it is.
func TestCompaniesApart(t *testing.T) {
	t.Parallel()
	acme, harbour := newFirm(t, "acme", 1), newFirm(t, "harbour", 2)
	for era, options := range [][]client.ClientOption{nil, {client.WithLegacyProtocolOnly()}} { //nolint:staticcheck // such clients are about
		c := served(t, firms(t, harbour, acme), options...)
		var calls sync.WaitGroup
		for i := range 40 {
			mine, other := acme, harbour
			if i%2 == 1 {
				mine, other = harbour, acme
			}
			tool, args := "list_clients", `{"company":"`+mine.name+`"}`
			switch i % 5 {
			case 1:
				tool = "get_context"
			case 2:
				tool, args = "get_client", `{"client":"Canary","company":"`+strings.ToUpper(mine.name)+`"}`
			case 3:
				tool, args = "create_client", fmt.Sprintf(`{"name":"Call %d.%d of %s","company":%q}`, era, i, mine.client, mine.name)
			case 4:
				tool, args = "get_client", `{"company":"`+mine.name+`","client":"`+other.client+`"}`
			}
			calls.Go(func() {
				said, failed := told(t, c, tool, args)
				whose := " (" + mine.name + ")"
				if failed {
					whose = mine.name + ": No answer: "
				}
				if strings.Contains(strings.ReplaceAll(said, `\"`, `"`), other.client) && i%5 != 4 || strings.Contains(said, "("+other.name+")") || strings.Contains(said, other.name+": ") {
					t.Errorf("%s %s got something of %s: %s", tool, args, other.name, said)
				}
				if !strings.Contains(said, whose) || failed && i%5 != 4 && i%5 != 2 {
					t.Errorf("%s %s got %s", tool, args, said)
				}
			})
		}
		calls.Wait()
	}
	for _, pair := range [][2]firm{{acme, harbour}, {harbour, acme}} {
		if b := books(t, pair[0].inside); bytes.Contains(b, []byte(pair[1].client)) || !bytes.Contains(b, []byte(pair[0].client)) {
			t.Errorf("the books of %s are %s", pair[0].name, b)
		}
	}
}

// TestCompanyRefused finds that a call which does not say whose books it is
// for touches nobody's.
func TestCompanyRefused(t *testing.T) {
	t.Parallel()
	acme, harbour := newFirm(t, "acme", 1), newFirm(t, "harbour", 2)
	c := served(t, firms(t, acme, harbour))
	before := [][]byte{books(t, acme.inside), books(t, harbour.inside)}
	for args, want := range map[string]string{
		``:                                      "company is missing; say which: acme, harbour.",
		`{}`:                                    "company is missing; say which: acme, harbour.",
		`{"name":"A"}`:                          "company is missing; say which: acme, harbour.",
		`{"name":"A","company":null}`:           "company is missing; say which: acme, harbour.",
		`{"name":"A","company":" "}`:            "company is missing; say which: acme, harbour.",
		`{"name":"A","Company":"acme"}`:         "company is missing; say which: acme, harbour.",
		`{"name":"A","company":7}`:              "company must be text; say which: acme, harbour.",
		`{"name":"A","company":["acme"]}`:       "company must be text; say which: acme, harbour.",
		`{"name":"A","company":"acm"}`:          `there is no company "acm"; say which: acme, harbour.`,
		`{"name":"A","company":"acme,harbour"}`: `there is no company "acme,harbour"; say which: acme, harbour.`,
		`{"name":"A","company":"acme\u202e"}`:   `there is no company "acme"; say which: acme, harbour.`,
	} {
		for tool, opening := range map[string]string{"create_client": "Not done, nothing was changed: ", "list_clients": "No answer: ", "get_context": "No answer: "} {
			text := ask(t, c, tool, args)
			if text != opening+want {
				t.Errorf("%s %s got %q, want %q", tool, args, text, opening+want)
			}
		}
	}
	if text := ask(t, c, "create_client", `{"company":"acme"}`); text != "acme: Not done, nothing was changed: name is missing." {
		t.Errorf("got %q", text)
	}
	if !bytes.Equal(books(t, acme.inside), before[0]) || !bytes.Equal(books(t, harbour.inside), before[1]) {
		t.Error("something was changed")
	}
}

// TestCompanyOffered finds that the list has what one company at least offers,
// and that a call for the other says why it does not.
func TestCompanyOffered(t *testing.T) {
	t.Parallel()
	acme, harbour := newFirm(t, "acme", 1), newFirm(t, "harbour", 2)
	harbour.more = "read_only = true"
	c := served(t, firms(t, acme, harbour))
	list, err := c.ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range list.Tools {
		b, err := json.Marshal(tool)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), `"properties":{"company":{"description":"Which company","enum":["acme","harbour"],"type":"string"}`) && !strings.Contains(string(b), `"enum":["acme","harbour","all"],"type":"string"}`) {
			t.Errorf("%s takes %s", tool.Name, b)
		}
	}
	if said, failed := told(t, c, "create_client", `{"company":"acme","name":"Quayside Cycles"}`); failed {
		t.Error(said)
	}
	const want = "harbour: Not done, nothing was changed: create_client is not offered: this server was started read-only"
	if text := ask(t, c, "create_client", `{"company":"harbour","name":"Quayside Cycles"}`); !strings.HasPrefix(text, want) {
		t.Errorf("got %q", text)
	}
	if said, failed := told(t, c, "get_context", `{"company":"harbour"}`); failed || !strings.Contains(said, "read-only") {
		t.Error(said)
	}
	if said, failed := told(t, c, "get_context", `{"company":"acme"}`); failed || strings.Contains(said, "read-only") || strings.Contains(said, "harbour") {
		t.Error(said)
	}
}

// TestOneCompany finds that a company which is picked works as the only one
// does: no argument more, and nothing more in an answer.
func TestOneCompany(t *testing.T) {
	t.Parallel()
	acme, harbour := newFirm(t, "acme", 1), newFirm(t, "harbour", 2)
	c := served(t, append(firms(t, acme, harbour), "FISKL_PROFILE=harbour"))
	list, err := c.ListTools(t.Context(), mcp.ListToolsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range list.Tools {
		if _, takes := tool.InputSchema.Properties["company"]; takes {
			t.Errorf("%s takes a company", tool.Name)
		}
	}
	if said, failed := told(t, c, "list_clients", `{}`); failed || !strings.Contains(said, harbour.client) || strings.Contains(said, "(harbour)") {
		t.Error(said)
	}
	if text := ask(t, c, "list_clients", `{"company":"acme"}`); !strings.HasPrefix(text, "No answer: company is not an argument here") {
		t.Errorf("got %q", text)
	}
}

// TestCompaniesOfProgram finds companies in the program itself: over standard
// input and output, where each key's permissions are looked up and decide what
// is listed, and from the shell.
func TestCompaniesOfProgram(t *testing.T) {
	t.Parallel()
	acme, harbour := newFirm(t, "acme", 1), newFirm(t, "harbour", 2)
	env := firms(t, acme, harbour)
	c := talk(t, env, "stdio")
	c.send(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`)
	if tools, _ := member(t, c.receive(), "result", "tools").([]any); len(tools) < 40 {
		t.Errorf("it lists %d tools", len(tools))
	}
	c.send(`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"list_clients","arguments":{"company":"harbour"}}}`)
	if said := c.receive(); !strings.Contains(said, harbour.client) || !strings.Contains(said, "(harbour)") || strings.Contains(said, acme.client) {
		t.Error(said)
	}
	_ = c.in.Close()
	if code, rest := c.ended(); code != exitOK || rest != "" {
		t.Errorf("it ended with status %d and said %q; its log says %s", code, rest, c.log)
	}
	if log := c.log.String(); strings.Contains(log, "fsk_") {
		t.Errorf("a key is in the log: %s", log)
	}
	for args, want := range map[string]outcome{
		"call list_clients":                                {exitFailed, "", "No answer: company is missing; say which: acme, harbour.\n"},
		"call list_clients company=acme":                   {exitOK, acme.client, ""},
		"call list_clients --profile acme":                 {exitOK, acme.client, ""},
		"call list_clients --profile acme company=harbour": {exitFailed, "", "No answer: company is not an argument here"},
		"call list_clients company=harbour --sandbox":      {exitFailed, "", "No answer: company is not an argument here"},
		"tools": {exitOK, "create_client", ""},
	} {
		got := try(t, env, "", strings.Fields(args)...)
		if got.code != want.code || !strings.Contains(got.out, want.out) || !strings.Contains(got.err, want.err) || strings.Contains(got.out, harbour.client) {
			t.Errorf("%s: got %+v", args, got)
		}
	}
}

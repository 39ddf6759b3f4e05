package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mark3labs/mcp-go/client"
	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// mistake is a call that cannot succeed.
type mistake struct {
	name string
	tool string
	args string // $draft, $sent and $paid stand for numbers of such invoices

	key      string // default the owner's
	env      []string
	readOnly bool
	fault    sandbox.Fault // what happens to requests, if it has a path
	done     bool          // carried out all the same
}

// TestMistakes makes every mistake in both eras of the protocol. Each is
// answered with a text that says what to do, changes nothing, and leaves the
// server fit for the next call. The texts are in testdata/errors.txt.
func TestMistakes(t *testing.T) {
	t.Parallel()
	all := mistakes()
	said := make([][2]string, len(all))
	t.Run("all", func(t *testing.T) {
		t.Parallel()
		for i, m := range all {
			for era, options := range [][]client.ClientOption{nil, {client.WithLegacyProtocolOnly()}} { //nolint:staticcheck // such clients are about
				t.Run(fmt.Sprintf("%s/%d", m.name, era), func(t *testing.T) {
					t.Parallel()
					said[i][era] = m.make(t, options...)
				})
			}
		}
	})
	t.Cleanup(func() {
		if t.Failed() {
			return
		}
		var b strings.Builder
		for i, m := range all {
			if said[i][0] != said[i][1] {
				t.Errorf("%s: modern clients are told %q, legacy ones %q", m.name, said[i][0], said[i][1])
			}
			args := m.args
			if len(args) > 200 {
				args = args[:200] + "…"
			}
			fmt.Fprintf(&b, "# %s\n%s %s\n%s\n\n", m.name, m.tool, args, said[i][0])
		}
		recorded(t, "testdata/errors.txt", b.String())
	})
}

// make makes the mistake and returns what is said of it.
func (m mistake) make(t *testing.T, options ...client.ClientOption) string {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	before := books(t, inside)
	args := fill(t, inside, m.args)
	if m.fault.Path != "" {
		inside.Inject(m.fault)
	}
	c := connect(t, m.catalog(t, inside), options...)
	text := ask(t, c, m.tool, args)
	inside.ClearFaults()
	if changed := !bytes.Equal(books(t, inside), before); changed != m.done {
		t.Errorf("the books changed: %t; the answer is %q", changed, text)
	}
	text = regexp.MustCompile(`sandbox-[0-9]+`).ReplaceAllString(text, "sandbox-000000")
	m.judge(t, text)
	if m.env == nil && m.key == "" {
		if next, err := c.CallTool(t.Context(), request("list_taxes", `{}`)); err != nil || next.IsError {
			t.Errorf("the next call got %v %v", next, err)
		}
	}
	return text
}

// judge holds a text to what every one of them must have.
func (m mistake) judge(t *testing.T, text string) {
	t.Helper()
	opening := regexp.MustCompile(`^(No answer: |Not done, nothing was changed: |Outcome unknown: |Done, but the result could not be read: |Protocol error: ).+\.$`)
	if !opening.MatchString(text) || strings.HasSuffix(text, "..") || len(text) > 2000 {
		t.Errorf("got %q", text)
	}
	for _, ugly := range []string{"goroutine", "fisklapi", "bind:", "json:", "*", "0x", "fsk_sandbox", "\n", ". .", "\u202e", "\u200b"} {
		if strings.Contains(text, ugly) {
			t.Errorf("%q is in %q", ugly, text)
		}
	}
	if told := strings.HasPrefix(text, "Done, but") || strings.HasPrefix(text, "Outcome unknown"); m.done && !told {
		t.Errorf("got %q of something that was done", text)
	}
}

// catalog is the tools of a server that the mistake is made on.
func (m mistake) catalog(t *testing.T, inside *sandbox.Server) *tools.Catalog {
	t.Helper()
	if m.env != nil {
		cfg, err := config.Read(environment{env: m.env, state: t.TempDir()}.outside(), nil)
		if err != nil {
			t.Fatal(err)
		}
		p, err := company.Open(cfg, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		return p.Each[0].Catalog
	}
	key := m.key
	if key == "" {
		key = sandbox.KeyOwner
	}
	o := fisklapi.Options{
		TokenSource: fisklapi.Key(key), BaseURL: "http://127.0.0.1", Transport: inprocess.Transport{Handler: inside},
		Rate: -1, ReadOnly: m.readOnly, Now: present,
	}
	if m.fault.Kind == sandbox.Hang {
		o.Timeout = 5 * time.Second // long enough for what does answer
	}
	api, err := fisklapi.New(o)
	if err != nil {
		t.Fatal(err)
	}
	// A person's yes is not the subject here.
	c, err := tools.New(api, tools.Options{ReadOnly: m.readOnly, Confirm: tools.ConfirmOff})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func connect(t *testing.T, c *tools.Catalog, options ...client.ClientOption) *client.Client {
	t.Helper()
	alone, err := tools.NewCompanies(tools.Named{Catalog: c})
	if err != nil {
		t.Fatal(err)
	}
	return attach(t, mcpserver.Companies{Companies: alone, Each: []mcpserver.Company{{Catalog: c}}}, options...)
}

// attach connects a client to a server of companies.
func attach(t *testing.T, p mcpserver.Companies, options ...client.ClientOption) *client.Client {
	t.Helper()
	cl, err := client.NewInProcessClientWithOptions(mcpserver.New(p, mcpserver.Options{Version: "1.2.3", Books: mcpserver.Fixed(p), Logger: slog.New(slog.DiscardHandler)}), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cl.Close() })
	if err := cl.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := cl.Initialize(t.Context(), mcp.InitializeRequest{}); err != nil {
		t.Fatal(err)
	}
	return cl
}

func request(tool, args string) mcp.CallToolRequest {
	var r mcp.CallToolRequest
	r.Params.Name = tool
	if args != "" {
		r.Params.Arguments = json.RawMessage(args)
	}
	return r
}

// ask makes a call that must fail and returns its text.
func ask(t *testing.T, c *client.Client, tool, args string) string {
	t.Helper()
	result, err := c.CallTool(t.Context(), request(tool, args))
	if err != nil {
		return "Protocol error: " + err.Error() + "."
	}
	if !result.IsError || result.StructuredContent != nil || len(result.Content) != 1 {
		t.Errorf("isError %t, structured part %v, %d texts", result.IsError, result.StructuredContent, len(result.Content))
	}
	text, ok := mcp.AsTextContent(result.Content[0])
	if !ok {
		t.Fatalf("got %T", result.Content[0])
	}
	return text.Text
}

// books is everything in a sandbox that a mistake could change.
func books(t *testing.T, inside *sandbox.Server) []byte {
	t.Helper()
	var all bytes.Buffer
	for _, path := range []string{
		"clients?", "vendors?", "products?", "quotes?", "invoices?", "invoices?page=1&",
		"payments?start=2020-01-01&end=2030-01-01&", "payments?page=1&start=2020-01-01&end=2030-01-01&",
	} {
		all.Write(fetch(t, inside, "/v1/"+path+"size=100"))
	}
	return all.Bytes()
}

func fetch(t *testing.T, inside *sandbox.Server, target string) []byte {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil)
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	w := httptest.NewRecorder()
	inside.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", target, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// fill puts numbers of invoices in.
func fill(t *testing.T, inside *sandbox.Server, args string) string {
	t.Helper()
	for _, status := range []string{"draft", "sent", "paid"} {
		if !strings.Contains(args, "$"+status) {
			continue
		}
		var rows []struct {
			Number string `json:"number"`
		}
		if err := json.Unmarshal(fetch(t, inside, "/v1/invoices?size=1&sort=created,desc&status="+status), &rows); err != nil || len(rows) == 0 {
			t.Fatalf("there is no %s invoice: %v", status, err)
		}
		args = strings.ReplaceAll(args, "$"+status, rows[0].Number)
	}
	return args
}

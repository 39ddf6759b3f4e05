package tools_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// clock is one that can be moved.
type clock struct {
	mu  sync.Mutex
	set time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.set
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set = c.set.Add(d)
}

// meddler stands between a desk and Fiskl.
type meddler struct {
	next http.RoundTripper

	mu     sync.Mutex
	before func(*http.Request)                // sees each request before it is sent
	after  func(*http.Request, []byte) []byte // writes each answer anew
}

func (m *meddler) RoundTrip(req *http.Request) (*http.Response, error) {
	m.mu.Lock()
	before, after := m.before, m.after
	m.mu.Unlock()
	if before != nil {
		before(req)
	}
	res, err := m.next.RoundTrip(req)
	if err != nil || after == nil {
		return res, err
	}
	b, err := io.ReadAll(res.Body)
	_ = res.Body.Close() // it was read
	b = after(req, b)
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	res.Header.Del("Content-Length")
	return res, err
}

func (m *meddler) meddle(before func(*http.Request), after func(*http.Request, []byte) []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.before, m.after = before, after
}

// desk is what an agent works at: tools with controls and a clock, on a
// sandbox.
type desk struct {
	*tools.Catalog

	options tools.Options
	strange func() (*seal.Sealer, error) // of another installation
	inside  *sandbox.Server
	meddler *meddler
	road    *road
	clock   *clock
}

// newDesk returns a desk on a sandbox of its own. It has read the company.
func newDesk(tb testing.TB, o tools.Options) *desk {
	tb.Helper()
	d := &desk{clock: &clock{set: present()}}
	d.inside = sandbox.New(sandbox.Options{Now: d.clock.now, Like: demoCompany})
	if o.Sealer == nil {
		o.Sealer = d.sealer("0123456789abcdef0123456789abcdef")
	}
	if o.Identity == "" {
		o.Identity = "harbour"
	}
	d.options, d.strange = o, d.sealer("0123456789abcdef0123456789abcdeF")
	return d.beside(tb, "", nil)
}

// beside returns another desk on the same sandbox by the same clock: another
// process, as far as its memory goes.
func (d *desk) beside(tb testing.TB, folder string, change func(*tools.Options)) *desk {
	tb.Helper()
	other := &desk{options: d.options, strange: d.strange, inside: d.inside, clock: d.clock}
	other.options.Now = d.clock.now
	if change != nil {
		change(&other.options)
	}
	other.meddler = &meddler{next: inprocess.Transport{Handler: d.inside}}
	other.road = &road{next: other.meddler}
	other.Catalog = wired(tb, other.road, sandbox.KeyOwner, folder, other.options)
	if a := other.call(tb, "list_invoices", `{"limit":1}`); a.Err != nil {
		tb.Fatal(a.Text)
	}
	return other
}

func (d *desk) sealer(key string) func() (*seal.Sealer, error) {
	return func() (*seal.Sealer, error) { return seal.New(secret.New(key), d.clock.now) }
}

func (d *desk) request(tb testing.TB, name string, req tools.Request) tools.Answer {
	tb.Helper()
	tool, ok := d.Find(name)
	if !ok {
		tb.Fatalf("there is no tool %s", name)
	}
	return d.Call(tb.Context(), tool, req)
}

func (d *desk) call(tb testing.TB, name, args string) tools.Answer {
	tb.Helper()
	return d.request(tb, name, tools.Request{Args: json.RawMessage(args)})
}

// must carries a tool out that has no reason to fail.
func (d *desk) must(tb testing.TB, name, args string) tools.Answer {
	tb.Helper()
	a := d.call(tb, name, args)
	if a.Err != nil {
		tb.Fatalf("%s: %s", name, a.Text)
	}
	return a
}

// writes is how many requests changed something so far.
func (d *desk) writes() int { return len(d.road.written()) }

// valid holds an answer to its tool's schema.
func (d *desk) valid(t *testing.T, name string, a tools.Answer) {
	t.Helper()
	tool, _ := d.Find(name)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(a.Structured))
	if err != nil {
		t.Fatalf("%s: %v in %s", name, err, a.Text)
	}
	if err := compiled(t, tool.Definition().RawOutputSchema).Validate(value); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

// way is one of the two in which a person's yes is had.
type way string

const (
	byToken  way = "token"
	byAsking way = "ask"
)

func ways() []way { return []way{byToken, byAsking} }

// propose calls a tool and returns what stands for the person's yes once they
// agreed. Nothing may have been done by it.
func (d *desk) propose(tb testing.TB, w way, tool, args string) string {
	tb.Helper()
	before := d.writes()
	a := d.request(tb, tool, tools.Request{Args: json.RawMessage(args), Asks: w == byAsking})
	proof := confirmToken(tb, a)
	if w == byAsking && a.Question != nil {
		proof = a.Question.State
	}
	if proof == "" || d.writes() != before || (a.Question == nil) != (w == byToken) || (a.Text == "") != (w == byAsking) {
		tb.Fatalf("%s by %s: question %v, %d writes, %.200s", tool, w, a.Question, d.writes()-before, a.Text)
	}
	return proof
}

// confirmToken is the token in an answer that did nothing, if there is one.
func confirmToken(tb testing.TB, a tools.Answer) string {
	tb.Helper()
	var held struct {
		ConfirmToken string `json:"confirm_token"`
	}
	if a.Structured == nil {
		return ""
	}
	if err := json.Unmarshal(a.Structured, &held); err != nil {
		tb.Fatal(err)
	}
	return held.ConfirmToken
}

// agree calls a tool with the person's yes.
func (d *desk) agree(tb testing.TB, w way, tool, args, proof string) tools.Answer {
	tb.Helper()
	return d.request(tb, tool, agreed(tb, w, args, proof))
}

func agreed(tb testing.TB, w way, args, proof string) tools.Request {
	tb.Helper()
	if w == byAsking {
		return tools.Request{Args: json.RawMessage(args), Asks: true, State: proof, Reply: &tools.Reply{Agreed: true}}
	}
	return tools.Request{Args: json.RawMessage(plus(tb, args, "confirm_token", proof))}
}

// plus adds an argument to others.
func plus(tb testing.TB, args, name, value string) string {
	tb.Helper()
	b, err := json.Marshal(map[string]string{name: value})
	if err != nil {
		tb.Fatal(err)
	}
	return strings.Replace(strings.TrimSuffix(args, "}")+","+string(b[1:]), "{,", "{", 1)
}

// refused holds an answer to a refusal with some words, and the wire to no
// write beyond those before it.
func (d *desk) refused(t *testing.T, a tools.Answer, before int, says string) {
	t.Helper()
	if a.Err == nil || a.Defect || a.Question != nil || a.Structured != nil || !strings.HasPrefix(a.Text, "Not done, nothing was changed: ") || !strings.Contains(a.Text, says) {
		t.Errorf("want a refusal with %q, got %.400s", says, a.Text)
	}
	if now := d.writes(); now != before {
		t.Errorf("written: %v", d.road.written()[before:])
	}
}

// wrote holds an answer to being done, and the wire to one write more.
func (d *desk) wrote(t *testing.T, tool string, a tools.Answer, before int) {
	t.Helper()
	if a.Err != nil || a.Question != nil || strings.Contains(string(a.Structured), `"not_done"`) {
		t.Fatalf("%s: want it done, got %.400s", tool, a.Text)
	}
	d.valid(t, tool, a)
	if got := d.road.written()[before:]; len(got) != 1 || !slices.Contains(d.needs(tool), string(got[0])) {
		t.Errorf("%s: written: %v", tool, got)
	}
}

func (d *desk) needs(name string) []string {
	var needs []string
	tool, _ := d.Find(name)
	for _, op := range tool.Needs {
		needs = append(needs, string(op))
	}
	return needs
}

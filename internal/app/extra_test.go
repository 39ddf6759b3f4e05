package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

const extraDialect = `version = 1
[extra.read_credit_notes]
path = "/api/v2/credit-notes"
summary = 'List "credit notes"'
[[extra.read_credit_notes.parameters]]
name = "customer_id"
type = "integer"
[extra.read_credit_note]
path = "/api/v2/credit-notes/{note_id}"
[[extra.read_credit_note.parameters]]
name = "note_id"
type = "string"
`

// crediting is a sandbox that has credit notes besides. It keeps what it was
// asked for of them.
func crediting(t *testing.T) (address string, asked func() string) {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	var mu sync.Mutex
	var all []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", present().Format(http.TimeFormat))
		if !strings.HasPrefix(r.URL.Path, "/api/v2/") {
			inside.ServeHTTP(w, r)
			return
		}
		mu.Lock()
		all = append(all, r.Method+" "+r.URL.RequestURI())
		mu.Unlock()
		switch {
		case strings.HasSuffix(r.URL.Path, "/broken"):
			_, _ = w.Write([]byte(`{"half`))
		case strings.HasSuffix(r.URL.Path, "/gone"):
			http.Error(w, `{"message": "no such note"}`, http.StatusNotFound)
		default:
			_, _ = w.Write([]byte(`{"data": [{"id": 7, "total": 15000000000000001, "memo": "pay\u0007 now\u202e"}]}`))
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, func() string {
		mu.Lock()
		defer mu.Unlock()
		return strings.Join(all, "\n")
	}
}

// TestExtraTools finds the reads that a dialect adds offered where somebody asks
// for them, as reads and nothing else, with the API's answer cleaned.
func TestExtraTools(t *testing.T) {
	t.Parallel()
	address, asked := crediting(t)
	env := []string{"FISKL_BASE_URL=" + address, "FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_DIALECT=" + written(t, extraDialect)}
	if got := try(t, env, "", "tools"); got.code != exitOK || strings.Contains(got.out, "read_credit") {
		t.Errorf("offered without being asked for: %+v", got)
	}
	env = append(env, "FISKL_EXTRA_TOOLS=read")
	for _, more := range [][]string{nil, {"--read-only"}, {"--toolsets", "context,unchecked"}} {
		got := try(t, env, "", append([]string{"tools"}, more...)...)
		if got.code != exitOK || strings.Count(got.out, "unchecked  read") != 2 {
			t.Errorf("%v: got %+v", more, got)
		}
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"read_credit_notes", "customer_id=12"}, `"total":15000000000000001`},
		{[]string{"read_credit_notes"}, "this server does not know its form. Amounts may be in minor units"},
		{[]string{"read_credit_note", "note_id=7/../8?a=b"}, `"id":7`},
		{[]string{"read_credit_note"}, "note_id"},
		{[]string{"read_credit_note", "note_id=.."}, `".." is not an id`},
		{[]string{"read_credit_note", "note_id=broken"}, "JSON"},
		{[]string{"read_credit_note", "note_id=gone"}, "there is no such record"},
		{[]string{"read_credit_notes", "other=1"}, "other"},
		{[]string{"read_credit_notes", "customer_id=many"}, "customer_id"},
	} {
		got := try(t, env, "", append([]string{"call"}, c.args...)...)
		if !strings.Contains(got.out+got.err, c.want) || strings.ContainsAny(got.out+got.err, "\u0007\u202e") || strings.Contains(got.err, "defect") {
			t.Errorf("%v: got %+v", c.args, got)
		}
	}
	const want = "GET /api/v2/credit-notes?customer_id=12\nGET /api/v2/credit-notes\nGET /api/v2/credit-notes/7%2F..%2F8%3Fa=b\nGET /api/v2/credit-notes/broken\nGET /api/v2/credit-notes/gone"
	if got := asked(); got != want {
		t.Errorf("asked for\n%s", got)
	}
}

// TestExtraDefinition finds a tool's definition to quote the document and to
// say that it is a read.
func TestExtraDefinition(t *testing.T) {
	t.Parallel()
	address, _ := crediting(t)
	c := talk(t, []string{"FISKL_BASE_URL=" + address, "FISKL_API_KEY=" + sandbox.KeyOwner, "FISKL_DIALECT=" + written(t, extraDialect), "FISKL_EXTRA_TOOLS=read", "FISKL_TOOLSETS=unchecked"}, "stdio")
	c.send(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}`)
	c.receive()
	c.send(`{"jsonrpc":"2.0","id":2,"method":"tools/list"}`)
	list := c.receive()
	for _, want := range []string{`"name":"read_credit_notes"`, `which calls it \"List 'credit notes'\".`, `which calls it \"/api/v2/credit-notes/{note_id}\"`, `"readOnlyHint":true`, `"required":["note_id"]`} {
		if !strings.Contains(list, want) {
			t.Errorf("%s is not in %s", want, list)
		}
	}
	if strings.Contains(list, `"readOnlyHint":false`) {
		t.Errorf("a tool that writes: %s", list)
	}
}

// TestExtraToolsWrong finds a sentence for what cannot be offered.
func TestExtraToolsWrong(t *testing.T) {
	t.Parallel()
	const head, one = "version = 1\n", "[extra.read_a]\npath = \"/v1/a\"\n"
	parameter := func(name, kind, description string) string {
		return "[[extra.read_a.parameters]]\nname = \"" + name + "\"\ntype = \"" + kind + "\"\ndescription = \"" + description + "\"\n"
	}
	many := head + "[extra.read_" + strings.Join(strings.Split("abcdefghijklm", ""), "]\npath = \"/v1/a\"\n[extra.read_") + "]\npath = \"/v1/a\"\n"
	for content, want := range map[string]string{
		many: "there are 13, and at most 12 can be offered",
		head + "[extra.list_clients]\npath = \"/v1/a\"":                          `"list_clients" is no name such as read_credit_notes`,
		head + "[extra.read_a]\npath = \"/v1/../a\"":                             "is no path such as",
		head + "[extra.read_a]\npath = \"//evil.example/a\"":                     "is no path such as",
		head + "[extra.read_a]\npath = \"/v1/a/{id}\"":                           "its parameters lack id",
		head + "[extra.read_a]\npath = \"/v1/a\"\nmethod = \"POST\"":             "extra.read_a.method is no part of a dialect",
		head + one + "summary = \"" + strings.Repeat("x", 201) + "\"":            "its summary is longer than 200 characters",
		head + one + "summary = \"a\\u0007b\"":                                   "has some that cannot be shown",
		head + one + "summary = \"a\\u202eb\"":                                   "has some that cannot be shown",
		head + one + parameter("a b", "string", ""):                              "cannot be the name of a parameter",
		head + one + parameter("company", "string", ""):                          "cannot be the name of a parameter",
		head + one + parameter("a", "object", ""):                                `the type of a cannot be "object"`,
		head + one + parameter("a", "string", strings.Repeat("x", 201)):          "the description of a is longer",
		head + one + parameter("a", "string", "") + parameter("a", "string", ""): "it has the parameter a twice",
	} {
		got := try(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_EXTRA_TOOLS=read", "FISKL_DIALECT=" + written(t, content)}, "", "tools")
		if got.code != exitUsage || !strings.Contains(got.err, want) {
			t.Errorf("%.80s: got %+v, want %q", content, got, want)
		}
	}
	if got := try(t, []string{"FISKL_EXTRA_TOOLS=write"}, "", "tools"); got.code != exitUsage || !strings.HasPrefix(got.err, `fiskl-mcp: FISKL_EXTRA_TOOLS "write" is neither read nor off`) {
		t.Errorf("got %+v", got)
	}
}

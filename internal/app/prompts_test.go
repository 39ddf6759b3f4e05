package app

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// spoken is a way of talking to the program: one transport in one era.
type spoken struct {
	modern bool
	http   bool
	post   func(method, name, params string) said // over standard input the status is always 200
}

// everyWay starts the program for each way of talking to it.
func everyWay(t *testing.T, env ...string) map[string]spoken {
	t.Helper()
	all := make(map[string]spoken)
	for name, modern := range eras() {
		p := meet(t, modern, asksNobody, append(env, "FISKL_SANDBOX=1"))
		all["stdio, "+name] = spoken{modern, false, func(method, _, params string) said {
			return said{status: http.StatusOK, body: p.wants(method, params)}
		}}
	}
	h := receptive(t, env, "--sandbox", "--caller-rate", "0")
	v := h.by()
	all["HTTP, 2026-07-28"] = spoken{true, true, v.post}
	e := h.earlier(asksNobody)
	all["HTTP, 2025-11-25"] = spoken{false, true, func(method, _, params string) said {
		return e.post(`{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":{` + params + `}}`)
	}}
	return all
}

// wants makes any request and returns what comes of it.
func (p *peer) wants(method, params string) string {
	p.t.Helper()
	p.calls++
	if p.modern {
		if params != "" {
			params += ","
		}
		params += `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":` + p.declares + `,"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}`
	}
	p.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":{%s}}`, 100+p.calls, method, params))
	return p.receive()
}

// TestPrompts finds every job in the menu and to be had, in its order, and
// that each failure has the code of its kind, however the program is talked to.
func TestPrompts(t *testing.T) {
	t.Parallel()
	for name, way := range everyWay(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := way.post("prompts/list", "", "").message()
			var read struct {
				Result struct {
					Prompts []struct {
						Title string `json:"title"`
					} `json:"prompts"`
				} `json:"result"`
			}
			if err := json.Unmarshal([]byte(got), &read); err != nil {
				t.Fatal(err)
			}
			var titles []string
			for _, p := range read.Result.Prompts {
				titles = append(titles, p.Title)
			}
			if !slices.Equal(titles, prompts.Titles()) {
				t.Errorf("the menu is %s", got)
			}
			if scope := member(t, got, "result", "cacheScope"); way.modern && (scope != "private" || member(t, got, "result", "ttlMs") != float64(300_000)) {
				t.Errorf("the menu may be kept: %s", got)
			}
			for _, job := range prompts.All() {
				jobText(t, way.post("prompts/get", job.Name, fmt.Sprintf(`"name":%q,"arguments":%s`, job.Name, required(job))).message())
			}
			for params, want := range map[string]string{
				`"name":"pay_everybody"`:                                                "not found",
				`"name":"create_and_send_invoice"`:                                      "client is missing",
				`"name":"vat_preparation","arguments":{"period":"2026-02-30..x"}`:       "period cannot be read",
				`"name":"vat_preparation","arguments":{"quarter":"3"}`:                  `"quarter" is not an argument`,
				`"name":"vat_preparation","arguments":{"company":"acme"}`:               `"company" is not an argument`,
				`"name":"who_owes_me_money","arguments":{"client":"` + endless() + `"}`: "client is too long",
			} {
				got := way.post("prompts/get", regexp.MustCompile(`"name":"([a-z_]+)"`).FindStringSubmatch(params)[1], params)
				refused(t, way, got, want)
			}
		})
	}
}

func endless() string { return strings.Repeat("a", 10_000) }

// refused fails unless an answer says that the parameters are wrong, and how.
func refused(t *testing.T, way spoken, got said, want string) {
	t.Helper()
	status := http.StatusOK
	if way.http && way.modern {
		status = http.StatusBadRequest
	}
	message, _ := member(t, got.message(), "error", "message").(string)
	if code := member(t, got.message(), "error", "code"); got.status != status || code != float64(-32602) || !strings.Contains(message, want) || len(message) > 300 {
		t.Errorf("got %d %s, want %s", got.status, got.body, want)
	}
}

// required is what a job cannot do without, as JSON.
func required(job prompts.Prompt) string {
	given := make(map[string]string)
	for _, a := range job.Arguments {
		switch {
		case a.Required && a.Name == "client":
			given[a.Name] = "Northwind Bakery"
		case a.Required && a.Name == "name":
			given[a.Name] = "Quayside Cycles"
		case a.Required:
			given[a.Name] = "10 hours of design work"
		}
	}
	b, err := json.Marshal(given)
	if err != nil {
		panic(err) // it is but text
	}
	return string(b)
}

// companiesFile is a settings file with two made-up companies, one of them
// read-only.
func companiesFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("[companies.harbour]\nsandbox = true\n[companies.acme]\nsandbox = true\nread_only = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return "FISKL_CONFIG=" + path
}

// TestPromptsWritten holds every job against its file, as it is with all tools,
// with those that read, without those for invoices, and for one of several
// companies.
func TestPromptsWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		env     []string
		args    []string
		company string
	}{
		"full":              {nil, []string{"--sandbox"}, ""},
		"read-only":         {nil, []string{"--sandbox", "--read-only"}, ""},
		"without-invoicing": {nil, []string{"--sandbox", "--toolsets", "context,contacts,payments,catalog,reports,insights,audit"}, ""},
		"several-companies": {[]string{companiesFile(t)}, nil, `"company":"harbour",`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := receptive(t, c.env, append(c.args, "--caller-rate", "0")...)
			v := h.by()
			for _, job := range prompts.All() {
				given := "{" + strings.TrimSuffix(c.company, ",") + "}"
				if rest := required(job); rest != "{}" {
					given = "{" + c.company + rest[1:]
				}
				got := v.post("prompts/get", job.Name, fmt.Sprintf(`"name":%q,"arguments":%s`, job.Name, given))
				recorded(t, filepath.Join("testdata", "prompts", name, job.Name+".txt"), jobText(t, got.message()))
			}
		})
	}
}

// TestPromptsOfOthers finds that what is missing depends on who asks, and of
// which company.
func TestPromptsOfOthers(t *testing.T) {
	t.Parallel()
	job := func(v visitor, company string) string {
		t.Helper()
		return jobText(t, v.post("prompts/get", "create_and_send_invoice",
			`"name":"create_and_send_invoice","arguments":{"client":"Acme Ltd","items":"10 hours"`+company+`}`).message())
	}
	w := watch(t)
	keys := receptive(t, []string{"FISKL_BASE_URL=" + w.url, "FISKL_RATE_LIMIT=0"}, "--auth", "header")
	tokens := receptive(t, w.settings(), "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "ro"))
	several := receptive(t, []string{companiesFile(t)})
	for name, c := range map[string]struct {
		text, missing string
	}{
		"the owner's key":      {job(keys.by("X-Fiskl-Api-Key", sandbox.KeyOwner), ""), ""},
		"a key that reads":     {job(keys.by("X-Fiskl-Api-Key", sandbox.KeyReadOnly), ""), "4. Missing: preview_invoice, because this credential lacks invoice.write. A key cannot be edited"},
		"a token that writes":  {job(tokens.bearing("token-of-anna"), ""), ""},
		"a token that reads":   {job(tokens.bearing("token-of-ben"), ""), "5. Missing: create_invoice, because nothing may be changed here."},
		"a company that may":   {job(several.by(), `,"company":"harbour"`), ""},
		"a company that reads": {job(several.by(), `,"company":"acme"`), "5. Missing: create_invoice, because nothing may be changed here."},
	} {
		if c.missing == "" && strings.Contains(c.text, "Missing") || !strings.Contains(c.text, c.missing) {
			t.Errorf("%s: want %q in\n%s", name, c.missing, c.text)
		}
	}
	got := several.by().post("prompts/get", "vat_preparation", `"name":"vat_preparation","arguments":{}`)
	refused(t, spoken{modern: true, http: true}, got, "company is missing; choose one of: harbour, acme")
	w.wrote("by jobs")
}

// TestPromptTools finds that every tool that a job names is there, and takes
// what the job gives it.
func TestPromptTools(t *testing.T) {
	t.Parallel()
	p, err := company.Open(config.Config{Companies: []config.Company{{Sandbox: true}}}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	word := regexp.MustCompile(`\b(get|list|create|update|send|record|mark|preview|compare|trace|request|export)_[a-z_]+\b`)
	for _, job := range prompts.All() {
		text := job.Guide()
		for _, name := range word.FindAllString(text, -1) {
			if _, ok := p.Find(name); !ok && name != "record_id" && name != "record_type" && name != "preview_token" {
				t.Errorf("%s names %s, which is no tool", job.Name, name)
			}
		}
		found := callsWritten().FindAllStringSubmatch(text, -1)
		var called []string
		for _, call := range found {
			if !slices.Contains(called, call[1]) {
				called = append(called, call[1])
			}
			tool, ok := p.Find(call[1])
			if !ok {
				t.Errorf("%s calls %s", job.Name, call[1])
				continue
			}
			for _, problem := range unfit(t, tool, call[2]) {
				t.Errorf("%s: %s: %s", job.Name, call[0], problem)
			}
		}
		if !slices.Equal(called, job.Tools()) {
			t.Errorf("%s calls %q, and says %q", job.Name, called, job.Tools())
		}
	}
}

// unfit says what arguments a tool does not take.
func unfit(t *testing.T, tool tools.Tool, args string) (problems []string) {
	t.Helper()
	var schema struct {
		Properties map[string]struct {
			Type string   `json:"type"`
			Enum []string `json:"enum"`
		} `json:"properties"`
		Required []string `json:"required"`
	}
	var given map[string]any
	if err := json.Unmarshal(tool.Definition().RawInputSchema, &schema); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(args), &given); err != nil {
		t.Fatal(err)
	}
	for name, value := range given {
		property, ok := schema.Properties[name]
		kind := map[string]string{"string": "string", "bool": "boolean", "float64": "integer", "[]interface {}": "array"}[fmt.Sprintf("%T", value)]
		text, _ := value.(string)
		switch {
		case !ok:
			problems = append(problems, "there is no argument "+name)
		case property.Type != kind:
			problems = append(problems, name+" is not "+property.Type)
		case len(property.Enum) > 0 && text[0] != '<' && !slices.Contains(property.Enum, text):
			problems = append(problems, name+" cannot be "+text)
		}
	}
	for _, name := range schema.Required {
		if given[name] == nil {
			problems = append(problems, name+" is missing")
		}
	}
	return problems
}

package app

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// TestSessions plays whole conversations through the program and compares what
// it says with a transcript, word by word. In what is asked, $TOKEN stands for
// the token that was said last; tokens are no two times the same.
func TestSessions(t *testing.T) {
	t.Parallel()
	asked, err := filepath.Glob("testdata/session/*.in.jsonl")
	if err != nil || len(asked) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range asked {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			lines, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			last := ""
			c := launch(t, nil, "stdio", "--sandbox")
			for line := range strings.Lines(string(lines)) {
				c.send(strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "$TOKEN", last))
				if !strings.Contains(line, `"id":`) {
					continue
				}
				answer := c.receive()
				last = cmp.Or(sealed().FindString(answer), last)
				answer = sealed().ReplaceAllString(answer, "${1}TOKEN")
				said.WriteString(strings.ReplaceAll(answer, `"version":"`+version()+`"`, `"version":"VERSION"`) + "\n")
			}
			_ = c.in.Close()
			if code, rest := c.ended(); code != exitOK || rest != "" {
				t.Errorf("it ended with status %d and said %q; its log says %s", code, rest, c.log)
			}
			recorded(t, strings.Replace(file, ".in.", ".out.", 1), said.String())
		})
	}
}

// sealed is what seals a preview, a confirmation or a question.
func sealed() *regexp.Regexp { return regexp.MustCompile(`(f[pca]_)[A-Za-z0-9_-]{40,}`) }

// recorded compares a text with a file, or writes the file with -update.
func recorded(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run go test ./internal/app -update", err)
	}
	if got != string(want) {
		t.Errorf("%s differs: run go test ./internal/app -update and read the difference. Now it is\n%s", file, got)
	}
}

// TestOutput finds nothing but messages of the protocol on standard output,
// whatever goes wrong and however much is logged.
func TestOutput(t *testing.T) {
	t.Parallel()
	c := talk(t, nil, "stdio", "--sandbox", "--log-level", "debug")
	for _, line := range []string{
		`oops`,
		`[]`,
		`{"jsonrpc":"2.0","id":2,"method":"tools/lost"}`,
		`{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"get_money"}}`,
		`{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"get_client","arguments":{"client":"Nobody"}}}`,
		`{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_client","arguments":[7]}}`,
		`{"jsonrpc":"2.0","id":6,"method":"tools/call","params":7}`,
		`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"get_context"}}`,
	} {
		c.send(line)
		answer := c.receive()
		if member(t, answer, "jsonrpc") != "2.0" || member(t, answer, "result") == nil && member(t, answer, "error") == nil {
			t.Errorf("%s: %s", line, answer)
		}
	}
	_ = c.in.Close()
	if code, rest := c.ended(); code != exitOK || rest != "" {
		t.Errorf("it ended with status %d and said %q", code, rest)
	}
	for _, word := range []string{"fiskl request", "called", "call failed"} {
		if !strings.Contains(c.log.String(), word) {
			t.Errorf("the log lacks %q:\n%s", word, c.log)
		}
	}
	for _, secret := range []string{"fsk_", "Nobody"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, c.log)
		}
	}
}

// hung is an API that never answers. It tells of each request to a path.
func hung(t *testing.T, path string) (url string, asked <-chan struct{}) {
	t.Helper()
	told := make(chan struct{}, 1)
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			select {
			case told <- struct{}{}:
			default: // a retry
			}
		}
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return s.URL, told
}

// TestEnd ends the program in the middle of a call that gets no answer, once
// by its input and once by a signal.
func TestEnd(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*conversation){
		"end of input": func(c *conversation) { _ = c.in.Close() },
		"signal":       func(c *conversation) { c.stop() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url, asked := hung(t, "/v1/clients")
			c := talk(t, []string{"FISKL_API_KEY=fsk_testing1", "FISKL_BASE_URL=" + url}, "stdio")
			c.send(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_clients","arguments":{}}}`)
			<-asked
			end(c)
			code, rest := c.ended()
			if code != exitOK {
				t.Errorf("it ended with status %d; its log says %s", code, c.log)
			}
			for line := range strings.Lines(rest) {
				if member(t, line, "jsonrpc") != "2.0" {
					t.Errorf("it said %q", line)
				}
			}
		})
	}
}

// TestHiddenTools finds that a list shows only what the key can use, at once
// when that was found out before.
func TestHiddenTools(t *testing.T) {
	t.Parallel()
	var silent atomic.Bool
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent.Load() {
			<-r.Context().Done()
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`["client.read"]`))
	}))
	t.Cleanup(api.Close)
	cache := t.TempDir()
	list := func() int {
		in := strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}` + "\n")
		var out, log strings.Builder
		code := run(t.Context(), environment{
			args: []string{"stdio"}, env: []string{"FISKL_API_KEY=fsk_testing1", "FISKL_BASE_URL=" + api.URL},
			cache: cache, config: t.TempDir(), state: t.TempDir(), now: present, in: in, out: &out, err: &log,
		})
		tools, _ := member(t, out.String(), "result", "tools").([]any)
		if code != exitOK || len(tools) == 0 {
			t.Errorf("status %d, %s\n%s", code, out.String(), log.String())
		}
		return len(tools)
	}
	first := list()
	for kept := 0; kept == 0; runtime.Gosched() { // what was found out is kept beside the answer
		files, err := filepath.Glob(filepath.Join(cache, "fiskl-mcp", "permissions", "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		kept = len(files)
	}
	silent.Store(true)
	if again := list(); first != again || first > 8 {
		t.Errorf("it lists %d tools, then %d; want those that need client.read or nothing", first, again)
	}
}

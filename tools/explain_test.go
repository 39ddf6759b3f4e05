package tools_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// kinds are all kinds of failure, as their source declares them.
func kinds(t *testing.T) []fisklapi.Kind {
	t.Helper()
	source, err := os.ReadFile("../fisklapi/kind.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []fisklapi.Kind
	for _, m := range regexp.MustCompile(`(?m)^\t\w+ +Kind = "([^"]+)"`).FindAllStringSubmatch(string(source), -1) {
		all = append(all, fisklapi.Kind(m[1]))
	}
	if len(all) < 10 {
		t.Fatalf("only %d kinds found", len(all))
	}
	return all
}

// TestEveryKindHasWords holds that no failure is told without saying what it
// is, with a message and without, and that most say what to do next.
func TestEveryKindHasWords(t *testing.T) {
	t.Parallel()
	c := catalog(t, tools.Options{})
	for _, kind := range kinds(t) {
		for _, message := range []string{"", "looked for a total"} {
			for _, status := range []int{0, http.StatusOK, http.StatusBadRequest} {
				text := c.Explain(&fisklapi.Error{Kind: kind, Status: status, Message: message})
				what, _, _ := strings.Cut(strings.TrimPrefix(text, "No answer: "), ":")
				if len(strings.Fields(what)) < 2 && kind != fisklapi.Unauthorized || strings.Contains(text, ": :") || strings.HasPrefix(text, "No answer: .") {
					t.Errorf("%s, %q, status %d: %s", kind, message, status, text)
				}
			}
		}
	}
}

// TestMisreadSaysWhatToDo holds that an answer that is not understood is told
// with its operation, what was looked for, and the commands that mend it.
func TestMisreadSaysWhatToDo(t *testing.T) {
	t.Parallel()
	u := canned{
		"/v1/company": []byte(`{"id":1,"name":"Acme Ltd"}`),
		"/v1/taxes":   []byte(`[{"id":1,"alpha":"Secret words","1234":7,"Secret Ltd":1}]`),
	}
	a := inquire(t, u, "list_taxes", `{}`, nil)
	for _, want := range []string{"GET /v1/taxes", "in a form that is not understood", "looked for", "alpha", "fiskl-mcp contract learn", "fiskl-mcp contract adopt FILE"} {
		if !strings.Contains(a.Text, want) {
			t.Errorf("does not say %q: %s", want, a.Text)
		}
	}
	if a.Err == nil || a.Structured != nil || strings.Contains(a.Text, "Secret") || strings.Contains(a.Text, "1234") {
		t.Errorf("shows what was answered: %s", a.Text)
	}
}

package app

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestToolHelp finds that help of every tool names each argument, and that its
// example can be called on the demo company.
func TestToolHelp(t *testing.T) {
	t.Parallel()
	p, err := everyTool()
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range p.All() {
		t.Run(tool.Name, func(t *testing.T) {
			t.Parallel()
			got := try(t, nil, "", "tools", tool.Name, "--sandbox")
			_, example, ok := strings.Cut(got.out, "\nExample:\n  ")
			if got.code != exitOK || !ok || got.err != "" {
				t.Fatalf("got %+v", got)
			}
			for _, a := range argumentsOf(p.Definition(tool)) {
				if !strings.Contains(got.out, "\n  "+a.name) {
					t.Errorf("%s is not in\n%s", a.name, got.out)
				}
			}
			words := shellWords(strings.TrimSpace(example))
			if called := try(t, nil, "", words[1:]...); called.code != exitOK && called.code != exitAwaits {
				t.Errorf("%s: %+v", example, called)
			}
			if help := try(t, nil, "", "call", tool.Name, "--help"); help.out != got.out {
				t.Errorf("help says\n%s\nand not\n%s", help.out, got.out)
			}
		})
	}
}

// TestOffered finds that tools are listed as a key is offered them, and the rest
// with the reason.
func TestOffered(t *testing.T) {
	t.Parallel()
	w := watch(t)
	for name, c := range map[string]struct {
		key, out, err, not string
	}{
		"owner":      {sandbox.KeyOwner, "tools ", "", "Not offered"},
		"read-only":  {sandbox.KeyReadOnly, "\nNot offered, this credential lacks client.write:\n  create_client\n", "", "create_client  "},
		"no such":    {"fsk_sandboxNobody", "create_client  ", "What this key may do is not known, so all tools are listed: ", "Not offered"},
		"of no form": {"nonsense", "create_client  ", "What this key may do is not known, so all tools are listed: ", "Not offered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, []string{"FISKL_API_KEY=" + c.key, "FISKL_BASE_URL=" + w.url}, "", "tools")
			if got.code != exitOK || !strings.Contains(got.out, c.out) || !strings.HasPrefix(got.err, c.err) || (c.err == "") != (got.err == "") || strings.Contains(got.out, c.not) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

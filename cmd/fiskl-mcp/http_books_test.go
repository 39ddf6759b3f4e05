package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestMadeUpBesideLive finds that a made-up company beside a live one has books
// of its own, whichever comes first.
func TestMadeUpBesideLive(t *testing.T) {
	t.Parallel()
	const demo = "[companies.demo]\nsandbox = true\n"
	for _, first := range []string{"demo", "acme"} {
		w := watch(t)
		live := "[companies.acme]\napi_key = \"" + sandbox.KeyOwner + "\"\nbase_url = \"" + w.url + "\"\n"
		text := demo + live
		if first == "acme" {
			text = live + demo
		}
		file := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		h := receptive(t, []string{"FISKL_CONFIG=" + file}, "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "rw"))
		anna, ben := h.bearing("token-of-anna"), h.bearing("token-of-ben")
		if a := anna.told("create_client", `{"company":"demo","name":"Quayside"}`); a.failed {
			t.Errorf("got %+v", a)
		}
		w.wrote("in the made-up company")
		if a := anna.told("create_client", `{"company":"acme","name":"Wharfside"}`); a.failed {
			t.Errorf("got %+v", a)
		}
		w.wrote("in the live company", "POST /v1/clients")
		// Two callers work on the same companies, and not on copies of them.
		for company, name := range map[string]string{"demo": "Quayside", "acme": "Wharfside"} {
			if a := ben.told("get_client", `{"company":"`+company+`","client":"`+name+`"}`); a.failed {
				t.Errorf("got %+v", a)
			}
		}
		h.end()
	}
}

// TestNoStateFolder finds that without a folder to keep anything in the
// endpoint reads, and refuses every change with the reason.
func TestNoStateFolder(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	w := watch(t)
	h := receptive(t, w.settings("FISKL_STATE_DIR="+filepath.Join(file, "state")))
	v := h.by()
	if a := v.told("list_taxes", `{}`); a.failed {
		t.Errorf("got %+v", a)
	}
	v.told("create_client", `{"name":"Quayside"}`).undone(t, file)
	if got := h.earlier(`{}`).post(`{"jsonrpc":"2.0","id":1,"method":"tools/list"}`); got.status != http.StatusOK {
		t.Errorf("got %d %s", got.status, got.body)
	}
	w.wrote("the end")
	h.end()
	if !strings.Contains(h.log.String(), "there is no key to share") {
		t.Errorf("the log says\n%s", h.log)
	}
}

// TestActionsApart finds that who brings a key of their own reads what that key
// did, for another one may see more of the company. Who shares the server's key
// reads what all did with it.
func TestActionsApart(t *testing.T) {
	t.Parallel()
	w := watch(t)
	brought := receptive(t, []string{"FISKL_BASE_URL=" + w.url, "FISKL_STATE_DIR=" + t.TempDir()}, "--auth", "header")
	shared := receptive(t, w.settings("FISKL_STATE_DIR="+t.TempDir()), "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "ro"))
	for name, c := range map[string]struct {
		writer, reader visitor
		sees           bool
	}{
		"keys of their own": {brought.by("X-Fiskl-Api-Key", sandbox.KeyOwner), brought.by("X-Fiskl-Api-Key", sandbox.KeyInvoiceOnly), false},
		"one key":           {shared.bearing("token-of-anna"), shared.bearing("token-of-ben"), true},
	} {
		if a := c.writer.told("create_client", `{"name":"Quayside"}`); a.failed {
			t.Errorf("%s: got %+v", name, a)
		}
		if a := c.writer.told("list_agent_actions", `{}`); !strings.Contains(a.text, "Quayside") {
			t.Errorf("%s: who made it is told %+v", name, a)
		}
		if a := c.reader.told("list_agent_actions", `{}`); a.failed || strings.Contains(a.text, "Quayside") != c.sees {
			t.Errorf("%s: another is told %+v", name, a)
		}
	}
	brought.end()
	shared.end()
}

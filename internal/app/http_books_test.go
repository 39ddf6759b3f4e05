package app

import (
	"fmt"
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

// TestJournalOfOthers finds that a key which may not read the audit trail does
// not read in the journal what other keys of the company did.
func TestJournalOfOthers(t *testing.T) {
	t.Parallel()
	w := watch(t)
	h := receptive(t, []string{"FISKL_BASE_URL=" + w.url}, "--auth", "header")
	owner, clerk := h.by("X-Fiskl-Api-Key", sandbox.KeyOwner), h.by("X-Fiskl-Api-Key", sandbox.KeyInvoiceOnly)
	for _, one := range []answer{owner.told("create_vendor", `{"name":"Wharfside"}`), clerk.told("create_client", `{"name":"Quayside"}`)} {
		if one.failed {
			t.Fatalf("got %+v", one)
		}
	}
	const note = "to see what others had done, this credential lacks audit.read"
	whole := owner.told("list_agent_actions", `{}`)
	if !strings.Contains(whole.text, "Wharfside") || !strings.Contains(whole.text, "Quayside") || strings.Contains(whole.text, note) {
		t.Errorf("the owner got %s", whole.text)
	}
	own := clerk.told("list_agent_actions", `{}`)
	if strings.Contains(own.text+fmt.Sprint(own.structured), "Wharfside") || !strings.Contains(own.text, "Quayside") ||
		!strings.Contains(own.text, note) || own.structured["note"] == nil {
		t.Errorf("the clerk got %s %s", own.text, own.structured)
	}
	h.end()
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

// TestJournalOfOneKey finds that callers who share the server's key read what
// all of them did with it.
func TestJournalOfOneKey(t *testing.T) {
	t.Parallel()
	w := watch(t)
	h := receptive(t, w.settings(), "--auth", "static", "--access-tokens-file", tokensFile(t, "anna", "rw", "ben", "ro"))
	if a := h.bearing("token-of-anna").told("create_client", `{"name":"Quayside"}`); a.failed {
		t.Errorf("got %+v", a)
	}
	if a := h.bearing("token-of-ben").told("list_agent_actions", `{}`); a.failed || !strings.Contains(a.text, "Quayside") || a.structured["note"] != nil {
		t.Errorf("got %+v", a)
	}
	h.end()
}

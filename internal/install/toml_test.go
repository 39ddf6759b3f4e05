package install_test

import (
	"strings"
	"testing"
)

const block = "[mcp_servers.fiskl]\ncommand = \"/opt/fiskl/fiskl-mcp\"\nargs = [\"stdio\", \"--sandbox\"]\n"

// TestTOML edits files of every kind, once to add the entry and once to take
// it out again, which leaves the file as it was unless the case says what.
func TestTOML(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ before, after, removed string }{
		"empty file": {before: "", after: block},
		"others before": {
			before: "model = \"o\" # mine\n\n[mcp_servers.x]\ncommand = \"x\"\n",
			after:  "model = \"o\" # mine\n\n[mcp_servers.x]\ncommand = \"x\"\n\n" + block,
		},
		"no newline at the end": {
			before:  "[mcp_servers.x]\ncommand = \"x\"",
			after:   "[mcp_servers.x]\ncommand = \"x\"\n\n" + block,
			removed: "[mcp_servers.x]\ncommand = \"x\"\n",
		},
		"CRLF": {
			before: "a = 1\r\n",
			after:  "a = 1\r\n\r\n" + strings.ReplaceAll(block, "\n", "\r\n"),
		},
		"a byte order mark": {
			before: "\xef\xbb\xbf[a]\nb = 1\n",
			after:  "\xef\xbb\xbf[a]\nb = 1\n\n" + block,
		},
		"headers that are none": {
			before: "a = '''\n[mcp_servers.fiskl]\n'''\nb = [\n[1], # [mcp_servers.fiskl]\n]\n",
			after:  "a = '''\n[mcp_servers.fiskl]\n'''\nb = [\n[1], # [mcp_servers.fiskl]\n]\n\n" + block,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after := edited(t, "codex", c.before, wish())
			if after != c.after {
				t.Errorf("got\n%s\nwant\n%s", after, c.after)
			}
			if again := edited(t, "codex", after, wish()); again != after {
				t.Errorf("a second time changes it to\n%s", again)
			}
			want := c.removed
			if want == "" {
				want = c.before
			}
			if removed := edited(t, "codex", after, removal()); removed != want {
				t.Errorf("taken out it is\n%q\nwant\n%q", removed, want)
			}
		})
	}
}

// TestTOMLUpdate changes of an entry what is not as it should be, and takes
// it out with the tables inside it.
func TestTOMLUpdate(t *testing.T) {
	t.Parallel()
	const head, tail = "a = 1\n\n", "\n# the others\n[mcp_servers.x]\ncommand = \"x\"\n"
	const mine = "[ mcp_servers . \"fiskl\" ] # mine\nargs = [\n  \"http\", # old\n]\nstartup_timeout_sec = 5\n  command='/old/fiskl-mcp'   # where # it is\n\n[mcp_servers.fiskl.tools.send_invoice]\napproval_mode = \"prompt\"\n"
	const want = "[ mcp_servers . \"fiskl\" ] # mine\nargs = [\"stdio\", \"--sandbox\"]\nstartup_timeout_sec = 5\n  command = \"/opt/fiskl/fiskl-mcp\"   # where # it is\n\n[mcp_servers.fiskl.tools.send_invoice]\napproval_mode = \"prompt\"\n"
	if got := edited(t, "codex", head+mine+tail, wish()); got != head+want+tail {
		t.Errorf("got\n%s\nwant\n%s", got, head+want+tail)
	}
	if got := edited(t, "codex", head+mine+tail, removal()); got != "a = 1\n"+tail {
		t.Errorf("taken out: got\n%s\nwant\n%s", got, "a = 1\n"+tail)
	}
	if got, want := edited(t, "codex", "[mcp_servers.fiskl]\ncommand = \"fiskl-mcp\"", wish()), "[mcp_servers.fiskl]\nargs = [\"stdio\", \"--sandbox\"]\ncommand = \"/opt/fiskl/fiskl-mcp\""; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTOMLForeign leaves an entry of the same name alone until it is forced.
func TestTOMLForeign(t *testing.T) {
	t.Parallel()
	const before = "[mcp_servers.fiskl]\nurl = \"https://example.com\"\n[mcp_servers.fiskl.env]\nA = \"b\"\n\n[z]\n"
	if got := refused(t, "codex", before, wish()); !strings.Contains(got, "starts something else") {
		t.Errorf("got %s, want that the entry starts something else", got)
	}
	w := wish()
	w.Force = true
	if got := edited(t, "codex", before, w); got != block+"\n[z]\n" {
		t.Errorf("got\n%s\nwant\n%s", got, block+"\n[z]\n")
	}
	w = removal()
	w.Force = true
	if got := edited(t, "codex", before, w); got != "\n[z]\n" {
		t.Errorf("got\n%q\nwant\n%q", got, "\n[z]\n")
	}
}

// TestTOMLRefused does not touch what cannot be understood, and does not
// repeat what stands there.
func TestTOMLRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"not TOML":      {"a = 1\nkey = fsk_secret\n", "it cannot be read as TOML: see line 2"},
		"JSON":          {`{"mcpServers": {}}`, "it cannot be read as TOML"},
		"inline":        {"mcp_servers = {x = {command = \"x\"}}\n", "has to be changed by hand"},
		"inline entry":  {"[mcp_servers]\nfiskl = {command = \"fiskl-mcp\"}\n", "has to be changed by hand"},
		"dotted":        {"mcp_servers.fiskl.command = \"fiskl-mcp\"\n", "has to be changed by hand"},
		"no table":      {"mcp_servers = 5\n", "mcp_servers there is not a table"},
		"a list":        {"[[mcp_servers]]\n", "mcp_servers there is not a table"},
		"long value":    {"a = [\n" + strings.Repeat("1,\n", 5000) + "]\n", "has to be changed by hand"},
		"huge":          {strings.Repeat("# note\n", 200_000), "more than is edited"},
		"binary":        {"\x00\x01", "it cannot be read as TOML"},
		"not a program": {"[mcp_servers]\nfiskl = 5\n", "starts something else"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := refused(t, "codex", c.text, wish())
			if !strings.Contains(got, c.want) || strings.Contains(got, "fsk_") {
				t.Errorf("got %s, want %q and no key", got, c.want)
			}
		})
	}
}

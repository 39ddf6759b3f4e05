package app

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// bench is a shell user's place: one state folder for many calls.
type bench struct {
	t     *testing.T
	state string
	now   func() time.Time
}

func newBench(t *testing.T) bench {
	t.Helper()
	return bench{t, t.TempDir(), present}
}

func (b bench) call(args ...string) outcome {
	b.t.Helper()
	var out, err bytes.Buffer
	code := run(b.t.Context(), environment{
		args: append([]string{"call"}, args...), env: []string{"FISKL_SANDBOX=1"}, cache: b.t.TempDir(), config: b.t.TempDir(), state: b.state, now: b.now,
		in: strings.NewReader(""), out: &out, err: &err,
	})
	return outcome{code, out.String(), err.String()}
}

func (b bench) file(name string) string { return filepath.Join(b.state, "fiskl-mcp", "sandbox", name) }

// TestKeptSandbox finds that what one call makes the next one finds, on the same
// day and later, and that --fresh forgets it.
func TestKeptSandbox(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	made := b.call("create_client", "name=Quayside Cycles", "email=hello@quayside.example")
	if made.code != exitOK || !strings.Contains(made.out, "(sandbox)") || !strings.Contains(made.out, "\nsandbox\tkept between calls: 1 change since 2026-11-22; --fresh starts anew\n") {
		t.Fatalf("got %+v", made)
	}
	b.now = func() time.Time { return present().Add(50 * time.Hour) }
	if got := b.call("create_invoice", "client=Quayside Cycles", `items=[{"name":"Hours","quantity":"2","price":"95.00"}]`); got.code != exitOK || !strings.Contains(got.out, "2026-11-24") || !strings.Contains(got.out, "2 changes since 2026-11-22") {
		t.Errorf("got %+v", got)
	}
	got := b.call("get_invoice", "invoice=INV-0151", "--json")
	if got.code != exitOK || !strings.Contains(got.out, "Quayside Cycles") || !strings.Contains(got.out, "(sandbox)") || strings.Contains(got.out, "kept between") {
		t.Errorf("got %+v", got)
	}
	if got := b.call("get_client", "client=Quayside Cycles", "--today", "2026-11-22"); got.code != exitFailed {
		t.Errorf("another day: got %+v", got)
	}
	if got := b.call("preview_invoice", "client=Quayside Cycles", `items=[{"name":"Hours","quantity":"1","price":"1.00"}]`); !strings.Contains(got.out, "2 changes") {
		t.Errorf("a preview counts: got %+v", got)
	}
	if got := b.call("get_client", "client=Quayside Cycles", "--fresh"); got.code != exitFailed {
		t.Errorf("fresh: got %+v", got)
	}
	if got := b.call("get_client", "client=Northwind Bakery"); got.code != exitOK || strings.Contains(got.out, "kept between") || !strings.Contains(got.out, "(sandbox)") {
		t.Errorf("after it: got %+v", got)
	}
}

// TestKeptConfirmation finds that a yes counts in a later call, and that what was
// sent stays sent.
func TestKeptConfirmation(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	asked := b.call("send_invoice", "invoice=INV-0150", "--json")
	_, token, _ := strings.Cut(asked.out, `"confirm_token":"`)
	token, _, _ = strings.Cut(token, `"`)
	if sent := b.call("send_invoice", "invoice=INV-0150", "confirm_token="+token); asked.code != exitAwaits || sent.code != exitOK {
		t.Fatalf("got %+v, then %+v", asked, sent)
	}
	if got := b.call("get_invoice", "invoice=INV-0150"); !strings.Contains(got.out, "status\tSent") {
		t.Errorf("got %+v", got)
	}
}

// TestKeptSandboxBroken finds that a file that cannot be used is told of, and
// that the call is answered.
func TestKeptSandboxBroken(t *testing.T) {
	t.Parallel()
	old := `{"version":1,"begun":"2026-10-01T10:00:00Z","changes":[{"at":"2026-10-01T10:00:00Z","method":"POST","path":"/v1/clients","body":"{\"name\":\"Zebra Works\"}"}]}`
	for name, c := range map[string]struct {
		content, err string
	}{
		"no JSON":         {"{", "its file cannot be read; a new one was begun, and the file is now "},
		"empty":           {"", "its file cannot be read"},
		"another version": {strings.Replace(old, `"version":1`, `"version":2`, 1), "its file cannot be read"},
		"no beginning":    {`{"version":1}`, "its file cannot be read"},
		"no such path":    {strings.NewReplacer("/v1/clients", "/v1/nothing", "10-01T", "11-22T").Replace(old), "its changes cannot be made again with this version"},
		"no path":         {strings.NewReplacer("/v1/clients", " %zz", "10-01T", "11-22T").Replace(old), "its changes cannot be made again"},
		"refused":         {strings.NewReplacer("name", "nome", "10-01T", "11-22T").Replace(old), "its changes cannot be made again"},
		"too large":       {strings.Repeat(" ", mostBytes+1), "its file is too large"},
		"too old":         {old, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			if err := os.MkdirAll(filepath.Dir(b.file("x")), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(b.file("sandbox.json"), []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			got := b.call("create_client", "name=Quayside Cycles")
			if got.code != exitOK || !strings.Contains(got.err, c.err) || (c.err == "") != (got.err == "") {
				t.Errorf("got %+v", got)
			}
			if _, err := os.Stat(b.file("sandbox.json.unread")); (err == nil) != (c.err != "") {
				t.Errorf("set aside: %v", err)
			}
			if got := b.call("get_client", "client=Zebra Works"); got.code != exitFailed {
				t.Errorf("what is old is there: %+v", got)
			}
		})
	}
}

// TestSandboxNotKept finds that a call is answered where nothing can be written,
// and says so.
func TestSandboxNotKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if err := os.MkdirAll(filepath.Dir(filepath.Dir(b.file("x"))), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Dir(b.file("x")), nil, 0o600); err != nil { // a file where the folder would be
		t.Fatal(err)
	}
	got := b.call("create_client", "name=Quayside Cycles")
	if got.code != exitOK || !strings.Contains(got.err, "The sandbox: its changes are not kept: ") || strings.Contains(got.out, "kept between") {
		t.Errorf("got %+v", got)
	}
	if runtime.GOOS == "windows" {
		return
	}
	if got := b.call("list_taxes"); got.code != exitOK {
		t.Errorf("a read: got %+v", got)
	}
}

// TestKeptAtOnce finds that of calls that are made at once none is lost.
func TestKeptAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all sync.WaitGroup
	const calls = 6
	for i := range calls {
		all.Go(func() {
			if got := b.call("create_client", fmt.Sprintf("name=Quayside Cycles %d", i)); got.code != exitOK || got.err != "" {
				t.Errorf("got %+v", got)
			}
		})
	}
	all.Wait()
	got := b.call("list_clients", "search=Quayside")
	if !strings.Contains(got.out, fmt.Sprintf("· %d rows, complete", calls)) || !strings.Contains(got.out, fmt.Sprintf("%d changes", calls)) {
		t.Errorf("got %+v", got)
	}
}

// TestFullSandbox finds that a sandbox takes so many changes and no more.
func TestFullSandbox(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	one := `{"at":"2026-11-22T10:00:00Z","method":"PUT","path":"/v1/clients/1024","body":"{\"name\":\"Acme Ltd\"}"}`
	content := `{"version":1,"begun":"2026-11-22T10:00:00Z","changes":[` + strings.Repeat(one+",", mostKept-1) + one + `]}`
	if err := os.MkdirAll(filepath.Dir(b.file("x")), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(b.file("sandbox.json"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := b.call("create_client", "name=Quayside Cycles"); got.code != exitFailed || !strings.Contains(got.err, "the sandbox keeps at most 500 changes; start a new one with --fresh") {
		t.Errorf("got %+v", got)
	}
	if got := b.call("create_client", "name=Quayside Cycles", "--fresh"); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
}

// TestPinnedDay finds that the demo company lives on the day that it is told to,
// whatever day it is.
func TestPinnedDay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.now = func() time.Time { return time.Date(2031, time.May, 3, 4, 5, 6, 0, time.UTC) }
	plain := newBench(t).call("get_invoice_totals")
	for _, day := range []string{"2026-11-22", "22 Nov 2026"} {
		if got := b.call("get_invoice_totals", "--today", day); got.out != plain.out || got.code != exitOK {
			t.Errorf("%s: got %s, want %s", day, got.out, plain.out)
		}
	}
	for _, client := range []string{"One", "Two"} {
		if got := b.call("create_client", "name="+client, "--today", "2026-11-22"); got.code != exitOK {
			t.Errorf("got %+v", got)
		}
	}
	if got := b.call("get_client", "client=One", "--today", "2026-11-22"); got.code != exitOK {
		t.Errorf("got %+v", got)
	}
	for _, day := range []string{"nonsense", "01/02/2026", "2026-02-30"} {
		if got := b.call("list_taxes", "--today", day); got.code != exitUsage || !strings.Contains(got.err, "FISKL_SANDBOX_TODAY") {
			t.Errorf("%s: got %+v", day, got)
		}
	}
	if got := try(t, []string{"FISKL_API_KEY=fsk_sandboxOwner"}, "", "call", "list_taxes", "--today", "2026-11-22"); got.code != exitUsage || !strings.Contains(got.err, "is for the sandbox alone") {
		t.Errorf("live books: got %+v", got)
	}
	if got := try(t, nil, "", "sandbox", "--today", "nonsense"); got.code != exitUsage {
		t.Errorf("its own command: got %+v", got)
	}
}

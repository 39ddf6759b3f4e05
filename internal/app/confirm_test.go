package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// shell runs "call" as a script does and returns what came of it. What it keeps
// is kept in a folder that later runs share.
type shell struct {
	t     *testing.T
	fiskl *watched
	state string
}

func (s shell) call(args ...string) outcome {
	s.t.Helper()
	return try(s.t, s.fiskl.settings(), "", append([]string{"call", "--state-dir", s.state}, args...)...)
}

// token is the token of a call that did nothing.
func (s shell) token(args ...string) string {
	s.t.Helper()
	got := s.call(append(args, "--json")...)
	var held struct {
		Token string `json:"confirm_token"`
	}
	if err := json.Unmarshal([]byte(got.out), &held); got.code != exitAwaits || err != nil || held.Token == "" {
		s.t.Fatalf("%v came to %+v", args, got)
	}
	return held.Token
}

// TestCallByToken confirms from a script: each call is a run of the program.
func TestCallByToken(t *testing.T) {
	t.Parallel()
	s := shell{t, watch(t), t.TempDir()}
	send := []string{"send_invoice", "invoice=INV-0150"}
	said := s.call(send...)
	if said.code != exitAwaits || said.err != "" || !strings.HasPrefix(said.out, "Nothing has been sent. E-mail invoice INV-0150 to its client?\n") || !strings.Contains(said.out, `confirm_token "fc_`) {
		t.Errorf("got %+v", said)
	}
	token := "confirm_token=" + s.token(send...)
	for _, args := range [][]string{
		{"send_invoice", "invoice=INV-0145", token},
		{"mark_invoice_paid", "invoice=INV-0145", token},
		{"send_invoice", "invoice=INV-0150", token[:len(token)-1]},
	} {
		if got := s.call(args...); got.code != exitFailed || got.out != "" || !strings.HasPrefix(got.err, "Not done, nothing was changed: ") {
			t.Errorf("%v came to %+v", args, got)
		}
	}
	other := shell{t, s.fiskl, t.TempDir()}
	if got := other.call(append(send, token)...); got.code != exitFailed || !strings.Contains(got.err, "made by another installation") {
		t.Errorf("another installation: %+v", got)
	}
	s.fiskl.wrote("before the yes")
	if got := s.call(append(send, token)...); got.code != exitOK || !strings.Contains(got.out, "\nstatus\tSent\n") {
		t.Errorf("got %+v", got)
	}
	if got := s.call(append(send, token)...); got.code != exitFailed || got.out != "" {
		t.Errorf("the second time: %+v", got)
	}
	s.fiskl.wrote("the end", "POST /v1/invoices/5268/send")
}

// TestCallTokenOnce finds that a token is spent even when what it was for
// looks the same again.
func TestCallTokenOnce(t *testing.T) {
	t.Parallel()
	s := shell{t, watch(t), t.TempDir()}
	pay := []string{"record_payment", "invoice=INV-0144", "amount=100.00"}
	token := s.token(pay...)
	second := s.token(pay...)
	for i, want := range []struct {
		token string
		code  int
	}{{token, exitOK}, {token, exitFailed}, {second, exitFailed}} {
		if got := s.call(append(pay, "confirm_token="+want.token)...); got.code != want.code {
			t.Errorf("%d: %+v", i, got)
		}
	}
	s.fiskl.wrote("the end", "POST /v1/payments")
	if got := s.call("list_agent_actions"); got.code != exitOK || strings.Count(got.out, "record_payment") != 1 {
		t.Errorf("the journal: %+v", got)
	}
}

// terminal is a run of "call" by a person at a terminal.
type terminal struct {
	person *os.File // where the person sits
	out    *bytes.Buffer
	done   chan int
	stop   context.CancelFunc
}

func sit(t *testing.T, fiskl *watched, args ...string) *terminal {
	t.Helper()
	person, tty, err := pty.Open()
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("needs pseudo-terminals, which this system lacks")
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	term := &terminal{person, &bytes.Buffer{}, make(chan int, 1), stop}
	w := environment{
		args: append([]string{"call"}, args...), env: fiskl.settings(), cache: t.TempDir(), config: t.TempDir(), state: t.TempDir(), now: present,
		in: tty, out: term.out, err: tty,
	}
	go func() {
		term.done <- run(ctx, w)
		_ = tty.Close()
	}()
	t.Cleanup(func() {
		stop()
		_ = person.Close()
	})
	return term
}

// reads reads what the program says until it says that.
func (m *terminal) reads(t *testing.T, until string) string {
	t.Helper()
	late := time.AfterFunc(patience, func() { _ = m.person.Close() })
	defer late.Stop()
	var said strings.Builder
	for b := make([]byte, 256); !strings.Contains(said.String(), until); {
		n, err := m.person.Read(b)
		said.Write(b[:n])
		if err != nil {
			t.Fatalf("%v after %q", err, said.String())
		}
	}
	return strings.ReplaceAll(said.String(), "\r\n", "\n")
}

// TestCallAtTerminal puts the question to the person at the terminal. Only yes
// and y are a yes, and a refusal is worded for that person.
func TestCallAtTerminal(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		types string
		done  bool
	}{
		"yes":         {"yes\n", true},
		"YES":         {" YES \n", true},
		"y":           {"y\n", true},
		"Y":           {"Y\n", true},
		"yy":          {"yy\n", false},
		"no":          {"no\n", false},
		"nothing":     {"\n", false},
		"yes and no":  {"yes no\n", false},
		"later":       {"\nyes\n", false},
		"end":         {"\x04", false},
		"half, ended": {"yes\x04\x04", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := watch(t)
			term := sit(t, w, "send_invoice", "invoice=INV-0150")
			said := term.reads(t, "Type yes to go on: ")
			for _, want := range []string{"\ncompany: \"Harbour & Finch Studio Ltd\"\n", "\nrecipient: \"accounts@northwind.example\"\n", "\ntotal: 1800.00 GBP\n"} {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not in %q", want, said)
				}
			}
			w.wrote("the question")
			if _, err := term.person.WriteString(c.types); err != nil {
				t.Fatal(err)
			}
			if !c.done {
				term.reads(t, "Not done, nothing was changed: you did not type yes.")
			}
			code := <-term.done
			if c.done {
				w.wrote("the yes", "POST /v1/invoices/5268/send")
			} else {
				w.wrote("no yes")
			}
			if (code == exitOK) != c.done || strings.Contains(term.out.String(), "status\tSent") != c.done {
				t.Errorf("it ended with status %d and said %q", code, term.out)
			}
		})
	}
}

// TestCallInterrupted finds that an interrupt at the question ends the program,
// and that nothing was done.
func TestCallInterrupted(t *testing.T) {
	t.Parallel()
	w := watch(t)
	term := sit(t, w, "record_payment", "invoice=INV-0145", "amount=100.00")
	term.reads(t, "Type yes to go on: ")
	term.stop()
	select {
	case code := <-term.done:
		if code != exitFailed || term.out.Len() != 0 {
			t.Errorf("it ended with status %d and said %q", code, term.out)
		}
	case <-time.After(patience):
		t.Error("it does not end")
	}
	w.wrote("the end")
}

// TestCallRedirected finds that nobody is asked where the question would not be
// seen, or the answer does not come from a person.
func TestCallRedirected(t *testing.T) {
	t.Parallel()
	person, tty, err := pty.Open()
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("needs pseudo-terminals, which this system lacks")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = person.Close(), tty.Close() })
	if _, err := person.WriteString("yes\n"); err != nil {
		t.Fatal(err)
	}
	w := watch(t)
	for name, at := range map[string]environment{
		"question into a file": {in: tty, err: &bytes.Buffer{}},
		"answer from a file":   {in: strings.NewReader("yes\n"), err: tty},
	} {
		var out bytes.Buffer
		at.args, at.env = []string{"call", "send_invoice", "invoice=INV-0150"}, w.settings()
		at.cache, at.config, at.state, at.now, at.out = t.TempDir(), t.TempDir(), t.TempDir(), present, &out
		if code := run(t.Context(), at); code != exitAwaits || !strings.HasPrefix(out.String(), "Nothing has been sent.") {
			t.Errorf("%s: status %d, %q", name, code, out.String())
		}
		w.wrote(name)
	}
}

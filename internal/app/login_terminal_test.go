package app

import (
	"bytes"
	"context"
	"errors"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// TestLoginAtTerminal pastes a key at a terminal, which does not show it, and
// interrupts, which leaves the terminal as it was.
func TestLoginAtTerminal(t *testing.T) {
	t.Parallel()
	for name, typed := range map[string]string{"pastes": sandbox.KeyOwner + "\r", "interrupts": ""} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			person, tty, err := pty.Open()
			if errors.Is(err, pty.ErrUnsupported) {
				t.Skip("needs pseudo-terminals, which this system lacks")
			}
			if err != nil {
				t.Fatal(err)
			}
			defer tty.Close() //nolint:errcheck // of a test
			h := newHouse(t)
			ctx, stop := context.WithCancel(t.Context())
			m := &terminal{person, &bytes.Buffer{}, make(chan int, 1), stop}
			t.Cleanup(func() { stop(); _ = person.Close() })
			before := settingsOf(t, tty)
			go func() {
				m.done <- run(ctx, environment{args: []string{"login"}, env: h.env(), state: h.state, now: present, in: tty, out: m.out, err: tty})
			}()
			m.reads(t, "not shown: ")
			for reflect.DeepEqual(before, settingsOf(t, tty)) {
				runtime.Gosched() // a person takes longer to paste
			}
			if typed == "" {
				stop()
			} else if _, err := person.WriteString(typed); err != nil {
				t.Fatal(err)
			}
			code := <-m.done
			if !reflect.DeepEqual(before, settingsOf(t, tty)) {
				t.Error("the terminal is left otherwise than it was")
			}
			if typed == "" {
				if shown := m.reads(t, "given up"); code != exitFailed || m.out.Len() > 0 {
					t.Errorf("status %d, %q, %q", code, shown, m.out)
				}
				return
			}
			if _, err := tty.WriteString("END"); err != nil {
				t.Fatal(err)
			}
			if shown := m.reads(t, "END"); code != exitOK || strings.Contains(shown, "Owner") || !strings.HasPrefix(m.out.String(), "Signed in to Harbour") {
				t.Errorf("status %d, %q, %q", code, shown, m.out)
			}
		})
	}
}

// settingsOf are those of a terminal.
func settingsOf(t *testing.T, tty *os.File) *term.State {
	t.Helper()
	state, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

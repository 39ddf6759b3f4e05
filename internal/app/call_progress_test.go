package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/creack/pty"
)

// hurried is a clock that goes on by a second whenever somebody looks.
func hurried() func() time.Time {
	var looked atomic.Int64
	return func() time.Time { return present().Add(time.Duration(looked.Add(1)) * time.Second) }
}

// onScreen is what a call from a terminal came to.
type onScreen struct {
	code   int
	out    string
	stream string   // all that was written to the terminal
	lines  []string // what it shows in the end
}

// screenCall runs a call whose standard error is a terminal of so many columns.
func screenCall(ctx context.Context, t *testing.T, columns uint16, env []string, args ...string) onScreen {
	t.Helper()
	person, tty, err := pty.Open()
	if errors.Is(err, pty.ErrUnsupported) {
		t.Skip("needs pseudo-terminals, which this system lacks")
	}
	if err == nil {
		err = pty.Setsize(tty, &pty.Winsize{Rows: 24, Cols: columns})
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = person.Close(), tty.Close() })
	shown := make(chan string, 1)
	go func() { shown <- everything(person) }()
	var out bytes.Buffer
	code := run(ctx, environment{
		args: append([]string{"call"}, args...), env: env, cache: t.TempDir(), config: t.TempDir(), state: t.TempDir(), now: hurried(),
		in: strings.NewReader(""), out: &out, err: tty,
	})
	_ = tty.Close()
	stream := <-shown
	return onScreen{code, out.String(), stream, screen(stream)}
}

// everything reads a terminal until the program is gone. That is an error on
// some systems and an end on others.
func everything(person *os.File) string {
	var all bytes.Buffer
	_, _ = io.Copy(&all, person)
	return all.String()
}

// screen is what a terminal shows that was written that.
func screen(stream string) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.ReplaceAll(stream, "\r\n", "\n"), "\n") {
		shown := ""
		for part := range strings.SplitSeq(line, "\r") {
			text, erased := strings.CutPrefix(part, "\x1b[2K")
			if erased {
				shown = ""
			}
			text, _ = strings.CutSuffix(text, "\x1b[0K")
			shown = text + shown[min(len(shown), len(text)):]
		}
		lines = append(lines, shown)
	}
	return lines
}

// TestBar finds that a long read at a terminal shows how far it is, that nothing
// of it is left when the answer is there, and that the answer is what it is
// without.
func TestBar(t *testing.T) {
	t.Parallel()
	all := []string{"list_clients", "all=true"}
	for name, test := range map[string]struct {
		columns uint16
		total   bool
		env     string
		args    []string
		drawn   string // "" for nothing
	}{
		"a total":         {100, true, "", all, "of 390 rows read"},
		"no total":        {100, false, "", all, " rows read  "},
		"structured":      {80, true, "", append(all, "--json"), "of 390 rows read"},
		"an export":       {80, true, "", []string{"export_list", "list=clients"}, "of 390 rows read"},
		"no colours":      {80, true, "NO_COLOR=1", all, "of 390 rows read"},
		"no size":         {0, true, "", all, "of 390 rows read"},
		"a narrow one":    {30, true, "", all, ""},
		"not wanted":      {100, true, "", append(all, "--no-progress"), ""},
		"a build service": {100, true, "CI=true", all, ""},
		"none after all":  {100, true, "CI=false", all, "of 390 rows read"},
		"a dumb one":      {100, true, "TERM=dumb", all, ""},
		"a page":          {100, true, "", []string{"list_clients", "limit=5"}, ""},
		"a short list":    {100, true, "", []string{"list_taxes"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api := newLongList(t, test.total)
			api.open()
			env := append(api.settings(), test.env)
			got := screenCall(t.Context(), t, test.columns, env, test.args...)
			if got.code != exitOK || strings.Join(got.lines, "") != "" {
				t.Errorf("status %d, and there is left %q", got.code, got.lines)
			}
			if test.drawn == "" && got.stream != "" || !strings.Contains(got.stream, test.drawn) || strings.Contains(got.stream, "\x1b[3") {
				t.Errorf("there was drawn %q", got.stream)
			}
			if plain := try(t, env, "", append([]string{"call"}, test.args...)...); test.args[0] != "export_list" && (plain.out != got.out || plain.err != "") || got.out == "" {
				t.Errorf("the answer is %q, and %q without a terminal", got.out, plain.out)
			}
		})
	}
}

// TestBarAndLines finds that log lines, errors and the table of requests stand
// each on a line of their own.
func TestBarAndLines(t *testing.T) {
	t.Parallel()
	api := newLongList(t, true)
	api.open()
	got := screenCall(t.Context(), t, 100, api.settings(), "list_clients", "all=true", "--log-level", "debug", "--timing")
	logged, table := 0, 0
	for _, line := range got.lines {
		switch {
		case strings.Contains(line, "rows read"):
			t.Errorf("there is left %q", line)
		case strings.Contains(line, "fiskl request"):
			logged++
		case strings.Contains(line, "GET listClients"):
			table++
		}
	}
	if logged < 8 || table < 8 || !strings.Contains(got.stream, "rows read") || got.code != exitOK {
		t.Errorf("status %d, %d lines of the log and %d of the table in\n%q", got.code, logged, table, got.lines)
	}
}

// TestInterrupted finds that a call that is interrupted asks for no page more, and
// takes its bar along.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	api := newLongList(t, true)
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	api.arrives = interrupt
	got := screenCall(ctx, t, 100, api.settings(), "list_clients", "all=true", "--timing")
	if asked := api.asked.Load(); got.code != exitFailed || got.out != "" || asked < 3 || asked > 8 { // those that were on their way already
		t.Errorf("status %d, %q, and %d pages were asked for", got.code, got.out, asked)
	}
	text := strings.Join(got.lines, "\n")
	if strings.Contains(text, "rows read") || !strings.Contains(text, "No answer: ") || !strings.Contains(text, "given up") {
		t.Errorf("it shows\n%s", text)
	}
}

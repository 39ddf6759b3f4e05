package app

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// present is the moment that the program lives in under test.
func present() time.Time { return time.Date(2026, time.November, 22, 16, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: present})

// outcome is what came of one run of the program.
type outcome struct {
	code     int
	out, err string
}

// try runs the program to its end.
func try(t *testing.T, env []string, in string, args ...string) outcome {
	t.Helper()
	var out, err bytes.Buffer
	code := run(t.Context(), environment{
		args: args, env: env, cache: t.TempDir(), config: t.TempDir(), state: t.TempDir(), now: present,
		in: strings.NewReader(in), out: &out, err: &err,
	})
	return outcome{code, out.String(), err.String()}
}

// conversation is a run of the program that a test talks to.
type conversation struct {
	t    *testing.T
	in   io.WriteCloser
	out  *bufio.Reader
	log  *log
	stop func() // as a signal does
	done chan int

	hangUp func() // leaves what it says unread; for a process of its own
}

// talk starts the program as a desktop client does.
func talk(t *testing.T, env []string, args ...string) *conversation {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	in, feed := io.Pipe()
	out, answers := io.Pipe()
	c := &conversation{t: t, in: feed, out: bufio.NewReader(out), log: &log{}, stop: stop, done: make(chan int, 1)}
	w := environment{
		args: args, env: env, cache: t.TempDir(), config: t.TempDir(), state: t.TempDir(), now: present,
		in: in, out: answers, err: c.log,
	}
	go func() {
		code := run(ctx, w)
		_ = answers.Close()
		c.done <- code
	}()
	t.Cleanup(func() {
		stop()
		_, _ = feed.Close(), out.Close()
	})
	return c
}

// send writes one line.
func (c *conversation) send(line string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatal(err)
	}
}

// receive reads one line.
func (c *conversation) receive() string {
	c.t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		c.t.Fatalf("%v after %q; the log says:\n%s", err, line, c.log)
	}
	return strings.TrimSuffix(line, "\n")
}

// ended waits for the program to end and returns its exit status and what was
// left on its output.
func (c *conversation) ended() (int, string) {
	c.t.Helper()
	rest, err := io.ReadAll(c.out)
	if err != nil {
		c.t.Fatal(err)
	}
	select {
	case code := <-c.done:
		return code, string(rest)
	case <-time.After(patience):
		c.t.Fatal("the program does not end")
		return 0, ""
	}
}

// log is a standard error that can be read while it is written.
type log struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// member is the value at a path inside a JSON text; nil if there is none.
func member(t *testing.T, text string, path ...string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	for _, name := range path {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return value
}

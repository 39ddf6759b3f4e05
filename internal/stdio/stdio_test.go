package stdio_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/stdio"
)

// library stands for the protocol library: it takes lines, answers those with
// an id after a while, gives up when its context ends, and ends with its input.
type library struct {
	took time.Duration
	says string // whole lines

	lines []string
}

func (l *library) listen(ctx context.Context, in io.Reader, out io.Writer) error {
	var calls sync.WaitGroup
	defer calls.Wait()
	for lines := bufio.NewReader(in); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return nil
		}
		l.lines = append(l.lines, line)
		if strings.Contains(line, `"id"`) {
			calls.Go(func() { l.answer(ctx, line, out) })
		}
	}
}

// answer speaks of 7 unless the call is the other one.
func (l *library) answer(ctx context.Context, call string, out io.Writer) {
	says := l.says
	if call == other {
		says = strings.ReplaceAll(says, "7", "8")
	}
	select {
	case <-time.After(l.took):
	case <-ctx.Done():
		return
	}
	for line := range strings.SplitAfterSeq(says, "\n") {
		if line != "" {
			_, _ = io.WriteString(out, line)
		}
	}
}

const (
	request   = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}` + "\n"
	cancelled = `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7.0}}` + "\n"
	reply     = `{"jsonrpc":"2.0","id":7,"result":{}}` + "\n"
	other     = `{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{}}` + "\n"
	reply8    = `{"jsonrpc":"2.0","id":8,"result":{}}` + "\n"
	note      = `{"jsonrpc":"2.0","method":"notifications/progress"}` + "\n"

	soon = 500 * time.Millisecond
)

func TestEndOfInput(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		in   string
		took time.Duration
		says string // what the library answers
		want string // what of it comes out
		wait time.Duration
	}{
		"an answer is waited for":         {request, soon, reply, reply, soon},
		"a last line need not end":        {strings.TrimSpace(request), soon, reply, reply, soon},
		"patience ends":                   {request, time.Hour, reply, "", stdio.Patience},
		"7.0 is 7":                        {strings.Replace(request, "7", "7.0", 1), soon, reply, reply, soon},
		"text is not a number":            {strings.Replace(request, "7", `"7"`, 1), soon, reply, reply, stdio.Patience},
		"cancelled":                       {request + cancelled + other, soon, reply, reply8, soon},
		"cancelled and slow":              {request + cancelled, time.Hour, reply, "", 0},
		"another was cancelled":           {request + strings.Replace(cancelled, "7.0", "8", 1), soon, reply, reply, soon},
		"params first":                    {`{"params":{"requestId":1},"id":7,"method":"tools/call"}` + "\n", soon, reply, reply, soon},
		"params of a cancellation first":  {request + `{"params":{"requestId":7},"method":"notifications/cancelled"}` + "\n" + other, soon, reply, reply8, soon},
		"an answer is not decoded":        {request, soon, `{"id":7,"result":` + "oops\n", `{"id":7,"result":` + "oops\n", soon},
		"an error is an answer":           {request, soon, `{"id":7,"error":{}}` + "\n", `{"id":7,"error":{}}` + "\n", soon},
		"a notification is no answer":     {request, soon, note + reply, note + reply, soon},
		"nothing was asked":               {"", 0, "", "", 0},
		"a notification waits for nobody": {note, 0, "", "", 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				l := &library{took: c.took, says: c.says}
				start := time.Now()
				if err := stdio.Serve(t.Context(), settled{strings.NewReader(c.in)}, &out, l.listen); err != nil {
					t.Error(err)
				}
				if got := time.Since(start); got != c.wait {
					t.Errorf("took %v, want %v", got, c.wait)
				}
				if got := out.String(); got != c.want {
					t.Errorf("out came %q, want %q", got, c.want)
				}
				passed := strings.Join(l.lines, "")
				if strings.TrimSpace(passed) != strings.TrimSpace(c.in) || passed != "" && !strings.HasSuffix(passed, "\n") {
					t.Errorf("the library got %q, want %q", passed, c.in)
				}
			})
		})
	}
}

// settled lets everything else come to rest before it reports the end, so that
// what a case is about does not depend on who is faster.
type settled struct{ io.Reader }

func (s settled) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil {
		synctest.Wait()
	}
	return n, err
}

// TestStop tells the program to stop while its input is still open.
func TestStop(t *testing.T) {
	t.Parallel()
	for name, took := range map[string]time.Duration{"in time": soon, "too late": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				in, client := io.Pipe()
				go func() {
					_, _ = io.WriteString(client, request)
					synctest.Wait() // until the request has been passed on
					stop()
				}()
				var out bytes.Buffer
				l := &library{took: took, says: reply}
				start := time.Now()
				if err := stdio.Serve(ctx, in, &out, l.listen); err != nil {
					t.Error(err)
				}
				want, wait := reply, soon
				if took > stdio.Patience {
					want, wait = "", stdio.Patience
				}
				if got := time.Since(start); out.String() != want || got != wait {
					t.Errorf("after %v came %q, want %q after %v", got, out.String(), want, wait)
				}
				_ = client.Close() // lets the reader of the input go
			})
		})
	}
}

// TestNobodyReads finds that the program ends although its output is stuck.
func TestNobodyReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reader, out := io.Pipe()
		start := time.Now()
		err := stdio.Serve(t.Context(), settled{strings.NewReader(request)}, out, (&library{says: reply}).listen)
		if got := time.Since(start); err != nil || got > 2*stdio.Patience {
			t.Errorf("ended after %v with %v", got, err)
		}
		_ = reader.Close() // lets the writer of the output go
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	t.Run("input", func(t *testing.T) {
		t.Parallel()
		err := stdio.Serve(t.Context(), iotest.ErrReader(broken), io.Discard, (&library{}).listen)
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("library", func(t *testing.T) {
		t.Parallel()
		in, client := io.Pipe()
		defer func() { _ = client.Close() }()
		err := stdio.Serve(t.Context(), in, io.Discard, func(context.Context, io.Reader, io.Writer) error { return broken })
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}

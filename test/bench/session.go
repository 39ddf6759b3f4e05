package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// patience is how long one session with a server may last.
const patience = 90 * time.Second

// session is a running server and the conversation with it.
type session struct {
	era     string
	begun   time.Time // just before the process was started
	hello   json.RawMessage
	cmd     *exec.Cmd
	cancel  context.CancelFunc
	in      io.WriteCloser
	out     *bufio.Reader
	errors  bytes.Buffer
	asked   int
	spelled []byte // the request that is sent next
}

// start starts a server and, in the older era, shakes hands with it.
func start(ctx context.Context, s server, era, home string) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	c := &session{era: era, cancel: cancel}
	c.cmd = exec.CommandContext(ctx, s.args[0], s.args[1:]...) //nolint:gosec // the program that is measured
	c.cmd.Env = append([]string{"PATH=/usr/bin:/bin", "HOME=" + home}, s.env...)
	c.cmd.Stderr = &c.errors
	err := c.open()
	if err == nil && era == legacy {
		err = c.shakeHands()
	}
	if err != nil {
		cancel()
		_ = c.cmd.Wait() // it was killed, or never ran
		return nil, fmt.Errorf("%s: %w; it said: %s", s.args[0], err, c.errors.String())
	}
	return c, nil
}

func (c *session) open() error {
	in, err := c.cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	c.in, c.out = in, bufio.NewReaderSize(out, 1<<20)
	c.begun = time.Now()
	return c.cmd.Start()
}

func (c *session) shakeHands() (err error) {
	c.asked++
	if c.hello, err = c.send(greeting(c.asked)); err != nil {
		return err
	}
	_, err = c.in.Write(greeted())
	return err
}

// spell prepares a request, so that sending it costs nothing else.
func (c *session) spell(method string, params map[string]any) *session {
	c.asked++
	c.spelled = request(c.era, c.asked, method, params)
	return c
}

// ask sends the request that was spelled and waits for its answer.
func (c *session) ask() (json.RawMessage, error) { return c.send(c.spelled) }

// send waits for the answer to the request asked last. What the server says
// besides is passed over.
func (c *session) send(message []byte) (json.RawMessage, error) {
	if _, err := c.in.Write(message); err != nil {
		return nil, err
	}
	for {
		b, err := c.out.ReadBytes('\n')
		if err != nil {
			return nil, err
		}
		if r, ok, err := result(b, c.asked); ok || err != nil {
			return r, err
		}
	}
}

// call calls a tool without arguments.
func (c *session) call(tool string) (toolResult, time.Duration, error) {
	return c.callWith(tool, map[string]any{})
}

// callWith calls a tool and reports how long the answer took.
func (c *session) callWith(tool string, arguments any) (toolResult, time.Duration, error) {
	c.spell("tools/call", map[string]any{"name": tool, "arguments": arguments})
	sent := time.Now()
	raw, err := c.ask()
	took := time.Since(sent)
	var r toolResult
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	if err == nil && (r.IsError || len(r.Content) == 0) {
		err = fmt.Errorf("%s failed: %.300s", tool, raw)
	}
	return r, took, err
}

// peak is the most memory the process ever had resident, in MiB.
func (c *session) peak() (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(b)) {
		if kib, ok := strings.CutPrefix(l, "VmHWM:"); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kib), "kB")), 64)
			return n / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d has no VmHWM", c.cmd.Process.Pid)
}

// end closes the server's input. It reports how long the server took to end
// and whether it ended by itself and with status 0.
func (c *session) end() (took time.Duration, well bool) {
	defer c.cancel()
	closed := time.Now()
	_ = c.in.Close()                  // a server that has gone already is found out below
	_, _ = io.Copy(io.Discard, c.out) // likewise
	well = c.cmd.Wait() == nil
	return time.Since(closed), well
}

// cpu is what a server that has ended took of the processors.
func (c *session) cpu() time.Duration {
	return c.cmd.ProcessState.UserTime() + c.cmd.ProcessState.SystemTime()
}

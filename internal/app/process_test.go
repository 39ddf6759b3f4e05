package app

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// asProgram tells the test binary, by a variable of that name, to be the
// program. Its value is the folder to keep everything in.
const asProgram = "TEST_BINARY_AS_PROGRAM"

// TestMain lends the test binary to tests that need the program in a process
// of its own: the protocol library keeps one session over standard input and
// output for a whole process.
func TestMain(m *testing.M) {
	dir := os.Getenv(asProgram)
	if dir == "" {
		os.Exit(m.Run())
	}
	ctx, stop := untilStopped()
	code := run(ctx, environment{
		args: os.Args[1:], env: os.Environ(), cache: dir, config: dir, state: dir, now: present,
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
	})
	stop()
	os.Exit(code)
}

// launch starts the program in a process of its own.
func launch(t *testing.T, env []string, args ...string) *conversation {
	t.Helper()
	c, _ := launched(t, env, args...)
	return c
}

// launched does the same, and can signal to it.
func launched(t *testing.T, env []string, args ...string) (*conversation, func(syscall.Signal)) {
	t.Helper()
	command := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], args...)
	command.Env = append(withoutSettings(os.Environ()), append(env, asProgram+"="+t.TempDir())...)
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, answers := io.Pipe()
	c := &conversation{t: t, in: in, out: bufio.NewReader(out), log: &log{}, done: make(chan int, 1)}
	command.Stdout, command.Stderr = answers, c.log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = command.Wait() // the exit status says it
		_ = answers.Close()
		c.done <- command.ProcessState.ExitCode()
	}()
	signal := func(s syscall.Signal) { _ = command.Process.Signal(s) }
	c.stop = func() { signal(syscall.SIGTERM) }
	c.hangUp = func() { _ = out.Close() }
	t.Cleanup(func() {
		_ = command.Process.Kill() // it has ended, unless the test failed
		_, _ = in.Close(), out.Close()
	})
	return c, signal
}

// withoutSettings leaves out what would set the program up.
func withoutSettings(env []string) []string {
	return slices.DeleteFunc(env, func(pair string) bool { return strings.HasPrefix(pair, "FISKL_") })
}

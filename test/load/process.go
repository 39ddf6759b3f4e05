package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a running program that prints the address it listens on.
type process struct {
	cmd *exec.Cmd
	url string
}

// begin starts a program. What it logs goes to a file, as a service's does.
func begin(ctx context.Context, log io.Writer, env []string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, args[0], args[1:]...)} //nolint:gosec // a program that is measured
	p.cmd.Env = append([]string{"PATH=/usr/bin:/bin"}, env...)
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	said, err := bufio.NewReader(out).ReadString('\n')
	p.url = regexp.MustCompile(`http://[^\s]+`).FindString(said)
	if p.url == "" {
		p.end()
		return nil, fmt.Errorf("%s printed no address but %q: %w", args[0], said, err)
	}
	return p, nil
}

// end tells the process to stop, and kills it when it does not.
func (p *process) end() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	kill := time.AfterFunc(2*time.Second, func() { _ = p.cmd.Process.Kill() })
	_ = p.cmd.Wait() // that it was killed is no news
	kill.Stop()
}

// cpu is what the process took of the processors so far, to 10 ms.
func (p *process) cpu() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), ") ") // past the name, which may hold blanks
	fields := strings.Fields(rest)
	const user, system, tick = 11, 12, 10 * time.Millisecond
	if len(fields) <= system {
		return 0, errors.New("/proc has no times")
	}
	sum := 0
	for _, f := range []string{fields[user], fields[system]} {
		n, err := strconv.Atoi(f)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return time.Duration(sum) * tick, nil
}

// memory is what the process has resident, in MiB.
func (p *process) memory() (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for l := range strings.Lines(string(b)) {
		if kib, ok := strings.CutPrefix(l, "VmRSS:"); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kib), "kB")), 64)
			return n / 1024, err
		}
	}
	return 0, fmt.Errorf("process %d has no VmRSS", p.cmd.Process.Pid)
}

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// programs are what is built for a run, and where.
type programs struct {
	dir                      string
	ours, baseline, upstream string
}

func build(ctx context.Context, dir, given string) (programs, error) {
	p := programs{dir: dir}
	for _, one := range []struct {
		path *string
		pkg  string
	}{
		{&p.ours, "./cmd/fiskl-mcp-server"},
		{&p.baseline, "./test/load/baseline"},
		{&p.upstream, "./test/load/upstream"},
	} {
		*one.path = filepath.Join(dir, filepath.Base(one.pkg))
		if one.path == &p.ours && given != "" {
			*one.path = given
			continue
		}
		out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", *one.path, one.pkg).CombinedOutput() //nolint:gosec // all words are ours
		if err != nil {
			return p, fmt.Errorf("go build %s (in the repository's root?): %w\n%s", one.pkg, err, out)
		}
	}
	return p, nil
}

// server is a running server and its tool that asks the API once.
type server struct {
	name    string
	tool    string
	process *process
	log     *os.File
}

// stage is the API and all servers before it that were started.
type stage struct {
	programs

	api     *process
	servers []server
}

func newStage(ctx context.Context, p programs) (*stage, error) {
	api, err := begin(ctx, nil, nil, p.upstream)
	if err != nil {
		return nil, err
	}
	return &stage{programs: p, api: api}, nil
}

// apiURL is the root of an API that takes its time.
func (s *stage) apiURL(after time.Duration) string { return s.api.url + "/" + after.String() }

// direct asks the API itself for its invoices.
func (s *stage) direct(after time.Duration) target {
	return target{name: "direct", url: s.apiURL(after) + "/v1/invoices", has: []byte(invoiceNumber)}
}

// ours is fiskl-mcp with all that it does for callers it does not know: the
// guard, limits too high to be met, a log in a file, metrics.
func (s *stage) ours(ctx context.Context, after time.Duration) (server, error) {
	home, err := os.MkdirTemp(s.dir, "home-")
	if err != nil {
		return server{}, err
	}
	env := []string{
		"HOME=" + home, "FISKL_API_KEY=fsk_load0000", "FISKL_BASE_URL=" + s.apiURL(after), "FISKL_RATE_LIMIT=0",
		"FISKL_LISTEN=127.0.0.1:0", "FISKL_METRICS_LISTEN=127.0.0.1:0",
		"FISKL_CALLER_RATE=100000", "FISKL_CALLER_CONCURRENCY=4000",
	}
	return s.start(ctx, server{name: "fiskl-mcp", tool: "list_invoices"}, env, s.programs.ours, "http")
}

// baseline is the least server, with so many tools of so many arguments.
func (s *stage) baseline(ctx context.Context, after time.Duration, tools, arguments int) (server, error) {
	return s.start(ctx, server{name: "baseline", tool: "get_items_0"}, nil,
		s.programs.baseline, s.apiURL(after)+"/v1/invoices", strconv.Itoa(tools), strconv.Itoa(arguments))
}

func (s *stage) start(ctx context.Context, v server, env []string, args ...string) (server, error) {
	log, err := os.CreateTemp(s.dir, v.name+"-*.log")
	if err != nil {
		return v, err
	}
	v.log = log
	if v.process, err = begin(ctx, log, env, args...); err != nil {
		return v, err
	}
	s.servers = append(s.servers, v)
	return v, nil
}

// clear ends all servers, and leaves the API.
func (s *stage) clear() {
	for _, v := range s.servers {
		v.process.end()
		_ = v.log.Close()           // it was only for people who look at it while it runs
		_ = os.Remove(v.log.Name()) // the whole folder goes later
	}
	s.servers = nil
}

func (s *stage) close() {
	s.clear()
	s.api.end()
}

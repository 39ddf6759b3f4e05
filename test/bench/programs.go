package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/fiskl-mcp/fiskl-mcp/test/internal/figures"
)

// bench is two servers and what they are run with.
type bench struct {
	options
	dir      string // holds the programs and the homes
	base     server // the least server
	ours     server // fiskl-mcp with a key
	sandbox  server // fiskl-mcp on its demo company
	warmHome string // a home in which a key's permissions are known
}

// server is a command line, with the call that measures it.
type server struct {
	args []string
	env  []string
	tool string
}

func newBench(ctx context.Context, o options, dir, upstream string) (*bench, error) {
	b := &bench{options: o, dir: dir, warmHome: filepath.Join(dir, "warm")}
	if err := os.Mkdir(b.warmHome, 0o700); err != nil {
		return nil, err
	}
	ours, err := build(ctx, o.server, dir, "fiskl-mcp", "./cmd/fiskl-mcp")
	if err != nil {
		return nil, err
	}
	env := []string{"FISKL_API_KEY=fsk_bench0000", "FISKL_BASE_URL=" + upstream, "FISKL_RATE_LIMIT=0"}
	b.ours = server{args: []string{ours, "stdio"}, env: env, tool: "list_invoices"}
	b.sandbox = server{args: []string{ours, "stdio", "--sandbox"}, tool: "list_invoices"}
	if o.baseline != "" {
		b.base = server{args: []string{o.baseline, "stdio"}, env: env, tool: "list_invoices"}
		return b, nil
	}
	least, err := build(ctx, "", dir, "baseline", "./test/bench/baseline")
	b.base = server{args: []string{least, upstream + "/items"}, tool: "get_items_0"}
	return b, err
}

// build makes a stripped program, as a release would, unless one is given.
func build(ctx context.Context, given, dir, name, pkg string) (string, error) {
	if given != "" {
		return filepath.Abs(given)
	}
	path := filepath.Join(dir, name)
	out, err := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, pkg).CombinedOutput() //nolint:gosec // all words are ours
	if err != nil {
		return "", fmt.Errorf("go build %s (in the repository's root?): %w\n%s", pkg, err, out)
	}
	return path, nil
}

// size compares the programs on disk.
func (b *bench) size(_ context.Context, t *figures.Table) error {
	var bytes [2]float64
	for i, s := range []server{b.base, b.ours} {
		info, err := os.Stat(s.args[0])
		if err != nil {
			return err
		}
		bytes[i] = float64(info.Size())
	}
	t.Add(figures.Row{What: "program, stripped", Unit: "MB", Beside: baseline, Base: bytes[0] / 1e6, Ours: bytes[1] / 1e6, Most: maxMB})
	return nil
}

// home returns a home directory: one that knows the key's permissions, or a
// new one in which nothing is known.
func (b *bench) home(first bool) (string, error) {
	if !first {
		return b.warmHome, nil
	}
	return os.MkdirTemp(b.dir, "home-")
}

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// bundle makes everything that is for one client only.
func bundle(ctx context.Context, out io.Writer) error {
	d, err := readDistribution()
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(bundleFolder), os.MkdirAll(bundleFolder, 0o755)); err != nil { //nolint:gosec // it is published
		return err
	}
	program, err := d.program(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return err
	}
	a, err := start{program, []string{"stdio", "--sandbox"}, nil}.ask(ctx)
	if err != nil {
		return err
	}
	file, err := bundleMCPB(ctx, out, d, a)
	if err != nil {
		return err
	}
	e, err := registryEntry(fiskl(), d.version, file)
	if err != nil {
		return err
	}
	entryFile := filepath.Join(bundleFolder, "server.json")
	if err := writeJSON(entryFile, e); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(out, "made", entryFile); err != nil {
		return err
	}
	return bundleGemini(out, d)
}

// Command packaging makes what single clients install, from what GoReleaser
// has left in dist: the bundle for Claude Desktop, the extension for Gemini
// CLI, the plugin for Claude Code and the entry of the MCP Registry. Then it
// unpacks everything, archives and Linux packages included, and asks the
// servers inside for their tools.
//
//	go run ./packaging bundle
//	go run ./packaging verify
//	go run ./packaging sbom PROGRAM FILE
//	go run ./packaging notices
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, os.Args[1:])
	stop()
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "packaging:", err) // nowhere else to say it
		os.Exit(1)                                        //nolint:forbidigo // it is a program
	}
}

func run(ctx context.Context, out io.Writer, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "bundle":
		return bundle(ctx, out)
	case len(args) == 1 && args[0] == "verify":
		return verify(ctx, out)
	case len(args) == 3 && args[0] == "sbom":
		return writeSBOM(args[1], args[2])
	case len(args) == 1 && args[0] == "notices":
		return writeNotices(ctx, out)
	default:
		return errors.New("say one of: bundle, verify, notices, sbom PROGRAM FILE")
	}
}

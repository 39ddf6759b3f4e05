// Package permissions finds out what a credential may do without making anybody
// wait for it.
package permissions

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/atomicfile"
)

// Patience is how long the first list of tools waits for an answer that was
// never had before.
const Patience = 800 * time.Millisecond

// Look is a look at a credential's permissions that runs beside everything
// else.
type Look struct {
	mu    sync.Mutex
	held  []string
	known bool
	done  chan struct{}
}

// Start begins a look. What an earlier one found, kept in file, is known at
// once and brought up to date in the background. An empty file keeps nothing. A
// look that fails makes nothing known, whatever an earlier one found: what is
// not known hides no tool.
func Start(ctx context.Context, file string, fetch func(context.Context) ([]string, error), logger *slog.Logger) *Look {
	l := &Look{done: make(chan struct{})}
	if held, err := load(file); err == nil && len(held) > 0 {
		l.set(held)
	}
	go func() {
		defer close(l.done)
		held, err := fetch(ctx)
		if err != nil {
			logger.DebugContext(ctx, "could not look up permissions", "error", err)
			l.forget()
			return
		}
		l.set(held)
		if err := save(file, held); err != nil {
			logger.DebugContext(ctx, "could not keep permissions", "error", err)
		}
	}()
	return l
}

func (l *Look) set(held []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held, l.known = held, true
}

func (l *Look) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held, l.known = nil, false
}

// Held returns the permissions. When none are known yet it waits, but no
// longer than Patience; ok is false when they are still not known.
func (l *Look) Held(ctx context.Context) (held []string, ok bool) {
	if held, ok := l.now(); ok {
		return held, ok
	}
	timer := time.NewTimer(Patience)
	defer timer.Stop()
	select {
	case <-l.done:
	case <-timer.C:
	case <-ctx.Done():
	}
	return l.now()
}

func (l *Look) now() ([]string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.held, l.known
}

func load(file string) ([]string, error) {
	var held []string
	b, err := os.ReadFile(file) //nolint:gosec // the path is made from a digest
	if err != nil {
		return nil, fmt.Errorf("load permissions: %w", err)
	}
	if err := json.Unmarshal(b, &held); err != nil {
		return nil, fmt.Errorf("load permissions: %w", err)
	}
	return held, nil
}

// save replaces the file whole, so that a reader never sees half of it.
func save(file string, held []string) error {
	if file == "" {
		return nil
	}
	b, err := json.Marshal(held)
	if err != nil {
		return fmt.Errorf("keep permissions: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("keep permissions: %w", err)
	}
	if err := atomicfile.Write(file, b); err != nil {
		return fmt.Errorf("keep permissions: %w", err)
	}
	return nil
}

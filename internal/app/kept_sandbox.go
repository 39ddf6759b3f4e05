package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// keptSandbox is a sandbox that remembers, between runs of the program, what was
// changed in it. What is kept are the changes, not the books: these are built
// again on the day on which they were begun, and changed again in the same order
// at the same moments.
type keptSandbox struct {
	file keptFile
	real func() time.Time

	mu      sync.Mutex
	inside  *sandbox.Server // nil until it is first asked
	made    keptBooks       // the changes that it has
	at      time.Time       // the moment of a change that is made again; zero is the present
	problem string          // why changes are not kept; empty when they are
}

// keepSandbox is the sandbox of the person at the shell. Those of two pinned days
// are two companies.
func keepSandbox(all config.Program, fresh bool) *keptSandbox {
	k := &keptSandbox{real: all.Clock()}
	if all.StateDir != "" {
		name := strings.TrimSuffix("sandbox-"+string(all.SandboxToday), "-")
		k.file = keptFile{path: filepath.Join(all.StateDir, "sandbox", name+".json"), now: k.real}
	}
	if fresh {
		k.problem = k.file.remove()
	}
	return k
}

// RoundTrip answers a request. A change is kept when it succeeded; two programs
// make theirs one after the other.
func (k *keptSandbox) RoundTrip(r *http.Request) (*http.Response, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r.Method == http.MethodGet || strings.HasSuffix(r.URL.Path, "/preview") {
		if k.inside == nil {
			k.catchUp(r.Context())
		}
		return k.answer(r)
	}
	unlock, err := k.file.lock(r.Context())
	if err != nil {
		k.problem = err.Error()
	}
	defer unlock()
	k.catchUp(r.Context())
	if k.made.full() {
		return inprocess.Transport{Handler: http.HandlerFunc(refuseFull)}.RoundTrip(r)
	}
	return k.change(r)
}

// answer has the books answer. The caller holds the lock.
func (k *keptSandbox) answer(r *http.Request) (*http.Response, error) {
	return inprocess.Transport{Handler: k.inside}.RoundTrip(r)
}

// change makes a change and keeps it.
func (k *keptSandbox) change(r *http.Request) (*http.Response, error) {
	r = r.WithContext(context.WithoutCancel(r.Context())) // what was done must be kept, whoever still waits
	one := keptChange{At: k.now(), Method: r.Method, Path: r.URL.RequestURI()}
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		one.Body, r.Body = string(body), io.NopCloser(bytes.NewReader(body))
	}
	res, err := k.answer(r)
	if err != nil || res.StatusCode >= http.StatusMultipleChoices {
		return res, err
	}
	k.made.Changes = append(k.made.Changes, one)
	if k.problem == "" {
		k.problem = k.file.save(k.made)
	}
	return res, nil
}

// catchUp makes the changes that are kept and were not made here yet.
func (k *keptSandbox) catchUp(ctx context.Context) {
	kept, problem := k.file.load()
	if problem != "" {
		k.problem = problem
	}
	if k.inside != nil && kept.continues(k.made) {
		k.again(ctx, kept.Changes[len(k.made.Changes):])
		return
	}
	if k.inside != nil && k.problem != "" {
		return // what could not be kept is here alone
	}
	if kept.Begun.IsZero() {
		kept.Begun = k.real()
	}
	k.made = keptBooks{Begun: kept.Begun}
	k.inside, k.at = sandbox.New(sandbox.Options{Now: k.now}), kept.Begun
	k.open(ctx)
	if !k.again(ctx, kept.Changes) {
		k.problem = k.file.setAside("its changes cannot be made again with this version")
		k.made = keptBooks{Begun: k.real()}
		k.inside = sandbox.New(sandbox.Options{Now: k.now})
	}
}

// open builds the books, on the day that the clock shows.
func (k *keptSandbox) open(ctx context.Context) {
	k.send(ctx, keptChange{Method: http.MethodGet, Path: "/v1/company"})
	k.at = time.Time{}
}

// again makes changes again, and reports whether all could be.
func (k *keptSandbox) again(ctx context.Context, changes []keptChange) bool {
	defer func() { k.at = time.Time{} }()
	for _, c := range changes {
		k.at = c.At
		if !k.send(ctx, c) {
			return false
		}
		k.made.Changes = append(k.made.Changes, c)
	}
	return true
}

func (k *keptSandbox) send(ctx context.Context, c keptChange) bool {
	r, err := http.NewRequestWithContext(context.WithoutCancel(ctx), c.Method, "http://127.0.0.1"+c.Path, strings.NewReader(c.Body))
	if err != nil {
		return false
	}
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	r.Header.Set("Content-Type", "application/json")
	res, err := k.answer(r)
	return err == nil && res.Body.Close() == nil && res.StatusCode < http.StatusMultipleChoices
}

// now is the sandbox's clock. Under a pinned day every run begins at the same
// moment, and what was changed before is never after it.
func (k *keptSandbox) now() time.Time {
	if !k.at.IsZero() {
		return k.at
	}
	now := k.real()
	if n := len(k.made.Changes); n > 0 && !now.After(k.made.Changes[n-1].At) {
		return k.made.Changes[n-1].At.Add(time.Second)
	}
	return now
}

// told says what is kept, for the end of an answer; empty when nothing is.
func (k *keptSandbox) told() (kept, problem string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.problem != "" {
		return "", "The sandbox: " + k.problem
	}
	switch n := len(k.made.Changes); n {
	case 0:
		return "", ""
	case 1:
		return fmt.Sprintf("sandbox\tkept between calls: 1 change since %s; --fresh starts anew", k.made.Begun.Format(time.DateOnly)), ""
	default:
		return fmt.Sprintf("sandbox\tkept between calls: %d changes since %s; --fresh starts anew", n, k.made.Begun.Format(time.DateOnly)), ""
	}
}

// refuseFull answers a change of a sandbox that has enough of them.
func refuseFull(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]any{ // to a recorder
		"status": http.StatusBadRequest, "error": "Bad Request",
		"message": fmt.Sprintf("the sandbox keeps at most %d changes; start a new one with --fresh", mostKept),
	})
}

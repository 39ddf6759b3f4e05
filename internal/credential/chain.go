package credential

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// service is what the entries of this program are filed under.
const service = "fiskl-mcp"

// System is the keychain of the operating system: macOS Keychain, Windows
// Credential Manager, Secret Service elsewhere. The zero value is none.
type System struct {
	Get    func(service, account string) (string, error)
	Set    func(service, account, text string) error
	Delete func(service, account string) error
}

// OperatingSystem is the keychain of this machine.
func OperatingSystem() System {
	return System{Get: keyring.Get, Set: keyring.Set, Delete: keyring.Delete}
}

// errNoEntry is why a keychain has nothing to give.
var errNoEntry = errors.New("the keychain has no such entry")

// chain asks the keychain, which may want its owner's password first, or hang.
type chain struct {
	system   System
	patience time.Duration

	mu    sync.Mutex
	asked map[string]*question
}

// question is one that the keychain has not answered yet. Whoever has it too
// waits for the same answer, so that its owner is asked once.
type question struct {
	done chan struct{}
	text secret.Secret
	err  error
}

// get reads an entry. An answer that comes too late is there for the next one
// who asks.
func (c *chain) get(ctx context.Context, account string) (secret.Secret, error) {
	if c.system.Get == nil {
		return secret.Secret{}, &chainError{"there is no keychain here", true}
	}
	q := c.ask(account)
	if err := c.await(ctx, q); err != nil {
		return secret.Secret{}, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked[account] == q {
		delete(c.asked, account)
	}
	return q.text, told(q.err)
}

func (c *chain) ask(account string) *question {
	c.mu.Lock()
	defer c.mu.Unlock()
	q, running := c.asked[account]
	if running {
		return q
	}
	q = &question{done: make(chan struct{})}
	c.asked[account] = q
	go func() {
		defer close(q.done)
		text, err := c.system.Get(service, account)
		q.text, q.err = secret.New(text), err
	}()
	return q
}

func (c *chain) set(ctx context.Context, account string, text secret.Secret) error {
	if c.system.Set == nil {
		return &chainError{"there is no keychain here", true}
	}
	return c.run(ctx, func() error { return c.system.Set(service, account, text.Reveal()) })
}

func (c *chain) remove(ctx context.Context, account string) error {
	if c.system.Delete == nil {
		return nil
	}
	return c.run(ctx, func() error { return c.system.Delete(service, account) })
}

func (c *chain) run(ctx context.Context, do func() error) error {
	q := &question{done: make(chan struct{})}
	go func() {
		defer close(q.done)
		q.err = do()
	}()
	if err := c.await(ctx, q); err != nil {
		return err
	}
	return told(q.err)
}

// await waits for an answer, but not for ever.
func (c *chain) await(ctx context.Context, q *question) error {
	timer := time.NewTimer(c.patience)
	defer timer.Stop()
	select {
	case <-q.done:
		return nil
	case <-timer.C:
		return &chainError{problem: fmt.Sprintf("the keychain did not answer within %s; it may be waiting for you to unlock it", c.patience)}
	case <-ctx.Done():
		return fmt.Errorf("wait for the keychain: %w", ctx.Err())
	}
}

// chainError is what keeps the keychain from being used.
type chainError struct {
	problem string // a clause
	absent  bool   // there is none
}

func (e *chainError) Error() string { return e.problem }

// absent reports that there is no keychain, rather than one that is locked.
func absent(err error) bool {
	e, ok := errors.AsType[*chainError](err)
	return ok && e.absent
}

// told is an error of the keychain in words.
func told(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return errNoEntry
	case locked(err):
		return &chainError{problem: "the keychain is locked, or did not let this program in"}
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return &chainError{"there is no keychain that this program knows", true}
	default:
		return &chainError{"there is no keychain here (" + cause(err) + ")", true}
	}
}

// locked tells a keychain that refuses from none at all. Systems say so in
// words only, and macOS by the status with which its own program ends.
func locked(err error) bool {
	if _, ended := errors.AsType[*exec.ExitError](err); ended {
		return true
	}
	said := strings.ToLower(err.Error())
	for _, word := range []string{"lock", "not allowed", "denied", "dismissed", "cancel"} {
		if strings.Contains(said, word) {
			return true
		}
	}
	return false
}

// cause is the innermost of what went wrong, on one line.
func cause(err error) string {
	const most = 120
	text := strings.Join(strings.Fields(err.Error()), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

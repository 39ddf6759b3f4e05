package mcpserver

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/principal"
)

// handClock is a clock that is turned by hand.
type handClock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *handClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC).Add(c.ahead)
}

func (c *handClock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// lobby is tenants whose companies are empty, and that count what is opened
// and left.
type lobby struct {
	*Tenants

	t     *testing.T
	clock *handClock

	mu     sync.Mutex
	opened map[string]int
	left   map[string]int
	fails  bool
}

func newLobby(t *testing.T) *lobby {
	t.Helper()
	l := &lobby{t: t, clock: &handClock{}, opened: make(map[string]int), left: make(map[string]int)}
	l.Tenants = NewTenants(l.open, l.clock.now)
	return l
}

func (l *lobby) open(p principal.Principal) (Companies, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fails {
		return Companies{}, errors.New("closed today")
	}
	l.opened[p.ID]++
	gone := func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.left[p.ID]++
	}
	return Companies{Each: make([]Company, 1), Close: gone}, nil
}

func (l *lobby) count(id string) (opened, left int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.opened[id], l.left[id]
}

// want fails unless a caller's companies were opened and left so often.
func (l *lobby) want(when, id string, opened, left int) {
	l.t.Helper()
	if gotOpened, gotLeft := l.count(id); gotOpened != opened || gotLeft != left {
		l.t.Errorf("%s: %s was opened %d times and left %d times, want %d and %d", when, id, gotOpened, gotLeft, opened, left)
	}
}

// use takes a caller in, and returns how to let them go.
func (l *lobby) use(id string) func() {
	l.t.Helper()
	_, done, err := l.Books(principal.With(l.t.Context(), principal.Principal{ID: id, Write: true}))
	if err != nil {
		l.t.Fatalf("%s: %v", id, err)
	}
	return done
}

// TestTenantIdle finds that a caller who is gone for long is forgotten when the
// next new one comes, and one who is here is not.
func TestTenantIdle(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.use("gone")()
	stay := l.use("here")
	l.use("back")()
	l.clock.turn(tenantIdle - time.Second)
	l.use("back")()
	l.clock.turn(time.Second)
	l.use("new")()
	l.want("when the time is up", "gone", 1, 1)
	l.want("who is here", "here", 1, 0)
	l.want("who was here lately", "back", 1, 0)
	stay()
	l.use("gone")()
	l.want("who comes again", "gone", 2, 1)
	l.Close()
	l.want("at the end", "gone", 2, 2)
	l.want("at the end", "here", 1, 1)
}

// TestTenantBound finds that there are so many callers and no more: the one who
// was away the longest gives way, and while all are here a new one is told to
// come back.
func TestTenantBound(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	var done []func()
	for n := range maxTenants {
		done = append(done, l.use(fmt.Sprint("caller ", n)))
		l.clock.turn(time.Millisecond)
	}
	_, _, err := l.Books(principal.With(t.Context(), principal.Principal{ID: "new", Write: true}))
	if !errors.Is(err, errCrowded) {
		t.Errorf("got %v", err)
	}
	l.want("turned away", "new", 0, 0)
	l.use("caller 5")() // who is known is let in
	done[7]()
	l.clock.turn(time.Millisecond)
	done[3]()
	l.use("new")()
	l.want("away the longest", "caller 7", 1, 1)
	l.want("away for less", "caller 3", 1, 0)
	l.want("here all the time", "caller 5", 1, 0)
	if len(l.kept) != maxTenants {
		t.Errorf("%d are kept", len(l.kept))
	}
}

// TestTenantRights finds that the same caller with another right is another
// tenant, and that nobody is none.
func TestTenantRights(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.use("anna")()
	if _, done, err := l.Books(principal.With(t.Context(), principal.Principal{ID: "anna"})); err != nil {
		t.Error(err)
	} else {
		done()
	}
	l.want("two rights", "anna", 2, 0)
	if _, _, err := l.Books(t.Context()); err == nil {
		t.Error("nobody was let in")
	}
}

// TestTenantFails finds that companies that cannot be opened are tried again,
// and take nobody's place.
func TestTenantFails(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	l.fails = true
	for range 3 {
		if _, _, err := l.Books(principal.With(t.Context(), principal.Principal{ID: "anna", Write: true})); err == nil || err.Error() != "closed today" {
			t.Errorf("got %v", err)
		}
	}
	if len(l.kept) != 0 {
		t.Errorf("%d are kept", len(l.kept))
	}
	l.fails = false
	l.use("anna")()
	l.want("when it is open", "anna", 1, 0)
}

// TestTenantsAtOnce has many callers come and go at once: nobody's companies
// are left while in use, and each has them opened once at a time.
func TestTenantsAtOnce(t *testing.T) {
	t.Parallel()
	l := newLobby(t)
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			for i := range 400 {
				id := fmt.Sprint("caller ", (n*7+i)%40)
				p, done, err := l.Books(principal.With(context.WithoutCancel(t.Context()), principal.Principal{ID: id, Write: true}))
				if err != nil {
					t.Error(err)
					return
				}
				if opened, left := l.count(id); opened != left+1 || len(p.Each) != 1 {
					t.Errorf("%s was opened %d times and left %d times while in use", id, opened, left)
				}
				if i%50 == 0 {
					l.clock.turn(tenantIdle)
				}
				done()
			}
		})
	}
	all.Wait()
	l.Close()
	for id, opened := range l.opened {
		l.want("at the end", id, opened, opened)
	}
}

// TestTenantSwept finds that a caller who is gone for long is forgotten though
// nobody else comes, and one whose call still runs is not.
func TestTenantSwept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLobby(t)
		l.now = time.Now
		ctx, stop := context.WithCancel(t.Context())
		go l.KeepSwept(ctx)
		l.use("gone")()
		done := l.use("here")
		time.Sleep(tenantIdle - time.Second)
		l.want("soon", "gone", 1, 0)
		time.Sleep(2 * time.Minute)
		l.want("later", "gone", 1, 1)
		l.want("later", "here", 1, 0)
		done()
		stop()
		synctest.Wait()
	})
}

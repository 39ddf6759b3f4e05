package app

import (
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/adrg/xdg"
	"github.com/cli/browser"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// Main runs the program in the outside world, and ends the process with its
// exit status; tests lend it another world.
func (p Program) Main() {
	spareCollector()
	browser.Stdout, browser.Stderr = io.Discard, io.Discard // what a browser chats about is nobody's concern
	ctx, stop := untilStopped()
	code := p.run(ctx, atHome(environment{
		args: os.Args[1:], env: os.Environ(), now: time.Now,
		keychain: credential.OperatingSystem(), browse: browser.OpenURL,
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
	}))
	stop()
	os.Exit(code)
}

// untilStopped is a context that ends when the program is told to stop, or when
// its terminal goes away, unless the program was started to outlive that. It
// does not end when nobody reads the output any more: the program could be in
// the middle of a payment. The write to the output fails then, and whoever
// writes decides what follows.
func untilStopped() (ctx context.Context, stop func()) {
	pipes := make(chan os.Signal, 1) // nobody waits for it: to be told is not to die
	signal.Notify(pipes, syscall.SIGPIPE)
	ends := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		ends = append(ends, syscall.SIGHUP)
	}
	return signal.NotifyContext(context.Background(), ends...)
}

// atHome adds the user's folders. Without a home there are none: what would be
// taken for them is shared with everybody, or lost.
func atHome(w environment) environment {
	w.self = self
	if dir, err := os.Getwd(); err == nil {
		w.work = dir
	}
	if home, err := os.UserHomeDir(); err == nil {
		w.home = home
		w.cache, w.config, w.state = xdg.CacheHome, xdg.ConfigHome, xdg.StateHome
	}
	return w
}

// spareCollector lets the little that is alive grow further before it is
// collected, unless somebody set the collector up: the default would collect
// in the middle of every start. See docs/performance.md.
func spareCollector() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(gcPercent)
	}
}

const gcPercent = 150

// environment is what the program touches of the outside.
type environment struct {
	args     []string
	env      config.Variables
	cache    string // the user's folder for what may be lost; empty keeps nothing
	config   string // that for settings; empty has none
	state    string // that for what must not be lost; empty keeps nothing
	now      func() time.Time
	keychain credential.System
	browse   func(address string) error // opens a page; nil cannot
	timeout  time.Duration              // with a person at the browser; 0 means the usual
	in       io.Reader
	out, err io.Writer

	work string                 // the folder that the program was started in; empty for none
	home string                 // the user's home folder; empty when there is none
	self func() (string, error) // the full path of this program
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // the call did not succeed
	exitUsage  = 2 // the command line or a setting is wrong
	exitAwaits = 3 // nothing was done: the call waits for a person's yes
)

// outside is what the settings are read from.
func (w environment) outside() config.Environment {
	return config.Environment{Variables: w.env, ConfigDir: w.config, CacheDir: w.cache, StateDir: w.state, Now: w.now, Keychain: w.keychain}
}

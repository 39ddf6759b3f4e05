// Package bar draws the progress of a call on a terminal.
package bar

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/fiskl-mcp/fiskl-mcp/internal/progress"
)

const (
	// patience is how long a call goes on before a bar is drawn: one that is gone
	// at once would only flicker.
	patience = 500 * time.Millisecond

	// redrawn is how long a bar stays as it is at least.
	redrawn = 100 * time.Millisecond

	// erase empties the line of the terminal that the cursor is on.
	erase = "\r\x1b[2K"

	widest = 30 // the bar itself
	beside = 40 // what stands beside it
	fewest = 50 // columns of a terminal with room for both
)

// Bar is on the last line of a terminal while a call goes on. Other lines for
// that terminal are to be written through it, and stand above.
type Bar struct {
	out io.Writer
	now func() time.Time

	mu      sync.Mutex
	columns int       // of the terminal, while a call goes on
	next    time.Time // when it may be drawn again
	drawn   bool
	bar     *progressbar.ProgressBar
	total   int // what bar goes to; 0 where it is not known
}

// New returns a bar for a terminal. Nothing is drawn before [Bar.Begin].
func New(terminal io.Writer, now func() time.Time) *Bar { return &Bar{out: terminal, now: now} }

// Begin says that a call begins.
func (b *Bar) Begin() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next, b.columns = b.now().Add(patience), columns(b.out)
}

// columns is how wide a terminal is. Some do not know, and say 0.
func columns(out io.Writer) int {
	if f, ok := out.(*os.File); ok {
		if wide, _, err := term.GetSize(int(f.Fd())); err == nil && wide > 0 {
			return wide
		}
	}
	return fewest + widest
}

// Show draws how far the call has come.
func (b *Bar) Show(s progress.State) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if b.columns < fewest || now.Before(b.next) {
		return
	}
	b.next = now.Add(redrawn)
	if b.bar == nil || s.Total != b.total {
		b.bar, b.total = drawing(s.Total, min(widest, b.columns-beside)), s.Total
	}
	if s.Total > 0 {
		_ = b.bar.Set(min(s.Rows, s.Total-1)) // one that is full counts as finished, and is not drawn; it has no other failure
	}
	b.bar.Describe(s.String())
	_, _ = io.WriteString(b.out, b.bar.String()) // a terminal that is gone shows nothing anyway
	b.drawn = true
}

// drawing is a bar up to a total, or a wheel that turns where it is 0. It is drawn
// once for each state and not for each part of one, so it draws nothing itself.
func drawing(total, width int) *progressbar.ProgressBar {
	if total == 0 {
		total = -1
	}
	return progressbar.NewOptions(total,
		progressbar.OptionSetWriter(io.Discard),
		progressbar.OptionUseANSICodes(true),
		progressbar.OptionSetWidth(width),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetSpinnerChangeInterval(0),
	)
}

// End takes the bar away.
func (b *Bar) End() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	b.columns, b.bar, b.total = 0, nil, 0
}

// Write writes a whole line where the bar stands. The bar comes back below it
// with the next page.
func (b *Bar) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clear()
	return b.out.Write(line)
}

func (b *Bar) clear() {
	if b.drawn {
		_, _ = io.WriteString(b.out, erase) // a terminal that is gone shows nothing anyway
		b.drawn = false
	}
}

package bar_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/progress"
	"github.com/fiskl-mcp/fiskl-mcp/internal/progress/bar"
)

// TestBar finds what is drawn of a call, when, and that a line takes its place.
func TestBar(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	at := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
	b := bar.New(&out, func() time.Time { return at })
	for _, step := range []struct {
		after time.Duration
		does  func()
		want  string
	}{
		{0, func() { b.Show(progress.State{Rows: 50}) }, ""}, // before the call
		{0, b.Begin, ""},
		{400 * time.Millisecond, func() { b.Show(progress.State{Rows: 100}) }, ""},
		{200 * time.Millisecond, func() { b.Show(progress.State{Rows: 150}) }, "\r| 150 rows read  \x1b[0K"},
		{10 * time.Millisecond, func() { b.Show(progress.State{Rows: 200}) }, ""},
		{100 * time.Millisecond, func() { b.Show(progress.State{Rows: 250}) }, "\r/ 250 rows read  \x1b[0K"},
		{time.Second, func() { b.Show(progress.State{Rows: 300, Total: 400}) }, "\r300 of 400 rows read  75% |██████████████████████        |  \x1b[0K"},
		{time.Second, func() { _, _ = fmt.Fprintln(b, "a line") }, "\r\x1b[2Ka line\n"},
		{time.Second, func() { _, _ = fmt.Fprintln(b, "another") }, "another\n"},
		{time.Second, func() { b.Show(progress.State{Rows: 350, Total: 700}) }, "\r350 of 700 rows read  50% |███████████████               |  \x1b[0K"},
		{time.Second, func() { b.Show(progress.State{Rows: 700, Total: 700}) }, "\r700 of 700 rows read  99% |█████████████████████████████ |  \x1b[0K"},
		{time.Second, b.End, "\r\x1b[2K"},
		{time.Second, b.End, ""},
		{time.Second, func() { b.Show(progress.State{Rows: 750}) }, ""},
		{time.Second, b.Begin, ""}, // the same call once more, after the person was asked
		{time.Second, func() { b.Show(progress.State{Rows: 100}) }, "\r| 100 rows read  \x1b[0K"},
	} {
		at = at.Add(step.after)
		out.Reset()
		step.does()
		if got := out.String(); got != step.want {
			t.Errorf("got %q, want %q", got, step.want)
		}
	}
}

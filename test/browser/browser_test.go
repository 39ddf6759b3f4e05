// Package browser_test clicks through the pages that people see, in a real
// browser.
package browser_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// screenshots is the folder of the pictures, which CI keeps.
const screenshots = "screenshots"

// tab is a window of a browser that starts with a profile of its own.
type tab struct {
	ctx context.Context //nolint:containedctx // It is how chromedp names a window.

	complaints chan string // What the browser wrote to its console as an error.
}

// open starts Chromium, or skips the test where there is none.
func open(t *testing.T, width, height int) *tab {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && program == "" {
			program = found
		}
	}
	if program == "" {
		t.Skip("needs Chromium, which .ci/run installs")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program), chromedp.WindowSize(width, height), chromedp.Flag("lang", "en-GB"),
		chromedp.Flag("no-sandbox", os.Geteuid() == 0)) // Root, as in a container, cannot have one.
	limited, stop := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(stop)
	allocated, stop := chromedp.NewExecAllocator(limited, options...)
	t.Cleanup(stop)
	ctx, stop := chromedp.NewContext(allocated)
	t.Cleanup(stop)
	b := &tab{ctx: ctx, complaints: make(chan string, 100)}
	messages := chromedp.Console(ctx)
	go func() {
		for m, err := range messages {
			if err != nil {
				return
			}
			if m.Type == "error" {
				b.complaints <- m.String()
			}
		}
	}()
	return b
}

// do carries out steps one after the other.
func (b *tab) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.shot(t, "failed-"+t.Name())
		t.Fatal(err)
	}
}

func ask[T any](t *testing.T, b *tab, question chromedp.Action[T]) T {
	t.Helper()
	answer, err := chromedp.Run(b.ctx, question)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// shot keeps a picture of the whole page.
func (b *tab) shot(t *testing.T, name string) {
	t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Errorf("picture of %s: %v", name, err)
		return
	}
	if err := os.MkdirAll(screenshots, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(screenshots, name+".png")
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("picture: test/browser/%s", path)
}

// shots keeps pictures in light and dark.
func (b *tab) shots(t *testing.T, name string) {
	t.Helper()
	b.scheme(t, "light")
	b.shot(t, name)
	b.scheme(t, "dark")
	b.shot(t, name+"-dark")
	b.scheme(t, "light")
}

func (b *tab) scheme(t *testing.T, name string) {
	t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// quiet fails the test if the browser complained of anything but what is
// expected.
func (b *tab) quiet(t *testing.T, expected string) {
	t.Helper()
	for {
		select {
		case complaint := <-b.complaints:
			if expected == "" || !strings.Contains(complaint, expected) {
				t.Errorf("the browser complains: %s", complaint)
			}
		default:
			return
		}
	}
}

// complains waits until the browser complains of something.
func (b *tab) complains(t *testing.T, of string) {
	t.Helper()
	for {
		select {
		case complaint := <-b.complaints:
			if strings.Contains(complaint, of) {
				return
			}
			t.Logf("the browser complains: %s", complaint)
		case <-b.ctx.Done():
			t.Fatalf("the browser did not complain of %s", of)
		}
	}
}

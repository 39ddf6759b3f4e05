package browser_test

import (
	"bufio"
	"io"
	"net"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// home is a new user's, with the program that people run.
type home struct {
	program string
	env     []string
}

func moveIn(t *testing.T) home {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	box := httptest.NewServer(sandbox.New(sandbox.Options{RedirectURIs: []string{"http://localhost:" + port + "/callback"}}))
	t.Cleanup(box.Close)
	dir := t.TempDir()
	h := home{filepath.Join(dir, "fiskl-mcp"), []string{
		"HOME=" + dir, "FISKL_BASE_URL=" + box.URL, "FISKL_OAUTH_REDIRECT_PORT=" + port, "FISKL_TOKEN_STORE=file",
	}}
	if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", h.program, "../../cmd/fiskl-mcp").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return h
}

// command is a run of the program, as somebody types it.
func (h home) command(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), h.program, args...)
	c.Env = h.env
	return c
}

// types runs it to its end.
func (h home) types(t *testing.T, args ...string) string {
	t.Helper()
	said, err := h.command(t, args...).CombinedOutput()
	if err != nil {
		t.Errorf("%v: %v: %s", args, err, said)
	}
	return string(said)
}

// TestLogin signs in with the program and a browser, from the command to the
// answer to a question, and out again.
func TestLogin(t *testing.T) {
	t.Parallel()
	h, b := moveIn(t), open(t, 1000, 900)
	login := h.command(t, "login", "--oauth", "--no-browser")
	told, err := login.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	login.Stdout = &out
	if err := login.Start(); err != nil {
		t.Fatal(err)
	}
	lines, address := bufio.NewReader(told), ""
	for address == "" {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("%v after %q", err, line)
		}
		if strings.HasPrefix(strings.TrimSpace(line), "http") {
			address = strings.TrimSpace(line)
		}
	}
	b.do(t, chromedp.Navigate(address), chromedp.WaitVisible(email),
		chromedp.SendKeys(email, "olivia@harbourfinch.example"), chromedp.SendKeys(password, "sandbox"), chromedp.Click(main), chromedp.WaitVisible(scopes),
		chromedp.Click(chromedp.CSS(`input[value="payments:write"]`)), chromedp.Click(main), chromedp.WaitVisible(chromedp.CSS("#answer")))
	b.shots(t, "login-done")
	rest, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	if err := login.Wait(); err != nil || !strings.HasPrefix(out.String(), "Signed in to Harbour & Finch Studio Ltd with a sign-in through the browser") {
		t.Fatalf("%v: %s%s", err, out.String(), rest)
	}
	if said := h.types(t, "call", "list_taxes"); !strings.Contains(said, "VAT Standard") {
		t.Errorf("got %s", said)
	}
	if said := h.types(t, "whoami"); !strings.Contains(said, " invoicing:write ") || strings.Contains(said, "payments:write") {
		t.Errorf("got %s", said)
	}
	if said := h.types(t, "logout"); !strings.Contains(said, "It was revoked at Fiskl.") {
		t.Errorf("got %s", said)
	}
	b.quiet(t, "favicon")
}

package browser_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/freeport"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// person is somebody at a shell of their own, with the program and nothing
// saved yet.
type person struct {
	program string
	env     []string
}

// arrive builds the program and starts its sandbox, for a free port to come
// back to.
func arrive(t *testing.T) (p person, api string) {
	t.Helper()
	p.program = filepath.Join(t.TempDir(), "fiskl-mcp")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", p.program, "../../cmd/fiskl-mcp").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	port := freeport.Take(t)
	p.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "FISKL_TOKEN_STORE=file"} //nolint:forbidigo // For the programs started.
	_, said := p.start(t, "sandbox", "--addr", "127.0.0.1:0", "--redirect-uri", fmt.Sprintf("http://localhost:%d/callback", port))
	api = find(t, said, `(http://127\.0\.0\.1:\d+)/v1`)
	p.env = append(p.env, "FISKL_BASE_URL="+api, fmt.Sprintf("FISKL_OAUTH_REDIRECT_PORT=%d", port))
	return p, api
}

// start starts a command, and gives what it writes to standard error. It ends
// with the test at the latest.
func (p person) start(t *testing.T, args ...string) (*exec.Cmd, *bufio.Reader) {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	command := exec.CommandContext(ctx, p.program, args...)
	command.Env = p.env
	said, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = command.Wait() // It may have ended long ago.
	})
	return command, bufio.NewReader(said)
}

// says is what a command writes until it ends.
func (p person) says(t *testing.T, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), p.program, args...)
	command.Env = p.env
	out, err := command.CombinedOutput()
	if err != nil {
		t.Logf("fiskl-mcp %s: %v", strings.Join(args, " "), err)
	}
	return string(out)
}

// find reads until a line holds what is looked for.
func find(t *testing.T, lines *bufio.Reader, pattern string) string {
	t.Helper()
	for {
		line, err := lines.ReadString('\n')
		if found := regexp.MustCompile(pattern).FindStringSubmatch(line); found != nil {
			return found[1]
		}
		if err != nil {
			t.Fatalf("%v: nothing like %s", err, pattern)
		}
	}
}

// TestLogin signs in with the program as a person would: the browser, what the
// program then may do, and the end of it.
func TestLogin(t *testing.T) {
	t.Parallel()
	slowtest.Only(t)
	b := open(t, 1000, 900)
	p, api := arrive(t)
	login, said := p.start(t, "login", "--oauth", "--no-browser")
	address := find(t, said, `(http://\S+/oauth/authorize\S*)`)
	b.do(t, chromedp.Navigate(address), chromedp.WaitVisible(email))
	b.do(t, chromedp.SendKeys(email, "olivia@harbourfinch.example"), chromedp.SendKeys(password, "sandbox"), chromedp.Click(main), chromedp.WaitVisible(scopes))
	b.do(t, chromedp.Click(chromedp.CSS(`input[value="invoicing:write"]`)), chromedp.Click(main))
	if _, err := io.Copy(io.Discard, said); err != nil {
		t.Fatal(err)
	}
	if err := login.Wait(); err != nil {
		t.Fatalf("login: %v", err)
	}
	b.do(t, chromedp.WaitVisible(chromedp.CSS("#answer")))
	b.shots(t, "login-back")
	b.quiet(t, "")
	who := p.says(t, "whoami")
	if !strings.Contains(who, "Harbour & Finch Studio Ltd") || !strings.Contains(who, "invoice.read") || strings.Contains(who, "invoice.send") {
		t.Errorf("whoami: %s", who)
	}
	t.Log(who)
	if got := p.says(t, "call", "list_clients", "limit=1"); !strings.Contains(got, "Harbour & Finch Studio Ltd") {
		t.Errorf("list_clients: %s", got)
	}
	t.Log(p.says(t, "logout"))
	if got := counts(t, api); !strings.Contains(got, `"revoked":1`) {
		t.Errorf("got %s", got)
	}
	if got := p.says(t, "call", "list_clients", "limit=1"); !strings.Contains(got, "fiskl-mcp login") {
		t.Errorf("after logout: %s", got)
	}
}

func counts(t *testing.T, api string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, api+"/sandbox/oauth", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

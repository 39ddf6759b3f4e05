package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
	"github.com/fiskl-mcp/fiskl-mcp/internal/freeport"
)

// house is a home with a state folder, and a Fiskl to sign in to.
type house struct {
	t     *testing.T
	state string
	url   string
	port  string
	now   func() time.Time

	browser atomic.Pointer[http.Client]
	fiskl   http.Handler
	front   atomic.Pointer[http.HandlerFunc] // renews tokens in its place, if set
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, state: t.TempDir(), port: strconv.Itoa(freeport.Take(t)), now: present}
	h.browser.Store(&http.Client{})
	box := sandbox.New(sandbox.Options{Now: present, RedirectURIs: []string{"http://localhost:" + h.port + "/callback"}})
	h.fiskl = box
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if front := h.front.Load(); front != nil && r.URL.Path == "/oauth/token" {
			(*front)(w, r)
			return
		}
		box.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	h.url = s.URL
	return h
}

func (h *house) env(more ...string) []string {
	return append([]string{"FISKL_BASE_URL=" + h.url, "FISKL_RATE_LIMIT=0", "FISKL_OAUTH_REDIRECT_PORT=" + h.port}, more...)
}

// run runs the program at home.
func (h *house) run(in string, args ...string) outcome {
	h.t.Helper()
	return h.with(nil, in, args...)
}

// with runs it with more settings.
func (h *house) with(env []string, in string, args ...string) outcome {
	h.t.Helper()
	var out, err bytes.Buffer
	code := run(h.t.Context(), environment{
		args: args, env: h.env(env...), cache: h.state, config: h.state, state: h.state, now: h.now,
		browse: h.person, timeout: 20 * time.Second, in: strings.NewReader(in), out: &out, err: &err,
	})
	return outcome{code, out.String(), err.String()}
}

// process is the program at home, in a process of its own.
func (h *house) process(args ...string) *exec.Cmd {
	h.t.Helper()
	c := exec.CommandContext(h.t.Context(), os.Args[0], args...)
	c.Env = append(withoutSettings(os.Environ()), h.env(asProgram+"="+h.state)...)
	return c
}

// person signs in and agrees to everything, in a browser.
func (h *house) person(address string) error {
	err := h.signIn(address)
	if err != nil {
		h.t.Errorf("the person came to %v", err)
	}
	return err
}

func (h *house) signIn(address string) error {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return err
	}
	h.browser.Store(&http.Client{Jar: jar})
	visit := regexp.MustCompile(`name="visit" value="([^"]+)"`)
	scope := regexp.MustCompile(`name="scope" value="([^"]+)"`)
	page, err := h.browse(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	for _, step := range []url.Values{{"email": {"olivia@harbourfinch.example"}, "password": {"sandbox"}, "answer": {"sign-in"}}, {"answer": {"allow"}}} {
		found := visit.FindStringSubmatch(page)
		if found == nil {
			return fmt.Errorf("no form in %s", page)
		}
		step.Set("visit", found[1])
		for _, s := range scope.FindAllStringSubmatch(page, -1) {
			step.Add("scope", s[1])
		}
		if page, err = h.browse(http.MethodPost, h.url+"/oauth/authorize", step); err != nil {
			return err
		}
	}
	if !strings.Contains(page, "You can close this page") {
		return errors.New("it ended with " + page)
	}
	return nil
}

func (h *house) browse(method, address string, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(h.t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", h.url)
	}
	res, err := h.browser.Load().Do(req)
	if err != nil {
		return "", err
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	page, err := io.ReadAll(res.Body)
	return string(page), err
}

// counts are what the authorization server counted.
func (h *house) counts() (c oauth.Counts) {
	h.t.Helper()
	text, err := h.browse(http.MethodGet, h.url+"/sandbox/oauth", nil)
	if err == nil {
		err = json.Unmarshal([]byte(text), &c)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// hourAgo has the person sign in an hour ago, so that the sign-in is at its end.
func (h *house) hourAgo() {
	h.t.Helper()
	h.now = func() time.Time { return present().Add(-time.Hour) }
	if got := h.run("", "login", "--oauth"); got.code != exitOK {
		h.t.Fatalf("got %+v", got)
	}
	h.now = present
	if _, err := h.browse(http.MethodPost, h.url+"/sandbox/oauth/expire", url.Values{}); err != nil {
		h.t.Fatal(err)
	}
}

// kept is everything that lies in the home.
func (h *house) kept() string {
	h.t.Helper()
	var b strings.Builder
	err := filepath.Walk(h.state, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		b.WriteString(path + "\n" + string(text) + "\n")
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return b.String()
}

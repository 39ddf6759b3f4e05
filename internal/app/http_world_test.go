package app

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

// host is a run of the shared endpoint.
type host struct {
	*conversation

	line  string // the one that connects a client
	url   string
	state string // its folder
	clock *clock

	client *http.Client // has connections of its own
}

// clock is the program's, which stands still until a test turns it on.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return present().Add(c.ahead)
}

func (c *clock) turn(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// receptive starts the endpoint within the test's own process, on a port of
// its own.
func receptive(t *testing.T, env []string, args ...string) *host {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, answers := io.Pipe()
	h := &host{clock: &clock{}, state: t.TempDir()}
	h.conversation = &conversation{t: t, out: bufio.NewReader(out), log: &log{}, stop: stop, done: make(chan int, 1)}
	w := environment{
		args: append([]string{"http", "--listen", "127.0.0.1:0"}, args...), env: env,
		cache: t.TempDir(), config: t.TempDir(), state: h.state, now: h.clock.now,
		in: strings.NewReader(""), out: answers, err: h.log,
	}
	go func() {
		code := run(ctx, w)
		_ = answers.Close()
		h.done <- code
	}()
	t.Cleanup(func() {
		stop()
		_ = out.Close()
	})
	h.greet()
	return h
}

// separate starts the endpoint in a process of its own.
func separate(t *testing.T, env []string, args ...string) *host {
	t.Helper()
	h := &host{state: t.TempDir()}
	h.conversation = launch(t, append(env, "FISKL_STATE_DIR="+h.state), append([]string{"http", "--listen", "127.0.0.1:0"}, args...)...)
	h.greet()
	return h
}

// greet waits for the line that says where the endpoint is.
func (h *host) greet() {
	h.t.Helper()
	h.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	h.t.Cleanup(h.client.CloseIdleConnections)
	h.line = h.receive()
	h.url = regexp.MustCompile(`https?://[^ ]*`).FindString(h.line)
	if h.url == "" {
		h.t.Fatalf("the start line is %q", h.line)
	}
}

// metrics is where the program says that its metrics are. The log of another
// process may come after its answers.
func (h *host) metrics() (url string) {
	h.t.Helper()
	eventually(h.t, "the log says where the metrics are", func() bool {
		url = regexp.MustCompile(`http://[0-9.:]+/metrics`).FindString(h.log.String())
		return url != ""
	})
	return url
}

// said is an answer of HTTP.
type said struct {
	status int
	header http.Header
	body   string
}

// message is the last message of JSON-RPC in an answer, whether it came alone
// or on a stream.
func (s said) message() string {
	if at := strings.LastIndex(s.body, "data: "); at >= 0 {
		return strings.TrimSpace(s.body[at+len("data: "):])
	}
	return s.body
}

func (h *host) get(url string) said {
	h.t.Helper()
	return h.send(http.MethodGet, url, "")
}

// at is another path of the endpoint.
func (h *host) at(path string) string { return strings.TrimSuffix(h.url, mcpserver.Path) + path }

// send makes any request, with headers by pairs.
func (h *host) send(method, url, body string, header ...string) said {
	h.t.Helper()
	req, err := http.NewRequestWithContext(h.t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if strings.EqualFold(header[i], "Host") {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	return fetched(h.t, h.client, req)
}

func fetched(t *testing.T, c *http.Client, req *http.Request) said {
	t.Helper()
	res, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return said{res.StatusCode, res.Header, string(body)}
}

// end stops the program, which must end well.
func (h *host) end() {
	h.t.Helper()
	h.stop()
	if code, rest := h.ended(); code != exitOK || rest != "" {
		h.t.Errorf("it ended with status %d and said %q; its log says\n%s", code, rest, h.log)
	}
}

// tokensFile writes a file of access tokens: pairs of a name and a right, each
// with the token "token-of-" and the name.
func tokensFile(t *testing.T, pairs ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens")
	writeTokens(t, path, pairs...)
	return path
}

func writeTokens(t *testing.T, path string, pairs ...string) {
	t.Helper()
	var b bytes.Buffer
	for i := 0; i < len(pairs); i += 2 {
		sum := sha256.Sum256([]byte("token-of-" + pairs[i]))
		fmt.Fprintf(&b, "%s:%s:%s\n", pairs[i], hex.EncodeToString(sum[:]), pairs[i+1])
	}
	if err := os.WriteFile(path+".new", b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// kept is everything in the files below a folder.
func kept(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(&b, "== %s\n%s\n", path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// dialled is a bare connection to an endpoint.
func dialled(t *testing.T, url string) net.Conn {
	t.Helper()
	address := strings.TrimSuffix(strings.TrimPrefix(url, "http://"), mcpserver.Path)
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

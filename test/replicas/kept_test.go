package replicas_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// kept is how each example says how long it keeps a connection for the next
// request.
var kept = map[string]*regexp.Regexp{
	"nginx.conf":          regexp.MustCompile(`keepalive_timeout (\w+);`),
	"nginx-replicas.conf": regexp.MustCompile(`keepalive_timeout (\w+);`),
	"Caddyfile":           regexp.MustCompile(`\tkeepalive (\w+)`),
	"Caddyfile-replicas":  regexp.MustCompile(`\tkeepalive (\w+)`),
	"haproxy.cfg":         regexp.MustCompile(`timeout http-keep-alive (\w+)`),
}

// TestKeptShorter finds that the examples keep connections less long than the
// server does, as do proxies with the defaults of nginx and Caddy. Who closes
// one has to be the one who would send the next request on it.
func TestKeptShorter(t *testing.T) {
	t.Parallel()
	const margin = 30 * time.Second
	const longestDefault = 2 * time.Minute // Caddy's
	if httpguard.Idle < longestDefault+margin {
		t.Errorf("the server keeps connections for %v, and Caddy for %v", httpguard.Idle, longestDefault)
	}
	for name, pattern := range kept {
		found := pattern.FindStringSubmatch(example(t, name))
		if found == nil {
			t.Errorf("%s does not say how long it keeps connections", name)
			continue
		}
		if keeps, err := time.ParseDuration(found[1]); err != nil || keeps+margin > httpguard.Idle {
			t.Errorf("%s keeps connections for %s, and the server for %v: %v", name, found[1], httpguard.Idle, err)
		}
	}
}

// TestPostsOnKeptConnections finds that 30 calls at once go through each
// example, and that after a silence the proxy has hung up and not the server,
// so that 30 more go through as well. The examples are changed in addresses and
// in their keep-alive, which would take too long.
func TestPostsOnKeptConnections(t *testing.T) {
	t.Parallel()
	for name, start := range map[string]func(*testing.T, string, string) string{
		"nginx.conf": plainNginx, "nginx-replicas.conf": plainNginx, "Caddyfile": plainCaddy, "Caddyfile-replicas": plainCaddy,
		"haproxy.cfg": plainHAProxy,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := counting(t)
			text := kept[name].ReplaceAllStringFunc(example(t, name), func(said string) string {
				return strings.Replace(said, "30s", "1s", 1)
			})
			for _, port := range []string{"8080", "8081", "8082", "8083"} {
				text = strings.ReplaceAll(text, "127.0.0.1:"+port, s.address)
			}
			at := start(t, name, text)
			s.posts(t, at)
			for s.open() > 0 { // the test's own time-out bounds it
				<-s.closed
			}
			s.posts(t, at)
			if s.hungUp > 0 {
				t.Errorf("the server hung up on %d connections of its proxy", s.hungUp)
			}
		})
	}
}

func example(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// plainNginx starts nginx with a configuration, without TLS, and returns its
// address.
func plainNginx(t *testing.T, _, site string) string {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("nginx"); err != nil {
		t.Skip("needs nginx, which .ci/run installs")
	}
	at, dir := free(t), t.TempDir()
	site = regexp.MustCompile(`(?m)^ *(listen \[::\]|ssl_).*$`).ReplaceAllString(site, "")
	site = strings.Replace(site, "listen 443 ssl;", "listen "+at+";", 1)
	whole := fmt.Sprintf("pid %s/pid;\nevents {}\nhttp {\naccess_log off;\n%s}\n", dir, site)
	path := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(path, []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	find(t, start(t, "nginx", nil, "-p", dir, "-c", path, "-g", "daemon off; error_log stderr notice;"), "(start worker processes)")
	return at
}

// plainCaddy does the same with Caddy.
func plainCaddy(t *testing.T, name, site string) string {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("caddy"); err != nil {
		t.Skip("needs Caddy, which .ci/run installs")
	}
	at := free(t)
	site = strings.Replace(site, public+" {", "http://"+at+" {", 1)
	site = strings.Replace(site, "\n{\n", "\n{\n\tadmin off\n", 1)
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(site), 0o600); err != nil {
		t.Fatal(err)
	}
	find(t, start(t, "caddy", nil, "run", "--adapter", "caddyfile", "--config", path), "(serving initial configuration)")
	return at
}

// plainHAProxy does the same with HAProxy.
func plainHAProxy(t *testing.T, _, site string) string {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("haproxy"); err != nil {
		t.Skip("needs HAProxy, which .ci/run installs")
	}
	at, path := free(t), filepath.Join(t.TempDir(), "haproxy.cfg")
	site = regexp.MustCompile(`(?m)^    bind .*$`).ReplaceAllString(site, "    bind "+at)
	// Its checks speak HTTP/1.0, whose connections the server ends.
	site = strings.Replace(site, "check pool-purge-delay 5s", "pool-purge-delay 500ms", 1)
	if err := os.WriteFile(path, []byte(site), 0o600); err != nil {
		t.Fatal(err)
	}
	find(t, start(t, "haproxy", nil, "-W", "-db", "-f", path), "(Loading success)")
	return at
}

// counted is a server that counts its connections, and who ends them.
type counted struct {
	net.Listener

	address string
	closed  chan struct{}

	mu     sync.Mutex
	opened int
	hungUp int // by the server
}

// counting serves as the program does.
func counting(t *testing.T) *counted {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &counted{Listener: l, address: l.Addr().String(), closed: make(chan struct{}, 1000)}
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	over := make(chan error, 1)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, r.Body) // a proxy that is gone needs no answer
	})
	go func() { over <- httpguard.Serve(ctx, s, h, httpguard.ServeOptions{Grace: time.Second}) }()
	t.Cleanup(func() {
		stop()
		if err := <-over; err != nil && !errors.Is(err, httpguard.ErrCutOff) {
			t.Error(err)
		}
	})
	return s
}

// open is how many connections there are.
func (s *counted) open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// posts sends 30 calls at once.
func (s *counted) posts(t *testing.T, at string) {
	t.Helper()
	const many = 30
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: many}}
	defer client.CloseIdleConnections()
	var all sync.WaitGroup
	for n := range many {
		all.Go(func() {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+at+"/mcp", strings.NewReader("{}"))
			if err != nil {
				t.Error(err)
				return
			}
			res, err := client.Do(r)
			if err != nil {
				t.Error(err)
				return
			}
			body, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if res.StatusCode != http.StatusOK || string(body) != "{}" {
				t.Errorf("call %d: got %d %s", n, res.StatusCode, body)
			}
		})
	}
	all.Wait()
}

// Accept takes the next connection.
func (s *counted) Accept() (net.Conn, error) {
	c, err := s.Listener.Accept()
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened++
	return &ended{Conn: c, of: s}, nil
}

// ended is a connection that knows who hung up first.
type ended struct {
	net.Conn

	of   *counted
	once sync.Once
	gone bool // its other end is
}

// Read reads on.
func (c *ended) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
		c.of.mu.Lock()
		defer c.of.mu.Unlock()
		c.gone = true
	}
	return n, err
}

// Close hangs up.
func (c *ended) Close() error {
	c.once.Do(func() {
		c.of.mu.Lock()
		defer c.of.mu.Unlock()
		c.of.opened--
		if !c.gone {
			c.of.hungUp++
		}
		c.of.closed <- struct{}{}
	})
	return c.Conn.Close()
}

package replicas_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/freeport"
	"github.com/fiskl-mcp/fiskl-mcp/internal/slowtest"
)

// public is the name under which clients reach the replicas.
const public = "mcp.example.com"

// token is what the one caller presents.
const token = "token-of-anna"

// replicaHeader says, in this test only, which replica answered.
const replicaHeader = "X-Replica"

// fleet is three replicas that share a state folder, behind nginx, in front of
// one sandbox.
type fleet struct {
	client   *http.Client // reaches nginx under the public name
	visited  *visited
	replicas []string // addresses
}

// visited are the replicas that answered, in turn.
type visited struct {
	http.RoundTripper

	mu  sync.Mutex
	all []string
}

// RoundTrip notes who answered.
func (v *visited) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := v.RoundTripper.RoundTrip(r)
	if err == nil {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.all = append(v.all, res.Header.Get(replicaHeader))
	}
	return res, err
}

// since are those that answered from the nth answer on.
func (v *visited) since(n int) []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.all[n:])
}

// launch starts everything. Sticky sends one session to one replica, as the
// configuration in deploy does; otherwise they take turns.
func launch(t *testing.T, sticky bool, env ...string) *fleet {
	t.Helper()
	slowtest.Only(t)
	if _, err := exec.LookPath("nginx"); err != nil {
		t.Skip("needs nginx, which .ci/run installs")
	}
	binary := build(t)
	api := find(t, start(t, binary, nil, "sandbox", "--addr", "127.0.0.1:0"), `http://(127\.0\.0\.1:\d+)/v1`)
	env = append([]string{
		"FISKL_API_KEY=fsk_sandboxOwner", "FISKL_BASE_URL=http://" + api, "FISKL_RATE_LIMIT=0",
		"FISKL_AUTH=static", "FISKL_ACCESS_TOKENS_FILE=" + tokens(t), "FISKL_PUBLIC_URL=https://" + public,
		"FISKL_TRUSTED_PROXIES=127.0.0.1/32", "FISKL_STATE_DIR=" + t.TempDir(), "FISKL_CALLER_RATE=0",
	}, env...)
	f := &fleet{}
	for range 3 {
		log := start(t, binary+"-server", env, "http", "--listen", "127.0.0.1:0")
		f.replicas = append(f.replicas, find(t, log, `listening address=(127\.0\.0\.1:\d+)`))
	}
	cert := newCertificate(t, public)
	at := cert.nginx(t, f.replicas, sticky)
	f.visited = &visited{RoundTripper: &http.Transport{
		TLSClientConfig: cert.trust(), ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, at)
		},
	}}
	f.client = &http.Client{Transport: f.visited}
	return f
}

// tokens is a file of access tokens.
func tokens(t *testing.T) string {
	t.Helper()
	sum := sha256.Sum256([]byte(token))
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte("anna:"+hex.EncodeToString(sum[:])+":rw\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", dir, "../../cmd/fiskl-mcp", "../../cmd/fiskl-mcp-server").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return filepath.Join(dir, "fiskl-mcp")
}

// start starts a program that ends with the test, and gives the lines of its
// standard error.
func start(t *testing.T, program string, env []string, args ...string) <-chan string {
	t.Helper()
	command := exec.CommandContext(context.WithoutCancel(t.Context()), program, args...)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...) //nolint:forbidigo // for the programs started
	said, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := make(chan string, 1000)
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(said); scanner.Scan(); {
			select {
			case lines <- scanner.Text():
			default: // nobody wants so many
			}
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may have ended
		for range lines {
		}
		_ = command.Wait() // how it ends is not the matter
	})
	return lines
}

// find waits for a line, and returns the part of it that is in parentheses.
func find(t *testing.T, lines <-chan string, pattern string) string {
	t.Helper()
	var all []string
	for line := range lines {
		if found := regexp.MustCompile(pattern).FindStringSubmatch(line); found != nil {
			return found[1]
		}
		all = append(all, line)
	}
	t.Fatalf("%s is not in\n%s", pattern, strings.Join(all, "\n"))
	return ""
}

// nginx starts it with the configuration of deploy, changed only in addresses,
// in what says who answered and, unless sticky, in who is next. It returns the
// address.
func (c certificate) nginx(t *testing.T, replicas []string, sticky bool) string {
	t.Helper()
	text, err := os.ReadFile("../../deploy/nginx-replicas.conf")
	if err != nil {
		t.Fatal(err)
	}
	at := free(t)
	site := string(text)
	change := func(old, replacement string) {
		if !strings.Contains(site, old) {
			t.Fatalf("deploy/nginx-replicas.conf has no %q", old)
		}
		site = strings.ReplaceAll(site, old, replacement)
	}
	for i, replica := range replicas {
		change(fmt.Sprintf("server 127.0.0.1:%d;", 8081+i), "server "+replica+";")
	}
	change("    listen [::]:443 ssl;\n", "")
	change("listen 443 ssl;", "listen "+at+" ssl;\n    add_header "+replicaHeader+" $upstream_addr always;")
	change("/etc/ssl/fiskl-mcp", c.dir)
	if !sticky {
		change("    hash $fiskl_mcp_replica consistent;\n", "")
	}
	dir := t.TempDir()
	whole := fmt.Sprintf("pid %s/pid;\nevents {}\nhttp {\naccess_log off;\n%s}\n", dir, site)
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(whole), 0o600); err != nil {
		t.Fatal(err)
	}
	said := start(t, "nginx", nil, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-g", "daemon off; error_log stderr notice;")
	find(t, said, "(start worker processes)")
	return at
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(freeport.Take(t)))
}

package otlp_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/fiskl-mcp/fiskl-mcp/internal/telemetry/otlp"
)

// collector keeps the last message of each path. Until it has refused often
// enough it answers with the status it refuses by.
type collector struct {
	*httptest.Server

	t       *testing.T
	mutex   sync.Mutex
	refuses int
	status  int
	asked   int
	header  http.Header
	sent    map[string][]byte
}

func newCollector(t *testing.T) *collector {
	t.Helper()
	c := &collector{t: t, sent: make(map[string][]byte)}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func (c *collector) settings(path string) otlp.Settings {
	return otlp.Settings{URL: c.URL + path, Timeout: 10 * time.Second}
}

func (c *collector) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.asked++
	if c.refuses >= c.asked {
		w.Header().Set("Retry-After", "0")
		w.WriteHeader(c.status)
		return
	}
	var body io.Reader = r.Body
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(r.Body)
		if err != nil {
			c.t.Error(err)
			return
		}
		body = z
	}
	b, err := io.ReadAll(body)
	if err != nil {
		c.t.Error(err)
	}
	c.sent[r.URL.Path], c.header = b, r.Header
}

func (c *collector) decode(path string, m proto.Message) {
	c.t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if err := proto.Unmarshal(c.sent[path], m); err != nil {
		c.t.Fatal(err)
	}
}

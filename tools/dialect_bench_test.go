package tools_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect/speak"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// remembered answers a request that was made before with the same bytes, so that
// what is measured is the client and not the sandbox.
type remembered struct {
	next http.RoundTripper

	mu   sync.Mutex
	seen map[string][]byte
}

func (r *remembered) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	b, ok := r.seen[req.URL.String()]
	if !ok {
		res, err := r.next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		b, err = io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			res.Body = io.NopCloser(bytes.NewReader(b))
			return res, err
		}
		r.seen[req.URL.String()] = b
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(b)), ContentLength: int64(len(b)), Request: req,
	}, nil
}

// BenchmarkDialect is what a call costs over an API in the contract's form, and
// over the same books in three others.
func BenchmarkDialect(b *testing.B) {
	dialects := map[string]*dialect.Dialect{"none": {}}
	for _, name := range []string{"snake", "german", "nested"} {
		f, err := os.Open("../internal/dialect/speak/testdata/" + name + ".toml")
		if err != nil {
			b.Fatal(err)
		}
		if dialects[name], err = dialect.Read(f); err != nil {
			b.Fatal(err)
		}
		_ = f.Close() // it was only read
	}
	for _, name := range []string{"none", "snake", "german", "nested"} {
		b.Run(name, func(b *testing.B) {
			o := fisklapi.Options{
				TokenSource: fisklapi.Key(sandbox.KeyOwner), Rate: -1, MinorUnits: fisklapi.Hundredths, Now: present,
				Transport: &remembered{
					next: inprocess.Transport{Handler: speak.Handler(sandbox.New(sandbox.Options{Now: present}), dialects[name])},
					seen: make(map[string][]byte),
				},
			}
			if name != "none" {
				o.Dialect = dialects[name]
			}
			api, err := fisklapi.New(o)
			if err != nil {
				b.Fatal(err)
			}
			catalog, err := tools.New(api, tools.Options{Now: present})
			if err != nil {
				b.Fatal(err)
			}
			list, _ := catalog.Find("list_invoices")
			b.ReportAllocs()
			for b.Loop() {
				if a := catalog.Call(b.Context(), list, tools.Request{Args: json.RawMessage(`{"limit":25}`)}); a.Err != nil {
					b.Fatal(a.Text)
				}
			}
		})
	}
}

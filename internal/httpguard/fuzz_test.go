package httpguard_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

// FuzzRequest sends anything. Whatever comes, the guard does not fall over,
// blames the caller and not itself, says so in JSON-RPC, and hands on only
// what it understood as the library will.
func FuzzRequest(f *testing.F) {
	for _, c := range badInput() {
		if len(c.body) < 4096 {
			f.Add(c.method, c.host, c.request.header["Mcp-Protocol-Version"], c.request.header["Content-Type"], c.request.header["Origin"], []byte(c.body))
		}
	}
	call := callModern(1, "echo", `{"text":"hello"}`)
	for _, body := range []string{
		call.body, initialize(`{"elicitation":{}}`).body, `{"jsonrpc":"2.0","id":"\u00e9","result":{}}`,
		`{"jsonrpc":"2.0","method":"x","params":null}`, `{"jsonrpc":"2.0","method":"x","params":{"_meta":[{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}]}}`,
	} {
		f.Add("POST", "localhost:1", "2026-07-28", "application/json", "", []byte(body))
		f.Add("POST", "", "2025-11-25", "", "http://localhost", []byte(body))
	}
	f.Fuzz(func(t *testing.T, method, host, version, kind, origin string, body []byte) {
		reached := false
		next := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			reached = true
			understood(t, r, body)
			w.WriteHeader(http.StatusTeapot)
		})
		o := httpguard.Options{Authenticator: byName{}, Loopback: true, MaxBody: 1 << 16}
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://127.0.0.1/mcp", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if method != "" {
			r.Method = method
		}
		if host != "" {
			r.Host = host
		}
		r.Header.Set("Authorization", "alice")
		r.Header.Set("Content-Type", "application/json")
		for name, value := range map[string]string{"Mcp-Protocol-Version": version, "Content-Type": kind, "Origin": origin} {
			if value != "" {
				r.Header.Set(name, value)
			}
		}
		w := recorder()
		httpguard.New(next, o).ServeHTTP(w, r)
		switch {
		case reached != (w.Code == http.StatusTeapot):
			t.Errorf("reached %t, and the answer is %d", reached, w.Code)
		case w.Code >= http.StatusInternalServerError:
			t.Errorf("got %d %s", w.Code, w.Body)
		case w.Code >= http.StatusBadRequest && !reached && !strings.Contains(w.Body.String(), `"jsonrpc":"2.0"`):
			t.Errorf("got %d %q", w.Code, w.Body)
		case w.Code >= http.StatusBadRequest && !reached && !json.Valid(w.Body.Bytes()):
			t.Errorf("got %d %q", w.Code, w.Body)
		}
	})
}

// understood compares what the guard let through with what encoding/json, and
// so the library, makes of it.
func understood(t *testing.T, r *http.Request, body []byte) {
	t.Helper()
	if r.Method == http.MethodDelete {
		return
	}
	var read struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Params  struct {
			Meta map[string]any `json:"_meta"`
		} `json:"params"`
	}
	if err := json.Unmarshal(body, &read); err != nil {
		if _, ok := err.(*json.UnmarshalTypeError); !ok { //nolint:errorlint // it is not wrapped
			t.Errorf("let through %q: %v", body, err)
		}
	}
	version, _ := read.Params.Meta["io.modelcontextprotocol/protocolVersion"].(string)
	modern := version >= "2026-07-28" || r.Header.Get("Mcp-Protocol-Version") >= "2026-07-28"
	switch {
	case read.JSONRPC != "2.0", string(read.ID) == "null":
		t.Errorf("let through %q", body)
	case modern && read.Method == "notifications/cancelled":
		t.Errorf("let a cancel through: %q", body)
	case !modern && read.Method != "initialize":
		t.Errorf("let through without a session: %q", body)
	}
}

package sandbox_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// wire is a sandbox behind a real connection.
type wire struct {
	server *sandbox.Server
	url    string
	client *http.Client
}

func dial(t *testing.T) wire {
	t.Helper()
	s := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	ts := httptest.NewServer(s)
	t.Cleanup(ts.Close)
	client := ts.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return wire{s, ts.URL, client}
}

func (w wire) send(ctx context.Context, method, target, body string) (*http.Response, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, w.url+target, strings.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
	r.Header.Set("Content-Type", "application/json")
	resp, err := w.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	data, err := io.ReadAll(resp.Body)
	return resp, data, errors.Join(err, resp.Body.Close())
}

func TestCutConnections(t *testing.T) {
	t.Parallel()
	for kind, kept := range map[sandbox.FaultKind]bool{sandbox.CutBefore: false, sandbox.CutAfter: true} {
		w := dial(t)
		w.server.Inject(sandbox.Fault{Method: http.MethodPost, Path: "/v1/invoices", Kind: kind})
		const body = `{"externalId":"lost","clientId":1024,"items":[{"name":"x","quantity":1,"price":100}]}`
		if _, _, err := w.send(t.Context(), http.MethodPost, "/v1/invoices", body); err == nil {
			t.Errorf("%s: the answer arrived", kind)
		}
		resp, _, err := w.send(t.Context(), http.MethodPost, "/v1/invoices", body)
		if err != nil {
			t.Fatal(err)
		}
		if existed := resp.StatusCode == http.StatusOK; existed != kept {
			t.Errorf("%s: second attempt got %d", kind, resp.StatusCode)
		}
	}
}

func TestCutWithoutAConnectionAborts(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.FaultKind{sandbox.CutBefore, sandbox.CutAfter} {
		s := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
		s.Inject(sandbox.Fault{Kind: kind})
		func() {
			defer func() {
				if got, _ := recover().(error); !errors.Is(got, http.ErrAbortHandler) {
					t.Errorf("%s: got %v, want http.ErrAbortHandler", kind, got)
				}
			}()
			api{s, sandbox.KeyOwner}.call(t, http.MethodGet, "/v1/clients", nil)
		}()
	}
}

func TestStatusFaults(t *testing.T) {
	t.Parallel()
	w := dial(t)
	w.server.Inject(sandbox.Fault{Path: "/v1/invoices*", Status: 429, RetryAfter: 1500 * time.Millisecond, After: 2, Times: 2})
	var got []int
	for range 5 {
		resp, data, err := w.send(t.Context(), http.MethodGet, "/v1/invoices", "")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, resp.StatusCode)
		if resp.StatusCode == http.StatusTooManyRequests {
			if resp.Header.Get("Retry-After") != "2" || !strings.Contains(string(data), `"status":429`) {
				t.Errorf("got Retry-After %q and %s", resp.Header.Get("Retry-After"), data)
			}
		}
	}
	if !slices.Equal(got, []int{200, 200, 429, 429, 200}) {
		t.Errorf("got %v, want two through, two hit, one through", got)
	}
	w.server.Inject(sandbox.Fault{Status: 503, Times: -1})
	for range 3 {
		if resp, _, err := w.send(t.Context(), http.MethodGet, "/v1/clients", ""); err != nil || resp.StatusCode != 503 {
			t.Errorf("got %v, %v, want 503 always", resp, err)
		}
	}
	w.server.ClearFaults()
	if resp, _, err := w.send(t.Context(), http.MethodGet, "/v1/clients", ""); err != nil || resp.StatusCode != 200 {
		t.Errorf("got %v, %v after clearing, want 200", resp, err)
	}
}

func TestAnswersOfAnotherShape(t *testing.T) {
	t.Parallel()
	w := dial(t)
	ask := func(kind sandbox.FaultKind) (*http.Response, []byte) {
		t.Helper()
		w.server.Inject(sandbox.Fault{Kind: kind, Latency: time.Millisecond})
		resp, data, err := w.send(t.Context(), http.MethodGet, "/v1/clients?size=3", "")
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		return resp, data
	}
	if resp, data := ask(sandbox.HTML); resp.StatusCode != 200 || !strings.Contains(string(data), "<html") ||
		!strings.Contains(resp.Header.Get("Content-Type"), "text/html") {
		t.Errorf("HTML: got %d %s", resp.StatusCode, data)
	}
	if resp, _ := ask(sandbox.Redirect); resp.StatusCode != http.StatusFound || resp.Header.Get("Location") == "" {
		t.Errorf("Redirect: got %d", resp.StatusCode)
	}
	if _, data := ask(sandbox.Truncated); json.Valid(data) || len(data) == 0 {
		t.Errorf("Truncated: got %s", data)
	}
	var page struct {
		Content       []object `json:"content"`
		Last          bool     `json:"last"`
		TotalElements int      `json:"totalElements"`
	}
	if _, data := ask(sandbox.Envelope); json.Unmarshal(data, &page) != nil || len(page.Content) != 3 || page.TotalElements != 3 {
		t.Errorf("Envelope: got %s", data)
	}
	var rows []object
	if _, data := ask(sandbox.UnknownFields); json.Unmarshal(data, &rows) != nil || rows[0]["sandboxFlags"] == nil || rows[0].number("id") != 1024 {
		t.Errorf("UnknownFields: got %s", data)
	}
	if _, data := ask(sandbox.Huge); len(data) < 16<<20 || !json.Valid(data) {
		t.Errorf("Huge: got %d bytes", len(data))
	}
}

func TestHangEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	w := dial(t)
	w.server.Inject(sandbox.Fault{Kind: sandbox.Hang})
	w.server.Inject(sandbox.Fault{Latency: time.Hour})
	for range 2 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, _, err := w.send(ctx, http.MethodGet, "/v1/clients", ""); err == nil {
			t.Error("an answer came")
		}
		cancel()
	}
}

func TestFaultsOverHTTP(t *testing.T) {
	t.Parallel()
	a := empty()
	for _, body := range []string{`{"kind":"Fire"}`, `{"metod":"GET"}`, `{"status":200}`, `{"path":"["}`, `nonsense`} {
		a.refused(t, http.MethodPost, "/sandbox/faults", body, "")
	}
	const fault = `{"method":"get","path":"/v1/clients","times":-1,"status":503,"latency":1,"retryAfter":3000,"kind":""}`
	if code, _ := a.call(t, http.MethodPost, "/sandbox/faults", fault); code != http.StatusNoContent {
		t.Fatalf("got %d, want 204", code)
	}
	a.fails(t, http.StatusServiceUnavailable, http.MethodGet, "/v1/clients", nil, "asked for")
	a.list(t, "/v1/vendors")
	if code, _ := a.call(t, http.MethodDelete, "/sandbox/faults", nil); code != http.StatusNoContent {
		t.Fatalf("got %d, want 204", code)
	}
	a.list(t, "/v1/clients")
	if keys := a.list(t, "/sandbox/keys"); len(keys) != 5 || keys[0].text("secret") != sandbox.KeyOwner {
		t.Errorf("got keys %v", keys)
	}
}

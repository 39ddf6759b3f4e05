package learn_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
	"github.com/fiskl-mcp/fiskl-mcp/internal/learn"
)

func noon() time.Time { return time.Date(2026, time.October, 31, 12, 0, 0, 0, time.UTC) }

// demoCompany is the demo company before a test changes it.
var demoCompany = sandbox.New(sandbox.Options{Now: noon})

// shape says how an API differs from the sandbox that stands behind it.
type shape struct {
	name   string
	change func(v any, path string) any                                                      // of every answer
	ask    func(r *http.Request) bool                                                        // of every request; false is 400
	path   func(string) string                                                               // theirs to the sandbox's; "" is 404
	answer func(w http.ResponseWriter, r *http.Request, inside http.Handler) (answered bool) // in place of all this
	check  func(t *testing.T, l learned)
	apart  []fisklapi.Operation // cannot be learned, so they are not compared
}

type learned struct {
	dialectOf
	report learn.Report
}

// handler is an API of a shape.
func (s shape) handler(inside http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.answer != nil && s.answer(w, r, inside) {
			return
		}
		if s.path != nil {
			if r.URL.Path = s.path(r.URL.Path); r.URL.Path == "" {
				refuse(w, http.StatusNotFound)
				return
			}
		}
		if s.ask != nil && !s.ask(r) {
			refuse(w, http.StatusBadRequest)
			return
		}
		rec := httptest.NewRecorder()
		inside.ServeHTTP(rec, r)
		if rec.Code != http.StatusOK || s.change == nil {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(rec.Code)
			_, _ = w.Write(rec.Body.Bytes())
			return
		}
		d := json.NewDecoder(rec.Body)
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			panic(err)
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(s.change(v, r.URL.Path)); err != nil {
			panic(err)
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(b.Bytes())
	})
}

func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(`{"message":"no"}`))
}

// asking sets how a query is changed before the sandbox sees it.
func asking(change func(q url.Values) bool) func(r *http.Request) bool {
	return func(r *http.Request) bool {
		q := r.URL.Query()
		ok := change(q)
		r.URL.RawQuery = q.Encode()
		return ok
	}
}

func over(t *testing.T, h http.Handler) learn.Source {
	t.Helper()
	return learn.Over(func(moved []fisklapi.Endpoint) (*fisklapi.Client, error) {
		return fisklapi.New(fisklapi.Options{
			TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: "http://127.0.0.1", Rate: -1, Now: noon,
			Transport: inprocess.Transport{Handler: h}, Endpoints: moved, ReadOnly: true,
		})
	})
}

// object is an object whose members are changed; bottom up.
func walk(v any, change func(name string, v any, in map[string]any) (string, any, bool)) any {
	switch v := v.(type) {
	case map[string]any:
		in := make(map[string]any, len(v))
		for k, x := range v {
			in[k] = walk(x, change)
		}
		out := make(map[string]any, len(v))
		for k, x := range in {
			if name, to, ok := change(k, x, in); ok {
				out[name] = to
			}
		}
		return out
	case []any:
		for i := range v {
			v[i] = walk(v[i], change)
		}
	}
	return v
}

func renamed(names ...string) func(any, string) any {
	to := strings.NewReplacer()
	_ = to
	m := make(map[string]string)
	for i := 0; i < len(names); i += 2 {
		m[names[i]] = names[i+1]
	}
	return func(v any, _ string) any {
		return walk(v, func(name string, v any, _ map[string]any) (string, any, bool) {
			if other, ok := m[name]; ok {
				return other, v, true
			}
			return name, v, true
		})
	}
}

func on(part string, change func(any, string) any) func(any, string) any {
	return func(v any, path string) any {
		if strings.Contains(path, part) {
			return change(v, path)
		}
		return v
	}
}

func both(all ...func(any, string) any) func(any, string) any {
	return func(v any, path string) any {
		for _, one := range all {
			v = one(v, path)
		}
		return v
	}
}

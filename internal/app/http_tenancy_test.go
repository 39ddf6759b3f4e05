package app

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// routed is a Fiskl over HTTP with one company, which changes each request
// first.
func routed(t *testing.T, change func(*http.Request)) string {
	t.Helper()
	inside := sandbox.New(sandbox.Options{Now: present, Like: demoCompany})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		change(r)
		inside.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// tenancy is one of several companies behind one Fiskl: its key, and the word
// that marks all that is its own.
type tenancy struct {
	mark   string
	key    string
	inside *sandbox.Server
}

// tenancies are a Fiskl that tells companies apart by the key, as the real one
// does.
func tenancies(t *testing.T, marks ...string) (url string, all []tenancy) {
	t.Helper()
	byKey := make(map[string]http.Handler)
	for i, mark := range marks {
		one := tenancy{mark, "fsk_" + mark + "Key0", sandbox.New(sandbox.Options{Now: present, Seed: uint64(i)})}
		all = append(all, one)
		byKey["Bearer "+one.key] = one.numbered(811 + i)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inside, ok := byKey[r.Header.Get("Authorization")]
		if !ok {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		inside.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, all
}

// numbered is the company under an id and a name of its own.
func (c tenancy) numbered(id int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+sandbox.KeyOwner)
		if r.Method != http.MethodGet || r.URL.Path != "/v1/company" {
			c.inside.ServeHTTP(w, r)
			return
		}
		original := httptest.NewRecorder()
		c.inside.ServeHTTP(original, r)
		var company map[string]any
		if json.Unmarshal(original.Body.Bytes(), &company) == nil {
			company["id"], company["name"] = id, c.mark+" Ltd"
		}
		text, err := json.Marshal(company)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text) // the program may be gone
	})
}

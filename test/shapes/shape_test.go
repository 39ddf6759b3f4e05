// Package shapes_test asks the whole server over APIs that answer otherwise
// than Fiskl is known to, and sees that no answer is wrong without saying so.
package shapes_test

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect/speak"
)

// shape is one way in which an API may differ from the canonical form: what a
// dialect can say, and twists that none can.
type shape struct {
	name    string
	dialect dialect.Dialect
	twists  []twist
}

// twist is what an API does otherwise than any dialect can say.
type twist struct {
	// before answers a request in place of the API, if it returns true.
	before func(w http.ResponseWriter, r *http.Request) bool

	// after changes what the API answered with success.
	after func(r *http.Request, n *dialect.Node)

	// body replaces the bytes of what the API answered with success.
	body func(r *http.Request, b []byte) []byte
}

// handler is an API of this shape in front of a sandbox.
func (s shape) handler(sandbox http.Handler) http.Handler {
	h := speak.Handler(sandbox, &s.dialect)
	for _, t := range s.twists {
		h = t.over(h)
	}
	return h
}

func (t twist) over(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if t.before != nil && t.before(w, r) {
			return
		}
		if t.after == nil && t.body == nil {
			next.ServeHTTP(w, r)
			return
		}
		k := &kept{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(k, r)
		b := k.body.Bytes()
		if k.status/100 == 2 && len(b) > 0 {
			b = t.changed(r, b)
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
		w.WriteHeader(k.status)
		_, _ = w.Write(b)
	})
}

func (t twist) changed(r *http.Request, b []byte) []byte {
	if t.body != nil {
		return t.body(r, b)
	}
	n, err := dialect.Parse(b)
	if err != nil {
		return b
	}
	t.after(r, &n)
	return n.Append(nil)
}

// kept keeps an answer until it is changed.
type kept struct {
	http.ResponseWriter

	status int
	body   bytes.Buffer
}

func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

// each visits every value of an answer, the inner ones first, with the name of
// the member that holds it.
func each(n *dialect.Node, name string, visit func(name string, n *dialect.Node)) {
	for i := range n.Members {
		each(&n.Members[i].Value, n.Members[i].Name, visit)
	}
	for i := range n.Items {
		each(&n.Items[i], name, visit)
	}
	visit(name, n)
}

// always changes every answer below a path.
func always(path string, change func(n *dialect.Node)) twist {
	return twist{after: func(r *http.Request, n *dialect.Node) {
		if strings.HasPrefix(r.URL.Path, path) {
			change(n)
		}
	}}
}

// values changes every value of every answer.
func values(visit func(name string, n *dialect.Node)) twist {
	return always("/v1/", func(n *dialect.Node) { each(n, "", visit) })
}

// paged changes the answers that are pages.
func paged(change func(r *http.Request, n *dialect.Node)) twist {
	return twist{after: func(r *http.Request, n *dialect.Node) {
		if r.Method == http.MethodGet && n.Type == dialect.Array && r.URL.Query().Has("size") {
			change(r, n)
		}
	}}
}

// answers makes every request below a path come to an answer.
func answers(path string, status int, contentType, body string) twist {
	return twist{before: func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, path) {
			return false
		}
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
		return true
	}}
}

func number(s string) dialect.Node { return dialect.Node{Type: dialect.Number, Raw: []byte(s)} }

// object makes an object of names and values in turn.
func object(pairs ...any) dialect.Node {
	n := dialect.Node{Type: dialect.Object}
	for i := 0; i < len(pairs); i += 2 {
		name, _ := pairs[i].(string)
		value, _ := pairs[i+1].(dialect.Node)
		n.Members = append(n.Members, dialect.Member{Name: name, Value: value})
	}
	return n
}

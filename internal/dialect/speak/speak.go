// Package speak makes a server of the canonical form speak a dialect: so the
// sandbox becomes an API that answers otherwise than Fiskl is known to.
package speak

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// Handler translates requests from a dialect before next gets them, and what it
// answers into the dialect. Errors pass as they are, and so does whatever is no
// operation of Fiskl's.
func Handler(next http.Handler, d *dialect.Dialect) http.Handler {
	s := &speaker{next: next, dialect: d}
	for _, e := range fisklapi.Endpoints() {
		s.operations = append(s.operations, newOperation(d, e))
	}
	return s
}

type speaker struct {
	next       http.Handler
	dialect    *dialect.Dialect
	operations []operation
}

func (s *speaker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	op, path, ok := s.find(r)
	if !ok {
		if s.moved(r) {
			refuse(w, r, http.StatusNotFound, "No endpoint "+r.Method+" "+r.URL.Path+".")
			return
		}
		s.next.ServeHTTP(w, r)
		return
	}
	in, err := s.request(op, path, r)
	if err != nil {
		refuse(w, r, http.StatusBadRequest, err.Error())
		return
	}
	a := &kept{ResponseWriter: w, status: http.StatusOK}
	s.next.ServeHTTP(a, in)
	s.answer(w, r, op, a)
}

// refuse answers an error in the form of the sandbox's own.
func refuse(w http.ResponseWriter, r *http.Request, status int, message string) {
	b, _ := json.Marshal(map[string]any{ // texts and a number never fail
		"status": status, "error": http.StatusText(status), "message": message, "path": r.URL.Path,
	})
	send(w, status, b)
}

func send(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever asked has gone
}

// request is what next is asked: the canonical form of what came in.
func (s *speaker) request(op operation, path string, r *http.Request) (*http.Request, error) {
	in := r.Clone(r.Context())
	in.Method, in.URL.Path, in.URL.RawPath = op.endpoint.Method, path, ""
	query, err := s.query(op, r.URL.Query())
	if err != nil {
		return nil, err
	}
	in.URL.RawQuery = query.Encode()
	in.RequestURI = in.URL.RequestURI()
	if op.body == nil {
		return in, nil
	}
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	if b, err = s.read(op, b); err != nil {
		return nil, err
	}
	in.Body, in.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	in.Header.Set("Content-Length", strconv.Itoa(len(b)))
	return in, nil
}

// maxBody bounds the body of a request, in bytes.
const maxBody = 4 << 20

// read translates the body of a request. What is no JSON is left to next.
func (s *speaker) read(op operation, b []byte) ([]byte, error) {
	n, err := dialect.Parse(b)
	if err != nil || n.Type != dialect.Object {
		return b, nil //nolint:nilerr // next says what is wrong with it
	}
	canonical, err := s.dialect.Request(op.name, op.body, nil).Read(op.body, &n)
	if err != nil {
		return nil, err
	}
	return canonical.Append(nil), nil
}

// answer writes what next answered, in the dialect where it is no error.
func (s *speaker) answer(w http.ResponseWriter, r *http.Request, op operation, a *kept) {
	if a.taken {
		return // the connection is no longer ours
	}
	b := a.body.Bytes()
	if a.status/100 == 2 && op.answer != nil && len(b) > 0 {
		translated, err := s.write(op, b)
		if err != nil {
			refuse(w, r, http.StatusInternalServerError, "The dialect cannot say this: "+err.Error()+".")
			return
		}
		b = translated
	}
	if w.Header().Get("Content-Length") != "" {
		w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(b) // whoever asked has gone
}

func (s *speaker) write(op operation, b []byte) ([]byte, error) {
	n, err := dialect.Parse(b)
	if err != nil {
		return b, nil //nolint:nilerr // a fault that was injected passes as it is
	}
	for _, path := range s.dialect.Operations[op.name].Missing {
		drop(&n, strings.Split(path, "."))
	}
	mapping, _ := s.dialect.Answer(op.name, op.answer, nil)
	out, err := mapping.Write(op.answer, &n)
	if err != nil {
		return nil, err
	}
	return out.Append(nil), nil
}

// drop takes away a member, in each element of a list.
func drop(n *dialect.Node, path []string) {
	for i := range n.Items {
		drop(&n.Items[i], path)
	}
	for i := range n.Members {
		switch {
		case n.Members[i].Name != path[0]:
		case len(path) > 1:
			drop(&n.Members[i].Value, path[1:])
		default:
			n.Members = append(n.Members[:i:i], n.Members[i+1:]...)
			return
		}
	}
}

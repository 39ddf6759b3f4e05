package sandbox

import (
	"net/http"
	"slices"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

// Route is one operation of the API.
type Route struct {
	Method     string // An HTTP method.
	Path       string // As in /v1/clients/{id}.
	Operation  string // The operationId of the contract.
	Permission string // What a key needs; empty when any key will do.
}

// handler carries out one operation. It runs under the server's lock.
type handler func(*call) (answer, error)

type operation struct {
	Route
	do handler
}

// Routes are all operations the sandbox serves.
func Routes() []Route {
	var out []Route
	for _, op := range operations() {
		out = append(out, op.Route)
	}
	return out
}

func operations() []operation {
	return slices.Concat(
		clientOperations(), vendorOperations(), invoiceOperations(), quoteOperations(), paymentOperations(),
		productOperations(), companyOperations(), reportOperations(), insightOperations(), auditOperations(),
		contextOperations(),
	)
}

func get(path, name, permission string, do handler) operation {
	return operation{Route{http.MethodGet, path, name, permission}, do}
}

func post(path, name, permission string, do handler) operation {
	return operation{Route{http.MethodPost, path, name, permission}, do}
}

func put(path, name, permission string, do handler) operation {
	return operation{Route{http.MethodPut, path, name, permission}, do}
}

// route builds the mux: one entry a path, the methods below it, so that a wrong method is told from a wrong path.
func (s *Server) route() {
	byPath := map[string]map[string]operation{}
	for _, op := range operations() {
		if byPath[op.Path] == nil {
			byPath[op.Path] = map[string]operation{}
		}
		byPath[op.Path][op.Method] = op
	}
	for path, methods := range byPath {
		s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, methods) })
	}
	s.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, nil) })
	s.control()
	for _, path := range oauth.Paths() {
		s.mux.HandleFunc(path, s.serveAuthorization)
	}
}

// serve answers a request to a path of the API; methods is nil when the API has no such path.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, methods map[string]operation) {
	fault, hit := s.faults.match(r)
	if hit && !fault.before(s, w, r) {
		return
	}
	a, err := s.perform(w, r, methods)
	if err != nil {
		a = s.refused(r, err)
	}
	if hit {
		a = fault.after(w, a)
	}
	a.write(w)
}

func (s *Server) perform(w http.ResponseWriter, r *http.Request, methods map[string]operation) (answer, error) {
	key, err := s.authenticate(r)
	if err != nil {
		return answer{}, err
	}
	if methods == nil {
		return answer{}, problem(http.StatusNotFound, "No endpoint %s %s.", r.Method, r.URL.Path)
	}
	op, ok := methods[r.Method]
	if !ok {
		w.Header().Set("Allow", allowed(methods))
		return answer{}, problem(http.StatusMethodNotAllowed, "Request method '%s' is not supported", r.Method)
	}
	if op.Permission != "" && !slices.Contains(key.Permissions, op.Permission) {
		return answer{}, problem(http.StatusForbidden, "Access denied: this %s lacks the permission %s.", key.kind, op.Permission)
	}
	c, err := newCall(w, r, key)
	if err != nil {
		return answer{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c.open, c.reports = s.open, s.reports
	return op.do(c)
}

func allowed(methods map[string]operation) string {
	var names []string
	for name := range methods {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

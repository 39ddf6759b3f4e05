package sandbox

import (
	"encoding/json"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// faultRequest is a fault as JSON, durations in milliseconds.
type faultRequest struct {
	Method     string `json:"method"`
	Path       string `json:"path"`
	Times      int    `json:"times"`
	After      int    `json:"after"`
	Latency    int64  `json:"latency"`
	Status     int    `json:"status"`
	RetryAfter int64  `json:"retryAfter"`
	Kind       string `json:"kind"`
}

// control adds the sandbox's own paths, which are not Fiskl's and need no key.
func (s *Server) control() {
	s.mux.HandleFunc("POST /sandbox/faults", s.postFault)
	s.mux.HandleFunc("DELETE /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		s.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	s.mux.HandleFunc("GET /sandbox/keys", func(w http.ResponseWriter, _ *http.Request) {
		encoded(http.StatusOK, Keys()).write(w)
	})
	s.mux.HandleFunc("GET /sandbox/oauth", func(w http.ResponseWriter, _ *http.Request) {
		encoded(http.StatusOK, s.authorization().Counts()).write(w)
	})
	s.mux.HandleFunc("POST /sandbox/oauth/expire", func(w http.ResponseWriter, _ *http.Request) {
		s.authorization().ExpireAccessTokens()
		w.WriteHeader(http.StatusNoContent)
	})
}

func (s *Server) postFault(w http.ResponseWriter, r *http.Request) {
	fault, err := readFault(w, r)
	if err != nil {
		s.refused(r, err).write(w)
		return
	}
	s.Inject(fault)
	w.WriteHeader(http.StatusNoContent)
}

// readFault is strict, unlike the API: a fault with a misspelt field would silently do nothing.
func readFault(w http.ResponseWriter, r *http.Request) (Fault, error) {
	var in faultRequest
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, largestBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return Fault{}, problem(http.StatusBadRequest, "not a fault: %v", err)
	}
	kind, ok := faultKind(in.Kind)
	if !ok {
		return Fault{}, problem(http.StatusBadRequest, "kind: %q is none of %v", in.Kind, FaultKinds())
	}
	if _, err := path.Match(in.Path, ""); err != nil {
		return Fault{}, problem(http.StatusBadRequest, "path: %v", err)
	}
	if in.Status != 0 && (in.Status < 400 || in.Status > 599) {
		return Fault{}, problem(http.StatusBadRequest, "status: must lie between 400 and 599")
	}
	return Fault{
		Method: in.Method, Path: in.Path, Times: in.Times, After: in.After, Status: in.Status, Kind: kind,
		Latency:    time.Duration(in.Latency) * time.Millisecond,
		RetryAfter: time.Duration(in.RetryAfter) * time.Millisecond,
	}, nil
}

func faultKind(word string) (FaultKind, bool) {
	kinds := FaultKinds()
	i := slices.IndexFunc(kinds, func(k FaultKind) bool { return strings.EqualFold(string(k), word) })
	if word == "" {
		return "", true
	}
	if i < 0 {
		return "", false
	}
	return kinds[i], true
}

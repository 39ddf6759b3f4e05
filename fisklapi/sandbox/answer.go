package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

// answer is what a request comes to: a status and a JSON body.
type answer struct {
	status int
	body   []byte
}

// problemError is an answer other than the one asked for.
type problemError struct {
	status  int
	message string
}

func (e *problemError) Error() string { return e.message }

func problem(status int, format string, args ...any) error {
	return &problemError{status: status, message: fmt.Sprintf(format, args...)}
}

// errorBody is the error a Spring server answers by default.
type errorBody struct {
	Timestamp time.Time `json:"timestamp"`
	Status    int       `json:"status"`
	Error     string    `json:"error"`
	Message   string    `json:"message"`
	Path      string    `json:"path"`
}

// refused turns an error into the answer that tells it.
func (s *Server) refused(r *http.Request, err error) answer {
	status := http.StatusInternalServerError
	var (
		p       *problemError
		refusal *books.RefusalError
		missing *books.NotFoundError
	)
	switch {
	case errors.As(err, &p):
		status = p.status
	case errors.As(err, &refusal):
		status = http.StatusBadRequest
	case errors.As(err, &missing):
		status = http.StatusNotFound
	}
	return encoded(status, errorBody{
		Timestamp: s.options.Now().UTC().Truncate(time.Millisecond), Status: status,
		Error: http.StatusText(status), Message: err.Error(), Path: r.URL.Path,
	})
}

func encoded(status int, body any) answer {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return answer{http.StatusInternalServerError, []byte(`{"status":500,"error":"Internal Server Error"}`)}
	}
	return answer{status, bytes.TrimRight(buffer.Bytes(), "\n")}
}

// write sends the answer. An error means the caller has gone, and there is nobody left to tell.
func (a answer) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	if a.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="fiskl"`)
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

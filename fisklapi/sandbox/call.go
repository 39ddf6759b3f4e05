package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/reports"
)

// largestBody is the most a request's body may hold.
const largestBody = 1 << 20

// call is one request on its way through an operation.
type call struct {
	key   Key
	query url.Values
	path  func(name string) string
	body  []byte
	open  func() (*books.Books, error)

	reports func() (*reports.Reports, error)
}

func newCall(w http.ResponseWriter, r *http.Request, key Key) (*call, error) {
	c := &call{key: key, query: r.URL.Query(), path: r.PathValue}
	if r.Method == http.MethodGet {
		return c, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, problem(http.StatusRequestEntityTooLarge, "The body is larger than %d bytes.", largestBody)
	case err != nil:
		return nil, problem(http.StatusBadRequest, "The body could not be read.")
	}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media != "" && media != "application/json" && len(body) > 0 {
		return nil, problem(http.StatusUnsupportedMediaType, "Content-Type '%s' is not supported", media)
	}
	c.body = body
	return c, nil
}

// id is the number in the path.
func (c *call) id() (int64, error) { return wholeNumber("id", c.path("id")) }

// read decodes the body, and names the field that has the wrong type.
func read[T any](c *call) (T, error) {
	var in T
	err := json.Unmarshal(c.body, &in)
	var wrong *json.UnmarshalTypeError
	switch {
	case len(c.body) == 0:
		return in, problem(http.StatusBadRequest, "Required request body is missing")
	case errors.As(err, &wrong):
		field := wrong.Field
		if field == "" {
			field = "body"
		}
		return in, problem(http.StatusBadRequest, "%s: wrong type: got %s", field, wrong.Value)
	case err != nil:
		return in, problem(http.StatusBadRequest, "JSON parse error: %v", err)
	default:
		return in, nil
	}
}

// flag is a boolean query parameter, false when absent.
func (c *call) flag(name string) (bool, error) {
	value := c.query.Get(name)
	if value == "" {
		return false, nil
	}
	on, err := strconv.ParseBool(strings.ToLower(value))
	if err != nil {
		return false, problem(http.StatusBadRequest, "%s: %q is neither true nor false", name, value)
	}
	return on, nil
}

// number is an id in a query parameter, 0 when absent.
func (c *call) number(name string) (int64, error) {
	value := c.query.Get(name)
	if value == "" {
		return 0, nil
	}
	return wholeNumber(name, value)
}

func wholeNumber(name, value string) (int64, error) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return 0, problem(http.StatusBadRequest, "%s: %q is not a whole number", name, value)
	}
	return n, nil
}

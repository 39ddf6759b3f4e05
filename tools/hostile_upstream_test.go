package tools_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// tampered is a sandbox in whose answers every text that people type was
// replaced.
type tampered struct {
	next  http.RoundTripper
	texts func(n int) piece // of the n-th text replaced

	mu sync.Mutex
	n  int
}

func tamper(texts func(int) piece) *tampered {
	return &tampered{next: inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present})}, texts: texts}
}

func (u *tampered) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodPut {
		// The record goes back as it was: what is wrong with it is not asked here.
		_, b, err := u.pass(req, http.MethodGet, nil)
		if err != nil {
			return nil, err
		}
		return u.answer(req, http.MethodPut, b)
	}
	var body []byte
	if req.Body != nil {
		b, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		body = b
	}
	return u.answer(req, req.Method, body)
}

// pass asks the sandbox and returns its answer read.
func (u *tampered) pass(req *http.Request, method string, body []byte) (*http.Response, []byte, error) {
	r := req.Clone(req.Context())
	r.Method, r.Body, r.ContentLength = method, io.NopCloser(bytes.NewReader(body)), int64(len(body))
	res, err := u.next.RoundTrip(r)
	if err != nil {
		return nil, nil, err
	}
	b, err := io.ReadAll(res.Body)
	return res, b, err
}

func (u *tampered) answer(req *http.Request, method string, body []byte) (*http.Response, error) {
	res, b, err := u.pass(req, method, body)
	if err != nil {
		return nil, err
	}
	if res.StatusCode < 300 {
		b = u.replace(req.URL.Path, b)
	}
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	res.Header.Del("Content-Length")
	return res, nil
}

// replace goes through an answer token by token, so that every other byte and
// the order of members stay.
func (u *tampered) replace(path string, body []byte) []byte {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	var all any
	if d.Decode(&all) != nil {
		return body
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	marks := make(map[string]string)
	b, err := json.Marshal(u.walk(path, "", all, marks))
	if err != nil {
		return body
	}
	for mark, literal := range marks {
		b = bytes.ReplaceAll(b, []byte(`"`+mark+`"`), []byte(literal))
	}
	return b
}

func (u *tampered) walk(path, key string, value any, marks map[string]string) any {
	switch v := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(keysOf(v)) {
			v[name] = u.walk(path, key+"."+name, v[name], marks)
		}
	case []any:
		for i := range v {
			v[i] = u.walk(path, key+"[]", v[i], marks)
		}
	case string:
		if v != "" && typed(path, key) {
			mark := fmt.Sprintf("@%d@", u.n)
			marks[mark] = u.texts(u.n).literal()
			u.n++
			return mark
		}
	}
	return value
}

func keysOf(m map[string]any) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// typed reports the members of Fiskl's answers that hold what people wrote.
// Codes of accounts in statements stay: accounts of two periods are told apart
// by them.
func typed(path, key string) bool {
	last := key[strings.LastIndex(key, ".")+1:]
	if slices.Contains([]string{
		"address", "agency", "accountCode", "accountName", "actor", "after", "before", "bcc[]", "category", "cc[]", "clientEmail", "clientName",
		"code", "contactName", "description", "email", "externalId", "group", "invoiceNumber", "method", "note", "notes", "number", "phone",
		"recordName", "registrationNumber", "shippingAddress", "taxNumber", "title", "unit",
	}, last) {
		return key != ".sections[].rows[].code"
	}
	fisklsOwn := path == "/v1/date-periods" || strings.HasPrefix(path, "/v1/reports/") && slices.Contains([]string{
		".name", ".columns[].name", ".sections[].name", ".ratios[].name", ".ratios[].inputs[].name", ".agencies[].sections[].name",
	}, key)
	return last == "name" && !fisklsOwn
}

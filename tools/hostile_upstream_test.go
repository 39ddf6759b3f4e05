package tools_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// tampered is a sandbox in whose answers every text that people type was
// replaced, but for what the caller wrote in the same member: a write whose
// record shows something else is not shown to be done.
type tampered struct {
	next     http.RoundTripper
	texts    func(n int) piece // of the n-th text replaced
	disowned bool              // what the caller wrote is replaced as well, and no update is kept

	mu   sync.Mutex
	n    int
	read map[string]map[string]any // the latest answer of each path, as it was given
	sent map[[2]string]bool        // by member and text
}

func tamper(texts func(int) piece) *tampered {
	return &tampered{
		next:  inprocess.Transport{Handler: sandbox.New(sandbox.Options{Now: present, Like: demoCompany})},
		texts: texts, read: make(map[string]map[string]any), sent: make(map[[2]string]bool),
	}
}

func (u *tampered) RoundTrip(req *http.Request) (*http.Response, error) {
	var body []byte
	if req.Body != nil {
		b, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		body = b
	}
	wrote, _ := decoded(body).(map[string]any)
	if req.Method == http.MethodPut {
		b, err := u.restored(req, wrote)
		if err != nil {
			return nil, err
		}
		body = b
	}
	u.note("", wrote)
	return u.answer(req, req.Method, body)
}

// restored is the record as it is in the books, with what the caller changed of
// the one that it was given: what is wrong with the rest is not asked here. It
// takes those changes alone to be the caller's.
func (u *tampered) restored(req *http.Request, wrote map[string]any) ([]byte, error) {
	_, b, err := u.pass(req, http.MethodGet, nil)
	if err != nil {
		return nil, err
	}
	whole, _ := decoded(b).(map[string]any)
	u.mu.Lock()
	given := u.read[req.URL.Path]
	u.mu.Unlock()
	for name, value := range wrote {
		if u.disowned || reflect.DeepEqual(value, given[name]) {
			delete(wrote, name)
			continue
		}
		whole[name] = value
	}
	return json.Marshal(whole)
}

// note keeps the texts that the caller wrote.
func (u *tampered) note(member string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			u.note(name, inner)
		}
	case []any:
		for _, inner := range v {
			u.note(member, inner)
		}
	case string:
		u.mu.Lock()
		defer u.mu.Unlock()
		u.sent[[2]string{member, v}] = !u.disowned
	}
}

// decoded reads JSON with its numbers as they are written; nil if it is none.
func decoded(b []byte) any {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var all any
	if d.Decode(&all) != nil {
		return nil
	}
	return all
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
	all := decoded(body)
	if all == nil {
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
	if given, ok := decoded(b).(map[string]any); ok {
		u.read[path] = given
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
		if v != "" && typed(path, key) && !u.sent[[2]string{lastOf(key), v}] {
			mark := fmt.Sprintf("@%d@", u.n)
			marks[mark] = u.texts(u.n).literal()
			if strings.HasSuffix(strings.ToLower(key), "email") {
				marks[mark] = u.texts(0).literal() // one everywhere: an invoice that names another than its client is warned of
			}
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

// lastOf is the name of the member that a key leads to, or whose item.
func lastOf(key string) string {
	return strings.TrimSuffix(key[strings.LastIndex(key, ".")+1:], "[]")
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

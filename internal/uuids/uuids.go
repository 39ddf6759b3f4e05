// Package uuids makes a Fiskl with numbers for ids one with UUIDs, for tests:
// it stands in front of the sandbox and translates.
package uuids

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Of is the UUID in the place of a number.
func Of(n string) string {
	if len(n) > 12 {
		return n
	}
	return "00000000-0000-4000-8000-" + strings.Repeat("0", 12-len(n)) + n
}

// number is what a UUID stands for.
func number(id string) (string, error) {
	digits, ok := strings.CutPrefix(strings.ToLower(id), "00000000-0000-4000-8000-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil || len(digits) != 12 {
		return "", fmt.Errorf("%q is not a UUID", id)
	}
	return strconv.FormatInt(n, 10), nil
}

// Handler passes requests on with numbers for their UUIDs, and the answers with
// UUIDs for their numbers. A number where an id belongs is refused with 400.
type Handler struct{ Next http.Handler }

func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r = r.Clone(r.Context())
	if err := translate(r); err != nil {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"message": err.Error()})
		return
	}
	h.Next.ServeHTTP(&writer{w}, r)
}

func translate(r *http.Request) (err error) {
	segments := strings.Split(r.URL.Path, "/")
	for i, s := range segments {
		if i > 2 && strings.ContainsAny(s, "0123456789") {
			if segments[i], err = number(s); err != nil {
				return err
			}
		}
	}
	r.URL.Path, r.URL.RawPath = strings.Join(segments, "/"), ""
	query := r.URL.Query()
	for name := range query {
		if isID(name) {
			if err := renumber(query, name); err != nil {
				return err
			}
		}
	}
	r.URL.RawQuery, r.RequestURI = query.Encode(), ""
	return body(r)
}

func renumber(query url.Values, name string) (err error) {
	all := strings.Split(query.Get(name), ",")
	for i, id := range all {
		if all[i], err = number(id); err != nil {
			return err
		}
	}
	query.Set(name, strings.Join(all, ","))
	return nil
}

func body(r *http.Request) error {
	sent, err := io.ReadAll(r.Body)
	if err != nil || len(sent) == 0 {
		return err
	}
	b, err := rewrite(sent, func(v any) (any, error) {
		if v == nil {
			return nil, nil //nolint:nilnil // none stays none
		}
		n, err := number(fmt.Sprint(v))
		return json.Number(n), err
	})
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	return err
}

// writer translates what is answered, which comes in one piece.
type writer struct{ http.ResponseWriter }

func (w *writer) Write(b []byte) (int, error) {
	out, err := rewrite(b, func(v any) (any, error) {
		if n, ok := v.(json.Number); ok {
			return Of(n.String()), nil
		}
		return v, nil
	})
	if err != nil {
		out = b
	}
	_, err = w.ResponseWriter.Write(out)
	return len(b), err
}

// rewrite gives every id in a JSON text another form.
func rewrite(b []byte, form func(any) (any, error)) ([]byte, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if err := each(v, form); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

func each(v any, form func(any) (any, error)) error {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if err := each(item, form); err != nil {
				return err
			}
		}
	case map[string]any:
		for name := range v {
			if err := member(v, name, form); err != nil {
				return err
			}
		}
	}
	return nil
}

// member goes into a member of an object, or gives it another form.
func member(of map[string]any, name string, form func(any) (any, error)) (err error) {
	if !isID(name) {
		return each(of[name], form)
	}
	list, ok := of[name].([]any)
	if !ok {
		of[name], err = form(of[name])
		return err
	}
	for i := range list {
		if list[i], err = form(list[i]); err != nil {
			return err
		}
	}
	return nil
}

// isID reports the name of a field or parameter that holds ids of records.
func isID(name string) bool {
	return name == "id" || name != "externalId" && (strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Ids"))
}

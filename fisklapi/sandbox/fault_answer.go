package sandbox

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"
)

// before does what a fault does instead of the request. It answers true when the request is to be carried out.
func (f *Fault) before(s *Server, w http.ResponseWriter, r *http.Request) bool {
	if !f.wait(r) {
		panic(http.ErrAbortHandler)
	}
	if f.Status != 0 {
		f.refuse(s, w, r)
		return false
	}
	switch f.Kind {
	case CutBefore:
		_, _ = io.Copy(io.Discard, r.Body)
		cut(w)
	case HTML:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!doctype html>\n<html><head><title>Fiskl</title></head><body><div id=\"root\"></div></body></html>\n")
	case Redirect:
		http.Redirect(w, r, "https://my.fiskl.example/login", http.StatusFound)
	case Huge:
		huge(w)
	case Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	default:
		return true
	}
	return false
}

// after changes the answer to a request that was carried out.
func (f *Fault) after(w http.ResponseWriter, a answer) answer {
	switch f.Kind {
	case CutAfter:
		cut(w)
		panic(http.ErrAbortHandler)
	case Truncated:
		a.body = a.body[:len(a.body)/2]
	case Envelope:
		a.body = wrapped(a.body)
	case UnknownFields:
		a.body = widened(a.body)
	default:
	}
	return a
}

// wait delays a request. It answers false when the caller gave up.
func (f *Fault) wait(r *http.Request) bool {
	if f.Latency <= 0 {
		return true
	}
	timer := time.NewTimer(f.Latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func (f *Fault) refuse(s *Server, w http.ResponseWriter, r *http.Request) {
	if f.RetryAfter > 0 {
		seconds := int64((f.RetryAfter + time.Second - 1) / time.Second)
		w.Header().Set("Retry-After", strconv.FormatInt(seconds, 10))
	}
	s.refused(r, problem(f.Status, "%s (a fault that was asked for)", http.StatusText(f.Status))).write(w)
}

// cut ends the connection without an answer. Where there is no connection of our own to cut, as in a process that
// calls the handler itself, the server's way of aborting a handler stands for it.
func cut(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := hijacker.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_ = conn.Close()
}

// wrapped puts a list into the envelope of a Spring page.
func wrapped(body []byte) []byte {
	var rows []json.RawMessage
	if json.Unmarshal(body, &rows) != nil {
		return body
	}
	return encoded(http.StatusOK, struct {
		Content       []json.RawMessage `json:"content"`
		Last          bool              `json:"last"`
		TotalElements int               `json:"totalElements"`
	}{rows, len(rows) < defaultSize, len(rows)}).body
}

// widened adds fields to every object of a body.
func widened(body []byte) []byte {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return body
	}
	return encoded(http.StatusOK, widen(value)).body
}

func widen(value any) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = widen(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = widen(v[name])
		}
		v["sandboxNote"] = "not in the contract"
		v["sandboxFlags"] = map[string]any{"beta": true, "rank": 7}
		v["sandboxTags"] = []string{"a", "b"}
		v["sandboxNull"] = nil
	}
	return value
}

// huge writes a valid list of 16 MiB.
func huge(w http.ResponseWriter) {
	const size = 16 << 20
	row := []byte(`{"id":1,"name":"` + string(bytes.Repeat([]byte("x"), 1000)) + `"},`)
	body := append([]byte("["), bytes.Repeat(row, size/len(row)+1)...)
	body[len(body)-1] = ']'
	answer{http.StatusOK, body}.write(w)
}

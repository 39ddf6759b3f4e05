// Package inprocess carries HTTP requests to a handler in the same process,
// without a socket.
package inprocess

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// Transport is an http.RoundTripper that a handler answers.
type Transport struct{ Handler http.Handler }

// errAborted is what a client sees of a handler that cut the connection.
var errAborted = errors.New("the connection was cut")

// RoundTrip lets the handler answer req. A handler that panics with
// http.ErrAbortHandler cuts the connection, as it would on a real server; and
// a request whose context ends is given up, as a real client would.
func (t Transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, fmt.Errorf("in-process request: %w", err)
	}
	r := req.Clone(req.Context())
	r.RequestURI = r.URL.RequestURI()
	r.RemoteAddr = "127.0.0.1:0"
	if r.Host == "" {
		r.Host = r.URL.Host
	}
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := &recorder{header: make(http.Header), status: http.StatusOK}
	done := make(chan error, 1)
	go func() { done <- t.serve(w, r) }()
	var err error
	select {
	case err = <-done:
	case <-req.Context().Done():
	}
	// Both may have come at once, and a real client would not read the answer.
	if gone := req.Context().Err(); gone != nil {
		return nil, fmt.Errorf("in-process request: %w", gone)
	}
	if err != nil {
		return nil, err
	}
	return w.response(req), nil
}

func (t Transport) serve(w *recorder, r *http.Request) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			err = errAborted
		default:
			err = fmt.Errorf("the handler panicked: %v", v)
		}
	}()
	t.Handler.ServeHTTP(w, r)
	return nil
}

// recorder keeps what a handler answers.
type recorder struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if !w.wrote {
		w.status, w.wrote = status, true
	}
}

func (w *recorder) Write(b []byte) (int, error) {
	w.wrote = true
	return w.body.Write(b)
}

func (w *recorder) response(req *http.Request) *http.Response {
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)),
		StatusCode:    w.status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        w.header,
		Body:          io.NopCloser(bytes.NewReader(w.body.Bytes())),
		ContentLength: int64(w.body.Len()),
		Request:       req,
	}
}

// Package rpcerror writes the refusals of the HTTP endpoint: a status, and a
// JSON-RPC error in the body, because some clients show only the one and some
// only the other.
package rpcerror

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// The codes of JSON-RPC that a refusal may carry. A refusal that has none of
// its own carries its HTTP status, which lies outside the reserved range.
const (
	ParseError     = -32700
	InvalidRequest = -32600
	MethodNotFound = -32601
	InvalidParams  = -32602
	InternalError  = -32603
)

// Refusal is an answer that says no.
type Refusal struct { //nolint:errname // it is an answer first, and an error only on its way there
	// Status is the HTTP status.
	Status int
	// Code is the JSON-RPC error code; zero takes the status.
	Code int
	// Message tells the caller what to do. It never quotes a credential.
	Message string
	// Data is added to the error when it is not nil.
	Data any
	// Reason is one word for logs and metrics.
	Reason string
	// RetryAfter is when to come back; zero says nothing about it.
	RetryAfter time.Duration
	// Challenge is the WWW-Authenticate header of a 401.
	Challenge string
	// Allow lists the methods that a 405 would have taken.
	Allow string
}

// Error is the message.
func (r *Refusal) Error() string { return r.Message }

// Write answers with r. ID is the request's id as it stood in the body, or nil
// when it is not known.
func Write(w http.ResponseWriter, r *Refusal, id []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Del("Content-Length")
	if r.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((r.RetryAfter+time.Second-1)/time.Second)))
	}
	if r.Challenge != "" {
		h.Set("WWW-Authenticate", r.Challenge)
	}
	if r.Allow != "" {
		h.Set("Allow", r.Allow)
	}
	w.WriteHeader(r.Status)
	_, _ = w.Write(append(Body(r, id), '\n')) // a caller who is gone needs no answer
}

// Body is the JSON-RPC error of r.
func Body(r *Refusal, id []byte) []byte {
	type fault struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
		Data    any    `json:"data,omitempty"`
	}
	e := fault{r.Code, r.Message, r.Data}
	if e.Code == 0 {
		e.Code = r.Status
	}
	if len(id) == 0 {
		id = []byte("null")
	}
	body, err := json.Marshal(struct {
		JSONRPC string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   fault           `json:"error"`
	}{"2.0", id, e})
	if err != nil { // the data cannot be written as JSON
		return Body(&Refusal{Status: r.Status, Code: r.Code, Message: r.Message}, nil)
	}
	return body
}

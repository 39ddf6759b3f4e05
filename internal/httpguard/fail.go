package httpguard

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// Fail is the error of a handler that wants to choose its code: the library
// answers every error with -32603. The handler returns what Fail returns. From
// 2026-07-28 on the code decides the HTTP status too, unless the answer is a
// stream already. Data may be nil. Outside the guard the code is lost and the
// message is not.
func Fail(ctx context.Context, code int, message string, data any) error {
	failure := &rpcerror.Refusal{Status: http.StatusOK, Code: code, Message: message, Data: data, Reason: "handler"}
	if x := from(ctx); x != nil {
		if x.modern {
			failure.Status = statusOf(code)
		}
		x.failure.Store(failure)
	}
	return failure
}

// Failure is the code and the data of what Fail made, wrapped or not; ok is false when err is something
// else.
func Failure(err error) (code int, data any, ok bool) {
	failure, ok := errors.AsType[*rpcerror.Refusal](err)
	if !ok {
		return 0, nil, false
	}
	return failure.Code, failure.Data, true
}

// statusOf is the HTTP status that 2026-07-28 wants for a code.
func statusOf(code int) int {
	switch code {
	case rpcerror.MethodNotFound:
		return http.StatusNotFound
	case rpcerror.ParseError, rpcerror.InvalidRequest, rpcerror.InvalidParams,
		mcp.HEADER_MISMATCH, mcp.MISSING_REQUIRED_CLIENT_CAPABILITY, mcp.UNSUPPORTED_PROTOCOL_VERSION:
		return http.StatusBadRequest
	}
	return http.StatusOK
}

// mend returns the handler's failure if body is the error that the library
// made of it.
func (x *exchange) mend(body []byte) (*rpcerror.Refusal, bool) {
	failure := x.failure.Load()
	if failure == nil {
		return nil, false
	}
	var message struct {
		Error *struct {
			Code int `json:"code"`
		} `json:"error"`
	}
	err := json.Unmarshal(body, &message)
	return failure, err == nil && message.Error != nil && message.Error.Code == rpcerror.InternalError
}

// mendEvent does the same for an event of a stream.
func (x *exchange) mendEvent(p []byte) ([]byte, bool) {
	if x.failure.Load() == nil {
		return nil, false
	}
	_, data, found := bytes.Cut(p, []byte("data: "))
	if !found {
		return nil, false
	}
	failure, ok := x.mend(data)
	if !ok {
		return nil, false
	}
	return errorEvent(failure, x.message.id), true
}

// errorEvent is the last event of a stream that ends in an error.
func errorEvent(r *rpcerror.Refusal, id []byte) []byte {
	return event(rpcerror.Body(r, id))
}

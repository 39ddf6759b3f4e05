package fisklapi

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// unrepeated keeps the standard library from sending a write again by itself.
// On HTTP/2 it does so where a server says that it did not process a request
// (GOAWAY, REFUSED_STREAM), and on HTTP/1 where it takes a connection for closed
// before anything was written. Whether that is true of Fiskl, and of what stands
// before it, nobody documents: below our own retries a write goes out once, and
// is then looked up.
type unrepeated struct{ next http.RoundTripper }

func (t unrepeated) RoundTrip(req *http.Request) (*http.Response, error) {
	switch {
	case req.Method == http.MethodGet:
		return t.next.RoundTrip(req)
	case req.Body == nil || req.Body == http.NoBody:
		return t.bare(req)
	default:
		once := req.WithContext(req.Context()) // a copy: what is handed in stays as it is
		once.GetBody, once.Body = nil, oneWay{req.Body}
		return t.next.RoundTrip(once)
	}
}

// oneWay is a body that can be read once: nothing of what it is made of shows.
type oneWay struct{ io.ReadCloser }

// errAgain is why a request was given up that was about to be sent again.
var errAgain = errors.New("the server says that it did not process the request")

// bare sends a request without a body. There is nothing in it that could be
// used up, so what watches over it is whether a second connection is taken.
func (t unrepeated) bare(req *http.Request) (*http.Response, error) {
	ctx, giveUp := context.WithCancelCause(req.Context())
	var sent atomic.Bool
	once := req.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { sent.Store(true) },
		GotConn: func(httptrace.GotConnInfo) {
			if sent.Load() {
				giveUp(errAgain)
			}
		},
	}))
	res, err := t.next.RoundTrip(once)
	if err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errAgain) {
			err = cause
		}
		giveUp(nil)
		return nil, err
	}
	res.Body = &held{res.Body, giveUp}
	return res, nil
}

// held gives a request's context up once its answer was read.
type held struct {
	io.ReadCloser

	giveUp context.CancelCauseFunc
}

func (h *held) Close() error {
	err := h.ReadCloser.Close()
	h.giveUp(nil)
	return err
}

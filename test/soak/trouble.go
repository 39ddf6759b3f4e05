package main

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// trouble is a way for a request to go wrong.
type trouble struct {
	name  string
	fault sandbox.Fault // what the sandbox does

	gateway bool // what was carried out is answered with 502 by something in between
	timeout bool // what was carried out is answered too late
	late    bool // the caller gives up, and the request arrives after that
	before  bool // nothing is carried out
}

// troubles are those that a write can meet. Reads meet them too, but for what
// only matters to writes.
func troubles() []trouble {
	return []trouble{
		{name: "cut before", fault: sandbox.Fault{Kind: sandbox.CutBefore}, before: true},
		{name: "cut after", fault: sandbox.Fault{Kind: sandbox.CutAfter}},
		{name: "truncated", fault: sandbox.Fault{Kind: sandbox.Truncated}},
		{name: "HTML", fault: sandbox.Fault{Kind: sandbox.HTML}, before: true},
		{name: "429", fault: sandbox.Fault{Status: http.StatusTooManyRequests}, before: true},
		{name: "500", fault: sandbox.Fault{Status: http.StatusInternalServerError}, before: true},
		{name: "503", fault: sandbox.Fault{Status: http.StatusServiceUnavailable}, before: true},
		{name: "slow", fault: sandbox.Fault{Latency: time.Millisecond}},
		{name: "timeout", timeout: true},
		{name: "502 after", gateway: true},
		{name: "late", late: true},
	}
}

// badGateway is what something between Fiskl and its caller answers.
func badGateway(req *http.Request) *http.Response {
	body := []byte("<html><body>502 Bad Gateway</body></html>")
	return &http.Response{
		Status: "502 Bad Gateway", StatusCode: http.StatusBadGateway, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)), Request: req,
	}
}

package main

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
)

// trouble is a way for a request to go wrong.
type trouble struct {
	name  string
	fault sandbox.Fault // what the sandbox does

	gateway bool // what was carried out is answered with 502 by something in between
	cut     bool // what was carried out is not answered
	timeout bool // what was carried out is answered too late
	late    bool // the caller gives up, and the request arrives after that
	before  bool // nothing is carried out

	instead string // what is answered in the place of Fiskl's answer, with status says
	says    int    // 0 for Fiskl's own answer
	goAway  bool   // the connection is given up, and what it carried declared unprocessed
}

// troubles are those that a write can meet. Reads meet them too, but for what
// only matters to writes.
func troubles() []trouble {
	return []trouble{
		{name: "cut before", fault: sandbox.Fault{Kind: sandbox.CutBefore}, before: true},
		{name: "cut after", cut: true},
		{name: "truncated", fault: sandbox.Fault{Kind: sandbox.Truncated}},
		{name: "HTML", fault: sandbox.Fault{Kind: sandbox.HTML}, before: true},
		{name: "429", fault: sandbox.Fault{Status: http.StatusTooManyRequests}, before: true},
		{name: "500", fault: sandbox.Fault{Status: http.StatusInternalServerError}, before: true},
		{name: "503", fault: sandbox.Fault{Status: http.StatusServiceUnavailable}, before: true},
		{name: "slow", fault: sandbox.Fault{Latency: time.Millisecond}},
		{name: "timeout", timeout: true},
		{name: "502 after", gateway: true},
		{name: "late", late: true},
		{name: "200 without effect", says: http.StatusOK, instead: "{}", before: true},
		{name: "202 without effect", says: http.StatusAccepted, instead: `{"status":"ACCEPTED"}`, before: true},
		{name: "204 without effect", says: http.StatusNoContent, before: true},
		{name: "204 after", says: http.StatusNoContent},
		{name: "id only", says: http.StatusOK, instead: `{"id":7}`},
		{name: "error in a 200", says: http.StatusOK, instead: `{"error":"The period is locked."}`, before: true},
		{name: "error in a 200 after", says: http.StatusOK, instead: `{"success":false,"message":"Mail queue full"}`},
		{name: "409 after", says: http.StatusConflict, instead: `{"message":"Done already"}`},
		{name: "GOAWAY before", goAway: true, before: true},
		{name: "GOAWAY after", goAway: true},
	}
}

// changedMeanwhile is a fault of nobody's: somebody else writes too.
const changedMeanwhile = "recipients changed meanwhile"

// untroubled counts each fault from 0, so that one that was never met is told.
func untroubled() map[string]int {
	met := map[string]int{changedMeanwhile: 0}
	for _, t := range troubles() {
		met[t.name] = 0
	}
	return met
}

// badGateway is what something between Fiskl and its caller answers.
func badGateway(req *http.Request) *http.Response {
	return reply(req, http.StatusBadGateway, "text/html", "<html><body>502 Bad Gateway</body></html>")
}

func reply(req *http.Request, status int, kind, body string) *http.Response {
	return &http.Response{
		Status: fmt.Sprint(status, " ", http.StatusText(status)), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)), Request: req,
	}
}

// errGoAway is what the standard library makes of a connection that its server
// gives up.
var errGoAway = errors.New("http2: Transport: cannot retry err [http2: Transport received Server's graceful shutdown GOAWAY] after Request.Body was written")

// answer is what comes in the place of Fiskl's answer.
func (t trouble) answer(req *http.Request) (*http.Response, error) {
	if t.goAway {
		return nil, errGoAway
	}
	return reply(req, t.says, "application/json", t.instead), nil
}

package fisklapi_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/internal/inprocess"
)

// Types and flags of HTTP/2's frames, RFC 9113.
const (
	frameData     = 0
	frameHeaders  = 1
	frameReset    = 3
	frameSettings = 4
	frameGoAway   = 7
	endStream     = 1
)

// unwilling is an HTTP/2 server that takes every request to its end and then
// declares that it did not process it: as the protocol has it, it may be sent
// again.
type unwilling struct {
	by byte // the frame that says so

	mu       sync.Mutex
	requests int
}

func (u *unwilling) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.requests
}

func frame(kind, flags byte, stream uint32, payload ...byte) []byte {
	b := []byte{byte(len(payload) >> 16), byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	return append(binary.BigEndian.AppendUint32(b, stream), payload...)
}

// serve speaks as much of HTTP/2 as that takes.
func (u *unwilling) serve(conn io.ReadWriteCloser) {
	defer conn.Close() //nolint:errcheck // nothing is lost
	preface := make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
	if _, err := io.ReadFull(conn, preface); err != nil {
		return
	}
	_, err := conn.Write(frame(frameSettings, 0, 0))
	for err == nil {
		head := make([]byte, 9)
		if _, err = io.ReadFull(conn, head); err != nil {
			return
		}
		if _, err = io.CopyN(io.Discard, conn, int64(head[0])<<16|int64(head[1])<<8|int64(head[2])); err != nil {
			return
		}
		switch kind, ended := head[3], head[4]&endStream != 0; {
		case kind == frameSettings && !ended:
			_, err = conn.Write(frame(frameSettings, 1, 0))
		case (kind == frameHeaders || kind == frameData) && ended:
			u.mu.Lock()
			u.requests++
			u.mu.Unlock()
			_, err = conn.Write(u.refusal(binary.BigEndian.Uint32(head[5:])))
		}
	}
}

// refusal is how it declares a stream unprocessed.
func (u *unwilling) refusal(stream uint32) []byte {
	const refusedStream = 7
	if u.by == frameReset {
		return frame(frameReset, 0, stream, 0, 0, 0, refusedStream)
	}
	return frame(frameGoAway, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // no stream was the last that it processed
}

// overHTTP2 sends the requests of one kind of write to it over HTTP/2, and all
// others to the demo company.
type overHTTP2 struct {
	writing
	next, away http.RoundTripper

	mu   sync.Mutex
	sent int // by the client
}

func (o *overHTTP2) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != o.method || req.URL.Path != o.path {
		return o.next.RoundTrip(req)
	}
	o.mu.Lock()
	o.sent++
	o.mu.Unlock()
	plain := req.Clone(req.Context())
	plain.URL.Scheme = "http"
	plain.Body = req.Body
	return o.away.RoundTrip(plain)
}

// listening is a transport of HTTP/2 that leads to the server, over loopback.
func (u *unwilling) listening(tb testing.TB) *http.Transport {
	tb.Helper()
	var config net.ListenConfig
	l, err := config.Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // closed
			}
			go u.serve(conn)
		}
	}()
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	away := &http.Transport{Protocols: &protocols, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", l.Addr().String())
	}}
	tb.Cleanup(func() {
		away.CloseIdleConnections()
		_ = l.Close() // nobody dials any more
	})
	return away
}

// TestWriteIsSentOnceOverHTTP2 is about servers that have the standard library
// send a request again by itself.
func TestWriteIsSentOnceOverHTTP2(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]byte{"GOAWAY": frameGoAway, "REFUSED_STREAM": frameReset} {
		for _, w := range everyWriting() {
			t.Run(name+" "+w.name, func(t *testing.T) {
				t.Parallel()
				u := &unwilling{by: by}
				road := &overHTTP2{writing: w, next: inprocess.Transport{Handler: demo()}, away: u.listening(t)}
				world := connect(t, road)
				_, err := w.call(t.Context(), world.Client)
				var e *fisklapi.Error
				if !errors.As(err, &e) || !e.OutcomeUnknown || e.Done || e.Found == "" {
					t.Errorf("got %v, want it looked up and unknown", err)
				}
				again := w.op == fisklapi.OpCreateInvoice // it is made once, however often it is asked for
				if n := u.count(); n != road.sent || n == 0 || n > 1 && !again {
					t.Errorf("the client sent it %d times, and it arrived %d times", road.sent, n)
				}
			})
		}
	}
}

// TestWriteIsWholeOverHTTP1 holds that a body which is read once is sent as any other, and none as none.
func TestWriteIsWholeOverHTTP1(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	lengths := make(map[string]int64)
	inside := demo()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lengths[r.Method+" "+r.URL.Path] = r.ContentLength
		mu.Unlock()
		inside.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	client, err := fisklapi.New(fisklapi.Options{TokenSource: fisklapi.Key(sandbox.KeyOwner), BaseURL: server.URL, Rate: -1, Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range everyWriting() {
		if _, err := w.call(t.Context(), client); err != nil {
			t.Errorf("%s: %v", w.name, err)
		}
		empty := w.op == fisklapi.OpSendInvoice || w.op == fisklapi.OpMarkInvoicePaid
		if n, sent := lengths[w.line()]; !sent || n < 0 || (n == 0) != empty {
			t.Errorf("%s: sent a body of %d bytes, none: %t", w.name, n, empty)
		}
	}
}

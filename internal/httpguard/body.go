package httpguard

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard/rpcerror"
)

// small is how much of a body is read without asking for memory: nearly every
// request is smaller, and so is always served.
const small = 16 << 10

// readBody reads the body, so far and no further.
func (g *guard) readBody(x *exchange, r *http.Request) *rpcerror.Refusal {
	if r.Method != http.MethodPost {
		return nil
	}
	if r.ContentLength > g.o.MaxBody {
		return g.tooLarge()
	}
	from := http.MaxBytesReader(x.out.under, r.Body, g.o.MaxBody)
	raw := make([]byte, 0, firstRead(r.ContentLength))
	for {
		n, err := from.Read(raw[len(raw):cap(raw)])
		raw = raw[:len(raw)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return g.unread(err)
		}
		if len(raw) < cap(raw) {
			continue
		}
		// The library reads it again, and keeps another copy or two.
		if !g.memory.take(int64(cap(raw))) {
			return busy("too many large requests at once")
		}
		x.held += int64(cap(raw))
		raw = append(make([]byte, 0, 2*cap(raw)), raw...)
	}
	x.raw = raw
	x.body.Reset(raw)
	return nil
}

// firstRead is how much room a body of the stated length gets at first: one
// byte more than it needs, to see its end, and no more than is small, because
// a length is easily stated.
func firstRead(length int64) int64 {
	if length < 0 {
		return 1 << 10
	}
	return min(length+1, small)
}

// unread is why a body could not be read.
func (g *guard) unread(err error) *rpcerror.Refusal {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return g.tooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return &rpcerror.Refusal{Status: http.StatusRequestTimeout, Reason: "slow", Message: "the body came too slowly"}
	}
	return malformed(rpcerror.ParseError, "the body broke off")
}

func (g *guard) tooLarge() *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusRequestEntityTooLarge, Reason: "size",
		Message: "the body is larger than " + strconv.FormatInt(g.o.MaxBody, 10) + " bytes",
	}
}

func busy(message string) *rpcerror.Refusal {
	return &rpcerror.Refusal{
		Status: http.StatusServiceUnavailable, Reason: "busy", RetryAfter: time.Second,
		Message: message + "; try again in a moment",
	}
}

// memory counts what large bodies hold.
type memory struct {
	most int64
	held atomic.Int64
}

func (m *memory) take(n int64) bool {
	if m.held.Add(n) <= m.most {
		return true
	}
	m.held.Add(-n)
	return false
}

func (m *memory) give(n int64) {
	if n > 0 {
		m.held.Add(-n)
	}
}

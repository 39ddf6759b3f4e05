package fisklapi

import (
	"io"
	"net/http"
)

// unrepeated keeps the standard library from sending a write again by itself.
// On HTTP/2 it does so where a server says that it did not process a request
// (GOAWAY, REFUSED_STREAM), and on HTTP/1 where it takes a connection for closed
// before anything was written, if only it can have the body again. Whether that
// is true of Fiskl, and of what stands before it, nobody documents: below our
// own retries a write goes out once, and is then looked up.
type unrepeated struct{ next http.RoundTripper }

func (t unrepeated) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method == http.MethodGet {
		return t.next.RoundTrip(req)
	}
	once := req.WithContext(req.Context()) // a shallow copy: what is handed in stays as it is
	once.GetBody = nil
	once.Body = &oneWay{req.Body}
	return t.next.RoundTrip(once)
}

// oneWay is a body that is read once, or none. One that is nil could be sent
// again by whoever likes.
type oneWay struct{ from io.ReadCloser }

func (b *oneWay) Read(p []byte) (int, error) {
	if b.from == nil {
		return 0, io.EOF
	}
	return b.from.Read(p)
}

func (b *oneWay) Close() error {
	if b.from == nil {
		return nil
	}
	return b.from.Close()
}

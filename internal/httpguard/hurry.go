package httpguard

import (
	"io"
	"net/http"
	"time"
)

// unreadFor is how long the rest of a body that nobody reads may still take to
// come. What is on its way by then is taken, so that the connection can be used
// again and the answer is not lost to a reset.
const unreadFor = 250 * time.Millisecond

// hurry answers a request at once whose body is not read: without it net/http
// waits for the body as long as for any other, and the answer with it.
func hurry(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength == 0 {
			next.ServeHTTP(w, r)
			return
		}
		control := http.NewResponseController(w)
		if r.Method != http.MethodPost { // no other body is read here
			_ = control.SetReadDeadline(time.Now().Add(unreadFor)) // who cannot be hurried is waited for
			next.ServeHTTP(w, r)
			return
		}
		body := &watched{ReadCloser: r.Body}
		read := *r // the server looks at the body of its own request
		read.Body = body
		next.ServeHTTP(w, &read)
		if !body.over {
			_ = control.SetReadDeadline(time.Now().Add(unreadFor)) // as above
		}
	})
}

// watched is a body that knows whether it was read to its end.
type watched struct {
	io.ReadCloser

	over bool
}

// Read reads on.
func (b *watched) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.over = b.over || err == io.EOF
	return n, err
}

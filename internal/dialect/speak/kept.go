package speak

import (
	"bufio"
	"bytes"
	"net"
	"net/http"
)

// kept keeps what is answered until it is translated. Headers go where they
// belong at once.
type kept struct {
	http.ResponseWriter

	status int
	wrote  bool
	body   bytes.Buffer
	taken  bool // the connection was
}

func (k *kept) WriteHeader(status int) {
	if !k.wrote {
		k.status, k.wrote = status, true
	}
}

func (k *kept) Write(b []byte) (int, error) {
	k.wrote = true
	return k.body.Write(b)
}

// Hijack hands the connection over to a fault that cuts it.
func (k *kept) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	h, ok := k.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, http.ErrNotSupported
	}
	k.taken = true
	return h.Hijack()
}

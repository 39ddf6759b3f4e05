package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// patience is how long an answer may take.
const patience = 30 * time.Second

// line is one kept-alive connection to a server. It sends bytes that were
// written before and reads no more of an answer than it must: what the clients
// take of the processors, the servers lack.
type line struct {
	url     *url.URL
	conn    net.Conn
	in      *bufio.Reader
	body    bytes.Buffer
	session []string // header lines of the session, in the older era
}

func dial(ctx context.Context, address string) (*line, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	l := &line{url: u}
	return l, l.connect(ctx)
}

func (l *line) connect(ctx context.Context) error {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.url.Host)
	if err != nil {
		return err // what was before stays, and is closed in the end
	}
	l.conn, l.in = conn, bufio.NewReaderSize(conn, 16<<10)
	return nil
}

func (l *line) close() { _ = l.conn.Close() } // nothing is lost: the answers were read or are given up

// get writes a plain GET of the address.
func (l *line) get() []byte {
	return spell(http.MethodGet, l.url.Host, l.url.RequestURI(), nil, nil)
}

// post writes a message to the address.
func (l *line) post(m message) []byte {
	header := append(append([]string(nil), l.session...), m.header...)
	return spell(http.MethodPost, l.url.Host, l.url.RequestURI(), header, m.body)
}

// answer is what came back. Its body holds until the line is used again.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// ask sends bytes and reads the answer. A line that broke is mended for the
// next time.
func (l *line) ask(ctx context.Context, request []byte) (answer, error) {
	a, err := l.exchange(request)
	if err != nil {
		l.close()
		err = errors.Join(err, l.connect(ctx))
	}
	return a, err
}

func (l *line) exchange(request []byte) (answer, error) {
	if err := l.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return answer{}, err
	}
	if _, err := l.conn.Write(request); err != nil {
		return answer{}, err
	}
	res, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return answer{}, err
	}
	l.body.Reset()
	_, err = l.body.ReadFrom(res.Body)
	_ = res.Body.Close() // it was read to its end
	if err == nil && res.Close {
		err = errors.New("the server closed the connection")
	}
	return answer{res.StatusCode, res.Header, l.body.Bytes()}, err
}

// shakeHands opens a session of the older era.
func (l *line) shakeHands(ctx context.Context) error {
	a, err := l.ask(ctx, l.post(greeting()))
	if err != nil {
		return err
	}
	if a.status != http.StatusOK {
		return fmt.Errorf("initialize: HTTP %d: %.300s", a.status, a.body)
	}
	l.session = []string{"Mcp-Protocol-Version: " + string(legacy)}
	if id := a.header.Get("Mcp-Session-Id"); id != "" {
		l.session = append(l.session, "Mcp-Session-Id: "+id)
	}
	a, err = l.ask(ctx, l.post(greeted()))
	if err == nil && a.status >= http.StatusMultipleChoices {
		err = fmt.Errorf("initialized: HTTP %d: %.300s", a.status, a.body)
	}
	return err
}

#!/usr/bin/env bash
# Go's net/http sends a POST a second time by itself when it goes over HTTP/2 and
# the server resets the stream with REFUSED_STREAM, also after the server has
# read the whole body. There is no Idempotency-Key and no retry in the program.
#
# Over HTTP/1.1 the same client never repeats a POST that was written. RFC 9113
# allows it: REFUSED_STREAM says that nothing was processed. Whether a gateway in
# front of an accounting API means it so is another matter. http.NewRequest sets
# Request.GetBody for the usual readers, and that is what makes it possible:
# without GetBody the request fails once its body was read.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat >go.mod <<'GO'
module finding

go 1.25
GO
cat >main.go <<'GO'
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
)

var posts atomic.Int32

func frame(kind, flags byte, stream uint32, payload ...byte) []byte {
	b := []byte{0, byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	return append(binary.BigEndian.AppendUint32(b, stream), payload...)
}

// serve reads each request to its end. It refuses the first and answers the
// second with status 200.
func serve(conn net.Conn) {
	io.CopyN(io.Discard, conn, 24) // the client's preface
	conn.Write(frame(4, 0, 0))     // SETTINGS
	for head := make([]byte, 9); ; {
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		io.CopyN(io.Discard, conn, int64(head[0])<<16|int64(head[1])<<8|int64(head[2]))
		stream := binary.BigEndian.Uint32(head[5:])
		switch ended := head[4]&1 != 0; {
		case head[3] == 4 && !ended:
			conn.Write(frame(4, 1, 0)) // SETTINGS acknowledged
		case head[3] <= 1 && ended && posts.Add(1) == 1:
			conn.Write(frame(3, 0, stream, 0, 0, 0, 7)) // RST_STREAM, REFUSED_STREAM
		case head[3] <= 1 && ended:
			conn.Write(frame(1, 5, stream, 0x88)) // HEADERS, :status 200
		}
	}
}

func send(body io.Reader) {
	posts.Store(0)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go serve(conn)
		}
	}()
	var protocols http.Protocols
	protocols.SetUnencryptedHTTP2(true)
	client := http.Client{Transport: &http.Transport{Protocols: &protocols}}
	res, err := client.Post("http://"+l.Addr().String()+"/v1/payments", "application/json", body)
	if err != nil {
		fmt.Printf("error, %d POST\n", posts.Load())
		return
	}
	fmt.Printf("%d %s, %d POST\n", res.StatusCode, res.Proto, posts.Load())
}

func main() {
	send(strings.NewReader(`{"amount":100}`))                               // with GetBody
	send(struct{ io.Reader }{strings.NewReader(`{"amount":100}`)}) // without
}
GO
go version
got=$(go run .)
echo "$got"
[[ $got == $'200 HTTP/2.0, 2 POST\nerror, 1 POST' ]] || { echo "it has changed: one POST and an error each is what one would expect" >&2; exit 1; }

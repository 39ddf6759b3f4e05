// Command upstream stands in for Fiskl's API: it always answers the same bytes,
// after as long as the first part of the path says. /20ms/v1/invoices is a list
// of invoices after 20 ms.
//
// It prints the address that it listens on.
package main

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

//go:embed v1
var files embed.FS

func main() {
	if err := serve(); err != nil {
		slog.New(slog.NewTextHandler(os.Stderr, nil)).Error("upstream ended", "error", err)
		os.Exit(1) //nolint:forbidigo // a program of its own, which no other code calls
	}
}

func serve() error {
	answers, err := canned()
	if err != nil {
		return err
	}
	l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(os.Stdout, "http://%s\n", l.Addr()); err != nil {
		return err
	}
	return (&http.Server{Handler: answers, ReadHeaderTimeout: time.Minute}).Serve(l)
}

// replies are the answers by path.
type replies map[string][]byte

func canned() (replies, error) {
	all := make(replies)
	err := fs.WalkDir(files, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		all[strings.TrimSuffix(path, ".json")], err = files.ReadFile(path)
		return err
	})
	return all, err
}

func (r replies) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	wait, path, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/")
	after, err := time.ParseDuration(wait)
	b, ok := r[path]
	if err != nil || !ok {
		http.NotFound(w, req)
		return
	}
	if after > 0 {
		time.Sleep(after)
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(b) // a client that went away measures nothing
}

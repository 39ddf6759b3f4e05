package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
)

// target is what clients ask again and again.
type target struct {
	name   string   // for errors
	server *process // whose processors and memory are told; nil for nobody's
	url    string
	era    era // empty for a plain GET
	ask    message
	has    []byte // what every right answer holds
}

// invoiceNumber is in every answer about the API's invoices.
const invoiceNumber = "INV-0142"

// call calls a server's tool that asks the API for its invoices.
func (s server) call(e era) target {
	return target{name: s.name + ", " + string(e), server: s.process, url: s.process.url, era: e, ask: callTool(e, s.tool), has: []byte(invoiceNumber)}
}

// list asks for the list of tools.
func (s server) list(e era) target {
	return target{name: s.name + ", " + string(e), server: s.process, url: s.process.url, era: e, ask: listTools(e), has: []byte(s.tool)}
}

// open connects a client and writes its request.
func (t target) open(ctx context.Context) (*line, []byte, error) {
	l, err := dial(ctx, t.url)
	if err != nil {
		return nil, nil, err
	}
	if t.era == "" {
		return l, l.get(), nil
	}
	if t.era == legacy {
		if err := l.shakeHands(ctx); err != nil {
			l.close()
			return nil, nil, fmt.Errorf("%s: %w", t.name, err)
		}
	}
	return l, l.post(t.ask), nil
}

// wrong says what is wrong with an answer. It looks for bytes and does not
// parse: that would cost the client more than the server.
func (t target) wrong(a answer, err error) error {
	switch {
	case err != nil:
		return err
	case a.status != http.StatusOK,
		t.era != "" && !bytes.Contains(a.body, []byte(`"result"`)),
		bytes.Contains(a.body, []byte(`"isError":true`)),
		!bytes.Contains(a.body, t.has):
		return fmt.Errorf("HTTP %d: %.300s", a.status, a.body)
	default:
		return nil
	}
}

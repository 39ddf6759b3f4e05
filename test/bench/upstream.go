package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// upstream stands in for Fiskl's API: it answers the same bytes every time.
type upstream struct {
	*http.Server

	url string
}

func serveUpstream(ctx context.Context) (*upstream, error) {
	answers, err := canned()
	if err != nil {
		return nil, err
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	up := &upstream{&http.Server{Handler: answers, ReadHeaderTimeout: 10 * time.Second}, "http://" + l.Addr().String()}
	go func() {
		if err := up.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			panic(fmt.Errorf("the fake API: %w", err)) // nothing can be measured without it
		}
	}()
	return up, nil
}

// replies are the answers by path.
type replies map[string][]byte

func (r replies) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	b, ok := r[req.URL.Path]
	if !ok {
		http.NotFound(w, req)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(b) // a client that went away measures nothing
}

func canned() (replies, error) {
	all := make(replies)
	for path, answer := range map[string]any{
		"/v1/company":        company(),
		"/v1/me/permissions": permissions(),
		"/v1/date-periods":   periods(),
		"/v1/invoices":       invoices(),
		"/items":             invoices(),
	} {
		b, err := json.Marshal(answer)
		if err != nil {
			return nil, err
		}
		all[path] = b
	}
	return all, nil
}

func company() map[string]any {
	return map[string]any{
		"id": 77, "name": "Harbour & Finch Studio Ltd", "country": "GB", "currency": "GBP", "timeZone": "Europe/London",
		"fiscalYearEnd": "03-31", "accountingMethod": "Accrual", "lockedUntil": "2026-03-31",
	}
}

func permissions() []string {
	return []string{
		"client.read", "client.write", "vendor.read", "vendor.write", "invoice.read", "invoice.write", "invoice.send",
		"quote.read", "payment.read", "payment.write", "product.read", "product.write", "tax.read", "company.read",
		"accounting.read", "report.read", "audit.read",
	}
}

func periods() []map[string]any {
	return []map[string]any{
		{"name": "This month", "start": "2026-11-01", "end": "2026-11-30", "isDefault": true},
		{"name": "Last month", "start": "2026-10-01", "end": "2026-10-31"},
		{"name": "This fiscal year", "start": "2026-04-01", "end": "2027-03-31"},
	}
}

package otlp

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"google.golang.org/protobuf/proto"
)

// post takes messages to one address of a collector.
type post struct {
	settings Settings
	client   *retryablehttp.Client
	logger   *slog.Logger
	failing  atomic.Bool
}

func newPost(s Settings, logger *slog.Logger) (*post, error) {
	trust, err := trust(s)
	if err != nil {
		return nil, err
	}
	c := retryablehttp.NewClient()
	c.Logger = nil
	c.RetryMax = 3
	c.RetryWaitMin, c.RetryWaitMax = 500*time.Millisecond, 5*time.Second
	c.CheckRetry = worthRetry
	c.ErrorHandler = retryablehttp.PassthroughErrorHandler
	c.HTTPClient = &http.Client{
		Timeout:       s.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			TLSClientConfig:     trust,
			TLSHandshakeTimeout: s.Timeout,
			MaxIdleConnsPerHost: 1,
			IdleConnTimeout:     90 * time.Second,
		},
	}
	return &post{settings: s, client: c, logger: logger}, nil
}

func trust(s Settings) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.Authorities != "" {
		pem, err := os.ReadFile(s.Authorities)
		if err != nil {
			return nil, fmt.Errorf("read the certificates to trust a collector by: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("no certificate in " + s.Authorities)
		}
	}
	if s.Certificate != "" || s.Key != "" {
		pair, err := tls.LoadX509KeyPair(s.Certificate, s.Key)
		if err != nil {
			return nil, fmt.Errorf("read the certificate to show to a collector: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// worthRetry holds to the statuses that OTLP calls retryable.
func worthRetry(ctx context.Context, res *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		return true, nil //nolint:nilerr // the error is why to try again
	}
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true, nil
	default:
		return false, nil
	}
}

// deliver sends a message. A failure is logged and forgotten, because whoever
// is served must not notice a collector that is away: the first of several
// failures is logged, and so is the end of them.
func (p *post) deliver(ctx context.Context, m proto.Message) {
	err := p.send(ctx, m)
	switch was := p.failing.Swap(err != nil); {
	case err != nil && !was:
		p.logger.WarnContext(ctx, "telemetry is not taken", "problem", err.Error())
	case err == nil && was:
		p.logger.InfoContext(ctx, "telemetry is taken again")
	}
}

func (p *post) send(ctx context.Context, m proto.Message) error {
	body, err := proto.Marshal(m)
	if err != nil {
		return fmt.Errorf("encode telemetry: %w", err)
	}
	if p.settings.Gzip {
		if body, err = zipped(body); err != nil {
			return err
		}
	}
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodPost, p.settings.URL, body)
	if err != nil {
		return fmt.Errorf("make a request to the collector: %w", err)
	}
	maps.Copy(req.Header, p.settings.Header)
	req.Header.Set("Content-Type", "application/x-protobuf")
	if p.settings.Gzip {
		req.Header.Set("Content-Encoding", "gzip")
	}
	res, err := p.client.Do(req)
	if err != nil {
		return fmt.Errorf("reach the collector: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // the answer was looked at
	// What is left is read so that the connection can be used again.
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<16))
	if res.StatusCode/100 != 2 {
		return fmt.Errorf("the collector answered %s", res.Status)
	}
	return nil
}

func zipped(body []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(body); err != nil {
		return nil, fmt.Errorf("compress telemetry: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("compress telemetry: %w", err)
	}
	return out.Bytes(), nil
}

func (p *post) close() { p.client.HTTPClient.CloseIdleConnections() }

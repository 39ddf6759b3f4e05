package config

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a TLS certificate that is read anew when its files change, so
// that a renewed one needs no restart.
type certificate struct {
	cert, key string
	logger    *slog.Logger
	now       func() time.Time

	mu      sync.Mutex
	current *tls.Certificate
	stamp   [2]time.Time
	looked  time.Time
}

// lookEvery is how often the files are looked at.
const lookEvery = 10 * time.Second

// TLSConfig is the TLS side of an endpoint; nil when a proxy does it or
// nothing leaves this machine. Its errors name the settings.
func (e Endpoint) TLSConfig(now func() time.Time, logger *slog.Logger) (*tls.Config, error) {
	if e.CertFile == "" {
		return nil, nil //nolint:nilnil // no TLS is asked for
	}
	c := &certificate{cert: e.CertFile, key: e.KeyFile, logger: logger, now: now}
	if err := c.load(c.now()); err != nil {
		return nil, fmt.Errorf("FISKL_TLS_CERT and FISKL_TLS_KEY: %w", err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: c.get}, nil
}

// get returns the certificate of now. One that cannot be read leaves the one
// before in place.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); now.Sub(c.looked) >= lookEvery {
		if err := c.load(now); err != nil {
			c.logger.Warn("the certificate cannot be read; the one before stays", "problem", err.Error())
		}
	}
	return c.current, nil
}

func (c *certificate) load(now time.Time) error {
	c.looked = now
	stamp, err := c.changed()
	if err != nil || stamp == c.stamp {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.current, c.stamp = &pair, stamp
	return nil
}

func (c *certificate) changed() (stamp [2]time.Time, err error) {
	for i, path := range []string{c.cert, c.key} {
		info, err := os.Stat(path)
		if err != nil {
			return stamp, err
		}
		stamp[i] = info.ModTime()
	}
	return stamp, nil
}

package app

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pair writes a certificate of such a name with its key into a folder.
func pair(t *testing.T, dir, name string) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	made, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalECPrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: made}, key: {Type: "EC PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key
}

// shown is the name on the certificate that the endpoint shows.
func shownName(t *testing.T, h *host) string {
	t.Helper()
	trusting := &http.Client{Transport: &http.Transport{
		ForceAttemptHTTP2: true, DisableKeepAlives: true,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.at("/healthz"), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := trusting.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK || res.ProtoMajor != 2 {
		t.Errorf("got %d by HTTP/%d", res.StatusCode, res.ProtoMajor)
	}
	return res.TLS.PeerCertificates[0].Subject.CommonName
}

// TestCertificate finds that a renewed certificate is shown without a restart,
// and that a broken renewal leaves the one before.
func TestCertificate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cert, key := pair(t, dir, "first")
	h := receptive(t, nil, "--sandbox", "--tls-cert", cert, "--tls-key", key)
	if got := shownName(t, h); got != "first" {
		t.Errorf("got %s", got)
	}
	pair(t, dir, "second")
	newer(t, cert, 1)
	if got := shownName(t, h); got != "first" {
		t.Errorf("the files are looked at with every call: got %s", got)
	}
	h.clock.turn(10 * time.Second)
	if got := shownName(t, h); got != "second" {
		t.Errorf("got %s", got)
	}
	whole, err := os.ReadFile(cert)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{"", "no certificate", string(whole[:len(whole)/2])} {
		if err := os.WriteFile(cert, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		newer(t, cert, i+2)
		h.clock.turn(10 * time.Second)
		if got := shownName(t, h); got != "second" {
			t.Errorf("%q: got %s", text, got)
		}
	}
	if err := os.Remove(cert); err != nil {
		t.Fatal(err)
	}
	h.clock.turn(10 * time.Second)
	if got := shownName(t, h); got != "second" {
		t.Errorf("without a file: got %s", got)
	}
	if got := strings.Count(h.log.String(), "the certificate cannot be read; the one before stays"); got != 4 {
		t.Errorf("the log says %d times that it cannot be read:\n%s", got, h.log)
	}
	pair(t, dir, "third")
	newer(t, cert, 9)
	h.clock.turn(10 * time.Second)
	if got := shownName(t, h); got != "third" {
		t.Errorf("got %s", got)
	}
	h.end()
}

// newer makes a file look changed, even where clocks are coarse.
func newer(t *testing.T, path string, minutes int) {
	t.Helper()
	at := time.Now().Add(time.Duration(minutes) * time.Minute)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

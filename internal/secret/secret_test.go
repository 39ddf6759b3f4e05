package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

func TestNothingShowsIt(t *testing.T) {
	t.Parallel()
	const value = "fsk_verysecret"
	s := secret.New(value)
	holder := struct {
		Key    secret.Secret
		hidden secret.Secret // of which fmt calls no method
		inside map[string][]secret.Secret
	}{s, s, map[string][]secret.Secret{"all": {s}}}
	var shown bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&shown, verb+verb+verb+"\n", s, holder, &holder)
	}
	b, err := json.Marshal(map[string]any{"holder": holder, "pointer": &s})
	if err != nil {
		t.Fatal(err)
	}
	shown.Write(b)
	slog.New(slog.NewJSONHandler(&shown, nil)).Info("key", "secret", s, "holder", holder)
	slog.New(slog.NewTextHandler(&shown, nil)).Info("key", "secret", s, "holder", holder)
	if strings.Contains(shown.String(), "verysecret") || strings.Contains(shown.String(), fmt.Sprintf("%x", value)) {
		t.Errorf("the secret is visible in:\n%s", shown.String())
	}
	if s.Reveal() != value {
		t.Errorf("Reveal() = %q", s.Reveal())
	}
}

func TestDigest(t *testing.T) {
	t.Parallel()
	a, b := secret.New("fsk_a"), secret.New("fsk_b")
	if a.Digest() == b.Digest() || a.Digest() != secret.New("fsk_a").Digest() {
		t.Error("digests do not tell secrets apart")
	}
	if !secret.New("").IsZero() || a.IsZero() {
		t.Error("IsZero is wrong")
	}
}

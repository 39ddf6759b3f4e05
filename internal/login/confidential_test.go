package login_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// TestConfidential signs in as an app with a secret, in both ways that servers
// take one, renews and revokes.
func TestConfidential(t *testing.T) {
	t.Parallel()
	for name, methods := range map[string][]string{"basic": nil, "post": {"client_secret_post"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.secret, f.basic = "canary Secret&%", methods == nil
			f.metadata = func(m map[string]any) {
				if methods != nil {
					m["token_endpoint_auth_methods_supported"] = methods
				}
			}
			d := desk{fake: f, clock: newClock(), folder: t.TempDir(), slot: credential.Slot{BaseURL: f.URL}}
			b := browser(t, f)
			b.Now = d.clock.now
			b.SecretFile = filepath.Join(t.TempDir(), "secret")
			refuses(t, b, "the file of FISKL_OAUTH_CLIENT_SECRET_FILE cannot be read: ")
			if err := os.WriteFile(b.SecretFile, []byte(f.secret+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			refuses(t, b, "the file "+b.SecretFile+" can be read by others (mode 0644). Run: chmod 600 ")
			if err := os.Chmod(b.SecretFile, 0o600); err != nil {
				t.Fatal(err)
			}
			grant, err := b.SignIn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := d.store().Save(t.Context(), d.slot, credential.Credential{Kind: credential.OAuth, Grant: grant}); err != nil {
				t.Fatal(err)
			}
			d.clock.add(time.Hour)
			if err := d.call(t.Context(), d.source()); err != nil {
				t.Error(err)
			}
			if err := login.Revoke(t.Context(), grant, nil); err != nil || len(f.revoked) != 2 {
				t.Errorf("revoked %v, %v", f.revoked, err)
			}
		})
	}
}

func refuses(t *testing.T, b login.Browser, want string) {
	t.Helper()
	if _, err := b.SignIn(t.Context()); err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "canary") {
		t.Errorf("got %v, want %s", err, want)
	}
}

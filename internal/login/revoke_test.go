package login_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
	"github.com/fiskl-mcp/fiskl-mcp/internal/login"
)

// TestRevoke finds that both tokens are given back, and what is said when that
// cannot be done.
func TestRevoke(t *testing.T) {
	t.Parallel()
	d := signedIn(t)
	c, err := d.source().Show(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := login.Revoke(t.Context(), c.Grant, nil); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.revoked, ", "); got != "refresh_token canaryRefresh2, access_token canaryAccess2" {
		t.Errorf("revoked %s", got)
	}
	if err := login.Revoke(t.Context(), credential.Grant{}, nil); !errors.Is(err, login.ErrNoRevocation) {
		t.Errorf("got %v", err)
	}
	d.Close()
	if err := login.Revoke(t.Context(), c.Grant, nil); err == nil || strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "could not be reached") {
		t.Errorf("got %v", err)
	}
}

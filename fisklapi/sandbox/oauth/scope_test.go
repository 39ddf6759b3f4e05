package oauth_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/oauth"
)

// sensitive are the permissions that Fiskl documents as never given through OAuth.
func sensitive() []string {
	return []string{
		"payment_instruction.write", "accounting.write", "accounting.close", "fx_rate.write", "tax.write", "brand.write",
		"user.invite", "user.assign_role", "subscription.delete", "api_key.manage", "oauth_app.manage",
	}
}

func TestScopesLetNothingSensitiveThrough(t *testing.T) {
	t.Parallel()
	var names []string
	for _, s := range oauth.Scopes() {
		names = append(names, s.Name)
	}
	owner := sandbox.Users()[0].Permissions
	permitted := oauth.Permitted(owner, names)
	for _, permission := range sensitive() {
		if !slices.Contains(owner, permission) {
			t.Errorf("%s is no permission", permission)
		}
		if slices.Contains(permitted, permission) {
			t.Errorf("%s is let through", permission)
		}
	}
	if len(permitted) != 41 {
		t.Errorf("got %d permissions through all scopes, want 41: %v", len(permitted), permitted)
	}
	if got := oauth.Permitted(owner, nil); len(got) != 0 {
		t.Errorf("without scopes: got %v", got)
	}
}

func TestScopesAreWellFormed(t *testing.T) {
	t.Parallel()
	owner, given := sandbox.Users()[0].Permissions, map[string]string{}
	for _, s := range oauth.Scopes() {
		if s.Sentence == "" || strings.HasSuffix(s.Sentence, ".") {
			t.Errorf("%s: sentence %q", s.Name, s.Sentence)
		}
		if s.Writes() == strings.HasSuffix(s.Name, ":read") {
			t.Errorf("%s: writes %t", s.Name, s.Writes())
		}
		for _, permission := range s.Permissions {
			if !slices.Contains(owner, permission) {
				t.Errorf("%s: %s is no permission", s.Name, permission)
			}
			if other := given[permission]; other != "" {
				t.Errorf("%s is let through by %s and %s", permission, other, s.Name)
			}
			given[permission] = s.Name
			if !s.Writes() && !strings.HasSuffix(permission, ".read") && permission != "report.export" {
				t.Errorf("%s lets %s through", s.Name, permission)
			}
		}
	}
}

package tools_test

import (
	"strings"
	"testing"
)

// TestHostileUnproven has every attack in records that a write answers with and
// that show something else than was asked for.
func TestHostileUnproven(t *testing.T) {
	t.Parallel()
	args := unnamed(t)
	for i, name := range []string{
		"create_client", "create_invoice", "create_product", "create_vendor", "request_feature",
		"update_client", "update_invoice", "update_product", "update_vendor",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, p := range sample(t, i) {
				updates := strings.HasPrefix(name, "update_")
				if p.enormous() && !updates {
					continue // it reads lists, which takes long with texts of this size
				}
				u := tamper(always(flagged(p)))
				u.disowned = true
				a := inquire(t, u, name, args[name], nil)
				sentence(t, p.name, a)
				if !strings.HasPrefix(a.Text, "Outcome unknown: ") || updates && !strings.Contains(a.Text, canary) {
					t.Errorf("%s: told %s", p.name, a.Text)
				}
			}
		})
	}
}

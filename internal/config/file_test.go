package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// canary is a key that no text may ever hold.
const canary = "fsk_canaryDEF456"

// written is a settings file that only its owner can read.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDefaultFile finds that the settings file is read from the user's folder
// when nobody names another, and need not be there.
func TestDefaultFile(t *testing.T) {
	t.Parallel()
	w := config.Environment{ConfigDir: t.TempDir(), StateDir: filepath.Join(t.TempDir(), "state")}
	timeout := func() time.Duration {
		cfg, err := config.Read(w, nil)
		if err != nil || len(cfg.Companies) != 1 || cfg.StateDir != filepath.Join(w.StateDir, "fiskl-mcp") {
			t.Fatalf("got %+v, %v", cfg, err)
		}
		return cfg.Companies[0].Timeout
	}
	if got := timeout(); got != 30*time.Second {
		t.Errorf("without a file: %s", got)
	}
	if err := os.Mkdir(filepath.Join(w.ConfigDir, "fiskl-mcp"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.ConfigDir, "fiskl-mcp", "config.toml"), []byte("timeout = '7s'"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := timeout(); got != 7*time.Second {
		t.Errorf("with a file, which others may read for it has no key: %s", got)
	}
	w.ConfigDir, w.StateDir = "", ""
	if cfg, err := config.Read(w, nil); err != nil || cfg.StateDir != "" {
		t.Errorf("without folders: %+v, %v", cfg, err)
	}
}

// TestForms finds that a file may write values in TOML's own forms or as text.
func TestForms(t *testing.T) {
	t.Parallel()
	const plain = `
		charts = "true"
		toolsets = "context,invoicing"
		read_only = "true"
		rate_limit = "2.5"
		max_sends_per_day = "off"
		max_payments_per_day = "0"
		max_amount = "EUR=4000.00,GBP=5000"`
	const native = `
		charts = true
		toolsets = ["context", "invoicing"]
		read_only = true
		rate_limit = 2.5
		max_sends_per_day = "off"
		max_payments_per_day = 0
		max_amount = {GBP = 5000, EUR = "4000.00"}
		timeout = ""`
	for name, text := range map[string]string{"text": plain, "native": native} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, err := config.Read(config.Environment{Variables: []string{"FISKL_CONFIG=" + written(t, text)}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			c := cfg.Companies[0]
			if !cfg.Charts || strings.Join(cfg.Toolsets, " ") != "context invoicing" || !c.ReadOnly || c.Rate != 2.5 || c.Timeout != 30*time.Second {
				t.Errorf("got %+v", cfg)
			}
			if l := c.Limits; l.SendsPerDay >= 0 || l.PaymentsPerDay != 0 || len(l.Ceilings) != 2 || l.Ceilings["GBP"] != "5000" || l.Ceilings["EUR"] != "4000.00" {
				t.Errorf("got %+v", l)
			}
		})
	}
}

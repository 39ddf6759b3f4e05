package credential_test

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

var onBus = flag.Bool("on-bus", false, "there is a keychain of this process's own")

// TestSecretService saves and reads with the real keychain of a Linux desktop,
// on a bus and in a home of its own, unlocked and then locked.
func TestSecretService(t *testing.T) {
	t.Parallel()
	if *onBus {
		throughBus(t)
		return
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") == "true" { //nolint:forbidigo // where nothing may be missing
				t.Fatalf("%s is missing", program)
			}
			t.Skipf("needs %s, which .ci/run installs", program)
		}
	}
	const script = `printf 'password\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" -on-bus -test.run '^TestSecretService$' -test.v`
	home := t.TempDir()
	c := exec.CommandContext(t.Context(), "env", "HOME="+home, "XDG_DATA_HOME="+home, "XDG_RUNTIME_DIR="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"dbus-run-session", "--", "sh", "-c", script, os.Args[0])
	said, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(said), "--- PASS: TestSecretService") {
		t.Errorf("%v\n%s", err, said)
	}
}

func throughBus(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	o := credential.Options{Folder: folder, Mode: credential.Keychain, System: credential.OperatingSystem()}
	if kept := save(t, credential.New(o), slot(""), signIn()); !kept.InKeychain {
		t.Fatalf("kept %+v", kept)
	}
	got, err := credential.New(o).Load(t.Context(), slot(""))
	if err != nil || got.Grant.Refresh.Reveal() != "canaryRefresh" {
		t.Fatalf("got error %v or another token, want the one saved", err)
	}
	lock := exec.CommandContext(t.Context(), "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
		"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
	if said, err := lock.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	_, err = credential.New(o).Load(t.Context(), slot(""))
	said := problem(t, err)
	t.Log(said)
	if !strings.HasPrefix(said, "the keychain is locked, or did not let this program in") && !strings.HasPrefix(said, "the keychain did not answer within") {
		t.Errorf("locked: %q", said)
	}
	if err := credential.New(o).Delete(t.Context(), slot("")); err != nil {
		t.Errorf("delete: %v", err)
	}
}

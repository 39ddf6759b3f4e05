package credential_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/credential"
)

// TestKept finds that what was saved comes back whole in another process, and
// that neither the files nor a keychain alone give it away.
func TestKept(t *testing.T) {
	t.Parallel()
	for name, chain := range map[string]*keychain{"keychain": newKeychain(), "file": nil} {
		for kind, c := range map[string]credential.Credential{"key": key(apiKey), "sign-in": signIn()} {
			t.Run(name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				folder := filepath.Join(t.TempDir(), "login")
				kept := save(t, in(folder, chain, credential.Auto), slot(kind), c)
				if kept.InKeychain != (chain != nil) || (kept.Why == "") != (chain != nil) {
					t.Errorf("kept %+v", kept)
				}
				got, err := in(folder, chain, credential.Auto).Load(t.Context(), slot(kind))
				if err != nil || got.ID == "" {
					t.Fatalf("got id %q, error %v, want a sign-in with an id", got.ID, err)
				}
				c.ID = got.ID
				if !reflect.DeepEqual(got, c) {
					t.Errorf("it came back otherwise")
				}
				if seen := everything(t, folder); strings.Contains(seen, "canary") {
					t.Errorf("a secret is in\n%s", seen)
				}
				if _, err := in(folder, chain, credential.Auto).Load(t.Context(), slot("other")); !errors.Is(err, credential.ErrNone) {
					t.Errorf("another name: got error %v, want %v", err, credential.ErrNone)
				}
			})
		}
	}
}

// TestModes finds that files and folder are for their owner alone.
func TestModes(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	folder := filepath.Join(t.TempDir(), "login")
	save(t, in(folder, nil, credential.File), slot(""), key(apiKey))
	files, err := os.ReadDir(folder)
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", f.Name(), info.Mode())
		}
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder has the mode %v", info.Mode())
	}
}

// TestExposed finds that a file that others can read is not used, and that
// signing in again closes it.
func TestExposed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs file modes, which Windows lacks")
	}
	for _, pattern := range []string{"*.json", "*.key"} {
		t.Run(pattern, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			save(t, in(folder, nil, credential.File), slot(""), key(apiKey))
			paths, err := filepath.Glob(filepath.Join(folder, pattern))
			if err != nil || len(paths) != 1 {
				t.Fatal(paths, err)
			}
			if err := os.Chmod(paths[0], 0o644); err != nil {
				t.Fatal(err)
			}
			_, err = in(folder, nil, credential.File).Load(t.Context(), slot(""))
			if got := problem(t, err); !strings.HasSuffix(got, "can be read by others (mode 0644). Run: chmod 600 "+paths[0]) {
				t.Errorf("got %q, want that others can read %s, and a remedy", got, paths[0])
			}
			save(t, in(folder, nil, credential.File), slot(""), key(apiKey))
			if _, err := in(folder, nil, credential.File).Load(t.Context(), slot("")); err != nil {
				t.Errorf("after signing in again: %v", err)
			}
		})
	}
}

// TestDamaged cuts, changes and exchanges the file at every place that counts.
func TestDamaged(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := in(folder, nil, credential.File)
	path := save(t, s, slot(""), key(apiKey)).Path
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := save(t, s, slot("other"), key(apiKey+"6")).Path
	theirs, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][]byte{
		"empty": nil, "not JSON": []byte("{"), "another's": theirs, "no version": []byte(`{}`),
		"too long":               bytes.Repeat([]byte(" "), 70<<10),
		"another's name changed": bytes.Replace(theirs, []byte(`"other"`), []byte(`"default"`), 1),
		"of another kind":        bytes.Replace(whole, []byte(`"api_key"`), []byte(`"oauth"`), 1),
		"digest changed":         bytes.Replace(whole, []byte(`"digest":"`), []byte(`"digest":"0`), 1),
		"no content":             []byte(strings.Split(string(whole), `"sealed"`)[0] + `"sealed":""}`),
		"newer":                  bytes.Replace(whole, []byte(`"version":1`), []byte(`"version":2`), 1),
	}
	for i := 40; i < len(whole); i += 23 {
		cases[fmt.Sprint("cut at ", i)] = whole[:i]
	}
	for name, text := range cases {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := in(folder, nil, credential.File).Load(t.Context(), slot(""))
		if err == nil {
			t.Fatalf("%s: got %v, want an error", name, got)
		}
		if said := problem(t, err); !strings.Contains(said, "fiskl-mcp login") && name != "too long" {
			t.Errorf("%s: got %q, want fiskl-mcp login as the remedy", name, said)
		}
	}
	save(t, s, slot(""), key(apiKey))
	if _, err := s.Load(t.Context(), slot("")); err != nil {
		t.Errorf("after signing in again: %v", err)
	}
}

// TestNotAFile finds that what is no file is neither read nor followed.
func TestNotAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := in(folder, nil, credential.File)
	path := save(t, s, slot(""), key(apiKey)).Path
	if err := os.Rename(path, path+".moved"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path+".moved", path); err != nil {
		t.Fatal(err)
	}
	_, err := s.Load(t.Context(), slot(""))
	if got := problem(t, err); !strings.HasSuffix(got, path+" is not a file") {
		t.Errorf("got %q, want that %s is not a file", got, path)
	}
}

// TestDelete finds that nothing is left: no file, and no key in either place.
func TestDelete(t *testing.T) {
	t.Parallel()
	for name, chain := range map[string]*keychain{"keychain": newKeychain(), "file": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			s := in(folder, chain, credential.Auto)
			var path string
			for range 3 {
				path = save(t, s, slot(""), signIn()).Path
			}
			if chain == nil { // nobody can read which key it had
				if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if chain != nil && len(chain.held) != 1 {
				t.Errorf("the keychain holds %d keys of one sign-in", len(chain.held))
			}
			if err := s.Delete(t.Context(), slot("")); err != nil {
				t.Fatal(err)
			}
			if seen := everything(t, folder); strings.Contains(seen, ".json") || strings.Contains(seen, ".key") || chain != nil && len(chain.held) > 0 {
				t.Errorf("left over: %s", seen)
			}
			if err := s.Delete(t.Context(), slot("")); !errors.Is(err, credential.ErrNone) {
				t.Errorf("twice: %v", err)
			}
		})
	}
}

// TestUpdate finds that what changed stays, and that it never overwrites what
// somebody saved meanwhile.
func TestUpdate(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := in(folder, nil, credential.File)
	save(t, s, slot(""), signIn())
	c, err := s.Load(t.Context(), slot(""))
	if err != nil {
		t.Fatal(err)
	}
	c.Grant.Over = true
	if err := s.Update(slot(""), c); err != nil {
		t.Fatal(err)
	}
	if got, err := in(folder, nil, credential.File).Load(t.Context(), slot("")); err != nil || !got.Grant.Over || got.ID != c.ID {
		t.Errorf("got over %t, error %v, want the same sign-in, over", got.Grant.Over, err)
	}
	save(t, in(folder, nil, credential.File), slot(""), key(apiKey))
	if err := s.Update(slot(""), c); err == nil {
		t.Error("an old sign-in replaced a new one")
	}
}

// TestNoFolder finds what is said where nothing can be kept.
func TestNoFolder(t *testing.T) {
	t.Parallel()
	s := in("", newKeychain(), credential.Auto)
	_, err := s.Save(t.Context(), slot(""), key(apiKey))
	if got := problem(t, err); !strings.Contains(got, "FISKL_STATE_DIR") {
		t.Errorf("got %q, want FISKL_STATE_DIR as the remedy", got)
	}
	if _, err := s.Load(t.Context(), slot("")); !errors.Is(err, credential.ErrNone) {
		t.Errorf("got error %v, want %v", err, credential.ErrNone)
	}
}

// TestNothingShowsIt prints, logs and marshals a credential in every way.
func TestNothingShowsIt(t *testing.T) {
	t.Parallel()
	var shown bytes.Buffer
	for _, c := range []credential.Credential{key(apiKey), signIn()} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			fmt.Fprintf(&shown, verb+"\n", c)
		}
		b, err := json.Marshal(map[string]any{"credential": c, "grant": &c.Grant})
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(b)
		slog.New(slog.NewJSONHandler(&shown, nil)).Info("saved", "credential", c, "grant", c.Grant)
		slog.New(slog.NewTextHandler(&shown, nil)).Info("saved", "credential", c, "grant", c.Grant)
	}
	if s := shown.String(); strings.Contains(s, "canary") || strings.Contains(s, fmt.Sprintf("%x", "canary")) {
		t.Errorf("a secret is visible in:\n%s", s)
	}
}

// TestReadWhileReplaced reads a sign-in while another process keeps putting a
// new one in its place: each time it reads one or the other.
func TestReadWhileReplaced(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	writer, reader := in(folder, nil, credential.File), in(folder, nil, credential.File)
	save(t, writer, slot(""), signIn())
	kept, err := writer.Load(t.Context(), slot(""))
	if err != nil {
		t.Fatal(err)
	}
	var over atomic.Bool
	var all sync.WaitGroup
	all.Go(func() {
		defer over.Store(true)
		for range 500 {
			if err := writer.Update(slot(""), kept); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for !over.Load() {
		if _, err := reader.Load(t.Context(), slot("")); err != nil {
			t.Error(err)
			break
		}
	}
	all.Wait()
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOptions finds every setting that packages offer among those of the
// program, and nothing that would reach it as the name of a placeholder.
func TestOptions(t *testing.T) {
	t.Parallel()
	settings, err := os.ReadFile("../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	m := manifest(fiskl(), "1.2.3", answer{})
	for _, o := range options() {
		if !strings.Contains(string(settings), "`"+o.env+"`") {
			t.Errorf("%s is not a setting", o.env)
		}
		chosen := m.UserConfig[o.name]
		if chosen.Default == nil || chosen.Required || chosen.Sensitive != o.secret {
			t.Errorf("%s is %+v", o.name, chosen)
		}
		if m.Server.Config.Env[o.env] != "${user_config."+o.name+"}" {
			t.Errorf("%s is filled in as %q", o.env, m.Server.Config.Env[o.env])
		}
	}
	if len(m.UserConfig) != len(m.Server.Config.Env) {
		t.Errorf("%d are asked for, and %d are set", len(m.UserConfig), len(m.Server.Config.Env))
	}
}

// TestPack packs files and unpacks them: names, content and the right to run
// them stay, and the same content makes the same file.
func TestPack(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.tar.gz", "a.zip"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			members := []member{{"notes.txt", 0o644, []byte("one")}, {"bin/program", 0o755, []byte("two")}}
			one, other := filepath.Join(folder, "1-"+name), filepath.Join(folder, "2-"+name)
			for _, file := range []string{one, other} {
				if err := pack(file, members); err != nil {
					t.Fatal(err)
				}
			}
			first, err := digest(one)
			if err != nil {
				t.Fatal(err)
			}
			if second, err := digest(other); err != nil || first != second {
				t.Errorf("%s and %s: %v", first, second, err)
			}
			out, err := unpack(t.Context(), one, folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range members {
				path := filepath.Join(out, m.name)
				b, err := os.ReadFile(path)
				if err != nil || string(b) != string(m.data) {
					t.Errorf("%s has %q: %v", m.name, b, err)
				}
				if info, err := os.Stat(path); err != nil || info.Mode()&0o100 != m.mode&0o100 {
					t.Errorf("%s has the mode %v", m.name, info.Mode())
				}
			}
		})
	}
	if _, err := unpack(t.Context(), "a.rar", t.TempDir()); err == nil {
		t.Error("it unpacks what it does not know")
	}
}

// TestUnpackOutside does not let an archive write outside its folder.
func TestUnpackOutside(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.tar.gz")
	if err := pack(file, []member{{"../../outside", 0o644, []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := unpack(t.Context(), file, folder); err == nil {
		t.Error("it was unpacked")
	}
}

// TestDecode refuses a server that does not say what it has.
func TestDecode(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"", "oops\n", `{"id":1,"result":{"serverInfo":{"name":"x"}}}` + "\n", `{"id":2,"result":{"tools":[{"name":"x"}]}}` + "\n"} {
		if a, err := decode([]byte(said)); err == nil {
			t.Errorf("%q is %+v", said, a)
		}
	}
	if _, err := (start{command: filepath.Join(t.TempDir(), "gone")}).ask(t.Context()); err == nil {
		t.Error("a program that is not there answers")
	}
}

// TestKind tells programs apart from what is none.
func TestKind(t *testing.T) {
	t.Parallel()
	if got, err := kind("main.go"); err == nil {
		t.Errorf("a text is for %s", got)
	}
}

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNotices holds the file against what is linked now.
func TestNotices(t *testing.T) {
	t.Parallel()
	want, err := notices(t.Context(), "..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join("..", noticesName))
	if err != nil || string(got) != want {
		t.Errorf("%s is not what go.mod says, error %v: run go generate ./packaging and read the difference", noticesName, err)
	}
	for _, part := range []string{
		"github.com/hashicorp/go-retryablehttp", // everywhere
		"github.com/danieljoos/wincred",         // on Windows alone
		"github.com/godbus/dbus/v5",             // on Linux alone
		"SIL OPEN FONT LICENSE",                 // of an embedded font
		"The FreeType Project LICENSE",          // chosen of two
		"Copyright 2009 The Go Authors",
	} {
		if !strings.Contains(want, part) {
			t.Errorf("%q is not in it", part)
		}
	}
	if strings.Contains(want, "/pkg/mod/") || strings.Contains(want, "modelcontextprotocol/go-sdk ") {
		t.Error("it names a path of this machine, or a module that is in tests only")
	}
}

func TestLicences(t *testing.T) {
	t.Parallel()
	mit, err := os.ReadFile("../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	const copyleft = "This program is free software: you can redistribute it and/or modify it under the terms of the GNU %s " +
		"as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.\n"
	for name, test := range map[string]struct{ text, want, refusal string }{
		"MIT":      {string(mit), "MIT", ""},
		"GPL":      {strings.Replace(copyleft, "%s", "General Public License", 1), "", "may not be in a program under the MIT licence"},
		"AGPL":     {strings.Replace(copyleft, "%s", "Affero General Public License", 1), "", "may not be"},
		"LGPL":     {strings.Replace(copyleft, "%s", "Lesser General Public License", 1), "", "may not be"},
		"MIT, GPL": {string(mit) + "\n" + strings.Replace(copyleft, "%s", "General Public License", 1), "", "may not be"},
		"unknown":  {"You may use this for good and not for evil.", "", "only 0 %"},
		"diluted":  {string(mit) + strings.Repeat("And one more condition that nobody has read. ", 60), "", "only"},
		"empty":    {"", "", "only 0 %"},
	} {
		names, err := read([]byte(test.text))
		if strings.Join(names, " ") != test.want || (err == nil) != (test.refusal == "") || err != nil && !strings.Contains(err.Error(), test.refusal) {
			t.Errorf("%s: got %v and error %v", name, names, err)
		}
	}
}

// TestModuleWithoutLicence finds that a module that says nothing is refused, and one whose part says something else, too.
func TestModuleWithoutLicence(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := module{Path: "example.com/m", Dir: dir, folders: map[string]bool{dir: true, filepath.Join(dir, "part"): true}}
	if err := os.Mkdir(filepath.Join(dir, "part"), 0o750); err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.licences(); err == nil || !strings.Contains(err.Error(), "example.com/m has no licence") {
		t.Errorf("got error %v", err)
	}
	mit, err := os.ReadFile("../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("LICENSE", mit)
	write("NOTICE", []byte("of somebody's"))
	write("license.go", []byte("package m"))
	names, texts, err := m.licences()
	if err != nil || !slices.Equal(names, []string{"MIT"}) || len(texts) != 2 {
		t.Errorf("got %v, %d texts and error %v", names, len(texts), err)
	}
	write("part/COPYING", []byte("All rights reserved."))
	if _, _, err := m.licences(); err == nil || !strings.Contains(err.Error(), "part/COPYING") {
		t.Errorf("got error %v", err)
	}
}

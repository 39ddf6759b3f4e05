package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:generate go -C .. run ./packaging notices

// noticesName is the file of the licences of everything that is linked into
// the program. Every package has it, and it is kept in the repository so that
// a change of it is seen.
const noticesName = "THIRD_PARTY_NOTICES"

// writeNotices writes the file anew, from the root of the repository.
func writeNotices(ctx context.Context, out io.Writer) error {
	text, err := notices(ctx, ".")
	if err != nil {
		return err
	}
	if err := os.WriteFile(noticesName, []byte(text), 0o644); err != nil { //nolint:gosec // it is published
		return err
	}
	_, err = fmt.Fprintln(out, "made", noticesName)
	return err
}

// notices is the content of the file. It fails on what may not be in a program
// under the MIT licence, and on what it does not know.
func notices(ctx context.Context, root string) (string, error) {
	modules, err := linked(ctx, root)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(preamble)
	texts, problems := make(map[string][]string), []error(nil) // texts with the names of what they are of
	for _, m := range modules {
		names, own, err := m.licences()
		problems = append(problems, err)
		fmt.Fprintf(&b, "%-60s %-14s %s\n", m.Path, cmp.Or(m.Version, "-"), strings.Join(names, ", "))
		for _, text := range own {
			texts[text] = append(texts[text], m.Path)
		}
	}
	ordered := slices.SortedFunc(maps.Keys(texts), func(a, b string) int {
		return cmp.Or(cmp.Compare(texts[a][0], texts[b][0]), cmp.Compare(a, b))
	})
	for _, text := range ordered {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", ruled), strings.Join(slices.Compact(texts[text]), "\n"), text)
	}
	return b.String(), errors.Join(problems...)
}

const ruled = 80

const preamble = `fiskl-mcp is under the MIT licence, see LICENSE. Its programs for Linux, macOS and
Windows link the modules below, each under a licence of its own. Their source is
at https://pkg.go.dev/MODULE@VERSION, unchanged. "go generate ./packaging" writes
this file.

Portions of this software are copyright of The FreeType Project
(www.freetype.org). All rights reserved.

`

// hasNotices finds the file in an unpacked package, as it is in the repository.
func (v *verification) hasNotices(what, folder string, path ...string) error {
	want, err := os.ReadFile(noticesName)
	if err != nil {
		return err
	}
	got, err := os.ReadFile(filepath.Join(append([]string{folder}, append(path, noticesName)...)...))
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if string(got) != string(want) {
		return fmt.Errorf("%s has another %s", what, noticesName)
	}
	v.say("%s has the notices", what)
	return nil
}

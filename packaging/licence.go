package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// known is how much of a file has to be text of licences, in percent. The rest
// is names, years and headings.
const known = 70

// carried tells the licences, by their SPDX names, that a program under the MIT
// licence may have inside when their texts come with it. MPL-2.0 asks for the
// source of the module too, whose address stands in the notices.
func carried(name string) bool {
	switch name {
	case "MIT", "MIT-0", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "Unlicense", "CC0-1.0", "Zlib", "BSL-1.0", "OFL-1.1", "FTL",
		"GooglePatentClause", "GooglePatentsFile":
		return true
	default:
		return false
	}
}

// choice is the licence that we take a module under where it offers several in
// words that only people read.
type choice struct{ name, file string }

func choices(path string) (choice, bool) {
	if path == "github.com/golang/freetype" {
		return choice{"FTL", "licenses/ftl.txt"}, true // or the GPL
	}
	return choice{}, false
}

// licences are the names and the texts of a module's licences, and the texts of
// its notices.
func (m *module) licences() (names, texts []string, err error) {
	files, err := m.documents()
	if err != nil {
		return nil, nil, err
	}
	chosen, some := choices(m.Path)
	if some {
		names, files = []string{chosen.name}, append(files, chosen.file)
	}
	var problems []error
	for _, file := range files {
		b, err := os.ReadFile(filepath.Join(m.Dir, filepath.FromSlash(file)))
		if err != nil {
			return nil, nil, err
		}
		texts = append(texts, plainText(b))
		if some || notice(file) {
			continue
		}
		found, err := read(b)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %s: %w", m.Path, file, err))
		}
		names = append(names, found...)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	if len(names) == 0 {
		problems = append(problems, fmt.Errorf("%s has no licence", m.Path))
	}
	return names, texts, errors.Join(problems...)
}

// read names the licences that a text consists of.
func read(text []byte) ([]string, error) {
	covered := licensecheck.Scan(text)
	var names []string
	for _, m := range covered.Match {
		if m.IsURL {
			continue // names a licence, and is none
		}
		if !carried(m.ID) {
			return nil, fmt.Errorf("%s may not be in a program under the MIT licence, or is not known", m.ID)
		}
		names = append(names, m.ID)
	}
	if len(names) == 0 || covered.Percent < known {
		return nil, fmt.Errorf("only %.0f %% of it is text of known licences: %s", covered.Percent, strings.Join(names, ", "))
	}
	return names, nil
}

// notice tells a file that is no licence, and has to come along all the same.
func notice(file string) bool {
	name := strings.ToLower(filepath.Base(file))
	return strings.HasPrefix(name, "notice") || strings.HasPrefix(name, "copyright")
}

// plainText is a text without the marks of the editor it was written with.
func plainText(b []byte) string {
	lines := strings.Split(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

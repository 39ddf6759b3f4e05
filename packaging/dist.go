package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Folders, from the root of the repository.
const (
	distFolder   = "dist"
	bundleFolder = "dist/bundles"
	hereFolder   = "packaging"
)

// distribution is what GoReleaser made.
type distribution struct {
	version string
	files   []built
}

// built is one file of it.
type built struct {
	Name string `json:"name"`
	Path string `json:"path"`
	OS   string `json:"goos"`
	Arch string `json:"goarch"` // all for a program for several processors
	Type string `json:"type"`   // in GoReleaser's words
}

func readDistribution() (distribution, error) {
	var meta struct {
		Version string `json:"version"`
	}
	var d distribution
	if err := readJSON(filepath.Join(distFolder, "metadata.json"), &meta); err != nil {
		return d, fmt.Errorf("run goreleaser first: %w", err)
	}
	d.version = meta.Version
	return d, readJSON(filepath.Join(distFolder, "artifacts.json"), &d.files)
}

// program is the path of the program for a system and processor.
func (d distribution) program(system, arch string) (string, error) {
	i := slices.IndexFunc(d.files, func(a built) bool {
		return strings.TrimSuffix(a.Name, ".exe") == fiskl().name && (a.Type == "Binary" || a.Type == "Universal Binary") && a.OS == system && a.Arch == arch
	})
	if i < 0 {
		return "", fmt.Errorf("there is no program for %s/%s in %s", system, arch, distFolder)
	}
	return d.files[i].Path, nil
}

// of are the files of a type.
func (d distribution) of(kind string) []built {
	return slices.DeleteFunc(slices.Clone(d.files), func(a built) bool { return a.Type != kind })
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path) //nolint:gosec // a file of this build
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func writeJSON(path string, value any) error {
	b, err := indented(value)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644) //nolint:gosec // it is published
}

func copyFile(from, to string, mode os.FileMode) error {
	b, err := os.ReadFile(from) //nolint:gosec // a file of this build
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, mode) //nolint:gosec // it is published
}

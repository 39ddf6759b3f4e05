package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// module is one that is linked, with the folders of it that are.
type module struct {
	Path, Version, Dir string

	folders map[string]bool // from Dir up to each package and embedded file
}

// listed is a package as the Go tool lists it.
type listed struct {
	Dir        string   `json:"Dir"`
	Standard   bool     `json:"Standard"`
	EmbedFiles []string `json:"EmbedFiles"`
	Module     *origin  `json:"Module"`
}

// origin is the module of a package.
type origin struct {
	Path    string  `json:"Path"`
	Version string  `json:"Version"`
	Dir     string  `json:"Dir"`
	Main    bool    `json:"Main"`
	Replace *origin `json:"Replace"`
}

// linked are the modules that the program links on any system and processor
// that packages are made for, in order of their names, and Go's own library.
func linked(ctx context.Context, root string) ([]*module, error) {
	all := make(map[string]*module)
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, arch := range []string{"amd64", "arm64"} {
			packages, err := listPackages(ctx, root, system, arch)
			if err != nil {
				return nil, err
			}
			for _, p := range packages {
				take(all, p)
			}
		}
	}
	goRoot, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	dir := strings.TrimSpace(string(goRoot))
	// Its version is that of whoever builds, and no fact of the repository.
	all["std"] = &module{Path: "Go standard library", Dir: dir, folders: map[string]bool{dir: true}}
	modules := make([]*module, 0, len(all))
	for _, m := range all {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b *module) int { return cmp.Compare(a.Path, b.Path) })
	return modules, nil
}

// listPackages lists what the two programs are linked from on one system.
func listPackages(ctx context.Context, root, system, arch string) ([]listed, error) {
	c := exec.CommandContext(ctx, "go", "list", "-deps", "-json=Dir,Standard,EmbedFiles,Module", "./cmd/fiskl-mcp", "./cmd/fiskl-mcp-server")
	c.Dir = root
	c.Env = append(c.Environ(), "GOOS="+system, "GOARCH="+arch, "CGO_ENABLED=0")
	out, err := c.Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return nil, fmt.Errorf("go list for %s/%s: %w", system, arch, err)
	}
	var packages []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, err
		}
		packages = append(packages, p)
	}
}

// take notes a package's module, and the folders that a licence of it may be in.
func take(all map[string]*module, p listed) {
	if p.Standard || p.Module == nil || p.Module.Main {
		return
	}
	from := p.Module
	if from.Replace != nil {
		from = from.Replace
	}
	m := all[from.Path]
	if m == nil {
		m = &module{Path: from.Path, Version: from.Version, Dir: from.Dir, folders: map[string]bool{from.Dir: true}}
		all[from.Path] = m
	}
	folders := []string{p.Dir}
	for _, embedded := range p.EmbedFiles {
		folders = append(folders, filepath.Dir(filepath.Join(p.Dir, embedded)))
	}
	for _, folder := range folders {
		for ; len(folder) > len(m.Dir); folder = filepath.Dir(folder) {
			m.folders[folder] = true
		}
	}
}

// documents are the names of the module's files of licences and notices, from
// its folder, in order.
func (m *module) documents() ([]string, error) {
	var names []string
	for folder := range m.folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if e.IsDir() || !legal(e.Name()) {
				continue
			}
			name, err := filepath.Rel(m.Dir, filepath.Join(folder, e.Name()))
			if err != nil {
				return nil, err
			}
			names = append(names, filepath.ToSlash(name))
		}
	}
	slices.Sort(names)
	return names, nil
}

// legal tells a file of a licence or a notice by its name.
func legal(file string) bool {
	name := strings.ToLower(file)
	switch filepath.Ext(name) {
	case "", ".txt", ".md":
	default:
		if !strings.HasPrefix(name, "license-") && !strings.HasPrefix(name, "license.") || filepath.Ext(name) == ".go" {
			return false
		}
	}
	for _, start := range []string{"license", "licence", "copying", "unlicense", "ofl", "patents", "notice", "copyright"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// gemini is the manifest of an extension for Gemini CLI.
type gemini struct {
	Name        string                  `json:"name"`
	Version     string                  `json:"version"`
	Description string                  `json:"description"`
	Servers     map[string]geminiServer `json:"mcpServers"`
	Settings    []geminiSetting         `json:"settings"`
}

type geminiServer struct {
	Command string   `json:"command"`
	Args    []string `json:"args"`
}

type geminiSetting struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	EnvVar      string `json:"envVar"`
	Sensitive   bool   `json:"sensitive"`
}

func geminiExtension(p product, version string) gemini {
	g := gemini{
		Name: p.short, Version: version, Description: p.description,
		Servers: map[string]geminiServer{p.short: {"${extensionPath}${/}" + p.name, []string{"stdio"}}},
	}
	for _, o := range options() {
		help := o.help
		switch {
		case o.folder:
			help += " Its full path."
		case !o.secret:
			help += " true or false."
		}
		g.Settings = append(g.Settings, geminiSetting{o.title, help, o.env, o.secret})
	}
	return g
}

// geminiTargets are the archives, by the names that Gemini CLI looks for.
func geminiTargets() map[string]struct{ system, arch string } {
	return map[string]struct{ system, arch string }{
		"linux.x64.fiskl.tar.gz":    {"linux", "amd64"},
		"linux.arm64.fiskl.tar.gz":  {"linux", "arm64"},
		"darwin.x64.fiskl.tar.gz":   {"darwin", "amd64"},
		"darwin.arm64.fiskl.tar.gz": {"darwin", "arm64"},
		"win32.x64.fiskl.zip":       {"windows", "amd64"},
		"win32.arm64.fiskl.zip":     {"windows", "arm64"},
	}
}

// member is a file of an archive.
type member struct {
	name string
	mode os.FileMode
	data []byte
}

// bundleGemini packs the extension for every system and processor.
func bundleGemini(out io.Writer, d distribution) error {
	p := fiskl()
	text, err := indented(geminiExtension(p, d.version))
	if err != nil {
		return err
	}
	common := []member{{"gemini-extension.json", 0o644, text}}
	for _, name := range []string{"LICENSE", noticesName, "skills/fiskl/SKILL.md"} {
		b, err := os.ReadFile(name) //nolint:gosec // a file of the repository
		if err != nil {
			return err
		}
		common = append(common, member{name, 0o644, b})
	}
	for name, target := range geminiTargets() {
		path, err := d.program(target.system, target.arch)
		if err != nil {
			return err
		}
		program, err := os.ReadFile(path) //nolint:gosec // a file of this build
		if err != nil {
			return err
		}
		members := append(slices.Clone(common), member{filepath.Base(path), 0o755, program})
		file := filepath.Join(bundleFolder, name)
		if err := pack(file, members); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(out, "made", file); err != nil {
			return err
		}
	}
	return nil
}

// pack writes an archive in the format that its name says. Nothing of the time
// or the user is in it, so the same content makes the same file.
func pack(file string, members []member) error {
	f, err := os.Create(file) //nolint:gosec // a file of this build
	if err != nil {
		return err
	}
	write := packTar
	if filepath.Ext(file) == ".zip" {
		write = packZip
	}
	if err := write(f, members); err != nil {
		_ = f.Close() // the error is what matters
		return fmt.Errorf("%s: %w", file, err)
	}
	return f.Close()
}

func packTar(w io.Writer, members []member) error {
	z := gzip.NewWriter(w)
	t := tar.NewWriter(z)
	for _, m := range members {
		if err := t.WriteHeader(&tar.Header{Name: m.name, Mode: int64(m.mode), Size: int64(len(m.data)), Format: tar.FormatUSTAR}); err != nil {
			return err
		}
		if _, err := t.Write(m.data); err != nil {
			return err
		}
	}
	if err := t.Close(); err != nil {
		return err
	}
	return z.Close()
}

func packZip(w io.Writer, members []member) error {
	z := zip.NewWriter(w)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Method: zip.Deflate}
		h.SetMode(m.mode)
		to, err := z.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := to.Write(m.data); err != nil {
			return err
		}
	}
	return z.Close()
}

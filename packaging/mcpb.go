package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// mcpb is the manifest of a bundle for Claude Desktop and other hosts.
type mcpb struct {
	ManifestVersion  string                `json:"manifest_version"`
	Name             string                `json:"name"`
	DisplayName      string                `json:"display_name"`
	Version          string                `json:"version"`
	Description      string                `json:"description"`
	Author           person                `json:"author"`
	Repository       repository            `json:"repository"`
	Homepage         string                `json:"homepage"`
	Documentation    string                `json:"documentation"`
	Support          string                `json:"support"`
	Icon             string                `json:"icon"`
	License          string                `json:"license"`
	Keywords         []string              `json:"keywords"`
	PrivacyPolicies  []string              `json:"privacy_policies"`
	Server           mcpbServer            `json:"server"`
	Tools            []tool                `json:"tools"`
	PromptsGenerated bool                  `json:"prompts_generated"`
	UserConfig       map[string]userConfig `json:"user_config"`
	Compatibility    map[string][]string   `json:"compatibility"`
}

type person struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type repository struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

type mcpbServer struct {
	Type       string     `json:"type"`
	EntryPoint string     `json:"entry_point"`
	Config     mcpbConfig `json:"mcp_config"`
}

type mcpbConfig struct {
	Command   string                `json:"command"`
	Args      []string              `json:"args,omitempty"`
	Env       map[string]string     `json:"env,omitempty"`
	Overrides map[string]mcpbConfig `json:"platform_overrides,omitempty"`
}

type userConfig struct {
	Type        string `json:"type"`
	Title       string `json:"title"`
	Description string `json:"description"`
	Required    bool   `json:"required"`
	Sensitive   bool   `json:"sensitive,omitempty"`

	// Default is there for all: what has none and is not set would reach the
	// server as the name of the placeholder.
	Default any `json:"default"`
}

// Files of the bundle. A host tells systems apart, but not processors.
const (
	onDarwin  = "server/fiskl-mcp-darwin" // for both processors
	onWindows = "server/fiskl-mcp.exe"
	onLinux   = "server/fiskl-mcp-linux-" // and the processor, which launch.sh finds out
	launcher  = "server/launch.sh"
	inBundle  = "${__dirname}/"
)

func manifest(p product, version string, a answer) mcpb {
	return mcpb{
		ManifestVersion: "0.3",
		Name:            p.name, DisplayName: p.title, Version: version, Description: p.description,
		Author: person{p.author, p.repository}, Repository: repository{"git", p.repository},
		Homepage: p.repository, Documentation: p.document("docs/install.md"), Support: p.repository + "/issues",
		Icon: "icon.png", License: p.license, Keywords: []string{"accounting", "invoices", "bookkeeping", "fiskl"},
		PrivacyPolicies: []string{p.document("docs/privacy.md")},
		Server: mcpbServer{"binary", onDarwin, mcpbConfig{
			Command: inBundle + onDarwin, Args: []string{"stdio"}, Env: placeholders(),
			Overrides: map[string]mcpbConfig{
				"linux": {Command: "/bin/sh", Args: []string{inBundle + launcher, "stdio"}},
				"win32": {Command: inBundle + onWindows},
			},
		}},
		Tools: a.tools, PromptsGenerated: a.prompts > 0, UserConfig: userConfigs(),
		Compatibility: map[string][]string{"platforms": {"darwin", "linux", "win32"}},
	}
}

// placeholders are the variables of the server, which the host fills in.
func placeholders() map[string]string {
	env := make(map[string]string)
	for _, o := range options() {
		env[o.env] = "${user_config." + o.name + "}"
	}
	return env
}

func userConfigs() map[string]userConfig {
	all := make(map[string]userConfig)
	for _, o := range options() {
		u := userConfig{Type: "boolean", Title: o.title, Description: o.help, Default: false}
		switch {
		case o.secret:
			u.Type, u.Sensitive, u.Default = "string", true, ""
		case o.folder:
			u.Type, u.Default = "directory", ""
		}
		all[o.name] = u
	}
	return all
}

// bundleMCPB lays the bundle out, and has the format's own program check and
// pack it.
func bundleMCPB(ctx context.Context, out io.Writer, d distribution, a answer) (string, error) {
	p := fiskl()
	folder, err := os.MkdirTemp("", "mcpb-*")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is a temporary one
	if err := layOut(folder, d, manifest(p, d.version, a)); err != nil {
		return "", err
	}
	file := filepath.Join(bundleFolder, p.name+"_"+d.version+".mcpb")
	for _, args := range [][]string{{"validate", filepath.Join(folder, "manifest.json")}, {"pack", folder, file}} {
		if err := tooled(ctx, args...); err != nil {
			return "", err
		}
	}
	_, err = fmt.Fprintln(out, "made", file)
	return file, err
}

func layOut(folder string, d distribution, m mcpb) error {
	if err := os.Mkdir(filepath.Join(folder, "server"), 0o755); err != nil { //nolint:gosec // it is published
		return err
	}
	if err := writeJSON(filepath.Join(folder, "manifest.json"), m); err != nil {
		return err
	}
	for to, from := range map[string]struct{ system, arch string }{
		onDarwin: {"darwin", "all"}, onWindows: {"windows", "amd64"},
		onLinux + "amd64": {"linux", "amd64"}, onLinux + "arm64": {"linux", "arm64"},
	} {
		program, err := d.program(from.system, from.arch)
		if err != nil {
			return err
		}
		if err := copyFile(program, filepath.Join(folder, to), 0o755); err != nil {
			return err
		}
	}
	return errors.Join(
		copyFile(filepath.Join(hereFolder, "launch.sh"), filepath.Join(folder, launcher), 0o755),
		copyFile(filepath.Join(hereFolder, "icon.png"), filepath.Join(folder, "icon.png"), 0o644),
		copyFile("README.md", filepath.Join(folder, "README.md"), 0o644),
		copyFile("docs/privacy.md", filepath.Join(folder, "PRIVACY.md"), 0o644),
		copyFile("LICENSE", filepath.Join(folder, "LICENSE"), 0o644),
		copyFile(noticesName, filepath.Join(folder, noticesName), 0o644),
	)
}

// tooled runs the program that defines the format of bundles.
func tooled(ctx context.Context, args ...string) error {
	tool := filepath.Join(hereFolder, "node_modules", ".bin", "mcpb")
	if said, err := exec.CommandContext(ctx, tool, args...).CombinedOutput(); err != nil { //nolint:gosec // pinned in package.json
		return fmt.Errorf("mcpb %s: %w: %s", args[0], err, said)
	}
	return nil
}

package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// mcpb starts the bundle as the format's own program says that a host does.
func (v *verification) mcpb(ctx context.Context) error {
	name := fiskl().name + "_" + v.version + ".mcpb"
	folder, err := unpack(ctx, filepath.Join(bundleFolder, name), v.folder)
	if err != nil {
		return err
	}
	if err := v.hasNotices(name, folder); err != nil {
		return err
	}
	for program, target := range map[string]string{
		onDarwin: "darwin/all", onWindows: "windows/amd64", onLinux + "amd64": "linux/amd64", onLinux + "arm64": "linux/arm64",
	} {
		if err := v.isOf(name+" "+program, filepath.Join(folder, program), target); err != nil {
			return err
		}
	}
	s, err := hosted(ctx, folder, `{"sandbox": true}`)
	if err != nil {
		return err
	}
	// A host may forget which files are programs.
	if err := os.Chmod(filepath.Join(folder, onLinux+runtime.GOARCH), 0o600); err != nil {
		return err
	}
	return v.serves(ctx, name, s)
}

// hosted is how a host starts an unpacked bundle.
func hosted(ctx context.Context, folder, chosen string) (start, error) {
	said, err := exec.CommandContext(ctx, "node", filepath.Join(hereFolder, "host.mjs"), folder, chosen).Output() //nolint:gosec // a file of this build
	if err != nil {
		return start{}, fmt.Errorf("host.mjs: %w: %s", err, said)
	}
	var config struct {
		Command string            `json:"command"`
		Args    []string          `json:"args"`
		Env     map[string]string `json:"env"`
	}
	if err := json.Unmarshal(said, &config); err != nil {
		return start{}, err
	}
	s := start{command: config.Command, args: config.Args}
	for name, value := range config.Env {
		if strings.Contains(value, "$") {
			return start{}, fmt.Errorf("%s reaches the server as %q", name, value)
		}
		s.env = append(s.env, name+"="+value)
	}
	return s, nil
}

// gemini starts the extension as Gemini CLI does.
func (v *verification) gemini(ctx context.Context) error {
	for name, target := range geminiTargets() {
		folder, err := unpack(ctx, filepath.Join(bundleFolder, name), v.folder)
		if err != nil {
			return err
		}
		if err := v.hasNotices(name, folder); err != nil {
			return err
		}
		var g gemini
		if err := readJSON(filepath.Join(folder, "gemini-extension.json"), &g); err != nil {
			return err
		}
		server := g.Servers[fiskl().short]
		s := start{strings.NewReplacer("${extensionPath}", folder, "${/}", "/").Replace(server.Command), server.Args, []string{"FISKL_SANDBOX=true"}}
		program := s.command
		if target.system == "windows" {
			program += ".exe" // which Windows adds
		}
		if err := v.isOf(name, program, target.system+"/"+target.arch); err != nil {
			return err
		}
		if target.system != runtime.GOOS || target.arch != runtime.GOARCH {
			continue
		}
		if err := v.serves(ctx, name, s); err != nil {
			return err
		}
	}
	return nil
}

// plugin starts the plugin of Claude Code with the program on the PATH.
func (v *verification) plugin(ctx context.Context) error {
	var p plugin
	if err := readJSON(".claude-plugin/plugin.json", &p); err != nil {
		return err
	}
	program, err := v.program(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return err
	}
	server := p.Servers[fiskl().short]
	if server.Command != filepath.Base(program) {
		return fmt.Errorf("the plugin starts %s", server.Command)
	}
	return v.serves(ctx, "the plugin", start{program, server.Args, []string{"FISKL_SANDBOX=true"}})
}

// entry holds the entry of the MCP Registry against its schema.
func (v *verification) entry(ctx context.Context) error {
	file := filepath.Join(bundleFolder, "server.json")
	if err := checkEntry(ctx, file); err != nil {
		return err
	}
	var e entry
	if err := readJSON(file, &e); err != nil {
		return err
	}
	sum, err := digest(filepath.Join(bundleFolder, filepath.Base(e.Packages[0].Identifier)))
	if err != nil {
		return err
	}
	if sum != e.Packages[0].FileSHA256 {
		return fmt.Errorf("server.json has another digest of %s", e.Packages[0].Identifier)
	}
	v.say("server.json is as the registry wants it")
	return nil
}

// sums compares what is published with the list of digests.
func (v *verification) sums(context.Context) error {
	f, err := os.Open(filepath.Join(distFolder, "checksums.txt"))
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // nothing was written
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); n++ {
		want, name, _ := strings.Cut(s.Text(), "  ")
		got, err := digest(filepath.Join(distFolder, name))
		if err != nil {
			return err
		}
		if got != want {
			return fmt.Errorf("%s is not what checksums.txt says", name)
		}
	}
	if n < 11 {
		return fmt.Errorf("checksums.txt has %d lines", n)
	}
	v.say("%d digests", n)
	return nil
}

func digest(file string) (string, error) {
	b, err := os.ReadFile(file) //nolint:gosec // a file of this build
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), err
}

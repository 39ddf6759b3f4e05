package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// verification is what is looked at, and where things are unpacked for it.
type verification struct {
	distribution

	folder string
	out    io.Writer
	tools  []tool // of the program itself, which every package must have
}

// verify unpacks every package, and asks the servers that can run here for
// their tools. All others are looked at for what they are.
func verify(ctx context.Context, out io.Writer) error {
	d, err := readDistribution()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "packaging-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }() // it is a temporary one
	v := &verification{distribution: d, folder: folder, out: out}
	if v.tools, err = v.fromProgram(ctx); err != nil {
		return err
	}
	for _, check := range []func(context.Context) error{v.packages, v.mcpb, v.gemini, v.plugin, v.entry, v.materials, v.sums, v.cask, v.twoCommands} {
		if err := check(ctx); err != nil {
			return err
		}
	}
	return nil
}

// say tells of something that is as it should be.
func (v *verification) say(format string, args ...any) {
	_, _ = fmt.Fprintf(v.out, "ok  "+format+"\n", args...) // whoever does not look does not mind
}

// fromProgram asks the program for this machine. Its version is that of the
// packages, unless they are only a rehearsal.
func (v *verification) fromProgram(ctx context.Context) ([]tool, error) {
	program, err := v.program(runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return nil, err
	}
	a, err := start{program, []string{"stdio", "--sandbox"}, nil}.ask(ctx)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(v.version, "-snapshot") && strings.TrimPrefix(a.version, "v") != v.version {
		return nil, fmt.Errorf("the packages are of version %s, and the program says %s", v.version, a.version)
	}
	return a.tools, nil
}

// serves asks a server, which has to have all tools and know the demo company.
func (v *verification) serves(ctx context.Context, what string, s start) error {
	a, err := s.ask(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if !slices.Equal(a.tools, v.tools) {
		return fmt.Errorf("%s has %d tools, the program %d", what, len(a.tools), len(v.tools))
	}
	if !strings.Contains(a.question, "Harbour & Finch") {
		return fmt.Errorf("%s answers %q", what, a.question)
	}
	v.say("%s answers, with %d tools", what, len(a.tools))
	return nil
}

// isOf looks what a program is for.
func (v *verification) isOf(what, program, want string) error {
	got, err := kind(program)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if got != want {
		return fmt.Errorf("%s is for %s instead of %s", what, got, want)
	}
	v.say("%s is for %s", what, got)
	return nil
}

// runs asks the program if it is for this machine, and else looks at it.
func (v *verification) runs(ctx context.Context, what, program, target string) error {
	if err := v.isOf(what, program, target); err != nil || target != runtime.GOOS+"/"+runtime.GOARCH {
		return err
	}
	return v.serves(ctx, what, start{program, []string{"stdio", "--sandbox"}, nil})
}

// isEndpoint asks the program for a shared endpoint for its version if it is for
// this machine, and else looks at it.
func (v *verification) isEndpoint(ctx context.Context, what, program, target string) error {
	if err := v.isOf(what, program, target); err != nil || target != runtime.GOOS+"/"+runtime.GOARCH {
		return err
	}
	out, err := exec.CommandContext(ctx, program, "version").Output()
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if !strings.HasPrefix(string(out), fiskl().server+" ") {
		return fmt.Errorf("%s: version says %q", what, out)
	}
	v.say("%s answers", what)
	return nil
}

// packages are the archives and those for Linux.
func (v *verification) packages(ctx context.Context) error {
	all := append(v.of("Archive"), v.of("Linux Package")...)
	if len(all) != 7+4+4+4 {
		return fmt.Errorf("there are %d archives and packages", len(all))
	}
	for _, a := range all {
		folder, err := unpack(ctx, a.Path, v.folder)
		if err != nil {
			return err
		}
		name, runs := fiskl().name, v.runs
		if strings.HasPrefix(a.Name, fiskl().server) {
			name, runs = fiskl().server, v.isEndpoint
		}
		if a.OS == "windows" {
			name += ".exe"
		}
		document := "README.md"
		if a.Type == "Linux Package" {
			name, document = filepath.Join("usr", "bin", name), filepath.Join("usr", "share", "doc", name, "copyright")
		}
		if _, err := os.Stat(filepath.Join(folder, document)); err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		if err := v.hasNotices(a.Name, folder, filepath.Dir(document)); err != nil {
			return err
		}
		if err := runs(ctx, a.Name, filepath.Join(folder, name), a.OS+"/"+a.Arch); err != nil {
			return err
		}
	}
	return nil
}

// materials are the lists of what programs are built from.
func (v *verification) materials(context.Context) error {
	all := v.of("SBOM")
	if len(all) < 6 {
		return fmt.Errorf("there are %d bills of materials", len(all))
	}
	for _, a := range all {
		var b bom
		if err := readJSON(a.Path, &b); err != nil {
			return err
		}
		if len(b.Components) < 20 || b.Metadata.Component.Name != "github.com/fiskl-mcp/fiskl-mcp" {
			return fmt.Errorf("%s has %d parts of %s", a.Name, len(b.Components), b.Metadata.Component.Name)
		}
	}
	v.say("%d bills of materials", len(all))
	return nil
}

// cask is the formula for Homebrew.
func (v *verification) cask(context.Context) error {
	all := v.of("Homebrew Cask")
	if len(all) != 1 {
		return fmt.Errorf("there are %d casks", len(all))
	}
	b, err := os.ReadFile(all[0].Path)
	if err != nil {
		return err
	}
	if strings.Count(string(b), "sha256 ") != 4 || !strings.Contains(string(b), fiskl().repository) {
		return errors.New("the cask does not have four archives: " + string(b))
	}
	v.say("the cask has all archives")
	return nil
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// twoCommands measures what a new user does on a clean machine: unpack, tell a
// client of the server, and ask it the first question.
func (v *verification) twoCommands(ctx context.Context) error {
	all := v.of("Archive")
	i := slices.IndexFunc(all, func(a built) bool { return a.OS == runtime.GOOS && a.Arch == runtime.GOARCH })
	if i < 0 {
		return errors.New("there is no archive for this machine")
	}
	folder, err := unpack(ctx, all[i].Path, v.folder)
	if err != nil {
		return err
	}
	home := filepath.Join(v.folder, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	began := time.Now()
	c := exec.CommandContext(ctx, filepath.Join(folder, fiskl().name), "install", "claude-code", "--sandbox") //nolint:gosec // a program of this build
	c.Env = []string{"HOME=" + home}
	if err := spoken(c); err != nil {
		return err
	}
	var client struct {
		Servers map[string]struct {
			Command string   `json:"command"`
			Args    []string `json:"args"`
		} `json:"mcpServers"`
	}
	if err := readJSON(filepath.Join(home, ".claude.json"), &client); err != nil {
		return err
	}
	server := client.Servers["fiskl-sandbox"]
	a, err := start{server.Command, server.Args, nil}.ask(ctx)
	if err != nil {
		return err
	}
	if a.question == "" {
		return errors.New("the first question has no answer")
	}
	_, err = fmt.Fprintf(v.out, "from an unpacked archive to the first answer: two commands, %.2f s\n", time.Since(began).Seconds())
	return err
}

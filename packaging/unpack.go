package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// unpack puts the content of a package into a new folder below another.
func unpack(ctx context.Context, file, below string) (string, error) {
	folder, err := os.MkdirTemp(below, "unpacked-*")
	if err != nil {
		return "", err
	}
	switch name := filepath.Base(file); {
	case strings.HasSuffix(name, ".tar.gz"):
		err = unpackTar(file, folder)
	case strings.HasSuffix(name, ".zip"), strings.HasSuffix(name, ".mcpb"):
		err = unpackZip(file, folder)
	case strings.HasSuffix(name, ".deb"):
		err = spoken(exec.CommandContext(ctx, "dpkg-deb", "--extract", file, folder)) //nolint:gosec // a file of this build
	case strings.HasSuffix(name, ".rpm"):
		err = unpackRPM(ctx, file, folder)
	default:
		err = errors.New("it is of no known kind")
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", file, err)
	}
	return folder, nil
}

// spoken runs a command, and has what it said in the error.
func spoken(c *exec.Cmd) error {
	if said, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", c.Path, err, said)
	}
	return nil
}

func unpackZip(file, folder string) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer func() { _ = z.Close() }() // nothing was written
	return os.CopyFS(folder, z)
}

func unpackTar(file, folder string) error {
	f, err := os.Open(file) //nolint:gosec // a file of this build
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // nothing was written
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer func() { _ = root.Close() }() // it is a handle only
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = unpackMember(root, h, t)
		}
		if err != nil {
			return err
		}
	}
}

func unpackMember(root *os.Root, h *tar.Header, content io.Reader) error {
	if h.Typeflag != tar.TypeReg {
		return nil
	}
	if err := root.MkdirAll(filepath.Dir(h.Name), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(h.Name, os.O_CREATE|os.O_WRONLY, fs.FileMode(h.Mode)&fs.ModePerm) //nolint:gosec // a mode has few bits
	if err != nil {
		return err
	}
	_, err = io.Copy(f, content)
	return errors.Join(err, f.Close())
}

// unpackRPM hands what is in a package of RPM from one program to the next.
func unpackRPM(ctx context.Context, file, folder string) error {
	c := exec.CommandContext(ctx, "sh", "-c", `rpm2cpio "$1" | cpio --extract --make-directories --quiet --no-absolute-filenames`, "sh", file) //nolint:gosec // a file of this build
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	c.Args[len(c.Args)-1], c.Dir = path, folder
	return spoken(c)
}

package main

import (
	"bytes"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestFiles holds the files of the plugin, which are kept in the repository,
// to what they are made from. With -update it writes them anew.
func TestFiles(t *testing.T) {
	t.Parallel()
	for path, content := range pluginFiles(fiskl()) {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			want, err := indented(content)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("..", filepath.FromSlash(path))
			if *update {
				if err := os.WriteFile(file, want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%v: got\n%s\nwant\n%s\nRun go test ./packaging -update", err, got, want)
			}
		})
	}
}

// TestProduct holds the configuration of GoReleaser to the one place for what
// packages say of themselves.
func TestProduct(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(".goreleaser.yaml")
	if err != nil {
		t.Fatal(err)
	}
	type described struct {
		Homepage, Description, License string
	}
	var c struct {
		ProjectName string      `yaml:"project_name"`
		Packages    []described `yaml:"nfpms"`
		Casks       []described `yaml:"homebrew_casks"`
		Containers  []struct {
			Images []string
		} `yaml:"dockers_v2"`
	}
	if err := yaml.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	p := fiskl()
	if len(p.description) > 100 {
		t.Errorf("the description has %d characters", len(p.description))
	}
	if c.ProjectName != p.name || len(c.Containers) != 2 || c.Containers[0].Images[0] != p.image || c.Containers[1].Images[0] != p.image+"-server" {
		t.Errorf("got %+v", c)
	}
	all := slices.Concat(c.Packages, c.Casks)
	if len(all) != 3 {
		t.Errorf("there are %d packages and casks", len(all))
	}
	for i, d := range all {
		want := p.description
		if i == 1 {
			want = p.serves
		}
		if d != (described{p.repository, want, p.license}) {
			t.Errorf("got %+v", d)
		}
	}
	image, err := os.ReadFile("../deploy/Containerfile")
	if err != nil || !strings.Contains(string(image), `io.modelcontextprotocol.server.name="`+p.registry+`"`) {
		t.Errorf("the container does not have the name in the registry: %v", err)
	}
	if !strings.Contains(string(image), "COPY LICENSE "+noticesName+" ") {
		t.Error("the container does not have the notices")
	}
}

// TestIcon finds it to be of the size that hosts want.
func TestIcon(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("icon.png")
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width != 512 || c.Height != 512 {
		t.Errorf("got %+v, %v", c, err)
	}
}

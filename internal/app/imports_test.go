package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/fiskl-mcp/fiskl-mcp/"

// rule says which packages of ours those below a folder may import. An import
// that ends in / means all below it.
type rule struct {
	folder  string
	imports []string
}

// rules are looked at in order; the first whose folder holds a package counts.
// Tests are free.
func rules() []rule {
	return []rule{
		{"schemas", nil},
		{"fisklapi/sandbox", []string{"fisklapi/sandbox/"}},
		{"fisklapi/internal", []string{"fisklapi/internal/"}},
		{"fisklapi", []string{"schemas", "internal/dialect", "internal/digest"}},
		{"tools", []string{"schemas", "fisklapi", "internal/"}},
		{"resources", []string{"schemas", "fisklapi", "internal/"}},
		{"prompts", []string{"schemas", "fisklapi", "internal/"}},
		{"internal/dialect/speak", []string{"fisklapi", "internal/dialect"}},
		{"internal/dialect", nil},
		{"internal/atomicfile", nil},
		{"internal/digest", nil},
		{"internal/render", []string{"schemas"}},
		{"internal/review", []string{"schemas", "fisklapi"}},
		{"internal/config", []string{
			"schemas", "fisklapi", "tools",
			"internal/credential", "internal/dialect", "internal/digest", "internal/login", "internal/secret", "internal/writepolicy",
		}},
		{"internal/company", []string{
			"schemas", "fisklapi", "fisklapi/sandbox", "tools", "resources", "internal/config",
			"internal/complete", "internal/credential", "internal/digest", "internal/export", "internal/inprocess", "internal/permissions", "internal/principal", "internal/seal",
			"internal/secret", "internal/writepolicy",
		}},
		{"internal/mcpserver", []string{
			"schemas", "fisklapi", "tools", "resources", "prompts",
			"internal/complete", "internal/httpguard", "internal/observe", "internal/permissions", "internal/principal", "internal/progress", "internal/stdio",
		}},
		{"internal/app", []string{"schemas", "fisklapi", "fisklapi/sandbox", "fisklapi/sandbox/oauth", "tools", "internal/"}},
		{"internal", []string{"schemas", "fisklapi", "internal/"}},
		{"cmd", []string{"internal/app", "internal/observe", "internal/telemetry"}},
		{"test", []string{"schemas", "fisklapi", "fisklapi/sandbox", "tools", "internal/", "test/internal/"}},
	}
}

// TestImports finds that imports run one way.
func TestImports(t *testing.T) {
	t.Parallel()
	wrong, files := badImports(t, "../..")
	if files < 50 {
		t.Errorf("only %d files were read", files)
	}
	for _, w := range wrong {
		t.Error(w)
	}
}

// TestImportsPlanted plants imports that must not be.
func TestImportsPlanted(t *testing.T) {
	t.Parallel()
	for file, imported := range map[string]string{
		"schemas/a.go":                "fisklapi",
		"fisklapi/a.go":               "tools",
		"fisklapi/b.go":               "fisklapi/sandbox",
		"fisklapi/sandbox/a.go":       "schemas",
		"fisklapi/sandbox/books/a.go": "fisklapi",
		"tools/a.go":                  "cmd/fiskl-mcp",
		"tools/b.go":                  "fisklapi/sandbox",
		"resources/a.go":              "tools",
		"internal/render/a.go":        "fisklapi",
		"internal/permissions/a.go":   "tools",
		"internal/config/a.go":        "internal/app",
		"internal/company/a.go":       "internal/mcpserver",
		"internal/mcpserver/a.go":     "internal/config",
		"elsewhere/a.go":              "schemas",
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			path := filepath.Join(root, filepath.FromSlash(file))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("package a\n\nimport _ \""+module+imported+"\"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if wrong, _ := badImports(t, root); len(wrong) != 1 {
				t.Errorf("found %v", wrong)
			}
		})
	}
}

// badImports reads every file below root that is built into the program.
func badImports(t *testing.T, root string) (wrong []string, files int) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if ours, is := strings.CutPrefix(name, module); is && !allowed(filepath.ToSlash(folder), ours) {
				wrong = append(wrong, filepath.ToSlash(folder)+" imports "+ours)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return wrong, files
}

func allowed(folder, imported string) bool {
	i := slices.IndexFunc(rules(), func(r rule) bool { return below(folder, r.folder) })
	return i >= 0 && slices.ContainsFunc(rules()[i].imports, func(may string) bool {
		return imported == may || strings.HasSuffix(may, "/") && below(imported, strings.TrimSuffix(may, "/"))
	})
}

func below(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

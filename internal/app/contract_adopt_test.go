package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

const acorn = "../../internal/adopt/testdata/acorn.yaml"

// golden compares a text with a file, or writes it with -update.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%v: %s is otherwise: run go test ./internal/app -run TestContractAdopt -update and read the difference. Now it is\n%s", err, path, got)
	}
}

// TestContractAdopt adopts a document of an API in none of our names, in its
// usual place, and finds nothing written over without a yes.
func TestContractAdopt(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	settings := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(settings, []byte("base_url = \"https://api.acorn.example\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(folder, "dialects", "api.acorn.example.toml")
	env := []string{"FISKL_CONFIG=" + settings}
	got := try(t, env, "", "contract", "adopt", acorn)
	if got.code != exitFailed || got.err != "" {
		t.Errorf("got %+v", got)
	}
	golden(t, "testdata/adopted.txt", strings.ReplaceAll(got.out, place, "PLACE"))
	text, err := os.ReadFile(place)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/adopted.toml", string(text))
	if again := try(t, env, "", "contract", "adopt", acorn); again.code != exitFailed || !strings.HasSuffix(again.out, place+" says this already.\n") {
		t.Errorf("got %+v", again)
	}
	if err := os.WriteFile(place, []byte(strings.Replace(string(text), "display_name", "legal_name", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if other := try(t, env, "", "contract", "adopt", acorn); other.code != exitFailed || !strings.Contains(other.err, "run this again with --yes") || !strings.Contains(other.out, "+name = \"display_name\"") {
		t.Errorf("got %+v", other)
	}
	if over := try(t, env, "", "contract", "adopt", acorn, "--yes"); !strings.Contains(over.out, "Written to "+place) {
		t.Errorf("got %+v", over)
	}
	printed := try(t, env, "", "contract", "adopt", acorn, "--out", "-")
	if d, err := dialect.Read(strings.NewReader(printed.out)); err != nil || d.For != "https://api.acorn.example" || !strings.Contains(printed.err, "CERTAIN") {
		t.Errorf("got %+v, %v", printed, err)
	}
}

// TestContractAdoptOurs finds nothing to say of the contract itself, and exit
// status 0.
func TestContractAdoptOurs(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "a.toml")
	got := try(t, nil, try(t, nil, "", "contract", "show").out, "contract", "adopt", "-", "--out", file)
	if got.code != exitOK || strings.Count(got.out, "\nnothing\n") != 3 || !strings.Contains(got.out, fmt.Sprintf("%[1]d of %[1]d operations are as expected.", len(fisklapi.Endpoints()))) {
		t.Errorf("got %+v", got)
	}
	text, err := os.ReadFile(file)
	if want := "version = 1\nfor = \"https://api.fiskl.com\"\nsource = \"adopted from standard input, 2026-11-22\"\n"; err != nil || strings.TrimSpace(string(text)) != strings.TrimSpace(want) {
		t.Errorf("got %s, %v", text, err)
	}
}

// TestContractAdoptWrong finds a sentence for what cannot be adopted, soon.
func TestContractAdoptWrong(t *testing.T) {
	t.Parallel()
	const head = "openapi: 3.0.0\ninfo: {title: a, version: b}\n"
	circle := head + "paths: {/v1/clients: {get: {operationId: listClients, responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n" +
		"components: {schemas: {A: {type: object, properties: {a: {$ref: '#/components/schemas/B'}, b: {$ref: '#/components/schemas/B'}, c: {$ref: '#/components/schemas/A'}}}, " +
		"B: {type: array, items: {type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/A'}, c: {$ref: '#/components/schemas/A'}}}}}}\n"
	for name, c := range map[string]struct {
		text, want string
		code       int
	}{
		"empty":           {" ", "it is empty", exitUsage},
		"not a document":  {"hello", "it is no OpenAPI document", exitUsage},
		"Swagger":         {`{"swagger": "2.0", "paths": {"/a": {}}}`, "Swagger 2.0 has to be converted first", exitUsage},
		"no paths":        {head + "paths: {}", "it describes no paths", exitUsage},
		"40 MB":           {head + "#" + strings.Repeat(" ", 40<<20), "it is larger than 8 MB", exitUsage},
		"just too large":  {head + "#" + strings.Repeat(" ", contract.MaxSize), "it is larger than 8 MB", exitUsage},
		"circular":        {circle, "MISSING", exitFailed},
		"circular allOf":  {strings.ReplaceAll(circle, "type: array, items: {type: object", "allOf: [{$ref: '#/components/schemas/B'}], items: {type: object"), "MISSING", exitFailed},
		"null path":       {head + "paths: {/v1/clients: null}", "MISSING", exitFailed},
		"null answers":    {head + "paths: {/v1/clients: {get: {responses: null}}}", "MISSING", exitFailed},
		"null content":    {head + "paths: {/v1/clients: {get: {responses: {'200': {description: a, content: null}}}}}", "MISSING", exitFailed},
		"null body":       {head + "paths: {/v1/clients: {post: {requestBody: {content: {application/json: {schema: null}}}}}}", "MISSING", exitFailed},
		"odd names":       {head + "paths: {/v1/clients: {get: {operationId: listClients, responses: {'200': {description: a, content: {application/json: {schema: {type: array, items: {type: object, properties: {'cli\"ent\\n id': {type: integer}, 'na.me': {type: string}}}}}}}}}}}", "MISSING", exitFailed},
		"a climbing path": {head + "paths: {'/v1/../x/{id}': {get: {operationId: getClient, responses: {'200': {description: a, content: {application/json: {schema: {type: object}}}}}}}}", "it is at a path that cannot be used", exitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := try(t, nil, c.text, "contract", "adopt", "-", "--out", filepath.Join(t.TempDir(), "a.toml"))
			if got.code != c.code || !strings.Contains(got.out+got.err, c.want) || len(got.err) > 400 {
				t.Errorf("got %d, %.300s, %.2000s", got.code, got.err, got.out)
			}
		})
	}
}

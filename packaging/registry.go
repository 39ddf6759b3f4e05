package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// entry is the entry of the MCP Registry, server.json.
type entry struct {
	Schema      string            `json:"$schema"`
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description"`
	Version     string            `json:"version"`
	WebsiteURL  string            `json:"websiteUrl"`
	Repository  entryRepository   `json:"repository"`
	Icons       []entryIcon       `json:"icons"`
	Packages    []registryPackage `json:"packages"`
}

type entryRepository struct {
	URL    string `json:"url"`
	Source string `json:"source"`
}

type entryIcon struct {
	Src      string   `json:"src"`
	MIMEType string   `json:"mimeType"`
	Sizes    []string `json:"sizes"`
}

type registryPackage struct {
	RegistryType string             `json:"registryType"`
	Identifier   string             `json:"identifier"`
	FileSHA256   string             `json:"fileSha256,omitempty"`
	RuntimeHint  string             `json:"runtimeHint,omitempty"`
	Transport    map[string]string  `json:"transport"`
	Arguments    []registryArgument `json:"packageArguments,omitempty"`
	Variables    []registryVariable `json:"environmentVariables"`
}

type registryArgument struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

type registryVariable struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	Format      string `json:"format"`
	IsSecret    bool   `json:"isSecret"`
	IsRequired  bool   `json:"isRequired"`
}

const entrySchema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"

// registryEntry describes a release by the digest of its bundle.
func registryEntry(p product, version, bundleFile string) (entry, error) {
	b, err := os.ReadFile(bundleFile) //nolint:gosec // a file of this build
	if err != nil {
		return entry{}, err
	}
	digest := sha256.Sum256(b)
	stdio := map[string]string{"type": "stdio"}
	return entry{
		Schema: entrySchema, Name: p.registry, Title: p.title, Description: p.description, Version: version,
		WebsiteURL: p.repository, Repository: entryRepository{p.repository, "github"},
		Icons: []entryIcon{{p.raw(hereFolder + "/icon.png"), "image/png", []string{"512x512"}}},
		Packages: []registryPackage{
			{
				RegistryType: "mcpb", Identifier: p.asset(version, filepath.Base(bundleFile)),
				FileSHA256: hex.EncodeToString(digest[:]), Transport: stdio, Variables: registryVariables(),
			},
			{
				RegistryType: "oci", Identifier: p.image + ":" + version, RuntimeHint: "docker", Transport: stdio,
				Arguments: []registryArgument{{"positional", "stdio"}}, Variables: registryVariables(),
			},
		},
	}, nil
}

func registryVariables() []registryVariable {
	var all []registryVariable
	for _, o := range options() {
		format := "boolean"
		if o.secret || o.folder {
			format = "string"
		}
		all = append(all, registryVariable{Name: o.env, Description: o.help, Format: format, IsSecret: o.secret})
	}
	return all
}

// registryModule has the schema of the entries. It is read from there rather
// than kept here, for it is changing its licence.
const registryModule = "github.com/modelcontextprotocol/registry@v1.7.9"

// checkEntry holds an entry against the registry's own schema.
func checkEntry(ctx context.Context, file string) error {
	var module struct {
		Dir string `json:"Dir"`
	}
	said, err := exec.CommandContext(ctx, "go", "mod", "download", "-json", registryModule).Output()
	if err != nil {
		return fmt.Errorf("the schema of the MCP Registry: %w: %s", err, said)
	}
	if err := json.Unmarshal(said, &module); err != nil {
		return err
	}
	var schema, content any
	if err := readJSON(filepath.Join(module.Dir, "internal", "validators", "schemas", "2025-12-11.json"), &schema); err != nil {
		return err
	}
	if err := readJSON(file, &content); err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(entrySchema, schema); err != nil {
		return err
	}
	compiled, err := c.Compile(entrySchema)
	if err != nil {
		return err
	}
	return compiled.Validate(content)
}

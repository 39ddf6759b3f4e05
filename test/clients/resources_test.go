package clients_test

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// resource is one that is read: at an address, or at one that a tool answers.
type resource struct {
	URI       string         `json:"uri"`
	Tool      string         `json:"tool"`
	Arguments map[string]any `json:"arguments"`
	Link      string         `json:"link"`
	Form      string         `json:"form"`
	Text      string         `json:"text"`
}

// shelves is resources.json: what every client lists and reads.
type shelves struct {
	Fixed     map[string]string     `json:"fixed"`
	Templates map[string][]resource `json:"templates"`
	Missing   []string              `json:"missing"`
}

// assertResources lists resources and templates, and reads each.
func assertResources(t *testing.T, c client, revision string) {
	t.Helper()
	data, err := os.ReadFile("resources.json")
	if err != nil {
		t.Fatal(err)
	}
	var want shelves
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	c.assertListed(t, want)
	for uri, text := range want.Fixed {
		c.assertRead(t, resource{URI: uri, Form: "application/json", Text: text})
	}
	for _, each := range want.Templates {
		for _, r := range each {
			c.assertRead(t, r)
		}
	}
	code := int64(-32002) // until 2026-07-28
	if revision >= "2026-07-28" {
		code = jsonrpc.CodeInvalidParams
	}
	for _, uri := range want.Missing {
		_, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
		var wire *jsonrpc.Error
		if !strings.Contains(err.Error(), "No answer: ") || errors.As(err, &wire) && wire.Code != code {
			t.Errorf("%s: got %v", uri, err)
		}
	}
}

func (c client) assertListed(t *testing.T, want shelves) {
	t.Helper()
	var fixed, templates []string
	for r, err := range c.Resources(t.Context(), nil) {
		if err != nil {
			t.Fatalf("list resources: %v", err)
		}
		fixed = append(fixed, r.URI)
	}
	for r, err := range c.ResourceTemplates(t.Context(), nil) {
		if err != nil {
			t.Fatalf("list templates: %v", err)
		}
		templates = append(templates, r.URITemplate)
	}
	slices.Sort(fixed)
	slices.Sort(templates)
	if !slices.Equal(fixed, slices.Sorted(maps.Keys(want.Fixed))) || !slices.Equal(templates, slices.Sorted(maps.Keys(want.Templates))) {
		t.Errorf("listed are %v and %v", fixed, templates)
	}
}

func (c client) assertRead(t *testing.T, r resource) {
	t.Helper()
	if r.Tool != "" {
		r.URI = linked(c.call(t, r.Tool, r.Arguments), r.Link)
	}
	read, err := c.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: r.URI})
	if err != nil {
		t.Errorf("%s: %v", r.URI, err)
		return
	}
	if len(read.Contents) != 1 || read.Contents[0].URI != r.URI || read.Contents[0].MIMEType != r.Form {
		t.Errorf("%s: got %+v", r.URI, read.Contents)
		return
	}
	got := read.Contents[0]
	if !strings.Contains(got.Text, r.Text) || r.Text == "" && !strings.HasPrefix(string(got.Blob), "PK") {
		t.Errorf("%s is %s", r.URI, got.Text)
	}
}

// linked is the address in an answer that begins in some way.
func linked(result *mcp.CallToolResult, start string) string {
	for _, content := range result.Content {
		if link, ok := content.(*mcp.ResourceLink); ok && strings.HasPrefix(link.URI, start) {
			return link.URI
		}
	}
	return "no link"
}

package main

import (
	"context"
	"encoding/json"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func addResources(s *server.MCPServer) {
	addText(s, "test://static-text", "This is the content of the static text resource.")
	addText(s, "test://watched-resource", "Watched resource content")
	addResource(s, "test://static-binary", pngType, mcp.BlobResourceContents{URI: "test://static-binary", MIMEType: pngType, Blob: dot()})
	s.AddResourceTemplate(
		mcp.NewResourceTemplate("test://template/{id}/data", "template",
			mcp.WithTemplateDescription("Data of an id."), mcp.WithTemplateMIMEType("application/json")),
		readTemplate,
	)
}

func addText(s *server.MCPServer, uri, text string) {
	addResource(s, uri, plain, mcp.TextResourceContents{URI: uri, MIMEType: plain, Text: text})
}

func addResource(s *server.MCPServer, uri, kind string, r mcp.ResourceContents) {
	described := mcp.NewResource(uri, uri, mcp.WithResourceDescription("A resource that never changes."), mcp.WithMIMEType(kind))
	s.AddResource(described, func(context.Context, mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
		return []mcp.ResourceContents{r}, nil
	})
}

func readTemplate(_ context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
	id := ""
	if ids, ok := req.Params.Arguments["id"].([]string); ok && len(ids) == 1 {
		id = ids[0]
	}
	body, err := json.Marshal(map[string]any{"id": id, "templateTest": true, "data": "Data for ID: " + id})
	if err != nil {
		return nil, err
	}
	return []mcp.ResourceContents{mcp.TextResourceContents{URI: req.Params.URI, MIMEType: "application/json", Text: string(body)}}, nil
}

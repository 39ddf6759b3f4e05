package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/png"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const (
	plain   = "text/plain"
	pngType = "image/png"
)

// contents are tools that answer with each kind of content.
func contents() []fixture {
	return []fixture{
		{name: "test_simple_text", does: "Answers with text.", call: answers(mcp.NewTextContent("This is a simple text response for testing."))},
		{name: "test_image_content", does: "Answers with a picture.", call: answers(mcp.NewImageContent(dot(), pngType))},
		{name: "test_audio_content", does: "Answers with a sound.", call: answers(mcp.NewAudioContent(silence(), "audio/wav"))},
		{name: "test_embedded_resource", does: "Answers with a resource.", call: answers(embedded("test://embedded-resource", plain, "This is an embedded resource content."))},
		{name: "test_multiple_content_types", does: "Answers with several kinds of content.", call: answers(
			mcp.NewTextContent("Multiple content types test:"),
			mcp.NewImageContent(dot(), pngType),
			embedded("test://mixed-content-resource", "application/json", `{"test":"data","value":123}`),
		)},
		{name: "test_error_handling", does: "Fails.", call: func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return mcp.NewToolResultError("This tool intentionally returns an error for testing"), nil
		}},
		{name: "json_schema_2020_12_tool", does: "Has keywords of JSON Schema 2020-12 in its schema.", input: wordy, call: answers(mcp.NewTextContent("Called."))},
		{name: "test_mirrored_parameter", does: "Has a parameter that travels in a header, too.", input: mirrored, call: answers(mcp.NewTextContent("Called."))},
	}
}

// wordy is the schema that the suite wants back unchanged.
const wordy = `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "$defs": {
    "address": {
      "$anchor": "addressDef",
      "type": "object",
      "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
    }
  },
  "properties": {
    "name": {"type": "string"},
    "address": {"$ref": "#/$defs/address"},
    "contactMethod": {"type": "string", "enum": ["phone", "email"]},
    "phone": {"type": "string"},
    "email": {"type": "string"}
  },
  "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
  "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
  "then": {"required": ["phone"]},
  "else": {"required": ["email"]},
  "additionalProperties": false
}`

const mirrored = `{
  "type": "object",
  "properties": {"region": {"type": "string", "x-mcp-header": "Region"}},
  "required": ["region"]
}`

// answers is a tool that always answers the same.
func answers(content ...mcp.Content) server.ToolHandlerFunc {
	return func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return &mcp.CallToolResult{Content: content}, nil // each a new one, which the library writes to
	}
}

func embedded(uri, kind, text string) mcp.EmbeddedResource {
	return mcp.NewEmbeddedResource(mcp.TextResourceContents{URI: uri, MIMEType: kind, Text: text})
}

// dot is a picture of one black dot.
func dot() string {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))) // a buffer takes everything
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// silence is a sound without samples: 8,000 a second of 8 bits.
func silence() string {
	return base64.StdEncoding.EncodeToString([]byte("RIFF\x24\x00\x00\x00WAVE" +
		"fmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00" +
		"data\x00\x00\x00\x00"))
}

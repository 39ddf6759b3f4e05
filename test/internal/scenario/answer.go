package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Text is the text part of an answer.
func Text(result *mcp.CallToolResult) string {
	var parts []string
	for _, content := range result.Content {
		if part, ok := content.(*mcp.TextContent); ok {
			parts = append(parts, part.Text)
		}
	}
	return strings.Join(parts, "\n")
}

// At is the value of the structured part at a dotted path such as rows.0.id,
// nil if there is none.
func At(result *mcp.CallToolResult, path string) any { return Value(result.StructuredContent, path) }

// Value is what a decoded structured part holds at a dotted path, nil if there
// is nothing.
func Value(structured any, path string) any {
	value := structured
	for key := range strings.SplitSeq(path, ".") {
		switch inner := value.(type) {
		case map[string]any:
			value = inner[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(inner) {
				return nil
			}
			value = inner[i]
		default:
			return nil
		}
	}
	return value
}

// word writes a value as text. Numbers have no exponent, so that a captured id
// can be used as an argument.
func word(value any) string {
	if number, ok := value.(float64); ok {
		return strconv.FormatFloat(number, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

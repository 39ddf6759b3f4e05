package resources

import (
	"encoding/base64"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
)

// file reads a file that was exported: text as it is, a workbook as a blob.
func (b *Books) file(a address) (mcp.ResourceContents, error) {
	if err := a.only(nil); err != nil {
		return nil, err
	}
	if b.o.Exports == nil {
		return nil, export.ErrGone
	}
	f, content, err := b.o.Exports.Open(a.id)
	if err != nil {
		return nil, err
	}
	mime := export.Types()[f.Form]
	if f.Form == "csv" {
		return mcp.TextResourceContents{URI: a.uri, MIMEType: mime, Text: string(content)}, nil
	}
	return mcp.BlobResourceContents{URI: a.uri, MIMEType: mime, Blob: base64.StdEncoding.EncodeToString(content)}, nil
}

package tools

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// links are the addresses of what an answer to a reading tool is of, for
// clients that attach what they can address.
func (t Tool) links(out any, args json.RawMessage) []mcp.ResourceLink {
	if t.Effect != Read {
		return nil
	}
	var links []mcp.ResourceLink
	for _, a := range append(addresses(out), t.reported(out, args)...) {
		form := a.Form
		if form == "" {
			form = "application/json"
		}
		link := mcp.NewResourceLink(a.URI(t.books), a.Name, "", form)
		if a.Size > 0 {
			link.Size = &a.Size
		}
		links = append(links, link)
	}
	return links
}

func addresses(out any) []schemas.Address {
	if a, ok := out.(schemas.Addressed); ok {
		return a.Addresses()
	}
	return nil
}

// reported is the address of a report, where nothing was asked for that an
// address cannot say.
func (t Tool) reported(out any, args json.RawMessage) []schemas.Address {
	name := strings.TrimPrefix(t.Name, "get_")
	if _, ok := fisklapi.ReportOperation(name); !ok || !addressable(args) {
		return nil
	}
	var e schemas.Export // knows the heads of all reports
	e.Report(out)
	covered := e.Range
	if e.AsOf != "" {
		covered = schemas.Range{End: e.AsOf}
	}
	return []schemas.Address{schemas.ReportAddress(name, covered, basisOf(args))}
}

// asked are the arguments of reports that an address can say.
type asked struct {
	Basis string `json:"basis"`
}

func basisOf(args json.RawMessage) string {
	var a asked
	if json.Unmarshal(args, &a) != nil {
		return ""
	}
	return a.Basis
}

// addressable reports arguments that an address can say all of.
func addressable(args json.RawMessage) bool {
	var all map[string]json.RawMessage
	if len(args) == 0 {
		return true
	}
	if json.Unmarshal(args, &all) != nil {
		return false
	}
	for name := range all {
		if !slices.Contains([]string{"period", "start", "end", "as_of", "basis"}, name) {
			return false
		}
	}
	return true
}

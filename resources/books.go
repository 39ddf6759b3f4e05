package resources

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Voice says things as the tools say them.
type Voice interface {
	// Structured is an answer as the structured part of a tool's.
	Structured(ctx context.Context, out any) (json.RawMessage, error)

	// Company names the company, as the head of every answer does.
	Company(ctx context.Context) string

	// Explain says why something could not be read, and what to do about it;
	// empty for a defect.
	Explain(err error) string
}

// Options say what is offered of one company's books.
type Options struct {
	// Name is what whoever set the server up calls the company, where there are
	// several; empty for the only one.
	Name string

	// Toolsets are those offered; none means all.
	Toolsets []string

	// Exports keeps the caller's files.
	Exports *export.Store

	Voice Voice
}

// Books are one company's resources.
type Books struct {
	api *fisklapi.Client
	o   Options
}

// New returns the resources of one company. It sends nothing.
func New(api *fisklapi.Client, o Options) *Books { return &Books{api: api, o: o} }

// exports is the folder and the toolset of files.
const exports = "exports"

// offers reports that tools of a set are offered.
func (b *Books) offers(toolset string) bool {
	return len(b.o.Toolsets) == 0 || slices.Contains(b.o.Toolsets, toolset)
}

// find is the kind of an address.
func (b *Books) find(a address) (kind, bool) {
	for _, k := range kinds() {
		if k.folder == a.folder && (k.id != "") == (a.id != "") && b.offers(k.toolset) {
			return k, true
		}
	}
	return kind{}, false
}

// read reads what is at an address.
func (b *Books) read(ctx context.Context, a address) (mcp.ResourceContents, error) {
	if a.folder == exports && a.id != "" && b.offers(exports) {
		return b.file(a)
	}
	k, ok := b.find(a)
	if !ok {
		return nil, noAddressError{}
	}
	if err := a.only(k.takes()); err != nil {
		return nil, err
	}
	as, err := k.form(a.query["format"])
	if err != nil {
		return nil, err
	}
	out, err := k.read(ctx, b.api, a)
	if err != nil {
		return nil, err
	}
	text, err := as.write(b, ctx, out)
	if err != nil {
		return nil, err
	}
	return mcp.TextResourceContents{URI: a.uri, MIMEType: as.mime, Text: text}, nil
}

// failure turns an error into one that a client is told of.
func (b *Books) failure(a address, err error) *Error {
	var argument *schemas.ArgumentError
	var unknown *unknownReportError
	e := &Error{Kind: Failed, URI: a.uri, cause: err}
	switch {
	case errors.As(err, new(noAddressError)):
		return nowhere(a.uri)
	case errors.As(err, &unknown):
		e.Kind, e.Message = NotFound, "No answer: "+unknown.Error()+"."
	case errors.Is(err, export.ErrGone):
		e.Kind, e.Message = NotFound, "No answer: there is no such file. Files are kept for an hour, and only who had one written can read it; export_report and export_list write one anew."
	case errors.As(err, &argument):
		e.Kind, e.Message = Invalid, "No answer: "+argument.Error()+"."
	default:
		e.Kind, e.Message = kindOf(err), b.o.Voice.Explain(err)
	}
	if e.Message == "" {
		e.Kind, e.Message = Defect, "No answer: this server ran into a defect of its own; the log on its error output has the details. Trying the same again will not help."
	}
	if b.o.Name != "" {
		e.Message = b.o.Name + ": " + e.Message
	}
	return e
}

// kindOf sorts what Fiskl said.
func kindOf(err error) Kind {
	switch {
	case errors.Is(err, fisklapi.NotFound):
		return NotFound
	case errors.Is(err, fisklapi.Ambiguous), errors.Is(err, fisklapi.Invalid):
		return Invalid
	default:
		return Failed
	}
}

// unknownReportError is a report that does not exist or has no address.
type unknownReportError struct{ name string }

func (e *unknownReportError) Error() string {
	names := slices.DeleteFunc(fisklapi.ReportNames(), func(n string) bool { return n == "statement_of_account" })
	return fmt.Sprintf("there is no report %s; there are: %s", schemas.Quoted(e.name, 60), strings.Join(names, ", "))
}

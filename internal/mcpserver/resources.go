package mcpserver

import (
	"context"
	"errors"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
)

// inbox is where the library finds the one resource that it knows of. Every
// reading goes there, with the address that was asked for, so that one parser
// decides what an address is: the library's templates take whatever fits.
const (
	inbox   = "fiskl:"
	askedAt = "address"
)

// addResources puts the resources on the protocol, for whoever calls.
func (d dispatcher) addResources(s *server.MCPServer, hooks *server.Hooks) {
	server.WithResourceCapabilities(false, false)(s)
	server.WithMethodCacheHints(mcp.MethodResourcesRead, 0, mcp.CacheScopePrivate)(s)
	hooks.AddAfterListResources(func(ctx context.Context, _ any, _ *mcp.ListResourcesRequest, result *mcp.ListResourcesResult) {
		result.Resources = []mcp.Resource{}
		if p, done, err := d.Books(ctx); err == nil {
			defer done()
			result.Resources = p.shelves().List(p.mayRead(ctx))
		}
	})
	hooks.AddAfterListResourceTemplates(func(ctx context.Context, _ any, _ *mcp.ListResourceTemplatesRequest, result *mcp.ListResourceTemplatesResult) {
		result.ResourceTemplates = []mcp.ResourceTemplate{}
		if p, done, err := d.Books(ctx); err == nil {
			defer done()
			result.ResourceTemplates = p.shelves().Templates(p.mayRead(ctx))
		}
	})
	hooks.AddBeforeReadResource(func(_ context.Context, _ any, req *mcp.ReadResourceRequest) {
		req.Params.Arguments = map[string]any{askedAt: req.Params.URI}
		req.Params.URI = inbox
	})
	s.AddResource(mcp.NewResource(inbox, "inbox"), d.readResource)
}

// readResource reads what is at an address. It logs what kind of failure there
// was, never the address: that is somebody's record.
func (d dispatcher) readResource(ctx context.Context, req mcp.ReadResourceRequest) ([]mcp.ResourceContents, error) {
	p, done, err := d.Books(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	ctx, stop := telling(ctx, req.Params.Meta)
	defer stop()
	uri, _ := req.Params.Arguments[askedAt].(string)
	contents, failed := p.shelves().Read(ctx, uri)
	if failed != nil {
		d.logUnread(ctx, failed)
		return nil, httpguard.Fail(ctx, codeOf(ctx, failed.Kind), failed.Message, map[string]string{"uri": failed.URI})
	}
	d.Logger.DebugContext(ctx, "read a resource")
	return []mcp.ResourceContents{contents}, nil
}

// codeOf is the code that the era of the request has for a failure. What is
// not there had a code of its own until 2026-07-28.
func codeOf(ctx context.Context, k resources.Kind) int {
	switch {
	case k == resources.NotFound && !server.IsModernRequest(ctx):
		return mcp.RESOURCE_NOT_FOUND
	case k == resources.NotFound, k == resources.Invalid:
		return mcp.INVALID_PARAMS
	default:
		return mcp.INTERNAL_ERROR
	}
}

func (d dispatcher) logUnread(ctx context.Context, failed *resources.Error) {
	var api *fisklapi.Error
	switch {
	case failed.Kind == resources.Defect:
		d.Logger.LogAttrs(ctx, slog.LevelError, "defect", slog.String("problem", unquoted(failed.Unwrap().Error())))
	case failed.Kind == resources.Failed && errors.As(failed, &api):
		d.Logger.LogAttrs(ctx, slog.LevelWarn, "resource not read", slog.Any("error", api))
	default:
		d.Logger.DebugContext(ctx, "resource not read")
	}
}

// shelves are the resources of all companies.
func (p Companies) shelves() resources.Companies {
	all := make(resources.Companies, 0, len(p.Each))
	for _, co := range p.Each {
		all = append(all, co.Books)
	}
	return all
}

// mayRead tells which resources of which company may be read. All companies
// together have no more time than one to find out what their credentials may do.
func (p Companies) mayRead(ctx context.Context) resources.May {
	ctx, cancel := context.WithTimeout(ctx, permissions.Patience)
	defer cancel()
	of := make(map[*resources.Books]func(string, []fisklapi.Operation) denial)
	for _, co := range p.Each {
		of[co.Books] = co.permission(ctx)
	}
	return func(b *resources.Books, needs []fisklapi.Operation) bool { return of[b]("", needs).none() }
}

package app

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/export"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/internal/permissions"
	"github.com/fiskl-mcp/fiskl-mcp/resources"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// exportStore keeps the files of one caller about one company.
func exportStore(all program, cfg companyConfig) *export.Store {
	return export.New(export.Options{
		Dir: exportFolder(all), Owner: cfg.identity(all.caller), Save: all.exportDir, Now: all.clock(),
	})
}

// exportFolder holds the files of all callers; empty when there is none.
func exportFolder(all program) string {
	if all.stateDir == "" {
		return ""
	}
	return filepath.Join(all.stateDir, "exports")
}

// shelf is one company's resources.
func shelf(api *fisklapi.Client, catalog *tools.Catalog, files *export.Store, all program, cfg companyConfig) *resources.Books {
	return resources.New(api, resources.Options{Name: cfg.called, Toolsets: all.toolsets, Exports: files, Voice: catalog})
}

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
		if p, done, err := d.books(ctx); err == nil {
			defer done()
			result.Resources = p.shelves().List(p.mayRead(ctx))
		}
	})
	hooks.AddAfterListResourceTemplates(func(ctx context.Context, _ any, _ *mcp.ListResourceTemplatesRequest, result *mcp.ListResourceTemplatesResult) {
		result.ResourceTemplates = []mcp.ResourceTemplate{}
		if p, done, err := d.books(ctx); err == nil {
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
	p, done, err := d.books(ctx)
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
	d.logger.DebugContext(ctx, "read a resource")
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
		d.logger.LogAttrs(ctx, slog.LevelError, "defect", slog.String("problem", unquoted(failed.Unwrap().Error())))
	case failed.Kind == resources.Failed && errors.As(failed, &api):
		d.logger.LogAttrs(ctx, slog.LevelWarn, "resource not read", slog.Any("error", api))
	default:
		d.logger.DebugContext(ctx, "resource not read")
	}
}

// shelves are the resources of all companies.
func (p practice) shelves() resources.Companies {
	all := make(resources.Companies, 0, len(p.companies))
	for _, co := range p.companies {
		all = append(all, co.books)
	}
	return all
}

// mayRead tells what the companies' credentials may do. Until that is known it
// lets everything through, and errors explain.
func (p practice) mayRead(ctx context.Context) resources.May {
	ctx, cancel := context.WithTimeout(ctx, permissions.Patience)
	defer cancel()
	held := make(map[*resources.Books][]string)
	for _, co := range p.companies {
		if co.look == nil {
			continue
		}
		if permissions, known := co.look.Held(ctx); known {
			held[co.books] = permissions
		}
	}
	endpoints := fisklapi.Endpoints()
	return func(b *resources.Books, needs []fisklapi.Operation) bool {
		permissions, known := held[b]
		return !known || !slices.ContainsFunc(endpoints, func(e fisklapi.Endpoint) bool {
			return slices.Contains(needs, e.Operation) && e.Permission != "" && !slices.Contains(permissions, e.Permission)
		})
	}
}

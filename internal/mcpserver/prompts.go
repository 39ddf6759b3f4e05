package mcpserver

import (
	"context"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// beside is what the server offers besides tools.
func beside() tools.Beside { return tools.Beside{Prompts: prompts.Titles(), Resources: true} }

// addPrompts puts the ready-made jobs on the protocol, in the order of the
// menu, and suggestions for what they and addresses take.
func (d dispatcher) addPrompts(s *server.MCPServer, hooks *server.Hooks, p Companies) {
	suggests := suggester{dispatcher: d, companies: p.choices()}
	for _, option := range []server.ServerOption{
		server.WithPromptCapabilities(false), server.WithCompletions(),
		server.WithPromptCompletionProvider(suggests), server.WithResourceCompletionProvider(suggests),
	} {
		option(s)
	}
	var menu []mcp.Prompt
	for _, job := range prompts.All() {
		menu = append(menu, job.Definition(p.choices()))
		s.AddPrompt(menu[len(menu)-1], d.doer(job))
	}
	hooks.AddAfterListPrompts(func(_ context.Context, _ any, _ *mcp.ListPromptsRequest, result *mcp.ListPromptsResult) {
		result.Prompts = menu // the library sorts them by name
	})
}

// doer writes a job for its caller.
func (d dispatcher) doer(job prompts.Prompt) server.PromptHandlerFunc {
	return func(ctx context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		p, done, err := d.Books(ctx)
		if err != nil {
			return nil, err
		}
		defer done()
		text, err := job.Text(req.Params.Arguments, prompts.Setting{Companies: p.choices(), Lacks: p.lacks(ctx)})
		if err != nil {
			return nil, httpguard.Fail(ctx, mcp.INVALID_PARAMS, err.Error(), nil)
		}
		return mcp.NewGetPromptResult(job.Description, []mcp.PromptMessage{mcp.NewPromptMessage(mcp.RoleUser, mcp.NewTextContent(text))}), nil
	}
}

// lacks tells, of the company that is asked for, what the caller is not
// offered.
func (p Companies) lacks(ctx context.Context) func(company string) func(tool string) *prompts.Lack {
	return func(company string) func(string) *prompts.Lack {
		co, ok := p.find(company)
		if !ok {
			return nil
		}
		lacks := co.lacks(ctx)
		return func(tool string) *prompts.Lack {
			t, ok := p.Find(tool)
			if !ok {
				return nil
			}
			return lacks(t)
		}
	}
}

// lacks says why a tool is not offered, and how it can be had.
func (co Company) lacks(ctx context.Context) func(tools.Tool) *prompts.Lack {
	permission := co.permission(ctx)
	return func(t tools.Tool) *prompts.Lack {
		switch d := permission(co.Catalog.Withheld(t), t.Needs); {
		case d.none():
			return nil
		case co.ReadOnly && t.Effect != tools.Read:
			return &prompts.Lack{
				Reason: "nothing may be changed here",
				Remedy: "Whoever set this server up can allow it: FISKL_READ_ONLY, or an access token that may write.",
			}
		case d.withheld != "":
			return &prompts.Lack{
				Reason: d.withheld,
				Remedy: "Whoever set this server up can add it: FISKL_TOOLSETS.",
			}
		default:
			return &prompts.Lack{
				Reason: "this credential lacks " + strings.Join(d.missing, ", "),
				Remedy: "A key cannot be edited: a new one is made in Fiskl under Settings > API & Connections > My API keys.",
			}
		}
	}
}

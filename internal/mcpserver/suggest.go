package mcpserver

import (
	"context"

	"github.com/mark3labs/mcp-go/mcp"

	"github.com/fiskl-mcp/fiskl-mcp/internal/complete"
	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
	"github.com/fiskl-mcp/fiskl-mcp/prompts"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// suggester suggests values while somebody types them.
type suggester struct {
	dispatcher

	companies []string // among which there is a choice
}

// CompletePromptArgument suggests values of what a job takes.
func (s suggester) CompletePromptArgument(ctx context.Context, prompt string, a mcp.CompleteArgument, also mcp.CompleteContext) (*mcp.Completion, error) {
	job, ok := prompts.Find(prompt)
	if !ok {
		return nil, unknown(ctx, "prompt", prompt)
	}
	argument, _ := job.Argument(a.Name, s.companies)
	return s.suggest(ctx, argument.Values, a.Value, also)
}

// CompleteResourceArgument suggests values of what an address takes.
func (s suggester) CompleteResourceArgument(ctx context.Context, uri string, a mcp.CompleteArgument, also mcp.CompleteContext) (*mcp.Completion, error) {
	values, ok := complete.Template(uri, a.Name, s.companies)
	if !ok {
		return nil, unknown(ctx, "resource or template", uri)
	}
	return s.suggest(ctx, values, a.Value, also)
}

// unknown refuses to suggest values of what is not there.
func unknown(ctx context.Context, noun, name string) error {
	const shown = 100
	return httpguard.Fail(ctx, mcp.INVALID_PARAMS, "there is no "+noun+" "+schemas.Quoted(name, shown), nil)
}

// suggest suggests values of the caller's own. Where it cannot, it suggests
// none: whoever types can go on without.
func (s suggester) suggest(ctx context.Context, from complete.Origin, typed string, also mcp.CompleteContext) (*mcp.Completion, error) {
	if from.Source == "" {
		return completion(complete.Among(from.Choices, typed)), nil
	}
	p, done, err := s.Books(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	co, ok := p.find(also.Arguments["company"])
	if !ok { // of which company nobody has said yet
		return completion(complete.Values{}), nil
	}
	values, err := co.Suggest.Suggest(ctx, from.Source, typed)
	if err != nil {
		s.Logger.DebugContext(ctx, "nothing to suggest", "source", string(from.Source), "problem", err.Error())
	}
	return completion(values), nil
}

func completion(v complete.Values) *mcp.Completion {
	return &mcp.Completion{Values: v.Values, Total: v.Total, HasMore: v.More}
}

package main

import (
	"context"
	"fmt"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"

	"github.com/fiskl-mcp/fiskl-mcp/internal/httpguard"
)

func addPrompts(s *server.MCPServer) {
	addPrompt(s, "test_simple_prompt", nil, func(map[string]string) []mcp.Content {
		return []mcp.Content{mcp.NewTextContent("This is a simple prompt for testing.")}
	})
	addPrompt(s, "test_prompt_with_arguments", []string{"arg1", "arg2"}, func(args map[string]string) []mcp.Content {
		return []mcp.Content{mcp.NewTextContent(fmt.Sprintf("Prompt with arguments: arg1='%s', arg2='%s'", args["arg1"], args["arg2"]))}
	})
	addPrompt(s, "test_prompt_with_embedded_resource", []string{"resourceUri"}, func(args map[string]string) []mcp.Content {
		return []mcp.Content{
			embedded(args["resourceUri"], plain, "Embedded resource content for testing."),
			mcp.NewTextContent("Please process the embedded resource above."),
		}
	})
	addPrompt(s, "test_prompt_with_image", nil, func(map[string]string) []mcp.Content {
		return []mcp.Content{mcp.NewImageContent(dot(), pngType), mcp.NewTextContent("Please look at the picture above.")}
	})
	s.AddPrompt(mcp.NewPrompt("test_input_required_result_prompt", mcp.WithPromptDescription("Asks what it is about.")), askContext)
}

// addPrompt adds a prompt all of whose arguments are required.
func addPrompt(s *server.MCPServer, name string, required []string, says func(map[string]string) []mcp.Content) {
	options := []mcp.PromptOption{mcp.WithPromptDescription("A prompt for testing.")}
	for _, arg := range required {
		options = append(options, mcp.WithArgument(arg, mcp.ArgumentDescription("A word."), mcp.RequiredArgument()))
	}
	s.AddPrompt(mcp.NewPrompt(name, options...), func(ctx context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
		for _, arg := range required {
			if req.Params.Arguments[arg] == "" {
				return nil, httpguard.Fail(ctx, mcp.INVALID_PARAMS, "the argument "+arg+" is missing", nil)
			}
		}
		return told(says(req.Params.Arguments)...), nil
	})
}

func askContext(_ context.Context, req mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
	if about, ok := typed(req.Params.InputResponses, "user_context", "context"); ok {
		return told(mcp.NewTextContent("It is about " + about + ".")), nil
	}
	return server.NewInputRequestBuilder("").Elicit("user_context", askFor("context", "What is it about?")).PromptResult(), nil
}

// told is a prompt that says each content as the user.
func told(contents ...mcp.Content) *mcp.GetPromptResult {
	result := &mcp.GetPromptResult{}
	for _, c := range contents {
		result.Messages = append(result.Messages, mcp.NewPromptMessage(mcp.RoleUser, c))
	}
	return result
}

package telemetry

import (
	"github.com/mark3labs/mcp-go/mcp"
)

// other stands for every name that is not in a list. OpenTelemetry calls it
// so too.
const other = "_OTHER"

// names are those that may be shown.
type names map[string]struct{}

func named(all []string) names {
	n := make(names, len(all))
	for _, name := range all {
		n[name] = struct{}{}
	}
	return n
}

// show returns a name as it may be shown. No name stays none.
func (n names) show(name string) string {
	if _, ok := n[name]; ok || name == "" {
		return name
	}
	return other
}

// The methods that mcp-go has no constant of its kind for.
const (
	methodToolsListChanged     = "notifications/tools/list_changed"
	methodRootsListChanged     = "notifications/roots/list_changed"
	methodResourcesListChanged = "notifications/resources/list_changed"
	methodPromptsListChanged   = "notifications/prompts/list_changed"
	methodResourcesUpdated     = "notifications/resources/updated"
)

// methods are those of every revision of the protocol.
func methods() []string {
	return []string{
		string(mcp.MethodInitialize), string(mcp.MethodPing), string(mcp.MethodServerDiscover),
		string(mcp.MethodToolsList), string(mcp.MethodToolsCall),
		string(mcp.MethodResourcesList), string(mcp.MethodResourcesTemplatesList), string(mcp.MethodResourcesRead),
		string(mcp.MethodResourcesSubscribe), string(mcp.MethodResourcesUnsubscribe), string(mcp.MethodSubscriptionsListen),
		string(mcp.MethodPromptsList), string(mcp.MethodPromptsGet), string(mcp.MethodCompletionComplete),
		string(mcp.MethodSetLogLevel), string(mcp.MethodElicitationCreate), string(mcp.MethodSamplingCreateMessage),
		string(mcp.MethodListRoots), string(mcp.MethodTasksGet), string(mcp.MethodTasksList),
		string(mcp.MethodTasksResult), string(mcp.MethodTasksCancel),
		string(mcp.MethodNotificationInitialized), string(mcp.MethodNotificationCancelled),
		string(mcp.MethodNotificationProgress), string(mcp.MethodNotificationMessage),
		string(mcp.MethodNotificationElicitationComplete),
		methodToolsListChanged, methodRootsListChanged, methodResourcesListChanged,
		methodPromptsListChanged, methodResourcesUpdated,
	}
}

// versions are those of HTTP, as the conventions write them.
func versions() []string { return []string{"1.0", "1.1", "2", "3"} }

// The eras of the protocol: since 2026-07-28 every request stands alone.
const (
	modern = "modern"
	legacy = "legacy"
)

// era tells the era of a revision. Nothing said stays nothing.
func era(protocol string) string {
	switch {
	case protocol == "":
		return ""
	case !mcp.IsValidProtocolVersion(protocol):
		return other
	case mcp.IsModernProtocol(protocol):
		return modern
	default:
		return legacy
	}
}

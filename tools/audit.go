package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func audit(c *Catalog) []Tool {
	api := c.api
	return []Tool{
		read("get_record_history", "Who created and changed a record, when, field by field.", api.Audit.History, fisklapi.OpGetRecordHistory),
		read("list_changes", "All changes in a period, newest first.", api.Audit.List, fisklapi.OpListChanges),
		read("list_agent_actions", "What this server wrote to the books, newest first, and how each ended.", c.actions),
	}
}

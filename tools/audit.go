package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func audit(api *fisklapi.Client) []Tool {
	return []Tool{
		read("get_record_history", "Who created and changed a record, when, field by field.", api.Audit.History, fisklapi.OpGetRecordHistory),
		read("list_changes", "All changes in a period, newest first.", api.Audit.List, fisklapi.OpListChanges),
	}
}

package tools

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/journal"
	"github.com/fiskl-mcp/fiskl-mcp/internal/writepolicy"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// actions lists what the journal holds.
func (c *Catalog) actions(ctx context.Context, in schemas.ActionFilter) (schemas.ActionList, error) {
	if c.options.Policy == nil {
		return schemas.ActionList{}, &writepolicy.Error{Problem: "this server keeps no journal"}
	}
	if in.Limit < 0 {
		return schemas.ActionList{}, &schemas.ArgumentError{Argument: "limit", Problem: "must be at least 1"}
	}
	entries, note, err := c.entries(ctx)
	if err != nil {
		return schemas.ActionList{}, err
	}
	if in.Cursor == "" {
		note = together(note, c.chain(ctx))
	} else {
		i := slices.IndexFunc(entries, func(e journal.Entry) bool { return e.ID == in.Cursor })
		if i < 0 {
			return schemas.ActionList{}, &schemas.ArgumentError{Argument: "cursor", Problem: "is not one that this server gave, or of an entry that is no longer kept"}
		}
		entries = entries[i+1:]
	}
	limit := cmp.Or(in.Limit, schemas.DefaultLimit)
	if in.All {
		limit = len(entries)
	}
	cursor := ""
	if limit < len(entries) {
		cursor, entries = entries[limit-1].ID, entries[:limit]
	}
	rows, next := make([]schemas.AgentAction, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		rows[i], next[i] = action(e), e.ID
	}
	return schemas.ActionList{Page: schemas.NewPage(rows, next, cursor), Note: note}, nil
}

// entries are those of the journal that the caller may read. What others did
// can be of records that this credential may not see, and is for those who may
// read Fiskl's own audit trail, which has it too.
func (c *Catalog) entries(ctx context.Context) (entries []journal.Entry, note string, err error) {
	entries, err = c.options.Policy.Entries(ctx)
	if err != nil || !slices.ContainsFunc(entries, c.options.Policy.Foreign) {
		return entries, "", err
	}
	held, err := c.api.Permissions.List(ctx)
	if err != nil && !fisklapi.Untold(err) {
		return nil, "", err
	}
	needed := c.endpoints[fisklapi.OpListChanges].Permission
	if slices.Contains(held, needed) {
		return entries, "", nil
	}
	return slices.DeleteFunc(entries, c.options.Policy.Foreign), "Only what you had done yourself: to see what others had done, this credential lacks " + needed + ".", nil
}

// action is an entry for a model to read.
func action(e journal.Entry) schemas.AgentAction {
	w, r := e.Write, e.Result
	a := schemas.AgentAction{
		At: e.Begun.UTC().Format(time.RFC3339), Tool: e.Tool, Record: cmp.Or(w.Name, r.Name), RecordID: cmp.Or(w.ID, r.ID), Client: w.Client,
		Amount: cmp.Or(w.Amount, r.Amount), Currency: cmp.Or(w.Currency, r.Currency),
		Agreed: e.Confirmation != "", Outcome: string(r.Outcome), Note: remark(r),
	}
	if a.Outcome == "" {
		a.Outcome = "under way"
	}
	return a
}

// remark is what there is to tell of how a write ended.
func remark(r fisklapi.Result) string {
	note := cmp.Or(r.Found, r.Problem)
	if r.NotTaken == "" {
		return note
	}
	return strings.TrimSpace(note + " Fiskl did not take " + r.NotTaken + ".")
}
